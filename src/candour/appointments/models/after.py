"""Who waits for a time, and who should come back when."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from candour.accounts.models import Staff
from candour.catalogue.models import Service
from candour.core.ids import new_ref
from candour.policy.vocabulary import RecordClass

WAITING_STATES = ("waiting", "booked", "ended")
RECALL_STATES = ("due", "written", "booked", "ended")


class Waiting(models.Model):
    """Somebody who would come sooner, and when they can.

    `available` is a list of spans of the week, such as "tue 17:00-20:00", by the
    wall clock here. An empty list is any time. `from_on` and `until_on` bound the days.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    what = models.CharField(max_length=120)
    site = models.SlugField(max_length=60)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    available = ArrayField(models.CharField(max_length=20), default=list)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    note = models.BinaryField(null=True)
    state = models.CharField(max_length=10, default="waiting")
    source = models.CharField(max_length=40)
    by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    policy = models.ForeignKey(
        "notices.PolicyVersion", models.PROTECT, related_name="+"
    )
    clause = models.CharField(max_length=120)

    class Privacy:
        owner = "person"
        record_class = RecordClass.SCHEDULING
        personal: ClassVar = dict.fromkeys(
            [
                "what",
                "site",
                "available",
                "from_on",
                "until_on",
                "note",
                "state",
            ],
            "appointments",
        )
        sealed: ClassVar = {"note"}
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "service",
            "staff",
            "source",
            "by",
            "made_at",
            "policy",
            "clause",
        }
        copy = "When you could have come sooner"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=WAITING_STATES),
                name="appointments_waiting_state_known",
            ),
            models.UniqueConstraint(
                fields=["person", "service", "site"],
                condition=Q(state="waiting"),
                name="appointments_waiting_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "made_at"], name="appointments_waiting_queue")
        ]

    def __str__(self) -> str:
        return str(self.ref)


class Recall(models.Model):
    """That somebody should be seen again by a day, because of a treatment they had."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    what = models.CharField(max_length=120)
    due_on = models.DateField()
    state = models.CharField(max_length=10, default="due")
    appointment = models.UUIDField(unique=True)
    written_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=40)
    by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    policy = models.ForeignKey(
        "notices.PolicyVersion", models.PROTECT, related_name="+"
    )
    clause = models.CharField(max_length=120)

    class Privacy:
        owner = "person"
        record_class = RecordClass.SCHEDULING
        personal: ClassVar = dict.fromkeys(
            ["what", "due_on", "state", "written_at"], "appointments"
        )
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "service",
            "appointment",
            "source",
            "by",
            "made_at",
            "policy",
            "clause",
        }
        copy = "When you should be seen again"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=RECALL_STATES),
                name="appointments_recall_state_known",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_on"], name="appointments_recall_due"),
            models.Index(fields=["person"], name="appointments_recall_of"),
        ]

    def __str__(self) -> str:
        return str(self.ref)
