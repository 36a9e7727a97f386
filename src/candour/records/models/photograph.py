"""Photographs: what each shows, and what the patient lets be done with it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.core.ids import new_ref
from candour.files.models import Image
from candour.policy.vocabulary import RecordClass

POSES = ("front", "left", "right", "oblique-left", "oblique-right", "close", "other")
MOMENTS = ("before", "during", "after")
USES = ("teaching", "publication")


class Photograph(models.Model):
    """What a picture shows: pose, place, before or after, of which series.

    Pictures of one series, pose and place are laid side by side. It is for the record
    alone until a `PhotographUse` says more.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    file = models.OneToOneField(Image, models.CASCADE, related_name="photograph")
    pose = models.CharField(max_length=20)
    place = models.CharField(max_length=30)
    moment = models.CharField(max_length=10)
    series = models.CharField(max_length=60, blank=True)
    taken_on = models.DateField()
    source = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    by = models.CharField(max_length=80)
    policy = models.ForeignKey(
        "notices.PolicyVersion", models.PROTECT, related_name="+"
    )
    clause = models.CharField(max_length=120)

    class Privacy:
        owner = "person"
        record_class = RecordClass.IMAGE
        personal: ClassVar = dict.fromkeys(
            ["pose", "place", "moment", "series", "taken_on"], "images"
        )
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "file",
            "source",
            "made_at",
            "by",
            "policy",
            "clause",
        }
        copy = "What your photographs show"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(pose__in=POSES, moment__in=MOMENTS),
                name="records_photograph_known",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "taken_on"], name="records_photograph_of")
        ]

    def __str__(self) -> str:
        return str(self.ref)


class PhotographUse(models.Model):
    """A yes or a no to one use of one photograph beyond the record, in their words.

    Rows are only added: the last one holds. `evidence` is the ref of the consent event
    with the wording that was shown.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    photograph = models.ForeignKey(Photograph, models.CASCADE, related_name="uses")
    use = models.CharField(max_length=20)
    given = models.BooleanField()
    evidence = models.UUIDField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Privacy:
        owner = "person"
        record_class = RecordClass.IMAGE
        personal: ClassVar = dict.fromkeys(["use", "given", "at"], "images")
        plain: ClassVar = {"id", "ref", "person", "photograph", "evidence", "by"}
        copy = "What you let us do with your photographs"
        writes = ("insert", "delete")

    class Meta:
        db_table = "records_photograph_use"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(use__in=USES), name="records_photograph_use_known"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["photograph", "use", "-at"], name="records_photograph_use_last"
            ),
            models.Index(fields=["person"], name="records_photograph_use_of"),
        ]

    def __str__(self) -> str:
        return str(self.ref)
