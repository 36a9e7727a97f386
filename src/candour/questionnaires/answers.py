"""Reading one answer, and writing answers down so that anybody can read them later."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from candour.people.cards import CARD, holds_card
from candour.questionnaires.asked import Answer, Answers
from candour.questionnaires.definition import CHOSEN, Kind, Question
from candour.questionnaires.faults import choices

LINE_MAX, TEXT_MAX = 200, 4000  # characters
DIGITS_MAX = 12
FIRST_YEAR, LAST_YEAR = 1900, 2100

HIDDEN = "There is a hidden character here that we cannot keep. Type this again."
UNKNOWN = "That is not one of the choices. Choose again."
ONE = "Choose one answer."
MISSING = "This has to be answered. If it does not apply, say so."
CHOOSE = "Choose an answer."
DAY = "Give a day, such as 3 October 1980."
NUMBER = "Give a number, in digits."


@dataclass(frozen=True, slots=True)
class Read:
    """What was made of an answer: its value, or none, and what is wrong with it."""

    value: Answer | None
    error: str = ""


NOTHING = Read(None)


def read(question: Question, sent: Sequence[str]) -> Read:
    """Return what somebody answered. Nothing sent is no answer and no mistake."""
    if question.kind in CHOSEN:
        return _chosen(question, [one for one in sent if one])
    text = (sent[0] if sent else "").replace("\r\n", "\n")
    if "\0" in text:
        return Read(None, HIDDEN)
    text = text.strip()
    if not text:
        return NOTHING
    readers = {Kind.DATE: _date, Kind.NUMBER: _number}
    return readers.get(question.kind, _text)(question, text)


def missing(question: Question) -> str:
    """Return what to say where a mandatory answer is not there."""
    return CHOOSE if question.kind in CHOSEN else MISSING


def _chosen(question: Question, sent: Sequence[str]) -> Read:
    known = choices(question)
    given = list(dict.fromkeys(sent))
    if any(one not in known for one in given):
        return Read(None, UNKNOWN)
    if not given:
        return NOTHING
    if question.kind in (Kind.YES_NO, Kind.ONE):
        return Read(given[0]) if len(given) == 1 else Read(None, ONE)
    return Read([value for value in known if value in given])


def _text(question: Question, text: str) -> Read:
    most = LINE_MAX if question.kind is Kind.TEXT else TEXT_MAX
    if len(text) > most:
        over = len(text) - most
        said = "1 character" if over == 1 else f"{over} characters"
        return Read(None, f"This is {said} too long. Make it shorter.")
    if question.kind is Kind.TEXT and any(ord(one) < 32 for one in text):
        return Read(None, "Write this on one line.")
    if any(ord(one) < 32 and one not in "\n\t" for one in text):
        return Read(None, HIDDEN)
    if holds_card(text):
        return Read(None, CARD)
    return Read(text)


def _date(question: Question, text: str) -> Read:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return Read(None, DAY)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Read(None, f"Give a year from {FIRST_YEAR} to {LAST_YEAR}.")
    return Read(day.isoformat())


def _number(question: Question, text: str) -> Read:
    if len(text) > DIGITS_MAX:
        return Read(None, NUMBER)
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return Read(None, NUMBER)
    if not number.is_finite() or "e" in text.lower():
        return Read(None, NUMBER)
    unit = f" {question.unit}" if question.unit else ""
    if question.least is not None and number < question.least:
        return Read(None, f"This is less than {question.least}{unit}. Look again.")
    if question.most is not None and number > question.most:
        return Read(None, f"This is more than {question.most}{unit}. Look again.")
    return Read(f"{number:f}")


def said(question: Question, value: Answer) -> str:
    """Return an answer in words: labels for what was chosen, a day as one writes it."""
    known = choices(question)
    if known:
        given = value if isinstance(value, list) else [value]
        return ", ".join(known.get(one, one) for one in given)
    text = value if isinstance(value, str) else ", ".join(value)
    if question.kind is Kind.DATE:
        day = date.fromisoformat(text)
        return f"{day.day} {day:%B %Y}"
    return f"{text} {question.unit}".strip() if question.unit else text


@dataclass(frozen=True, slots=True)
class Entry:
    """One question with its answer, as it was asked and as it was answered."""

    key: str
    asks: str
    category: str
    says: str
    value: Answer


def entries(questions: Iterable[Question], answers: Answers) -> list[Entry]:
    """Return the questions that were answered, each with its answer in words."""
    return [
        Entry(q.key, q.asks, q.category, said(q, answers[q.key]), answers[q.key])
        for q in questions
        if q.is_answered and q.key in answers
    ]


def written(found: Iterable[Entry]) -> str:
    """Return entries as the text that is sealed."""
    rows = [
        {
            "key": one.key,
            "asks": one.asks,
            "category": one.category,
            "says": one.says,
            "value": one.value,
        }
        for one in found
    ]
    return json.dumps(rows, ensure_ascii=False)


def of_text(text: str) -> list[Entry]:
    """Return the entries that `written` made."""
    return [Entry(**row) for row in json.loads(text)]


def values(found: Iterable[Entry]) -> Mapping[str, Answer]:
    """Return the answers of entries by the question's key."""
    return {one.key: one.value for one in found}


def readable(text: str) -> str:
    """Return sealed answers as lines for a copy: each question, then its answer."""
    return "\n".join(f"{one.asks}\n    {one.says}" for one in of_text(text))
