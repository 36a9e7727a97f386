"""Ages, and what the law asks for before someone is old enough."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from candour.law.parameters import (
    ADULT_AGE,
    CHILD_CAPACITY_AGE,
    CHILD_COMPETENT_AGE_SCOTLAND,
    INJECTABLES_DIRECTED,
    INJECTABLES_MIN_AGE,
    INJECTABLES_TREATMENTS,
    ONLINE_CONSENT_AGE,
)
from candour.law.regions import Region

ADULT = ADULT_AGE.value


def age_on(born: date, on: date) -> int:
    """Return completed years of age; who was born on 29 February waits for 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


class TreatmentGate(StrEnum):
    """Whether someone of this age may be treated, or booked in."""

    ALLOW = "allow"
    ALLOW_WITH_RECORD = "allow_with_record"
    BLOCK = "block"
    BLOCK_UNTIL_18 = "block_until_18"
    BLOCK_UNTIL_AGE_VERIFIED = "block_until_age_verified"
    CLINIC_POLICY = "clinic_policy"


@dataclass(frozen=True, slots=True)
class AgeDecision:
    """The gate's answer, what must be on record, and whether going on is an offence."""

    gate: TreatmentGate
    requires: tuple[str, ...] = ()
    offence: bool = False


@dataclass(frozen=True, slots=True)
class Medic:
    """Who would treat, and the part a doctor has in it."""

    profession: str = ""
    doctor_approved: bool = False
    doctor_directed: bool = False


NOBODY = Medic()


def injectables_regulated(treatment: str, region: Region, on: date) -> bool:
    """Say whether the 2021 Act covers this treatment there and then (s1, s4)."""
    return (
        treatment in INJECTABLES_TREATMENTS.value
        and region in INJECTABLES_MIN_AGE.region
        and INJECTABLES_MIN_AGE.in_force(on)
    )


def treatment_gate(
    *,
    treatment: str,
    born: date,
    on: date,
    region: Region,
    by: Medic = NOBODY,
    age_verified: bool = False,
) -> AgeDecision:
    """Say whether a person may have a treatment on a day.

    Botulinum Toxin and Cosmetic Fillers (Children) Act 2021 s1-2, in England. A parent
    cannot permit it; a doctor can, and so can a nurse, dentist or pharmacist on a
    doctor's directions. A doctor who treats commits no offence, but their approval has
    to be on record first. The defence for adults needs their age to have been checked.
    """
    adult = age_on(born, on) >= INJECTABLES_MIN_AGE.value
    if not injectables_regulated(treatment, region, on):
        gate = TreatmentGate.ALLOW if adult else TreatmentGate.CLINIC_POLICY
        return AgeDecision(gate)
    if adult:
        if age_verified:
            return AgeDecision(TreatmentGate.ALLOW)
        return AgeDecision(TreatmentGate.BLOCK_UNTIL_AGE_VERIFIED)
    if by.profession == "doctor" and by.doctor_approved:
        return AgeDecision(TreatmentGate.ALLOW_WITH_RECORD, ("doctor_approval_record",))
    if by.profession in INJECTABLES_DIRECTED.value and by.doctor_directed:
        return AgeDecision(
            TreatmentGate.ALLOW_WITH_RECORD, ("doctor_direction_record",)
        )
    return AgeDecision(TreatmentGate.BLOCK, offence=by.profession != "doctor")


def booking_gate(
    *,
    treatment: str,
    born: date,
    booked_on: date,
    appointment: date,
    region: Region,
    by: Medic = NOBODY,
    age_verified: bool = False,
) -> AgeDecision:
    """Say whether an appointment may be made: arranging is an offence too (s2(1)(b)).

    Someone who will be eighteen by the appointment is still asked to wait: whether
    arranging it earlier is an offence is not settled, so the safe answer is given.
    """
    treated = treatment_gate(
        treatment=treatment,
        born=born,
        on=appointment,
        region=region,
        by=by,
        age_verified=age_verified,
    )
    regulated = injectables_regulated(treatment, region, appointment)
    adult_then = age_on(born, appointment) >= INJECTABLES_MIN_AGE.value
    adult_now = age_on(born, booked_on) >= INJECTABLES_MIN_AGE.value
    if regulated and adult_then and not adult_now:
        return AgeDecision(TreatmentGate.BLOCK_UNTIL_18)
    return treated


def online_consent_needs_parent(age: int) -> bool:
    """Say whether a parent must authorise consent given online (Art 8(1))."""
    return age < ONLINE_CONSENT_AGE.value


def child_presumed_competent(age: int, region: Region) -> bool:
    """Say whether a child is presumed able to use data rights alone.

    In Scotland from twelve (DPA 2018 s208). Elsewhere no age is written: from sixteen
    capacity is presumed (Mental Capacity Act 2005 s1-2), below it is assessed.
    """
    if region in CHILD_COMPETENT_AGE_SCOTLAND.region:
        return age >= CHILD_COMPETENT_AGE_SCOTLAND.value
    return age >= CHILD_CAPACITY_AGE.value
