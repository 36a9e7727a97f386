"""What makes a person a patient: a number, and what registration asks."""

from typing import ClassVar

from django.db import models

from candour.core.ids import new_ref
from candour.people.models.person import Person
from candour.policy.vocabulary import RecordClass


class Patient(models.Model):
    """A person who is registered with the clinic; one row a person.

    `number` is what the clinic calls the file. The NHS number is sealed, and found by
    `nhs_key`, a keyed hash that says nothing without the clinic's key. `version` grows
    with each change, so that of two people who edit, the second is told.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.OneToOneField(Person, models.CASCADE, related_name="patient")
    number = models.BigIntegerField(unique=True)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=80)
    source = models.CharField(max_length=40)
    pronouns = models.CharField(max_length=40, blank=True)
    gp = models.CharField(max_length=200, blank=True)
    gp_address = models.CharField(max_length=320, blank=True)
    nhs_number = models.BinaryField(null=True)
    nhs_key = models.CharField(max_length=64, null=True, unique=True)
    version = models.IntegerField(default=1)

    class Privacy:
        owner = "person"
        record_class = RecordClass.IDENTITY
        personal: ClassVar = {
            "number": "identity.patient-number",
            "registered_at": "identity",
            "pronouns": "identity.pronouns",
            "gp": "care-team.gp",
            "gp_address": "care-team.gp",
            "nhs_number": "identity.nhs-number",
        }
        sealed: ClassVar = {"nhs_number"}
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "registered_by",
            "source",
            "nhs_key",
            "version",
        }
        copy = "Your registration"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(nhs_number=None, nhs_key=None)
                | models.Q(nhs_number__isnull=False, nhs_key__isnull=False),
                name="people_patient_nhs_findable",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["-registered_at", "-id"], name="people_patient_newest")
        ]

    def __str__(self) -> str:
        return str(self.ref)


class Lifestyle(models.Model):
    """What a person does and how they live, where care needs it; one row a person."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.OneToOneField(Person, models.CASCADE, related_name="lifestyle")
    occupation = models.CharField(max_length=120, blank=True)
    lifestyle = models.BinaryField(null=True)
    source = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Privacy:
        owner = "person"
        record_class = RecordClass.CLINICAL
        personal: ClassVar = {
            "occupation": "lifestyle.occupation",
            "lifestyle": "lifestyle",
        }
        sealed: ClassVar = {"lifestyle"}
        plain: ClassVar = {"id", "ref", "person", "source", "made_at"}
        copy = "What you do and how you live"

    def __str__(self) -> str:
        return str(self.ref)


class Insurance(models.Model):
    """Who insures a person's treatment, and under which number; one row a person."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.OneToOneField(Person, models.CASCADE, related_name="insurance")
    insurer = models.CharField(max_length=120)
    policy_number = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Privacy:
        owner = "person"
        record_class = RecordClass.PAYMENT
        personal: ClassVar = {"insurer": "insurance", "policy_number": "insurance"}
        plain: ClassVar = {"id", "ref", "person", "source", "made_at"}
        copy = "Your insurer"

    def __str__(self) -> str:
        return str(self.ref)
