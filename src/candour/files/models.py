"""Files of people, one table a record class: pictures, papers, proofs.

What they have in common is `Stored`. A table is behind the wall of its own class, its
files are sealed under the person's key of that class, and a row of another layer may
point to it when it is of that class too (docs/adr/0014). On the disk a file has a
random name; nobody can tell from the folder whose it is or what.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from candour.core.ids import new_ref
from candour.policy.vocabulary import RecordClass
from candour.register.declare import PerRow

FOLDER = "files"
STATES = ("quarantined", "clean", "rejected", "gone")
HASH = "^[0-9a-f]{64}$"
MEDIA = ("electronic", "paper", "model")

_SAID = ("kind", "state", "because", "title", "file_name", "media_type", "taken_at")
_PLAIN = frozenset(
    {
        *("id", "ref", "person", "raw_name", "name", "small_name", "large_name"),
        *("key_id", "size", "sha256", "width", "height", "source", "made_at"),
        *("checked_at", "by", "policy", "clause"),
    }
)
_FILES = dict.fromkeys(("raw_name", "name", "small_name", "large_name"), FOLDER)


def _nothing_kept() -> Q:
    return Q(raw_name="", name="", small_name="", large_name="")


def _constraints() -> list[models.BaseConstraint]:
    """Return what holds for a file of any class, names filled in by Django."""
    whole = Q(raw_name="", sha256__regex=HASH) & ~Q(name="") & ~Q(file_name="")
    return [
        models.CheckConstraint(
            condition=Q(state__in=STATES), name="files_%(class)s_state_known"
        ),
        models.CheckConstraint(
            condition=~Q(state="quarantined") | (~Q(raw_name="") & Q(name="")),
            name="files_%(class)s_quarantined_is_raw",
        ),
        models.CheckConstraint(
            condition=~Q(state="clean") | whole | _elsewhere(),
            name="files_%(class)s_clean_is_whole",
        ),
        models.CheckConstraint(
            condition=~Q(state__in=["rejected", "gone"])
            | (_nothing_kept() & ~Q(because="")),
            name="files_%(class)s_gone_keeps_nothing",
        ),
    ]


def _elsewhere() -> Q:
    """Return what says that there is no file: the row stands for paper or a model."""
    return Q(media_type="") & _nothing_kept()


class Stored(models.Model):
    """One file of a person, from when it arrived.

    `raw_name` is the sealed file as it came, until it is washed; `name` the washed one,
    `small_name` and `large_name` its thumbnails. `sha256` is of the sealed file that
    there is, `size` of what it opens to. `file_name` is what it is called when it is
    handed out: kind, day and a few random letters, never what the sender called it.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=12, default="quarantined")
    because = models.CharField(max_length=30, blank=True)
    title = models.BinaryField(null=True)
    file_name = models.CharField(max_length=80, blank=True)
    media_type = models.CharField(max_length=40, blank=True)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    key_id = models.UUIDField(null=True)
    raw_name = models.CharField(max_length=32, blank=True)
    name = models.CharField(max_length=32, blank=True)
    small_name = models.CharField(max_length=32, blank=True)
    large_name = models.CharField(max_length=32, blank=True)
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    taken_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=80)
    policy = models.ForeignKey(
        "notices.PolicyVersion", models.PROTECT, related_name="+"
    )
    clause = models.CharField(max_length=120)

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = _constraints()
        indexes: ClassVar = [
            models.Index(
                fields=["person", "-made_at"], name="%(app_label)s_%(class)s_of"
            )
        ]

    def __str__(self) -> str:
        return str(self.ref)


class Image(Stored):
    """A photograph, a clip or a radiograph."""

    class Privacy:
        owner = "person"
        record_class = RecordClass.IMAGE
        personal: ClassVar = dict.fromkeys(_SAID, "images")
        sealed: ClassVar = {"title"}
        plain: ClassVar = _PLAIN
        files: ClassVar = _FILES
        copy = "Pictures of you"

    class Meta(Stored.Meta):
        abstract = False


_PAPER = PerRow(
    "kind",
    {"letter": "correspondence", "consent": "consent-to-treatment"},
    otherwise="health.records",
)


class Document(Stored):
    """A letter, a report, a form: sent to us, or made here from a template and filed.

    A paper or a model that is kept in a cupboard has a row and a `locator` and no file.
    What is filed is never changed: `filed_sha256` is of the document as it was filed.
    """

    template = models.CharField(max_length=40, blank=True)
    template_version = models.CharField(max_length=20, blank=True)
    filed_sha256 = models.CharField(max_length=64, blank=True)
    medium = models.CharField(max_length=10, default="electronic")
    locator = models.CharField(max_length=120, blank=True)

    class Privacy:
        owner = "person"
        record_class = RecordClass.CLINICAL
        personal: ClassVar = {
            **dict.fromkeys((*_SAID, "medium", "locator", "filed_sha256"), _PAPER),
        }
        sealed: ClassVar = {"title"}
        plain: ClassVar = _PLAIN | {"template", "template_version"}
        files: ClassVar = _FILES
        copy = "Letters, reports and forms"

    class Meta(Stored.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *_constraints(),
            models.CheckConstraint(
                condition=Q(medium__in=MEDIA), name="files_document_medium_known"
            ),
            models.CheckConstraint(
                condition=Q(template="") | Q(filed_sha256__regex=HASH),
                name="files_document_filed_has_hash",
            ),
            models.CheckConstraint(
                condition=Q(medium="electronic", locator="") & ~Q(media_type="")
                | (~Q(medium="electronic") & ~Q(locator="") & _elsewhere()),
                name="files_document_is_here_or_there",
            ),
        ]


class Proof(Stored):
    """A copy of a document that proves who somebody is, or how old.

    Once it has, the copy goes and the row stays: that it was seen, when, and by whom.
    """

    class Privacy:
        owner = "person"
        record_class = RecordClass.PROOF
        personal: ClassVar = dict.fromkeys(_SAID, "proof")
        sealed: ClassVar = {"title"}
        plain: ClassVar = _PLAIN
        files: ClassVar = _FILES
        copy = "Proofs you showed us"

    class Meta(Stored.Meta):
        abstract = False


TABLES: dict[str, type[Stored]] = {
    model._meta.db_table: model for model in (Image, Document, Proof)
}
