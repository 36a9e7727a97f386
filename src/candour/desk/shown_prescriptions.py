"""What the pages of prescriptions show, and a prescription on paper."""

from typing import Any
from uuid import UUID

from candour.desk import wording
from candour.desk.patient import Opened
from candour.disclosures import paper
from candour.disclosures.templates import Opening
from candour.records import pictured
from candour.register.permit import Permit, Row

ON_PAPER = Opening(
    slug="prescription",
    label="Prescription",
    kinds=(),
    subject="Private prescription",
    greets="",
    begins="",
    ends="",
)
PROFESSIONS = {
    "doctor": "Doctor",
    "nurse": "Nurse prescriber",
    "midwife": "Midwife prescriber",
    "dentist": "Dentist",
    "pharmacist": "Pharmacist prescriber",
}


def listed(person_id: int, *, permit: Permit) -> list[dict[str, Any]]:
    """Return the prescriptions of a file, newest first."""
    return [_one(row) for row in pictured.prescriptions(person_id, permit=permit)]


def _one(row: Row) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "medicine": row.medicine,
        "quantity": row.quantity,
        "directions": row.directions,
        "cosmetic": row.cosmetic,
        "by": row.prescriber__name,
        "who": f"{PROFESSIONS[row.profession]}, {row.registration}",
        "on": row.issued_on,
        "seen": row.assessment,
        "stopped": row.stop and {"at": row.stop.at, "reason": row.stop.reason},
    }


def pdf(opened: Opened, ref: UUID) -> bytes:
    """Return a prescription as PDF/UA, with a line to sign on.

    Raises NotFound for another person's.
    """
    row = _one(pictured.prescription(opened.pk, ref, permit=opened.permit))
    person = opened.person
    born = wording.given(person.standing__born_on)
    to = [wording.given(person.name) or "Name withheld"]
    if born:
        to.append(f"Born {born.day} {born:%B %Y}")
    body = "\n\n".join(
        [
            row["medicine"],
            f"Quantity: {row['quantity']}",
            row["directions"],
            "For cosmetic use." if row["cosmetic"] else "For a medical condition.",
            *(["STOPPED. Do not supply."] if row["stopped"] else []),
            f"Issued on {row['on'].day} {row['on']:%B %Y}.",
        ]
    )
    return paper.pdf(
        opening=ON_PAPER,
        body=body,
        to=to,
        signed=["Signed:", "", "", row["by"], row["who"]],
        reference=ref.hex[-8:],
        policy=opened.permit.policy,
        at=opened.permit.at,
    )
