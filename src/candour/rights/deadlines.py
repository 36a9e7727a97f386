"""The day a request must be answered: the law's, and the clinic's own promise."""

from dataclasses import dataclass
from datetime import date, datetime

from candour.law.regions import Region
from candour.law.requests import Identity, Promise, Right, request_clock
from candour.policy.compile import Policy


@dataclass(frozen=True, slots=True)
class Days:
    """`due_on` must be kept; `target_on` is what the clinic aims at, where it says."""

    due_on: date
    target_on: date | None

    @property
    def answer_by(self) -> date:
        """Return the day to tell the person: the earlier one."""
        return min(self.due_on, self.target_on or self.due_on)


def days(
    policy: Policy, kind: str, received: datetime, *, identified: datetime | None = None
) -> Days:
    """Return the days for a request received at that moment.

    `identified` is when proof of identity came, where it was in reasonable doubt: the
    time runs from then (UK GDPR Art 12(6), 12A(2)).
    """
    rule = policy.right(kind)
    # With one number it is a promise; with two, the first is aimed at.
    target = rule.within if rule.at_most else None
    promise = Promise(
        target=target,
        limit=rule.at_most or rule.within,
        extensible=rule.extension_allowed,
    )
    clock = request_clock(
        received,
        region=Region(policy.region),
        right=Right(kind),
        identity=Identity(True, identified) if identified else None,
        promise=promise,
    )
    if clock.due is None:
        raise ValueError(
            "a request whose clock runs has a day"
        )  # no pause, no fee here
    return Days(clock.due, clock.clinic_target)
