"""What differs between two versions of a form, in words for whoever publishes it."""

from collections.abc import Iterator
from dataclasses import dataclass

from candour.questionnaires.definition import ALERTS, Definition, Question, Section
from candour.questionnaires.faults import choices

KINDS = {
    "text": "a line of text",
    "long-text": "a longer text",
    "yes-no": "yes or no",
    "one": "one of several",
    "several": "any of several",
    "date": "a date",
    "number": "a number",
    "body-site": "places on the body",
    "statement": "something to read",
    "signature": "a signature",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: "added", "removed" or "changed", and what."""

    how: str
    what: str


def between(old: Definition | None, new: Definition) -> list[Change]:
    """Return what changed from `old` to `new`, in the order of the newer form."""
    if old is None:
        return [
            Change("added", f"Everything: this is the first version of {new.title}")
        ]
    return list(_between(old, new))


def _between(old: Definition, new: Definition) -> Iterator[Change]:
    for name, before, after in (
        ("The title", old.title, new.title),
        ("The introduction", old.says, new.says),
    ):
        if before != after:
            yield Change("changed", _from_to(name, before, after))
    for section in new.sections:
        yield from _section(old.section(section.key), section)
    for section in old.sections:
        if new.section(section.key) is None:
            yield Change("removed", f"The section {section.title}")
    for question in new.questions():
        yield from _question(old.question(question.key), question)
    for question in old.questions():
        if new.question(question.key) is None:
            yield Change("removed", f"«{question.asks}»")
    kept = {q.key for q in old.questions()} & {q.key for q in new.questions()}
    if [q.key for q in old.questions() if q.key in kept] != [
        q.key for q in new.questions() if q.key in kept
    ]:
        yield Change("changed", "The order of the questions")


def _section(before: Section | None, now: Section) -> Iterator[Change]:
    if before is None:
        yield Change("added", f"The section {now.title}")
        return
    if before.title != now.title:
        yield Change("changed", _from_to("A section", before.title, now.title))
    if before.says != now.says:
        yield Change("changed", f"What {now.title} says at its head")
    if before.asked != now.asked or before.switch != now.switch:
        yield Change("changed", f"When {now.title} is shown")


def _question(before: Question | None, now: Question) -> Iterator[Change]:
    if before is None:
        yield Change("added", f"«{now.asks}», {KINDS[now.kind]}")
        return
    said = f"«{now.asks}»"
    if before.asks != now.asks:
        yield Change("changed", _from_to("A question", before.asks, now.asks))
    for text, differs in (
        ("is answered by " + KINDS[now.kind], before.kind != now.kind),
        ("collects " + (now.category or "nothing"), before.category != now.category),
        (
            "has to be answered" if now.mandatory else "may be left out",
            before.mandatory != now.mandatory,
        ),
        ("has other choices", choices(before) != choices(now)),
        ("has another help text", before.help != now.help),
        (
            "has other bounds",
            (before.unit, before.least, before.most) != (now.unit, now.least, now.most),
        ),
        ("follows from other answers", before.when != now.when),
        (_alert(now), before.alert != now.alert),
    ):
        if differs:
            yield Change("changed", f"{said} {text}")


def _alert(question: Question) -> str:
    if question.alert is None:
        return "suggests no alert"
    return f"suggests another alert: {ALERTS[question.alert.kind].lower()}"


def _from_to(name: str, before: str, after: str) -> str:
    if not before or not after:
        return f"{name} is {'new' if after else 'gone'}"
    return f"{name}: from «{before}» to «{after}»"
