"""Every number and date the law gives, with the place it was read.

`in_force_from` is the first day the value applies, or None where it has applied for
as long as any record a clinic holds.
"""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from candour.law.periods import months
from candour.law.regions import UK, Region

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Parameter(Generic[Value]):
    """One value that a statute, a regulator or a professional body sets."""

    value: Value
    source: str
    in_force_from: date | None = None
    region: frozenset[Region] = UK

    def in_force(self, on: date) -> bool:
        """Say whether the value applies on that day."""
        return self.in_force_from is None or on >= self.in_force_from


_DATA_ACT_RIGHTS = date(2026, 2, 5)

# Requests of the data subject.
REQUEST_PERIOD = Parameter(months(1), "UK GDPR Art 12(3), 12A(1)", _DATA_ACT_RIGHTS)
REQUEST_EXTENDED = Parameter(months(3), "UK GDPR Art 12A(3)", _DATA_ACT_RIGHTS)
REQUEST_EXTENSION_GROUNDS = Parameter(
    frozenset({"complexity", "number_of_requests"}),
    "UK GDPR Art 12A(3)",
    _DATA_ACT_RIGHTS,
)
REQUEST_FEE_GROUNDS = Parameter(
    frozenset({"manifestly_unfounded", "manifestly_excessive"}), "UK GDPR Art 12(5)"
)
REFUSAL_MUST_SAY = Parameter(
    (
        "reasons",
        "complaint_to_controller_s164A",
        "complaint_to_ICO_s165",
        "judicial_remedy",
    ),
    "UK GDPR Art 12(4); DPA 2018 s164A, s165, s167",
)
INDIRECT_NOTICE = Parameter(months(1), "UK GDPR Art 14(3)")
