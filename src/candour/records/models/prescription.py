"""Prescriptions. The database lets nobody change one, or take one away by hand."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.accounts.models import Staff
from candour.core.ids import new_ref
from candour.law.parameters import (
    DOCTORS_PRESCRIBE_IN_PERSON,
    NURSES_PRESCRIBE_IN_PERSON,
    REMOTE_BARRED_MEDICINES,
)
from candour.policy.vocabulary import RecordClass

PRESCRIBERS = ("doctor", "nurse", "dentist", "pharmacist", "midwife")
_NURSES = sorted(NURSES_PRESCRIBE_IN_PERSON.value)
_DOCTORS = sorted(DOCTORS_PRESCRIBE_IN_PERSON.value)
_BARRED = sorted(REMOTE_BARRED_MEDICINES.value)


class Prescription(models.Model):
    """A medicine that somebody may give or hand out, as its prescriber ordered it.

    `drug` is the law's word for a medicine that may not be prescribed unseen, or "".
    `assessment` is the ref of the note of having seen the patient in person. Since the
    day its rule began, the database wants one where a regulator does.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    medicine = models.CharField(max_length=160)
    drug = models.CharField(max_length=30, blank=True)
    quantity = models.CharField(max_length=60)
    directions = models.BinaryField()
    cosmetic = models.BooleanField()
    prescriber = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    profession = models.CharField(max_length=20)
    registration = models.CharField(max_length=40)
    assessment = models.UUIDField(null=True)
    issued_on = models.DateField()
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
        record_class = RecordClass.PRESCRIPTION
        personal: ClassVar = dict.fromkeys(
            ["medicine", "drug", "quantity", "directions", "cosmetic", "issued_on"],
            "prescription",
        )
        sealed: ClassVar = {"directions"}
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "prescriber",
            "profession",
            "registration",
            "assessment",
            "token",
            "source",
            "made_at",
            "by",
            "policy",
            "clause",
        }
        copy = "Your prescriptions"
        writes = ("insert", "delete")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(profession__in=PRESCRIBERS) & ~Q(registration=""),
                name="records_prescription_by_a_prescriber",
            ),
            models.CheckConstraint(
                condition=Q(cosmetic=False)
                | Q(issued_on__lt=NURSES_PRESCRIBE_IN_PERSON.in_force_from)
                | ~Q(profession__in=_NURSES)
                | Q(assessment__isnull=False),
                name="records_prescription_nurse_saw_the_patient",
            ),
            models.CheckConstraint(
                condition=Q(cosmetic=False)
                | ~Q(profession__in=_DOCTORS, drug__in=_BARRED)
                | Q(assessment__isnull=False),
                name="records_prescription_doctor_saw_the_patient",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person", "-issued_on"], name="records_prescription_of"
            )
        ]

    def __str__(self) -> str:
        return str(self.ref)


class PrescriptionStop(models.Model):
    """That a prescription is not to be used any more, and why. It is never undone."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    prescription = models.OneToOneField(
        Prescription, models.CASCADE, related_name="stop"
    )
    reason = models.BinaryField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Privacy:
        owner = "person"
        record_class = RecordClass.PRESCRIPTION
        personal: ClassVar = {"reason": "prescription", "at": "prescription"}
        sealed: ClassVar = {"reason"}
        plain: ClassVar = {"id", "ref", "person", "prescription", "by"}
        copy = "Prescriptions that were stopped"
        writes = ("insert", "delete")

    class Meta:
        db_table = "records_prescription_stop"
        indexes: ClassVar = [
            models.Index(fields=["person"], name="records_prescription_stop_of")
        ]

    def __str__(self) -> str:
        return str(self.ref)
