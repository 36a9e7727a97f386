"""Letters that are written, letters that came, and what was given to whom."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from candour.core.ids import new_ref
from candour.policy.vocabulary import RecordClass

# Why data may go: the policy names who gets it, or one of the policy's exceptions.
GROUNDS = (
    "listed-recipient",
    "permission-for-this",
    "required-by-law",
    "court-order",
    "vital-interests",
)
SAYS_WHICH = ("required-by-law", "court-order", "vital-interests")
HOW = ("email", "post", "portal", "phone")
TOLD = ("now", "already", "not")
STATES = ("draft", "filed", "sent", "dropped")
SENDERS = (
    "health-professional",
    "health-service",
    "insurer",
    "solicitor",
    "authority",
    "patient",
    "relative",
    "other",
)


class Letter(models.Model):
    """A letter somebody writes: to a recipient, or to the patient (`recipient` none).

    `body` is the text as it is now, sealed; `chosen` names what was put in of the file,
    `fields` the categories of the policy that these are. Filed, it is a PDF
    (`document`) that nobody changes; `sent` says that it left. `version` grows with
    each saving. `told` is what the writer does about telling the patient, and `why_not`
    why they are not told.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    template = models.CharField(max_length=20)
    recipient = models.ForeignKey(
        "recipients.Recipient", models.PROTECT, null=True, related_name="+"
    )
    chosen = ArrayField(models.CharField(max_length=100), default=list)
    fields = ArrayField(models.CharField(max_length=60), default=list)
    ground = models.CharField(max_length=24, blank=True)
    ground_says = models.BinaryField(null=True)
    reason = models.BinaryField(null=True)
    body = models.BinaryField()
    how = models.CharField(max_length=10)
    told = models.CharField(max_length=8, blank=True)
    why_not = models.BinaryField(null=True)
    state = models.CharField(max_length=8, default="draft")
    version = models.PositiveIntegerField(default=1)
    token = models.UUIDField(unique=True)
    document = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
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
                "template",
                "fields",
                "ground",
                "ground_says",
                "reason",
                "body",
                "how",
                "told",
                "why_not",
                "state",
                "made_at",
                "changed_at",
                "filed_at",
                "sent_at",
            ],
            "correspondence",
        )
        sealed: ClassVar = {"body", "reason", "ground_says", "why_not"}
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "recipient",
            "chosen",
            "version",
            "token",
            "document",
            "source",
            "by",
            "policy",
            "clause",
        }
        copy = "Letters we wrote about you"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=STATES, how__in=HOW),
                name="disclosures_letter_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "dropped"))
                | Q(document__isnull=False, filed_at__isnull=False),
                name="disclosures_letter_filed_is_a_document",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="disclosures_letter_sent_has_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-made_at"], name="disclosures_letter_of")
        ]

    def __str__(self) -> str:
        return str(self.ref)


class Disclosure(models.Model):
    """That data of somebody was given to a recipient. Rows are only added.

    `fields` are the categories that went; `ground` is the word of the policy, `law`
    the enactment, order or danger it rests on, `permission` the event in which the
    person said yes. `told_at` or `why_not`: the person is told, or why not is kept.
    `to` is what the recipient was called then. `origin` is the letter.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    recipient = models.ForeignKey(
        "recipients.Recipient", models.PROTECT, related_name="+"
    )
    to = models.CharField(max_length=160)
    purpose = models.CharField(max_length=60)
    fields = ArrayField(models.CharField(max_length=60))
    ground = models.CharField(max_length=24)
    law = models.BinaryField(null=True)
    permission = models.UUIDField(null=True)
    document = models.UUIDField(null=True)
    how = models.CharField(max_length=10)
    told_at = models.DateTimeField(null=True)
    told_how = models.CharField(max_length=10, blank=True)
    why_not = models.BinaryField(null=True)
    reason = models.BinaryField(null=True)
    origin = models.UUIDField(unique=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    policy = models.ForeignKey(
        "notices.PolicyVersion", models.PROTECT, related_name="+"
    )
    clause = models.CharField(max_length=120)

    class Privacy:
        owner = "person"
        record_class = RecordClass.DISCLOSURE
        personal: ClassVar = dict.fromkeys(
            [
                "to",
                "purpose",
                "fields",
                "ground",
                "law",
                "how",
                "told_at",
                "told_how",
                "why_not",
                "reason",
                "at",
            ],
            "disclosures",
        )
        sealed: ClassVar = {"law", "why_not", "reason"}
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "recipient",
            "permission",
            "document",
            "origin",
            "by",
            "policy",
            "clause",
        }
        bound = "purpose"
        copy = "To whom we gave your data"
        writes = ("insert", "delete")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ground="listed-recipient")
                | Q(ground="permission-for-this", permission__isnull=False)
                | Q(ground__in=SAYS_WHICH, law__isnull=False),
                name="disclosures_disclosure_has_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=False) | Q(why_not__isnull=False),
                name="disclosures_disclosure_told_or_why_not",
            ),
            models.CheckConstraint(
                condition=Q(how__in=HOW) & ~Q(fields=[]),
                name="disclosures_disclosure_says_what_and_how",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["recipient", "at"], name="disclosures_to_whom"),
            models.Index(fields=["person", "-at"], name="disclosures_of"),
        ]

    def __str__(self) -> str:
        return str(self.ref)


class Received(models.Model):
    """A letter that came about a patient: who sent it, when, how; see `document`.

    What it is about is in the document, and sealed in `about`.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    sender_kind = models.CharField(max_length=24)
    sender = models.CharField(max_length=160)
    received_on = models.DateField()
    channel = models.CharField(max_length=10)
    about = models.BinaryField(null=True)
    document = models.UUIDField(unique=True)
    told_by = models.DateField(null=True)
    source = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    by = models.CharField(max_length=80)
    policy = models.ForeignKey(
        "notices.PolicyVersion", models.PROTECT, related_name="+"
    )
    clause = models.CharField(max_length=120)

    class Privacy:
        owner = "person"
        record_class = RecordClass.CLINICAL
        personal: ClassVar = dict.fromkeys(
            ["sender_kind", "sender", "received_on", "channel", "about", "told_by"],
            "correspondence",
        )
        sealed: ClassVar = {"about"}
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "document",
            "source",
            "made_at",
            "by",
            "policy",
            "clause",
        }
        copy = "Letters that came about you"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sender_kind__in=SENDERS) & ~Q(sender=""),
                name="disclosures_received_has_a_sender",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person", "-received_on"], name="disclosures_received_of"
            )
        ]

    def __str__(self) -> str:
        return str(self.ref)
