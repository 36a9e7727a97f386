"""What must be so before a visit may be booked: age, a first talk, time to think.

The law answers; this asks it in the right order and says its answer to whoever books.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from candour.core.clock import local_date
from candour.core.errors import Invalid
from candour.law import ages, treatments
from candour.law.ages import TreatmentGate
from candour.law.regions import Region

MINORS = (
    "The law does not let a clinic arrange this for anybody under 18 (Botulinum Toxin"
    " and Cosmetic Fillers (Children) Act 2021)."
)
NOT_YET = (
    "They are under 18 today, so this cannot be arranged yet, even for a day after"
    " their birthday."
)
NO_BIRTHDAY = (
    "Their date of birth is not on record. This treatment is for adults only, so write"
    " it down first."
)
NO_PROOF = (
    "This treatment is for adults only, and nobody has seen a proof of their age yet."
    " Say below what was shown."
)
NO_CONSULTATION = (
    "This needs a consultation first, and there is none before that day. Book the"
    " consultation, then this."
)
NOT_ASKED = (
    "Ask whether they had enough time to think, and tick that they said so. It is kept"
    " with the visit."
)


class NotYet(Invalid):
    """There has to be more time to think before this visit."""

    code = "reflection"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The treatment that is to be booked. `law_calls_it` is "" where no Act speaks."""

    starts_at: datetime
    law_calls_it: str
    region: Region
    consultation_first: bool
    reflection_days: int | None
    surgical: bool
    enough_time: bool = False
    age_proven: bool = False


def check(
    wanted: Wanted, *, born: date | None, consulted: Sequence[date], at: datetime
) -> None:
    """Raise Invalid with what stands against booking, or NotYet with the first day.

    `consulted` are the days of the person's consultations before that visit.
    """
    _age(wanted, born, local_date(at))
    _reflection(wanted, consulted)


def _age(wanted: Wanted, born: date | None, today: date) -> None:
    if not wanted.law_calls_it:
        return
    then = local_date(wanted.starts_at)
    if not ages.injectables_regulated(wanted.law_calls_it, wanted.region, then):
        return
    if born is None:
        raise Invalid(NO_BIRTHDAY)
    answer = ages.booking_gate(
        treatment=wanted.law_calls_it,
        born=born,
        booked_on=today,
        appointment=then,
        region=wanted.region,
        age_verified=wanted.age_proven,
    )
    if answer.gate is TreatmentGate.BLOCK:
        raise Invalid(MINORS)
    if answer.gate is TreatmentGate.BLOCK_UNTIL_18:
        raise Invalid(NOT_YET)
    if answer.gate is TreatmentGate.BLOCK_UNTIL_AGE_VERIFIED:
        raise Invalid(NO_PROOF)


def _reflection(wanted: Wanted, consulted: Sequence[date]) -> None:
    if not wanted.consultation_first:
        return
    then = local_date(wanted.starts_at)
    answers = [
        treatments.reflection(
            day,
            then,
            wait_days=wanted.reflection_days,
            surgical=wanted.surgical,
            patient_says_enough=wanted.enough_time,
        )
        for day in consulted
        if day <= then
    ]
    if not answers:
        raise Invalid(NO_CONSULTATION)
    if any(answer.allowed for answer in answers):
        return
    soonest = min(answer.earliest for answer in answers)
    if soonest <= then:
        raise Invalid(NOT_ASKED)
    raise NotYet(
        "There has to be time to think after the consultation. The first day for this"
        f" is {soonest:%A} {soonest.day} {soonest:%B %Y}."
    )
