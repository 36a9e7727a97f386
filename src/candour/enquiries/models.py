"""Enquiries."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from candour.core.ids import new_ref
from candour.policy.vocabulary import RecordClass

STATUSES = ("new", "answered", "closed")


class Enquiry(models.Model):
    """A question somebody asked, where it came from, and the notice they were shown.

    `token` is made with the form: sending the same form twice is one enquiry.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    brand = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=40)
    topics = ArrayField(models.CharField(max_length=60), default=list)
    message = models.BinaryField()
    reply_by = ArrayField(models.CharField(max_length=20), default=list)
    status = models.CharField(max_length=10, default="new")
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    token = models.UUIDField(unique=True)
    policy = models.ForeignKey(
        "notices.PolicyVersion", models.PROTECT, related_name="+"
    )
    clause = models.CharField(max_length=120)

    class Privacy:
        owner = "person"
        record_class = RecordClass.ENQUIRY
        personal: ClassVar = {
            "topics": "enquiry.topics",
            "message": "enquiry.message",
            "reply_by": "enquiry",
            "source": "enquiry.source",
            "received_at": "enquiry",
            "answered_at": "enquiry",
            "status": "enquiry",
        }
        sealed: ClassVar = {"message"}
        plain: ClassVar = {"id", "ref", "person", "brand", "token", "policy", "clause"}
        copy = "What you asked us"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(status__in=STATUSES),
                name="enquiries_enquiry_status_known",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["person"], name="enquiries_enquiry_person"),
            models.Index(
                fields=["status", "-received_at"], name="enquiries_enquiry_inbox"
            ),
        ]

    def __str__(self) -> str:
        return str(self.ref)
