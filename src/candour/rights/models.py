"""Requests, and each step that was taken with one."""

from typing import ClassVar

from django.db import models

from candour.core.ids import new_ref
from candour.policy.vocabulary import RecordClass

KINDS = ("access", "erasure")
WAITING_LINK, WAITING_IDENTITY = "waiting-link", "waiting-identity"
OPEN_STATES = (WAITING_LINK, WAITING_IDENTITY, "open", "ready")
IDENTITY_TRIES = 5
CLOSED_STATES = ("done", "refused", "withdrawn", "expired")


class Request(models.Model):
    """One request of one person, or of somebody who claims to be one.

    `link_hash` is of the secret in the last link sent; it goes when the link is used.
    `code_hash` is of the code that staff told somebody whom they made sure of, and
    `visit_hash` of the secret of the one visit that is let in: the newest that proved
    who asks. A link that somebody else followed before opens nothing for them.
    The copy's file has a random name; what stands here says nothing of its contents.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=20, default=WAITING_LINK)
    brand = models.CharField(max_length=60, blank=True)
    received_at = models.DateTimeField()
    due_on = models.DateField()
    target_on = models.DateField(null=True)
    address_key = models.CharField(max_length=320)
    link_hash = models.CharField(max_length=64, null=True, unique=True)
    link_expires_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    identified_at = models.DateTimeField(null=True)
    identity_tries = models.PositiveSmallIntegerField(default=0)
    code_hash = models.CharField(max_length=64, null=True)
    visit_hash = models.CharField(max_length=64, null=True)
    confirmed_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    copy_name = models.CharField(max_length=64, blank=True)
    copy_checksum = models.CharField(max_length=64, blank=True)
    copy_size = models.BigIntegerField(null=True)
    copy_built_at = models.DateTimeField(null=True)
    copy_expires_at = models.DateTimeField(null=True)
    copy_downloaded_at = models.DateTimeField(null=True)
    copy_holds = models.JSONField(default=list)
    policy = models.ForeignKey(
        "notices.PolicyVersion", models.PROTECT, related_name="+"
    )
    clause = models.CharField(max_length=120)

    class Privacy:
        owner = "person"
        record_class = RecordClass.REQUEST
        personal: ClassVar = dict.fromkeys(
            [
                "kind",
                "state",
                "received_at",
                "due_on",
                "target_on",
                "address_key",
                "verified_at",
                "identified_at",
                "confirmed_at",
                "answered_at",
                "copy_built_at",
                "copy_downloaded_at",
            ],
            "requests",
        )
        plain: ClassVar = {
            "id",
            "ref",
            "person",
            "brand",
            "link_hash",
            "link_expires_at",
            "identity_tries",
            "code_hash",
            "visit_hash",
            "copy_name",
            "copy_checksum",
            "copy_size",
            "copy_expires_at",
            "copy_holds",
            "policy",
            "clause",
        }
        files: ClassVar = {"copy_name": "copies"}
        copy = "What you asked of your data"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=KINDS), name="rights_request_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=(*OPEN_STATES, *CLOSED_STATES)),
                name="rights_request_state_known",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=models.Q(state__in=OPEN_STATES),
                name="rights_request_one_open",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_on"], name="rights_request_due"),
        ]

    def __str__(self) -> str:
        return str(self.ref)


class Step(models.Model):
    """One thing that happened to a request: when, by whom, what, and on what ground.

    The day an answer is due moves later only by a step that names the new day; the
    database refuses it otherwise.
    """

    request = models.ForeignKey(Request, models.CASCADE, related_name="steps")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    what = models.CharField(max_length=40)
    ground = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True)

    class Privacy:
        owner = "person"
        record_class = RecordClass.REQUEST
        personal: ClassVar = dict.fromkeys(
            ["at", "what", "ground", "due_on"], "requests"
        )
        plain: ClassVar = {"id", "request", "person", "by"}
        copy = "What we did with what you asked"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(due_on=None) | ~models.Q(ground=""),
                name="rights_step_later_has_ground",
            ),
            # A no is somebody's: a member of staff, on a ground, never a job.
            models.CheckConstraint(
                condition=~models.Q(what="refused")
                | (models.Q(by__startswith="staff:") & ~models.Q(ground="")),
                name="rights_step_refused_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
