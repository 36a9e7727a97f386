"""Visits, who sees to each, and the room and devices it takes.

Whoever books asks the database, not another booking: two visits of one practitioner, in
one room, or on one device cannot overlap, buffers included, because an exclusion
constraint says so. Reading asks by plain `starts_at` and `ends_at`, since row-level
security keeps range operators from an index.
"""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from candour.accounts.models import Staff
from candour.catalogue.models import Device, Room, Service
from candour.core.ids import new_ref
from candour.policy.vocabulary import RecordClass

STATUSES = ("booked", "arrived", "in-room", "done", "did-not-attend", "cancelled")
# States in which the visit takes its practitioner, room and devices.
HOLDING = ("booked", "arrived", "in-room", "done")
CANCELLED_BY = ("", "patient", "clinic")
CANCELLED_WHY = (
    "",
    "unwell",
    "cannot-come",
    "changed-mind",
    "cost",
    "practitioner-away",
    "device-fault",
    "not-suitable",
    "booked-by-mistake",
    "other",
)
AGE_PROOFS = ("", "passport", "driving-licence", "pass-card", "known-from-before")


class Appointment(models.Model):
    """One visit of one person. `what` is the service as it was called when booked.

    `version` counts its changes: who moves it says which one they saw. `consultation`
    is the ref of the visit that it follows from. `enough_time` is that the person
    said their time to think was enough (GMC 2016), `age_proof` what was shown of it.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    what = models.CharField(max_length=120)
    site = models.SlugField(max_length=60)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    status = models.CharField(max_length=15, default="booked")
    cancelled_by = models.CharField(max_length=10, blank=True, default="")
    cancelled_why = models.CharField(max_length=20, blank=True, default="")
    video_link = models.CharField(max_length=300, blank=True, default="")
    note = models.BinaryField(null=True)
    enough_time = models.BooleanField(default=False)
    age_proof = models.CharField(max_length=20, blank=True, default="")
    consultation = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)
    token = models.UUIDField(unique=True, default=new_ref)
    source = models.CharField(max_length=40)
    by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
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
                "starts_at",
                "ends_at",
                "status",
                "cancelled_by",
                "cancelled_why",
                "video_link",
                "note",
                "enough_time",
                "age_proof",
                "changed_at",
            ],
            "appointments",
        )
        sealed: ClassVar = {"note"}
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "service",
            "consultation",
            "version",
            "token",
            "source",
            "by",
            "made_at",
            "policy",
            "clause",
        }
        copy = "Your visits"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=STATUSES),
                name="appointments_appointment_status_known",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__lt=models.F("ends_at")),
                name="appointments_appointment_forward",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status="cancelled", cancelled_by__in=CANCELLED_BY[1:])
                    & Q(cancelled_why__in=CANCELLED_WHY[1:])
                )
                | (~Q(status="cancelled") & Q(cancelled_by="", cancelled_why="")),
                name="appointments_appointment_cancelled_why",
            ),
            models.CheckConstraint(
                condition=Q(age_proof__in=AGE_PROOFS),
                name="appointments_appointment_age_proof_known",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["starts_at"], name="appointments_appointment_start"),
            models.Index(
                fields=["person", "starts_at"], name="appointments_appointment_whose"
            ),
        ]

    def __str__(self) -> str:
        return str(self.ref)


def _alone(name: str, column: str) -> Any:
    """Return the constraint that no two visits take one of these at once."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            (column, RangeOperators.EQUAL),
            ("during", RangeOperators.OVERLAPS),
        ],
        condition=Q(holds=True),
    )


class AppointmentPractitioner(models.Model):
    """One of those who see to a visit; `during` is the visit with its buffers.

    `holds` says that the visit takes their time: a cancelled one does not.
    """

    appointment = models.ForeignKey(
        Appointment, models.CASCADE, related_name="practitioners"
    )
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    called = models.CharField(max_length=120)
    during = DateTimeRangeField()
    holds = models.BooleanField(default=True)

    class Privacy:
        owner = "person"
        record_class = RecordClass.SCHEDULING
        personal: ClassVar = {"called": "appointments"}
        plain: ClassVar = {"id", "appointment", "person", "staff", "during", "holds"}
        copy = "Who saw to each visit"

    class Meta:
        db_table = "appointments_appointment_practitioner"
        constraints: ClassVar = [
            _alone("appointments_one_visit_a_practitioner", "staff"),
            models.UniqueConstraint(
                fields=["appointment", "staff"], name="appointments_practitioner_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person"], name="appointments_practitioner_of")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class AppointmentResource(models.Model):
    """The room or one device that a visit takes; `during` as of its practitioners."""

    appointment = models.ForeignKey(
        Appointment, models.CASCADE, related_name="resources"
    )
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+")
    called = models.CharField(max_length=60)
    during = DateTimeRangeField()
    holds = models.BooleanField(default=True)

    class Privacy:
        owner = "person"
        record_class = RecordClass.SCHEDULING
        personal: ClassVar = {"called": "appointments"}
        plain: ClassVar = {
            "id",
            "appointment",
            "person",
            "room",
            "device",
            "during",
            "holds",
        }
        copy = "Where each visit was"

    class Meta:
        db_table = "appointments_appointment_resource"
        constraints: ClassVar = [
            _alone("appointments_one_visit_a_room", "room"),
            _alone("appointments_one_visit_a_device", "device"),
            models.CheckConstraint(
                condition=Q(room=None) ^ Q(device=None),
                name="appointments_resource_is_one_thing",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["appointment"], name="appointments_resource_visit"),
            models.Index(fields=["person"], name="appointments_resource_of"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
