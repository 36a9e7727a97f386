"""What must be so before a treatment is done. The law answers; this asks it.

Consent that a patient gave, time to think, age: each obstacle says what it is, what to
do, and whether a named exception may set it aside. Age never may: that is an offence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from candour.accounts.models import Practice, Registration, Staff
from candour.catalogue.models import Kind, Service
from candour.core.errors import Invalid
from candour.law import ages, periods, treatments
from candour.law.ages import Medic, TreatmentGate
from candour.law.regions import Region

# The register somebody stands on, and what the law calls them.
PROFESSIONS = MappingProxyType(
    {"GMC": "doctor", "NMC": "nurse", "GDC": "dentist", "GPHC": "pharmacist"}
)
# No statute says how long a yes holds. Within a year it is asked again.
CONSENT_MONTHS = 12
WITHOUT = frozenset({"consultation"})  # classes of which nobody is asked to consent


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands against a treatment; `excepted` if an exception may set it aside."""

    code: str
    says: str
    excepted: bool


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the newest consent to a treatment says, as the rules need it."""

    signed_on: date
    consulted_on: date
    enough_time: bool
    taken_by: str
    taker_is: str


def needs_consent(service: Service) -> bool:
    """Say whether a service is of a class that needs the patient's consent."""
    return service.kind not in WITHOUT


def profession(staff: Staff) -> str:
    """Return what the law calls somebody, by the register they stand on, or ""."""
    registers = Registration.objects.filter(staff=staff).values_list(
        "register", flat=True
    )
    for register in registers:
        if register.upper() in PROFESSIONS:
            return PROFESSIONS[register.upper()]
    said = staff.profession.lower()
    return next(
        (name for name in sorted(PROFESSIONS.values()) if name in said.split()), ""
    )


def must_practise(staff: Staff, service: Service) -> None:
    """Raise Invalid unless somebody is on the list of those who give a service."""
    if not Practice.objects.filter(staff=staff, service=service).exists():
        raise Invalid(
            f"{staff.name} is not on the list of those who give"
            f" {service.name[:1].lower()}{service.name[1:]}."
        )


def thinking(service: Service) -> tuple[int | None, bool]:
    """Return the days to think that the clinic set, and whether it is surgery."""
    kind = Kind.objects.filter(code=service.kind).first()
    surgical = kind.surgical if kind else service.kind == "surgical"
    days = service.reflection_days
    if days is None and kind is not None:
        days = kind.reflection_days
    return days, surgical


def obstacles(
    service: Service,
    *,
    on: date,
    born: date | None,
    age_verified: bool,
    region: Region,
    by: Medic,
    performer: str,
    agreed: Agreed | None,
) -> list[Obstacle]:
    """Return what stands against treating somebody on a day; nothing where it may be.

    `performer` is the ref of whoever treats, `by` what the law needs to know of them.
    """
    found = list(_age(service, on, born, age_verified, region, by))
    if needs_consent(service):
        found += _consent(service, on, performer, agreed)
    return found


def _age(
    service: Service,
    on: date,
    born: date | None,
    verified: bool,
    region: Region,
    by: Medic,
) -> Iterable[Obstacle]:
    name = service.law_calls_it
    if not name or not ages.injectables_regulated(name, region, on):
        return
    if born is None:
        yield Obstacle(
            "birth-date",
            "The date of birth is not on record, and this treatment is kept from"
            " people under 18. Write it down first.",
            False,
        )
        return
    answer = ages.treatment_gate(
        treatment=name, born=born, on=on, region=region, by=by, age_verified=verified
    )
    if answer.gate is TreatmentGate.BLOCK:
        yield Obstacle(
            "under-18",
            "They are under 18. To do this is an offence unless a doctor approved it"
            " (Botulinum Toxin and Cosmetic Fillers (Children) Act 2021).",
            False,
        )
    if answer.gate is TreatmentGate.BLOCK_UNTIL_AGE_VERIFIED:
        yield Obstacle(
            "age",
            "Nobody has seen a proof of their age yet. Look at one and write down what"
            " it was (Botulinum Toxin and Cosmetic Fillers (Children) Act 2021).",
            False,
        )


def _consent(
    service: Service, on: date, performer: str, agreed: Agreed | None
) -> Iterable[Obstacle]:
    if agreed is None:
        yield Obstacle(
            "consent",
            "There is no consent to this treatment on the file. Take it first.",
            True,
        )
        return
    if periods.months(CONSENT_MONTHS).after(agreed.signed_on) < on:
        yield Obstacle(
            "consent-old",
            f"The consent is more than {CONSENT_MONTHS} months old. Take it again.",
            True,
        )
    right = treatments.consent_taken_by_the_right_person(
        performer if agreed.taken_by == performer else agreed.taker_is, performer
    )
    if not right.allowed:
        yield Obstacle(
            "taker",
            "Consent was taken by somebody who neither treats nor supervises. Whoever"
            f" treats takes it again ({right.source}).",
            True,
        )
    days, surgical = thinking(service)
    answer = treatments.reflection(
        agreed.consulted_on,
        on,
        wait_days=days,
        surgical=surgical,
        patient_says_enough=agreed.enough_time,
    )
    if answer.allowed:
        return
    first = answer.earliest
    if first > on:
        says = (
            "There has to be time to think after the consultation. The first day is"
            f" {first:%A} {first.day} {first:%B %Y}."
        )
    else:
        says = (
            "The patient has not said that there was enough time to think. Ask, and"
            " take the consent again with the answer."
        )
    yield Obstacle("reflection", says, True)
