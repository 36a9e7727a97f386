"""Answers on a form: typed ones and chosen ones, with their mistakes in plain words.

What was typed is kept as it was typed. The one thing taken out before a page shows it
again is the NUL character, which no database text and no page can hold.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.http import QueryDict

from candour.core.errors import Invalid

HIDDEN = (
    "There is a hidden character here that we cannot keep. We took it out: look again."
)
ONE_LINE = "Write this on one line."
UNKNOWN = "That is not one of the choices. Choose again."


@dataclass(slots=True, kw_only=True)
class Typed:
    """One answer that is typed. `check` raises Invalid with what is wrong with it."""

    name: str
    label: str
    missing: str
    most: int
    required: bool = True
    type: str = "text"
    hint: str = ""
    why: str = ""
    clause: str = ""
    autocomplete: str = ""
    inputmode: str = ""
    short: bool = False
    check: Callable[[str], object] | None = None
    value: str = ""
    error: str = ""

    @property
    def answer(self) -> str:
        """Return what to keep: a line without the blanks around it, a text as it is."""
        return self.value if self.type == "textarea" else self.value.strip()

    def read(self, sent: QueryDict) -> None:
        """Take what was sent, and say what is wrong with it."""
        given = sent.get(self.name, "")
        self.value = given.replace("\0", "")
        self.error = HIDDEN if "\0" in given else self._mistake()

    def _mistake(self) -> str:
        if not self.value.strip():
            return self.missing if self.required else ""
        # A browser sends each line break of a text as two characters and counts one.
        over = len(self.answer.replace("\r\n", "\n")) - self.most
        if over > 0:
            return f"This is {_characters(over)} too long. Make it shorter."
        if self.type != "textarea" and any(ord(c) < 32 for c in self.answer):
            return ONE_LINE
        try:
            if self.check is not None:
                self.check(self.answer)
        except Invalid as wrong:
            return str(wrong)
        return ""

    def shown(self) -> dict[str, Any]:
        """Return it as web/partials/field.html takes it."""
        return {
            "name": self.name,
            "label": self.label,
            "type": self.type,
            "value": self.value,
            "required": self.required,
            "hint": self.hint,
            "error": self.error,
            "why": self.why,
            "clause": self.clause,
            "autocomplete": self.autocomplete,
            "inputmode": self.inputmode,
            "short": self.short,
            "max": self.most,
        }


@dataclass(slots=True, kw_only=True)
class Chosen:
    """One answer that is chosen. Nothing is ticked unless the person ticked it."""

    name: str
    legend: str
    options: Sequence[tuple[str, str]]  # value, label
    missing: str = ""  # what to say when nothing is chosen; "" where that is fine
    kind: str = "checkbox"
    hint: str = ""
    why: str = ""
    clause: str = ""
    across: bool = False
    values: list[str] = field(default_factory=list)
    error: str = ""

    @property
    def value(self) -> str:
        """Return the one value chosen, or nothing."""
        return self.values[0] if self.values else ""

    def read(self, sent: QueryDict) -> None:
        """Take what was sent, each value once, and say what is wrong with it."""
        given = list(dict.fromkeys(filter(None, sent.getlist(self.name))))
        known = {value for value, _ in self.options}
        self.values = [value for value in given if value in known]
        if len(self.values) < len(given) or (self.kind == "radio" and len(given) > 1):
            self.error = UNKNOWN
        else:
            self.error = "" if self.values else self.missing

    def shown(self) -> dict[str, Any]:
        """Return it as web/partials/choices.html takes it."""
        return {
            "name": self.name,
            "legend": self.legend,
            "kind": self.kind,
            "options": [
                {"value": v, "label": label, "hint": "", "checked": v in self.values}
                for v, label in self.options
            ],
            "hint": self.hint,
            "error": self.error,
            "why": self.why,
            "clause": self.clause,
            "across": self.across,
        }


class Answer(Protocol):
    """An answer of any kind, as the summary of mistakes reads it."""

    name: str
    error: str


def mistakes(answers: Iterable[Answer]) -> list[dict[str, str]]:
    """Return the summary that stands above a form which came back."""
    return [{"id": one.name, "text": one.error} for one in answers if one.error]


def hidden(**values: object) -> list[dict[str, str]]:
    """Return what a form sends along, as web/partials/hidden.html takes it."""
    return [{"name": name, "value": str(value)} for name, value in values.items()]


def _characters(count: int) -> str:
    return "1 character" if count == 1 else f"{count} characters"
