"""Notes: what was said, seen and done, in versions that nobody writes over."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.core.ids import new_ref
from candour.policy.vocabulary import RecordClass

KINDS = ("consultation", "treatment", "review", "advice", "conversation", "other")
MODES = ("in-person", "video", "phone", "message")


class Note(models.Model):
    """One note: what kind it is, how they met, who wrote it. Its text is in versions.

    `version` is the last one there is. `token` is made with the form: sending the same
    form twice is one note. `appointment` is the ref of the visit it is about.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    mode = models.CharField(max_length=10)
    template = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)
    appointment = models.UUIDField(null=True)
    token = models.UUIDField(unique=True)
    source = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    by = models.CharField(max_length=80)
    policy = models.ForeignKey(
        "notices.PolicyVersion", models.PROTECT, related_name="+"
    )
    clause = models.CharField(max_length=120)

    class Privacy:
        owner = "person"
        record_class = RecordClass.CLINICAL
        personal: ClassVar = dict.fromkeys(["kind", "mode", "made_at"], "notes")
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "template",
            "version",
            "appointment",
            "token",
            "source",
            "by",
            "policy",
            "clause",
        }
        copy = "Notes on your visits"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=KINDS, mode__in=MODES), name="records_note_known"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-made_at"], name="records_note_of")
        ]

    def __str__(self) -> str:
        return str(self.ref)


class NoteVersion(models.Model):
    """The text of a note as somebody left it. The database lets nobody change one.

    (note, version) is unique: of two people who amend one note at once, one wins.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    note = models.ForeignKey(Note, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    body = models.BinaryField()
    why = models.BinaryField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Privacy:
        owner = "person"
        record_class = RecordClass.CLINICAL
        personal: ClassVar = {"body": "notes", "why": "notes", "at": "notes"}
        sealed: ClassVar = {"body", "why"}
        plain: ClassVar = {"id", "ref", "person", "note", "version", "by"}
        copy = "What the notes say, in each version"
        writes = ("insert", "delete")

    class Meta:
        db_table = "records_note_version"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["note", "version"], name="records_note_version_once"
            ),
            models.CheckConstraint(
                condition=Q(version=1, why=None) | Q(version__gt=1, why__isnull=False),
                name="records_note_version_says_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person"], name="records_note_version_of")
        ]

    def __str__(self) -> str:
        return str(self.ref)


class Draft(models.Model):
    """A note that somebody has begun and not saved: sealed, and theirs alone.

    `token` is that of the form. It goes when the note is saved or thrown away.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    note = models.ForeignKey(Note, models.CASCADE, null=True, related_name="+")
    token = models.UUIDField(unique=True)
    body = models.BinaryField()
    seen = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Privacy:
        owner = "person"
        record_class = RecordClass.CLINICAL
        personal: ClassVar = {"body": "notes", "at": "notes"}
        sealed: ClassVar = {"body"}
        plain: ClassVar = {"id", "ref", "person", "note", "token", "seen", "by"}
        copy = "Notes that are being written"

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "by"], name="records_draft_of")
        ]

    def __str__(self) -> str:
        return str(self.ref)
