"""Consent to treatment. It is another thing than consent to the use of data."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from candour.accounts.models import Staff
from candour.catalogue.models import Service
from candour.core.ids import new_ref
from candour.policy.vocabulary import RecordClass

TAKERS = ("practitioner", "prescriber")
SIGNATURES = ("drawn", "typed")


class ConsentForm(models.Model):
    """What is agreed to for one class of treatment, in words that are never changed.

    New words are a new version. `risks` are talked through and ticked one by one.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    kind = models.SlugField(max_length=20)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    risks = ArrayField(models.CharField(max_length=200))
    alternatives = models.TextField(blank=True)
    made_at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Privacy:
        owner = None
        why = "words that the clinic asks people to agree to"
        writes = ("insert",)

    class Meta:
        db_table = "records_consent_form"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "version"], name="records_consent_form_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class Agreement(models.Model):
    """That a patient agreed to a treatment: to which words, with whom, by what sign.

    `words` and `discussed` are what was agreed to, and each risk talked through.
    `consulted_on` is when time to think began; `enough_time` that the patient said it
    was enough. It can be taken back at any time. The database lets only who treats
    take one.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    form = models.ForeignKey(ConsentForm, models.PROTECT, related_name="+")
    what = models.CharField(max_length=120)
    words = models.TextField()
    discussed = ArrayField(models.CharField(max_length=200))
    asked = models.BinaryField(null=True)
    consulted_on = models.DateField()
    enough_time = models.BooleanField()
    taken_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    taken_as = models.CharField(max_length=40)
    sign = models.CharField(max_length=10)
    signature = models.BinaryField()
    signed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)
    archived_at = models.DateTimeField(null=True)
    archive_reason = models.BinaryField(null=True)
    token = models.UUIDField(unique=True)
    source = models.CharField(max_length=40)
    by = models.CharField(max_length=80)
    policy = models.ForeignKey(
        "notices.PolicyVersion", models.PROTECT, related_name="+"
    )
    clause = models.CharField(max_length=120)

    class Privacy:
        owner = "person"
        record_class = RecordClass.CLINICAL
        personal: ClassVar = dict.fromkeys(
            [
                "what",
                "words",
                "discussed",
                "asked",
                "consulted_on",
                "enough_time",
                "sign",
                "signature",
                "signed_at",
                "withdrawn_at",
                "archived_at",
                "archive_reason",
            ],
            "consent-to-treatment",
        )
        sealed: ClassVar = {"asked", "signature", "archive_reason"}
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "service",
            "form",
            "taken_by",
            "taken_as",
            "withdrawn_by",
            "token",
            "source",
            "by",
            "policy",
            "clause",
        }
        copy = "Your consent to treatment"

    class Meta:
        db_table = "records_treatment_consent"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(taken_as__in=TAKERS), name="records_consent_taker_may"
            ),
            models.CheckConstraint(
                condition=Q(sign__in=SIGNATURES), name="records_consent_is_signed"
            ),
            models.CheckConstraint(
                condition=Q(archived_at=None, archive_reason=None)
                | Q(archived_at__isnull=False, archive_reason__isnull=False),
                name="records_consent_archived_with_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "service"], name="records_consent_of")
        ]

    def __str__(self) -> str:
        return str(self.ref)
