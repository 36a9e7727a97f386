"""What the forms of the file are made of: days, sums, refs, lines, long lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import QueryDict

from candour.core.clock import LONDON, local_date
from candour.core.errors import Invalid
from candour.people.cards import refuse_cards
from candour.records import said
from candour.web.answers import Typed

Options = Sequence[tuple[str, str]]
NOT_POUNDS = "Write an amount in pounds, such as 350 or 350.50."
NOT_A_DAY = "Write a day, such as 2026-11-24."


def day_of(text: str) -> date:
    """Return a day as a date box sends it. Raises Invalid."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(NOT_A_DAY) from error


def moment_of(day: date, now: datetime) -> datetime:
    """Return when something of a day was: this moment for today, else noon."""
    if day == local_date(now):
        return now
    return datetime.combine(day, time(12), LONDON)


def pence_of(text: str) -> int | None:
    """Return pounds as pence; None for nothing. Raises Invalid."""
    plain = text.replace("£", "").replace(",", "").strip()
    if not plain:
        return None
    try:
        pence = Decimal(plain) * 100
        fits = 0 <= pence < 100_000_000 and pence == int(pence)
    except ArithmeticError as error:  # "NaN", or a power of ten too high to multiply
        raise Invalid(NOT_POUNDS) from error
    if not fits:
        raise Invalid(NOT_POUNDS)
    return int(pence)


def ref_of(text: str) -> UUID | None:
    """Return the ref that an address or a form names, or None for none."""
    try:
        return UUID(text)
    except ValueError:
        return None


@dataclass(slots=True)
class Select:
    """One answer out of a long list."""

    name: str
    label: str
    options: Options
    missing: str = ""
    empty: str = "Choose"
    value: str = ""
    error: str = ""

    def read(self, sent: QueryDict) -> None:
        """Take what was sent, and say what is wrong with it."""
        given = sent.get(self.name, "")
        known = {value for value, _ in self.options}
        self.value = given if given in known else ""
        self.error = "" if self.value else self.missing

    def shown(self) -> dict[str, Any]:
        """Return it as desk/records/select.html takes it."""
        return {
            "name": self.name,
            "label": self.label,
            "empty": self.empty,
            "value": self.value,
            "error": self.error,
            "options": [
                {"value": value, "label": label, "chosen": value == self.value}
                for value, label in self.options
            ],
        }


def line(name: str, label: str, missing: str, most: int, **more: Any) -> Typed:
    """Return an answer of one line."""
    return Typed(name=name, label=label, missing=missing, most=most, **more)


def text(name: str, label: str) -> Typed:
    """Return an answer of several lines, which may stay empty."""
    return Typed(
        name=name,
        label=label,
        missing="",
        most=said.REASON_MAX if name == "exception_reason" else said.DETAIL_MAX,
        type="textarea",
        required=False,
        check=refuse_cards,
    )
