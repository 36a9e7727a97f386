"""What must be true before a cosmetic treatment: time to think, consent, prescriber."""

from dataclasses import dataclass
from datetime import date, timedelta

from candour.law.parameters import (
    COSMETIC_REFLECTION_SURGERY,
    DOCTORS_PRESCRIBE_IN_PERSON,
    NURSES_PRESCRIBE_IN_PERSON,
    REMOTE_BARRED_MEDICINES,
)
from candour.law.verdicts import Verdict, allow, deny

CONSENT_SOURCE = "GMC, Guidance for doctors who offer cosmetic interventions (2016)"


@dataclass(frozen=True, slots=True)
class Reflection:
    """Whether enough time has passed, and the first day it will have."""

    allowed: bool
    earliest: date
    record: str | None = None


def reflection(
    consulted: date,
    treated: date,
    *,
    wait_days: int | None,
    surgical: bool,
    patient_says_enough: bool = False,
) -> Reflection:
    """Say whether the patient has had the time to think that the clinic set.

    No statute gives a number: surgery has two weeks by professional guidance; for the
    rest the clinic chooses, and where it chose none the patient must say on record
    that the time was enough (GMC 2016).
    """
    if wait_days is None:
        wait_days = COSMETIC_REFLECTION_SURGERY.value if surgical else 0
    earliest = consulted + timedelta(wait_days)
    if wait_days > 0:
        return Reflection(treated >= earliest, earliest)
    allowed = patient_says_enough and treated >= earliest
    return Reflection(allowed, earliest, "time_to_reflect_statement")


def consent_taken_by_the_right_person(taken_by: str, performed_by: str) -> Verdict:
    """Say whether consent was taken by who performs or supervises (GMC 2016)."""
    if taken_by in {performed_by, "doctor", "supervising_doctor"}:
        return allow("taken_by_who_treats", CONSENT_SOURCE)
    return deny("consent_by_performing_or_supervising_doctor", CONSENT_SOURCE)


def may_prescribe(
    *,
    prescriber: str,
    medicine: str,
    in_person: bool,
    documented: bool,
    on: date | None,
    cosmetic: bool,
) -> Verdict:
    """Say whether a medicine may be prescribed for a cosmetic purpose.

    Nurse and midwife prescribers see the patient in person and document it, since
    1 June 2025 (NMC). Doctors may not prescribe injectable cosmetics remotely (GMC).
    `on` None is today's rule.
    """
    if not cosmetic:
        return allow("not_cosmetic", NURSES_PRESCRIBE_IN_PERSON.source)
    if prescriber in NURSES_PRESCRIBE_IN_PERSON.value:
        rule, also_documented = NURSES_PRESCRIBE_IN_PERSON, True
    elif (
        prescriber in DOCTORS_PRESCRIBE_IN_PERSON.value
        and medicine in REMOTE_BARRED_MEDICINES.value
    ):
        rule, also_documented = DOCTORS_PRESCRIBE_IN_PERSON, False
    else:
        return allow("no_rule_of_a_regulator", NURSES_PRESCRIBE_IN_PERSON.source)
    if on is not None and not rule.in_force(on):
        return allow("before_effective_date", rule.source)
    if not in_person:
        return deny("face_to_face_required", rule.source)
    if also_documented and not documented:
        return deny("assessment_not_documented", rule.source)
    return allow("seen_in_person", rule.source)
