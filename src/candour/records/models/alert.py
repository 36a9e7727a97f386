"""What whoever touches a patient must know first."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.core.ids import new_ref
from candour.policy.vocabulary import RecordClass

KINDS = (
    "allergy",
    "medicine",
    "condition",
    "pregnancy",
    "implant",
    "infection",
    "reaction",
    "other",
)
WEIGHTS = ("danger", "care")


class Alert(models.Model):
    """Something that could hurt a patient if it were not known.

    It is ended with a reason, and never deleted by hand. `kind`, `code` (what it is,
    in a word or two) and whether it is active stand in clear, so that they can be
    shown and counted; what happened is sealed.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=60)
    weight = models.CharField(max_length=10)
    detail = models.BinaryField(null=True)
    active = models.BooleanField(default=True)
    token = models.UUIDField(unique=True)
    source = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)
    end_reason = models.BinaryField(null=True)
    policy = models.ForeignKey(
        "notices.PolicyVersion", models.PROTECT, related_name="+"
    )
    clause = models.CharField(max_length=120)

    class Privacy:
        owner = "person"
        record_class = RecordClass.CLINICAL
        personal: ClassVar = dict.fromkeys(
            [
                "kind",
                "code",
                "weight",
                "detail",
                "active",
                "made_at",
                "ended_at",
                "end_reason",
            ],
            "health",
        )
        sealed: ClassVar = {"detail", "end_reason"}
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "token",
            "source",
            "by",
            "ended_by",
            "policy",
            "clause",
        }
        copy = "Alerts on your file"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=KINDS, weight__in=WEIGHTS),
                name="records_alert_known",
            ),
            models.CheckConstraint(
                condition=Q(active=True, ended_at=None, end_reason=None)
                | Q(active=False, ended_at__isnull=False, end_reason__isnull=False),
                name="records_alert_ends_with_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "active"], name="records_alert_of")
        ]

    def __str__(self) -> str:
        return str(self.ref)
