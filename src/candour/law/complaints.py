"""Complaints about the use of someone's data: by any channel, acknowledged in time.

Data Protection Act 2018 section 164A, since 19 June 2026. The thirty days exclude the
day of receipt and roll to a working day (DPA 2018 section 205(2)).
"""

from dataclasses import dataclass
from datetime import date, datetime

from candour.law.parameters import COMPLAINT_ACKNOWLEDGED
from candour.law.periods import day_of
from candour.law.regions import Region
from candour.law.workdays import next_working_day


@dataclass(frozen=True, slots=True)
class ComplaintClock:
    """When a complaint must be acknowledged; None where no duty applied yet.

    `kept` says whether the acknowledgement, or the outcome in its place, was sent in
    time; None while neither was sent and the day has not passed.
    """

    statutory: bool
    acknowledge_by: date | None
    kept: bool | None = None


def complaint_clock(
    received: date | datetime,
    *,
    region: Region,
    acknowledged: date | datetime | None = None,
    outcome_sent: date | datetime | None = None,
    on: date | None = None,
) -> ComplaintClock:
    """Work out the acknowledgement of a complaint (s164A(3)).

    An outcome sent within the thirty days needs no acknowledgement before it. One
    received before the section commenced is answered as good practice only.
    """
    day = day_of(received)
    if not COMPLAINT_ACKNOWLEDGED.in_force(day):
        return ComplaintClock(False, None)
    due = next_working_day(COMPLAINT_ACKNOWLEDGED.value.after(day), region)
    sent = [day_of(at) for at in (acknowledged, outcome_sent) if at is not None]
    if sent:
        return ComplaintClock(True, due, min(sent) <= due)
    return ComplaintClock(True, due, False if on is not None and on > due else None)
