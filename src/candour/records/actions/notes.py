"""Writing notes, and amending them without writing over anything."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from candour.core.actor import Actor
from candour.core.errors import Conflict, Invalid, NotFound
from candour.people import interactions
from candour.people.cards import refuse_cards
from candour.records.models import Draft, Note, NoteVersion
from candour.records.models.note import KINDS, MODES
from candour.records.said import NOTE_MAX, REASON_MAX, checked, plain
from candour.register.permit import Permit

OVERTAKEN = (
    "Somebody changed this note while you were writing. Their text is shown beside"
    " yours: put the two together, then save."
)
CHANNELS = {
    "in-person": "in-person",
    "video": "video-call",
    "phone": "phone",
    "message": "message",
}


def write(
    *,
    permit: Permit,
    person_id: int,
    kind: str,
    mode: str,
    body: str,
    token: UUID,
    source: str,
    by: Actor,
    at: datetime,
    template: str = "",
    appointment: UUID | None = None,
) -> UUID:
    """Write a note; return its ref. The same `token` twice is one note.

    Raises Invalid for an empty note, for one that seems to hold a card number, and for
    a source that the policy does not name; Refused where the purpose covers no notes.
    """
    permit.must_cover("notes")
    permit.must_be_source(source)
    if kind not in KINDS or mode not in MODES:
        raise Invalid("There is no such kind of note.")
    kept = checked(body, most=NOTE_MAX, missing="There is nothing in this note yet.")
    already = Note.objects.filter(token=token, person=person_id).first()
    if already is not None:
        return already.ref
    note = Note(
        person_id=person_id,
        kind=kind,
        mode=mode,
        template=template,
        appointment=appointment,
        token=token,
        source=source,
        made_at=at,
        by=str(by),
        policy_id=permit.policy_id,
        clause=permit.decision.clause,
    )
    note.save(force_insert=True)
    _add(note, 1, kept, "", permit=permit, by=by, at=at)
    Draft.objects.filter(token=token).delete()
    interactions.record(
        permit=permit,
        person_id=person_id,
        kind="conversation",
        channel=CHANNELS[mode],
        direction="both",
        what=f"note-{kind}",
        origin=note.ref,
        source=source,
        by=by,
        at=at,
    )
    return note.ref


def amend(
    *,
    permit: Permit,
    person_id: int,
    ref: UUID,
    seen: int,
    body: str,
    why: str,
    by: Actor,
    at: datetime,
    token: UUID | None = None,
) -> int:
    """Add a version to a note; return its number. What was there stays.

    `seen` is the version its writer had before them. Raises Conflict when there is a
    newer one, Invalid when nothing changed, or nobody says why.
    """
    permit.must_cover("notes")
    note = (
        Note.objects.select_for_update(of=("self",))
        .filter(ref=ref, person=person_id)
        .first()
    )
    if note is None:
        raise NotFound
    if note.version != seen:
        raise Conflict(OVERTAKEN)
    kept = checked(body, most=NOTE_MAX, missing="There is nothing in this note yet.")
    reason = checked(why, most=REASON_MAX, missing="Say why you change it.")
    if kept == permit.open(note.versions.get(version=seen), "body"):
        raise Invalid("Nothing has changed, so there is nothing to save.")
    note.version = seen + 1
    try:
        with transaction.atomic():
            _add(note, note.version, kept, reason, permit=permit, by=by, at=at)
    except IntegrityError as error:
        if "records_note_version_once" in str(error):
            raise Conflict(OVERTAKEN) from error
        raise
    note.save(update_fields=["version"])
    if token is not None:
        Draft.objects.filter(token=token).delete()
    return note.version


def _add(
    note: Note,
    number: int,
    body: str,
    why: str,
    *,
    permit: Permit,
    by: Actor,
    at: datetime,
) -> None:
    row = NoteVersion(
        person_id=note.person_id, note=note, version=number, at=at, by=str(by)
    )
    row.body = permit.seal(row, "body", body)
    if why:
        row.why = permit.seal(row, "why", why)
    row.save(force_insert=True)


def keep_draft(
    *,
    permit: Permit,
    person_id: int,
    token: UUID,
    body: str,
    by: Actor,
    at: datetime,
    note: UUID | None = None,
    seen: int = 0,
) -> None:
    """Keep what is being written, sealed; an empty text lets go of it.

    Once the note is saved nothing is kept any more, however late it arrives. Raises
    Invalid for what seems to hold a card number: it is not kept, not even unsaved.
    """
    permit.must_cover("notes")
    text = plain(body)
    if len(text) > NOTE_MAX:
        raise Invalid("This is too long for one note.")
    refuse_cards(text)
    mine = Draft.objects.filter(token=token, person=person_id, by=str(by))
    if not text:
        mine.delete()
        return
    if note is None and Note.objects.filter(token=token).exists():
        return
    row = mine.first()
    if row is None:
        row = Draft(person_id=person_id, token=token, by=str(by), seen=seen)
        if note is not None:
            row.note = Note.objects.filter(ref=note, person=person_id).first()
            if row.note is None:
                raise NotFound
    row.body, row.at = permit.seal(row, "body", text), at
    row.save()


def drop_draft(*, permit: Permit, person_id: int, token: UUID, by: Actor) -> None:
    """Throw away what somebody began."""
    permit.must_cover("notes")
    Draft.objects.filter(token=token, person=person_id, by=str(by)).delete()
