"""Messages to people, and each attempt to send one."""

from typing import ClassVar

from django.db import models

from candour.core.ids import new_ref
from candour.policy.vocabulary import RecordClass


class Message(models.Model):
    """One message to one person, with what it is for.

    `subject` says nothing of the person; the body is sealed. `message_id` is given
    once, so a message that is sent again after a crash is seen as the same one.
    `send_after` is when it may go next; while it is being sent, since when. `claim` is
    the mark of whoever is sending it, and `trying_since` when the first try began.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    purpose = models.CharField(max_length=60)
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=320)
    subject = models.CharField(max_length=200)
    body = models.BinaryField()
    state = models.CharField(max_length=10, default="queued")
    must_arrive = models.BooleanField(default=True)
    message_id = models.CharField(max_length=120, unique=True)
    origin_kind = models.CharField(max_length=40)
    origin_ref = models.UUIDField()
    by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    send_after = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trying_since = models.DateTimeField(null=True)
    claim = models.UUIDField(null=True)
    policy = models.ForeignKey(
        "notices.PolicyVersion", models.PROTECT, related_name="+"
    )
    clause = models.CharField(max_length=120)

    class Privacy:
        owner = "person"
        record_class = RecordClass.MESSAGE
        personal: ClassVar = dict.fromkeys(
            [
                "kind",
                "channel",
                "address",
                "subject",
                "body",
                "made_at",
                "sent_at",
                "state",
            ],
            "messages",
        )
        sealed: ClassVar = {"body"}
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "purpose",
            "must_arrive",
            "message_id",
            "origin_kind",
            "origin_ref",
            "by",
            "send_after",
            "tries",
            "trying_since",
            "claim",
            "policy",
            "clause",
        }
        bound = "purpose"
        copy = "Messages we sent you"
        files: ClassVar = {"message_id": "mailbox/{}.eml"}  # of a demonstration

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["queued", "sending", "sent", "held", "failed", "unknown"]
                ),
                name="outbox_message_state_known",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "send_after"], name="outbox_message_due"),
            models.Index(fields=["person", "made_at"], name="outbox_message_person"),
            models.Index(fields=["origin_ref"], name="outbox_message_origin"),
        ]

    def __str__(self) -> str:
        return str(self.ref)


class Attempt(models.Model):
    """One attempt to hand a message to the mail server, and what came of it.

    `sent`, `refused` for good, `deferred` for now, `unreachable` (no server answered),
    `unknown` (it broke off and may have left), `lost` (the sender stopped meanwhile),
    `not-allowed`, or `error` before anything was handed over.
    """

    message = models.ForeignKey(Message, models.CASCADE, related_name="attempts")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=20)

    class Privacy:
        owner = "person"
        record_class = RecordClass.MESSAGE
        personal: ClassVar = {"at": "messages", "outcome": "messages"}
        plain: ClassVar = {"id", "message", "person"}
        copy = "When each message was sent"
        writes = ("insert", "delete")

    def __str__(self) -> str:
        return str(self.pk)
