"""What is sent while a form is filled in: read and checked. No database."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import QueryDict

from candour.core.errors import Invalid
from candour.desk.shown_questions import PREFIX, Sent
from candour.questionnaires import answers as reading
from candour.questionnaires.asked import Answer, visible
from candour.questionnaires.definition import Section

STRAY = "Something was sent that this form does not ask. Nothing was saved."


def edition_of(posted: QueryDict) -> int:
    """Return which state of the draft the page was made of; 0 for none."""
    said = posted.get("edition", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else 0


def token_of(posted: QueryDict) -> UUID:
    """Return the token made with the page. Raises Invalid for a page without one."""
    try:
        return UUID(posted.get("token", ""))
    except ValueError:
        raise Invalid("Open this page again: something of it is missing.") from None


def read(
    posted: QueryDict,
    here: Section,
    sections: Sequence[Section],
    held: Mapping[str, Answer],
) -> Sent:
    """Return what was sent for one section, each answer with what is wrong with it.

    A question that these answers do not bring up is not looked at. Raises Invalid when
    something is answered that the section does not ask.
    """
    named = {PREFIX + q.key: q for q in here.questions if q.is_answered}
    if any(name.startswith(PREFIX) and name not in named for name in posted):
        raise Invalid(STRAY)
    sent, errors = Sent(), {}
    for name, question in named.items():
        given = posted.getlist(name)
        sent.raw[question.key] = [one.replace("\0", "") for one in given]
        found = reading.read(question, given)
        if found.error:
            errors[question.key] = found.error
        elif found.value is not None:
            sent.values[question.key] = found.value
    merged = {**{k: v for k, v in held.items() if k not in sent.raw}, **sent.values}
    shown = {q.key for q in visible(tuple(sections), merged)}
    sent.errors = {key: said for key, said in errors.items() if key in shown}
    return sent


def missing(
    here: Section, sections: Sequence[Section], held: Mapping[str, Answer]
) -> dict[str, str]:
    """Return what has to be answered in a section and is not, with what to say."""
    inside = {q.key for q in here.questions}
    return {
        q.key: reading.missing(q)
        for q in visible(tuple(sections), held)
        if q.key in inside and q.mandatory and q.is_answered and not held.get(q.key)
    }


def begun(posted: QueryDict) -> tuple[dict[str, str], dict[str, str]]:
    """Return what was chosen on the first page of a filling, and what is wrong."""
    names = ("mode", "agreed", "exception", "reason", "token")
    chosen = {name: posted.get(name, "").replace("\0", "") for name in names}
    errors = {} if chosen["mode"] else {"mode": "Say how the two of you meet."}
    return chosen, errors
