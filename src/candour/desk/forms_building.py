"""What is typed into the builder of forms: read into sections and questions."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from pydantic import ValidationError

from candour.core.errors import Invalid
from candour.policy.vocabulary import CATEGORIES
from candour.questionnaires.changes import KINDS
from candour.questionnaires.definition import (
    ALERTS,
    WITH_OPTIONS,
    Definition,
    Kind,
    Option,
    Question,
    Section,
)
from candour.questionnaires.editing import slug
from candour.questionnaires.faults import ASKABLE, choices

TESTS = {
    "is": "is",
    "is-not": "is not",
    "at-least": "is at least",
    "at-most": "is at most",
    "answered": "is answered",
}
FIELDS = (
    "asks", "kind", "help", "category", "options", "unit", "least", "most",
    "when", "when-test", "when-values", "alert", "alert-test", "alert-values",
)  # fmt: skip
TITLE_MISSING = "Give it a title."
LINE_MAX = 200  # characters


def text_of(posted: QueryDict, name: str) -> str:
    """Return what was typed, without the one character that no page can hold."""
    return posted.get(name, "").replace("\0", "").replace("\r\n", "\n")


def line_of(posted: QueryDict, name: str) -> str:
    """Return a line as it was typed, without the blanks around it."""
    return " ".join(text_of(posted, name).split())


def number_of(posted: QueryDict, name: str) -> int:
    """Return a small whole number that a page sent along; 0 for anything else."""
    said = posted.get(name, "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else 0


def categories() -> list[tuple[str, str]]:
    """Return the kinds of data that a form may ask for: slug, and what it is called."""
    return [
        (name, f"{one.label[:1].upper()}{one.label[1:]} ({name})")
        for name, one in CATEGORIES.items()
        if one.record_class in ASKABLE
    ]


@dataclass(slots=True)
class Written:
    """A question as it was typed, to be shown again when something is wrong."""

    values: dict[str, str] = field(default_factory=dict)
    mandatory: bool = False
    error: str = ""

    @classmethod
    def of(cls, question: Question | None) -> "Written":
        """Return what the form shows for a question that is there, or an empty one."""
        if question is None:
            return cls({"kind": "yes-no", "when-test": "is", "alert-test": "is"})
        when, alert = question.when, question.alert
        said = {
            "asks": question.asks,
            "kind": question.kind.value,
            "help": question.help,
            "category": question.category,
            "options": "\n".join(option.label for option in question.options),
            "unit": question.unit,
            "least": "" if question.least is None else str(question.least),
            "most": "" if question.most is None else str(question.most),
            "when": when.question if when else "",
            "when-test": when.test if when else "is",
            "when-values": ", ".join(when.values) if when else "",
            "alert": alert.kind if alert else "",
            "alert-test": alert.test if alert else "is",
            "alert-values": ", ".join(alert.values) if alert else "",
        }
        return cls(said, question.mandatory)

    @classmethod
    def posted(cls, posted: QueryDict) -> "Written":
        """Return what was sent."""
        said = {name: text_of(posted, name) for name in FIELDS}
        return cls(said, posted.get("mandatory") == "yes")

    def question(self, form: Definition, key: str) -> Question:
        """Return the question that was typed. Raises Invalid with what is wrong."""
        said = {name: value.strip() for name, value in self.values.items()}
        if not said["asks"]:
            raise Invalid("Write the question first.")
        if said["kind"] not in KINDS:
            raise Invalid("Choose how it is answered.")
        kind = Kind(said["kind"])
        before = form.question(key) if key else None
        taken = [question.key for question in form.questions()]
        data: dict[str, Any] = {
            "key": key or slug(said["asks"], taken),
            "kind": kind,
            "asks": " ".join(said["asks"].split()),
            "help": said["help"],
            "mandatory": self.mandatory and kind is not Kind.STATEMENT,
        }
        if kind is not Kind.STATEMENT:
            data["category"] = said["category"]
        if kind in WITH_OPTIONS:
            data["options"] = _options(said["options"], before)
        if kind is Kind.NUMBER:
            data |= {"unit": said["unit"]} | _bounds(said)
        _conditions(data, said, form)
        try:
            return Question.model_validate(data)
        except ValidationError as wrong:
            place = wrong.errors()[0]["loc"]
            raise Invalid(_said(str(place[0]) if place else "")) from None


def _said(place: str) -> str:
    return {
        "asks": "The question has to be one line of at most 200 letters.",
        "help": "The help text has to be at most 2,000 letters, with nothing hidden.",
        "options": "There are too many choices, or one is too long.",
    }.get(place, "One of these answers cannot be read. Look through them again.")


def _options(text: str, before: Question | None) -> tuple[dict[str, str], ...]:
    """Return a choice a line; one that was there keeps its name: answers still fit."""
    known = {o.label: o.value for o in before.options} if before else {}
    found: list[dict[str, str]] = []
    for line in text.split("\n"):
        label = " ".join(line.split())
        if label:
            taken = [*known.values(), *(one["value"] for one in found)]
            value = known.get(label) or slug(label, taken)
            found.append({"value": value, "label": label})
    return tuple(found)


def _bounds(said: dict[str, str]) -> dict[str, int]:
    found = {}
    for name in ("least", "most"):
        if said[name]:
            try:
                found[name] = int(said[name])
            except ValueError:
                raise Invalid("Give the lowest and highest as whole numbers.") from None
    return found


def _conditions(data: dict[str, Any], said: dict[str, str], form: Definition) -> None:
    if said["when"]:
        on = form.question(said["when"])
        if on is None:
            raise Invalid("The question it waits for is not there any more.")
        values = _values(said["when-values"], on, said["when-test"])
        data["when"] = {
            "question": said["when"],
            "test": said["when-test"],
            "values": values,
        }
    if said["alert"] and data["kind"] not in (Kind.STATEMENT, Kind.SIGNATURE):
        of = Question.model_construct(
            key=data["key"],
            asks=data["asks"],
            kind=data["kind"],
            options=tuple(Option(**one) for one in data.get("options", ())),
        )
        values = _values(said["alert-values"], of, said["alert-test"])
        data["alert"] = {
            "kind": said["alert"],
            "test": said["alert-test"],
            "values": values,
        }


def _values(text: str, on: Question, test: str) -> tuple[str, ...]:
    """Return what was typed to compare with, by label or by name, as names."""
    if test == "answered":
        return ()
    named = {label.casefold(): value for value, label in choices(on).items()}
    parts = [part.strip() for part in text.replace("\n", ",").split(",")]
    return tuple(named.get(part.casefold(), part) for part in parts if part)


def section_of(posted: QueryDict, form: Definition, key: str) -> Section:
    """Return the section that was typed. Raises Invalid with what is wrong."""
    title = line_of(posted, "title")
    if not title:
        raise Invalid(TITLE_MISSING)
    taken = [section.key for section in form.sections]
    try:
        return Section.model_validate(
            {
                "key": key or slug(title, taken),
                "title": title,
                "says": text_of(posted, "says").strip(),
                "switch": posted.get("switch", ""),
                "asked": posted.get("asked") == "yes",
            }
        )
    except ValidationError:
        raise Invalid("The title or the text is too long.") from None


def kinds() -> list[tuple[str, str]]:
    """Return how a question may be answered: name, and in words."""
    return [(kind, said[:1].upper() + said[1:]) for kind, said in KINDS.items()]


def alerts() -> list[tuple[str, str]]:
    """Return the alerts that an answer may suggest."""
    return list(ALERTS.items())
