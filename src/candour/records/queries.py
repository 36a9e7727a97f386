"""Reading the patient file: alerts and notes. Each takes the permit of its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from candour.core.errors import NotFound
from candour.policy.vocabulary import RecordClass
from candour.records.models import Alert, Draft, Note, NoteVersion
from candour.register.permit import Permit, Row

ALERT = ("ref", "kind", "code", "weight", "detail", "made_at", "by")
NOTE = ("ref", "kind", "mode", "version", "made_at", "by")


def is_open(permit: Permit) -> bool:
    """Say whether the clinical record stands open to this permit at all."""
    return RecordClass.CLINICAL in permit.decision.classes


def alerts(person_id: int, *, permit: Permit) -> list[Row]:
    """Return the alerts that hold, the most dangerous first."""
    rows = Alert.objects.filter(person=person_id, active=True)
    return permit.read(rows.order_by("-weight", "-made_at", "-pk"), *ALERT)


def ended_alerts(person_id: int, *, permit: Permit) -> list[Row]:
    """Return the alerts that no longer hold, the last one ended first."""
    return permit.read(
        Alert.objects.filter(person=person_id, active=False).order_by("-ended_at"),
        *ALERT, "ended_at", "ended_by", "end_reason",
    )  # fmt: skip


def alert(person_id: int, ref: UUID, *, permit: Permit) -> Row:
    """Return one alert of a person. Raises NotFound."""
    return _one(
        permit.read(Alert.objects.filter(person=person_id, ref=ref), *ALERT, "active")
    )


def notes(person_id: int, *, permit: Permit, most: int = 100) -> list[Row]:
    """Return the notes of a person with their last text, newest first; two reads."""
    found = permit.read(
        Note.objects.filter(person=person_id).order_by("-made_at", "-pk")[:most],
        *NOTE,
    )
    newest = NoteVersion.objects.filter(
        note__in=[row.pk for row in found], version=F("note__version")
    )
    texts = {t.note: t for t in permit.read(newest, "note", "body", "at", "by")}
    return [Row(**vars(row), text=texts[row.pk]) for row in found]


@dataclass(frozen=True, slots=True)
class Versions:
    """A note, and each version of it, the oldest first."""

    note: Row
    versions: Sequence[Row]

    @property
    def last(self) -> Row:
        """Return the version that holds now."""
        return self.versions[-1]


def note(person_id: int, ref: UUID, *, permit: Permit) -> Versions:
    """Return a note of a person with all its versions. Raises NotFound."""
    head = _one(
        permit.read(Note.objects.filter(person=person_id, ref=ref), *NOTE, "source")
    )
    rows = NoteVersion.objects.filter(note=head.pk).order_by("version")
    return Versions(
        head, permit.read(rows, "ref", "version", "body", "why", "at", "by")
    )


def draft(person_id: int, *, permit: Permit, note: UUID | None = None) -> Row | None:
    """Return what whoever asks began to write and did not save, or None."""
    rows = Draft.objects.filter(person=person_id, by=str(permit.by))
    rows = rows.filter(note__ref=note) if note else rows.filter(note=None)
    found = permit.read(rows.order_by("-at")[:1], "token", "body", "seen", "at")
    return found[0] if found else None


def _one(rows: list[Row]) -> Row:
    if not rows:
        raise NotFound
    return rows[0]
