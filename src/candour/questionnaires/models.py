"""Forms, which are of no person, and what people answered, which is."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.core.ids import new_ref
from candour.policy.vocabulary import CATEGORIES, RecordClass
from candour.questionnaires import answers, signing
from candour.register.declare import PerRow

STATES = ("draft", "published", "withdrawn")
STATUSES = ("draft", "complete")
MODES = ("in-person", "video", "phone", "portal")

# Which kind of data a filled form is, row by row: the category of what it is about.
SUBJECT = PerRow(
    "subject",
    {
        slug: slug
        for slug, category in CATEGORIES.items()
        if category.record_class is RecordClass.CLINICAL
    },
    otherwise="health.records",
)


class Questionnaire(models.Model):
    """One version of a form. Once it is published the database lets nothing change it.

    `edition` counts the changes of a draft, so that of two people who edit it the
    second is told. `policy` is the version it was published under.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    key = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    definition = models.JSONField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default="draft")
    edition = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    edited_at = models.DateTimeField()
    edited_by = models.CharField(max_length=80)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=80, blank=True)
    policy = models.ForeignKey(
        "notices.PolicyVersion", models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    class Privacy:
        owner = None
        why = "the clinic's own forms, before anybody answers them"

    class Meta:
        ordering: ClassVar = ["key", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key", "version"], name="questionnaires_one_version"
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state="draft"),
                name="questionnaires_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(state__in=STATES), name="questionnaires_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None)
                | (
                    ~Q(state="draft")
                    & Q(published_at__isnull=False, policy__isnull=False)
                ),
                name="questionnaires_published_by_policy",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at=None)),
                name="questionnaires_withdrawn_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class Response(models.Model):
    """What one person answered to one version of a form, from the first answer on.

    Another filling is another row; a complete one is never changed. `token` is made
    with the page that starts it: sent twice, it is one. `condition` says on what
    health data is asked: "consent", a legal exception with its `exception_reason`, or
    nothing where the policy rests on another condition. `document` is the `ref` of the
    copy that was filed.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="responses"
    )
    form = models.CharField(max_length=220)
    subject = models.CharField(max_length=60)
    status = models.CharField(max_length=10, default="draft")
    answers = models.BinaryField()
    signature = models.BinaryField(null=True)
    asks_signature = models.BooleanField()
    signed_at = models.DateTimeField(null=True)
    mode = models.CharField(max_length=12)
    condition = models.CharField(max_length=20, blank=True)
    exception_reason = models.BinaryField(null=True)
    edition = models.PositiveIntegerField(default=1)
    token = models.UUIDField(unique=True)
    document = models.UUIDField(null=True)
    source = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
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
                *("form", "answers", "signature", "signed_at", "mode", "condition"),
                *("exception_reason", "status", "completed_at", "saved_at"),
            ],
            SUBJECT,
        )
        sealed: ClassVar = {"answers", "signature", "exception_reason"}
        plain: ClassVar = {
            *("id", "ref", "person", "questionnaire", "subject", "asks_signature"),
            *("edition", "token", "document", "source", "made_at", "by"),
            *("policy", "clause"),
        }
        readable: ClassVar = {
            "answers": answers.readable,
            "signature": signing.readable,
        }
        copy = "Forms you filled in"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=STATUSES), name="questionnaires_response_status"
            ),
            models.CheckConstraint(
                condition=Q(mode__in=MODES), name="questionnaires_response_mode"
            ),
            models.CheckConstraint(
                condition=Q(status="draft", completed_at=None)
                | (~Q(status="draft") & Q(completed_at__isnull=False)),
                name="questionnaires_response_when",
            ),
            models.CheckConstraint(
                condition=~Q(status="complete")
                | Q(asks_signature=False)
                | Q(signed_at__isnull=False, signature__isnull=False),
                name="questionnaires_response_signed",
            ),
            models.CheckConstraint(
                condition=Q(condition__in=["", "consent"])
                | Q(exception_reason__isnull=False),
                name="questionnaires_response_exception_has_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person", "-made_at"], name="questionnaires_response_of"
            )
        ]

    def __str__(self) -> str:
        return str(self.ref)
