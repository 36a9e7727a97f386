"""Writing letters as the desk does, without the web: a patient, a surgery, a letter."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from candour import gate
from candour.core.actor import staff
from candour.core.ids import new_ref
from candour.disclosures import fields, preview
from candour.disclosures.actions import leaving, writing
from candour.disclosures.actions.writing import Terms
from candour.disclosures.deciding import Ground
from candour.disclosures.models import Disclosure, Letter
from candour.policy.compile import compile_pack
from candour.recipients import actions as recipients
from candour.recipients.models import Recipient
from tests.apps.file_cast import register
from tests.factories import NOON, make_enquiry
from tests.surfaces.desk import reading

DOCTOR = staff(new_ref(), "practitioner")
SURGERY = "Larkmoor Surgery"
SAID_YES = Ground("permission-for-this", "In the room, on 20 November 2026.")
SIGNED = ("Ines Halloran", "Practitioner")
CHECKED: dict[str, Any] = {
    "name": SURGERY,
    "country": "GB",
    "screened_at": NOON,
    "screened_how": "On the register of GP surgeries.",
    "email": "letters@larkmoor.example",
    "address": "3 Mill Bank\nLittle Quill",
    "active": True,
}


def surgery(slug: str = "gp", pack: str = "model", **told: Any) -> Recipient:
    """Put a checked surgery on the register of recipients."""
    return recipients.add(
        policy=compile_pack(pack),
        slug=slug,
        told={**CHECKED, **told},
        by=DOCTOR,
        at=NOON,
    )


def patient(**changes: Any) -> int:
    """Return the id of a registered patient with a proven address."""
    person = make_enquiry(**changes).person_id
    register(person)
    return person


def caring(person: int, *, later: int = 0) -> Any:
    """Open a patient's file for care."""
    at = NOON + timedelta(minutes=later)
    return gate.open(by=DOCTOR, purpose="care", people=[person], verb="t:t:t", at=at)


def terms(**changes: Any) -> Terms:
    """Return how a letter goes: by email, with the patient's yes, and they are told."""
    given: dict[str, Any] = {
        "how": "email",
        "ground": SAID_YES,
        "reason": "Shared care.",
        "told": "now",
    }
    return Terms(**{**given, **changes})


def begun(
    person: int,
    to: Recipient | None,
    keys: tuple[str, ...] = ("name", "born"),
    template: str = "gp",
    **changes: Any,
) -> Letter:
    """Begin a letter with some things of the file; return its row."""
    with caring(person) as permit:
        held = fields.of_person(person, permit=permit)
        held += fields.in_own_words(permit)
        return writing.begin(
            permit=permit,
            person_id=person,
            token=uuid4(),
            template=template,
            to=to,
            chosen=[field for field in held if field.key in keys],
            terms=terms(**changes),
            name="Zephyrine",
            by=permit.by,
            at=permit.at,
        )


def saved(person: int, row: Letter, body: str, **changes: Any) -> Letter:
    """Type a text over a letter's."""
    with caring(person) as permit:
        return writing.save(
            permit=permit,
            person_id=person,
            ref=row.ref,
            seen=row.version,
            body=body,
            terms=terms(**changes),
            by=permit.by,
            at=permit.at,
        )


def previewed(person: int, row: Letter) -> preview.Preview:
    """Look at what a letter would give away."""
    with caring(person) as permit:
        fresh = Letter.objects.select_related("recipient").get(ref=row.ref)
        says = permit.open(fresh, "ground_says") if fresh.ground_says else ""
        return preview.of_letter(
            fresh,
            fields.of_person(person, permit=permit) + fields.in_own_words(permit),
            body=permit.open(fresh, "body"),
            ground=Ground(fresh.ground, says),
            permit=permit,
        )


def filed(person: int, row: Letter, seen: str = "") -> Letter:
    """File a letter as it was seen: by email it is sent with it."""
    seen = seen or previewed(person, row).fingerprint
    with caring(person) as permit:
        return leaving.file(
            permit=permit,
            person_id=person,
            ref=row.ref,
            seen=seen,
            fields=fields.of_person(person, permit=permit)
            + fields.in_own_words(permit),
            signed=SIGNED,
            reference="P-10042",
            by=permit.by,
            at=permit.at,
        )


def given() -> list[Disclosure]:
    """Return every disclosure there is."""
    with reading():
        return list(Disclosure.objects.order_by("pk"))
