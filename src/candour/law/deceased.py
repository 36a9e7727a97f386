"""Records of a patient who has died: Access to Health Records Act 1990.

The Act is outside Regulation 1182/71: a period begins with the day itself and does
not roll past a weekend. In Northern Ireland the Order of 1993 says the same.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from candour.law.parameters import (
    DECEASED_ASK_WITHIN,
    DECEASED_FEE,
    DECEASED_PERIOD,
    DECEASED_PERIOD_RECENT,
)
from candour.law.periods import day_of


class Applicant(StrEnum):
    """Who asks for the record of a patient who has died."""

    PERSONAL_REPRESENTATIVE = "personal_representative"
    CLAIMANT = "claimant"
    OTHER = "other"


class DeceasedAccess(StrEnum):
    """What the applicant may be given."""

    ALLOW = "allow"
    RELEVANT_TO_CLAIM_ONLY = "relevant_to_claim_only"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class DeceasedClock:
    """The last day to give access, None while asked-for information is awaited."""

    starts: date | None
    due: date | None
    fee: int


def deceased_clock(
    applied: date | datetime,
    *,
    all_entries_recent: bool = False,
    more_asked: date | datetime | None = None,
    more_received: date | datetime | None = None,
) -> DeceasedClock:
    """Work out the last day to give access (s3(5)): forty days, or twenty-one.

    The shorter period is for a record made wholly within the last forty days. Asking
    for more information restarts the clock only within fourteen days (s3(6)).
    """
    starts: date | None = day_of(applied)
    period = (DECEASED_PERIOD_RECENT if all_entries_recent else DECEASED_PERIOD).value
    last_to_ask = day_of(applied) + timedelta(DECEASED_ASK_WITHIN.value - 1)
    if more_asked is not None and day_of(more_asked) <= last_to_ask:
        starts = None if more_received is None else day_of(more_received)
    due = None if starts is None else starts + timedelta(period - 1)
    return DeceasedClock(starts, due, DECEASED_FEE.value)


def deceased_access(
    applicant: Applicant, *, patient_refused: bool = False
) -> DeceasedAccess:
    """Say what the applicant may be given (s3(1)(f), s4(3), s5(4)).

    A note made at the patient's wish bars everyone. Being next of kin gives no right.
    """
    if patient_refused or applicant is Applicant.OTHER:
        return DeceasedAccess.REFUSE
    if applicant is Applicant.CLAIMANT:
        return DeceasedAccess.RELEVANT_TO_CLAIM_ONLY
    return DeceasedAccess.ALLOW
