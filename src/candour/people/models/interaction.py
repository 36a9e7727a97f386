"""One line for each time a person and the clinic dealt with each other."""

from typing import ClassVar

from django.db import models

from candour.core.ids import new_ref
from candour.people.models.person import Person
from candour.policy.vocabulary import RecordClass

KINDS = (
    "enquiry",
    "call",
    "letter",
    "message",
    "visit",
    "conversation",
    "appointment",
    "incident",
    "complaint",
)
DIRECTIONS = ("in", "out", "both")


class Interaction(models.Model):
    """That a person and the clinic dealt with each other: when, how, in which way.

    Whoever keeps the thing itself (an enquiry, a message sent, a visit) writes a line
    here in the same transaction; `origin_ref` names it. `note` is what staff wrote of a
    call or a conversation; `purpose` is what they wrote it for, and who may read it.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="interactions")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=20)
    direction = models.CharField(max_length=4)
    what = models.CharField(max_length=60, blank=True)
    note = models.BinaryField(null=True)
    purpose = models.CharField(max_length=60)
    origin_ref = models.UUIDField(null=True)
    source = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Privacy:
        owner = "person"
        record_class = RecordClass.MESSAGE
        personal: ClassVar = dict.fromkeys(
            ["at", "kind", "channel", "direction", "what", "note"], "messages"
        )
        sealed: ClassVar = {"note"}
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "purpose",
            "origin_ref",
            "source",
            "made_at",
            "by",
        }
        copy = "Each time we dealt with each other"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=KINDS, direction__in=DIRECTIONS),
                name="people_interaction_known",
            ),
            models.UniqueConstraint(
                fields=["origin_ref", "kind", "direction"],
                name="people_interaction_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-at"], name="people_interaction_of")
        ]

    def __str__(self) -> str:
        return str(self.ref)
