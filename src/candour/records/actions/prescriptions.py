"""Prescribing: by who may, after seeing the patient where a regulator wants it."""

from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db import IntegrityError, transaction

from candour.accounts import queries as accounts
from candour.accounts.models import Registration, Staff
from candour.core.actor import Actor
from candour.core.clock import local_date
from candour.core.errors import Conflict, Invalid, NotFound
from candour.law import treatments as law
from candour.records import rules
from candour.records.models import Note, Prescription, PrescriptionStop
from candour.records.said import NOTE_MAX, REASON_MAX, checked
from candour.register.permit import Permit

MEDICINE_MAX, QUANTITY_MAX = 160, 60  # characters
# What the law calls a medicine, and what the desk does.
DRUGS = MappingProxyType(
    {
        "": "Another medicine",
        "botulinum_toxin": "Botulinum toxin",
        "hyaluronidase": "Hyaluronidase",
    }
)
UNSEEN = MappingProxyType(
    {
        "face_to_face_required": "The prescriber has to see the patient in person"
        " first, and write a note of it. Choose that note.",
        "assessment_not_documented": "The visit in person has to be written down first."
        " Choose its note.",
    }
)


def prescribe(
    *,
    permit: Permit,
    person_id: int,
    medicine: str,
    drug: str,
    quantity: str,
    directions: str,
    cosmetic: bool,
    assessment: UUID | None,
    token: UUID,
    source: str,
    by: Actor,
    at: datetime,
) -> UUID:
    """Issue a prescription; return its ref. The same `token` twice is one.

    `assessment` is the note of having met in person. Raises Invalid for somebody who is
    no prescriber, and where a regulator wants the patient seen first.
    """
    permit.must_cover("prescription")
    permit.must_be_source(source)
    already = Prescription.objects.filter(token=token, person=person_id).first()
    if already is not None:
        return already.ref
    if drug not in DRUGS:
        raise Invalid("There is no such medicine.")
    prescriber, profession, number = _prescriber(by)
    note = _note(person_id, assessment)
    verdict = law.may_prescribe(
        prescriber=profession,
        medicine=drug,
        in_person=note is not None,
        documented=note is not None,
        on=local_date(at),
        cosmetic=cosmetic,
    )
    if not verdict.allowed:
        said = UNSEEN.get(verdict.reason, "This may not be prescribed.")
        raise Invalid(f"{said} ({verdict.source})")
    row = Prescription(
        person_id=person_id,
        medicine=checked(medicine, most=MEDICINE_MAX, missing="Name the medicine."),
        drug=drug,
        quantity=checked(quantity, most=QUANTITY_MAX, missing="Say how much."),
        cosmetic=cosmetic,
        prescriber=prescriber,
        profession=profession,
        registration=number,
        assessment=note.ref if note else None,
        issued_on=local_date(at),
        token=token,
        source=source,
        made_at=at,
        by=str(by),
        policy_id=permit.policy_id,
        clause=permit.decision.clause,
    )
    text = checked(directions, most=NOTE_MAX, missing="Say how it is to be used.")
    row.directions = permit.seal(row, "directions", text)
    row.save(force_insert=True)
    return row.ref


def _prescriber(by: Actor) -> tuple[Staff, str, str]:
    """Return who prescribes, what the law calls them, and their registration."""
    if by.role != "prescriber":
        raise Invalid("Only a prescriber may prescribe.")
    staff = accounts.by_ref(UUID(by.ref))
    for one in Registration.objects.filter(staff=staff).order_by("pk"):
        if one.register.upper() in rules.PROFESSIONS:
            profession = rules.PROFESSIONS[one.register.upper()]
            return staff, profession, f"{one.register.upper()} {one.number}"
    raise Invalid(
        "Your registration is not on record, so you cannot prescribe yet. The manager"
        " can enter it."
    )


def _note(person_id: int, ref: UUID | None) -> Note | None:
    if ref is None:
        return None
    found = Note.objects.filter(ref=ref, person=person_id, mode="in-person").first()
    if found is None:
        raise Invalid("This note is not of a visit in person.")
    return found


def stop(
    *, permit: Permit, person_id: int, ref: UUID, reason: str, by: Actor, at: datetime
) -> None:
    """Keep that a prescription is not to be used any more. Nothing undoes it."""
    permit.must_cover("prescription")
    found = Prescription.objects.filter(ref=ref, person=person_id).first()
    if found is None:
        raise NotFound
    said = checked(reason, most=REASON_MAX, missing="Say why it is stopped.")
    row = PrescriptionStop(person_id=person_id, prescription=found, at=at, by=str(by))
    row.reason = permit.seal(row, "reason", said)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "prescription_id" in str(error):
            raise Conflict("This prescription is stopped already.") from error
        raise
