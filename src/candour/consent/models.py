"""Consent as history, permission as state, suppression as memory of a no."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from candour.core.ids import new_ref
from candour.policy.vocabulary import RecordClass


class ConsentEvent(models.Model):
    """A person giving or withdrawing permission for one purpose by one channel.

    Rows are only added. They are the proof, with the words shown, that UK GDPR
    Article 7(1) asks the clinic to keep.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=60)
    channel = models.CharField(max_length=20)
    given = models.BooleanField()
    topics = ArrayField(models.CharField(max_length=60), default=list)
    wording = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    how = models.CharField(max_length=40)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    policy = models.ForeignKey(
        "notices.PolicyVersion", models.PROTECT, related_name="+"
    )
    clause = models.CharField(max_length=120)

    class Privacy:
        owner = "person"
        record_class = RecordClass.CONSENT
        personal: ClassVar = dict.fromkeys(
            ["purpose", "channel", "given", "topics", "wording", "how", "at"],
            "permissions",
        )
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "fingerprint",
            "by",
            "policy",
            "clause",
        }
        copy = "What you agreed to, and when"
        writes = ("insert", "delete")

    class Meta:
        db_table = "consent_event"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(given=False) | ~models.Q(wording=""),
                name="consent_event_given_has_wording",
            )
        ]

    def __str__(self) -> str:
        return str(self.ref)


class Permission(models.Model):
    """What holds today for one person, purpose and channel.

    `unconfirmed` is a yes given with an address that may be mistyped: it permits
    nothing until whoever reads that address says that it was them (PECR reg 22).
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=60)
    channel = models.CharField(max_length=20)
    state = models.CharField(max_length=12)
    since = models.DateTimeField()
    topics = ArrayField(models.CharField(max_length=60), default=list)
    fingerprint = models.CharField(max_length=64, blank=True)
    event = models.ForeignKey(ConsentEvent, models.CASCADE, related_name="+")

    class Privacy:
        owner = "person"
        record_class = RecordClass.CONSENT
        personal: ClassVar = dict.fromkeys(
            ["purpose", "channel", "state", "since", "topics"], "permissions"
        )
        plain: ClassVar = {"id", "person", "fingerprint", "event"}
        copy = "What you allow today"

    class Meta:
        db_table = "consent_permission"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "purpose", "channel"], name="consent_permission_one"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[
                        "given",
                        "unconfirmed",
                        "withdrawn",
                        "objected",
                        "lapsed",
                    ]
                ),
                name="consent_permission_state_known",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["purpose", "channel", "state"],
                name="consent_permission_audience",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Suppression(models.Model):
    """A keyed hash of an address that must not be written to, kept after an erasure.

    It is the least that keeps a no: without the clinic's key it matches nobody.
    """

    channel = models.CharField(max_length=20)
    hash = models.CharField(max_length=64)
    since = models.DateTimeField()

    class Privacy:
        owner = None
        why = "keyed hashes that survive an erasure so that a no is kept (Art 21(3))"
        writes = ("insert",)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "hash"], name="consent_suppression_one"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
