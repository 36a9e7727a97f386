"""What was planned and done: courses, treatments, what was given, what went wrong."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from candour.accounts.models import Staff
from candour.catalogue.models import Batch, Product, Service
from candour.core.ids import new_ref
from candour.policy.vocabulary import RecordClass
from candour.records.models.agreement import Agreement

KEPT = frozenset({"id", "ref", "person", "token", "source", "by", "policy", "clause"})
SEVERITIES = ("mild", "moderate", "severe")
EVENTS = (
    "bruising",
    "swelling",
    "infection",
    "allergic-reaction",
    "vascular-occlusion",
    "droop",
    "nodule",
    "burn",
    "scar",
    "other",
)
ADVICE = ("told", "paper", "email")
EXCEPTIONS = ("life-at-risk", "best-interests", "court-order", "complication")


class Course(models.Model):
    """Several treatments of one kind that belong together, and how many are planned."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    what = models.CharField(max_length=120)
    planned = models.PositiveSmallIntegerField()
    plan = models.BinaryField(null=True)
    cost_pence = models.PositiveIntegerField(null=True)
    begun_on = models.DateField()
    ended_on = models.DateField(null=True)
    end_reason = models.BinaryField(null=True)
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
        personal: ClassVar = {
            **dict.fromkeys(
                ["what", "planned", "plan", "begun_on", "ended_on", "end_reason"],
                "treatment",
            ),
            "cost_pence": "treatment.cost",
        }
        sealed: ClassVar = {"plan", "end_reason"}
        plain: ClassVar = KEPT | {"service"}
        copy = "Courses of treatment"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(planned__gte=1, planned__lte=60),
                name="records_course_planned",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason=None)
                | Q(ended_on__isnull=False, end_reason__isnull=False),
                name="records_course_ends_with_a_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person"], name="records_course_of")]

    def __str__(self) -> str:
        return str(self.ref)


class Treatment(models.Model):
    """One treatment that was done: by whom, when, what it cost, and on what consent.

    `exception` names why it was done without one, and the reason is sealed beside it.
    `what` is what the service was called then; what was given stands in `Given`.
    `approval` is what a doctor said of treating somebody under 18. `appointment` is
    the ref of the visit.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    what = models.CharField(max_length=120)
    course = models.ForeignKey(
        Course, models.CASCADE, null=True, related_name="treatments"
    )
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    appointment = models.UUIDField(null=True)
    done_at = models.DateTimeField()
    agreement = models.ForeignKey(
        Agreement, models.CASCADE, null=True, related_name="+"
    )
    needs_consent = models.BooleanField()
    exception = models.CharField(max_length=20, blank=True)
    exception_reason = models.BinaryField(null=True)
    approval = models.BinaryField(null=True)
    narrative = models.BinaryField(null=True)
    advice = ArrayField(models.CharField(max_length=10), default=list)
    cost_pence = models.PositiveIntegerField(null=True)
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
        record_class = RecordClass.CLINICAL
        personal: ClassVar = {
            **dict.fromkeys(
                [
                    "what",
                    "done_at",
                    "exception",
                    "exception_reason",
                    "approval",
                    "narrative",
                    "advice",
                ],
                "treatment",
            ),
            "cost_pence": "treatment.cost",
        }
        sealed: ClassVar = {"narrative", "exception_reason", "approval"}
        plain: ClassVar = KEPT | {
            "service",
            "course",
            "staff",
            "appointment",
            "agreement",
            "needs_consent",
            "made_at",
        }
        copy = "Your treatments"
        writes = ("insert", "delete")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(needs_consent=False)
                | Q(agreement__isnull=False)
                | Q(exception__in=EXCEPTIONS, exception_reason__isnull=False),
                name="records_treatment_has_consent_or_exception",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-done_at"], name="records_treatment_of")
        ]

    def __str__(self) -> str:
        return str(self.ref)


class Given(models.Model):
    """What was given in a treatment: product, batch, dose, and where on the body.

    `points` are places on the drawn map: [across, down, dose], in hundredths of it.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    treatment = models.ForeignKey(Treatment, models.CASCADE, related_name="given")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    product_name = models.CharField(max_length=120)
    batch_number = models.CharField(max_length=60)
    dose = models.DecimalField(max_digits=8, decimal_places=2)
    unit = models.CharField(max_length=20)
    place = models.CharField(max_length=30)
    points = models.JSONField(default=list)
    given_at = models.DateTimeField()

    class Privacy:
        owner = "person"
        record_class = RecordClass.CLINICAL
        personal: ClassVar = dict.fromkeys(
            [
                "product_name",
                "batch_number",
                "dose",
                "unit",
                "place",
                "points",
                "given_at",
            ],
            "treatment",
        )
        plain: ClassVar = {"id", "ref", "person", "treatment", "product", "batch"}
        copy = "What you were given"
        writes = ("insert", "delete")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(dose__gt=0), name="records_given_dose_is_some"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["product", "batch"], name="records_given_recall"),
            models.Index(fields=["person"], name="records_given_of"),
        ]

    def __str__(self) -> str:
        return str(self.ref)


class AdverseEvent(models.Model):
    """Something that went wrong after a treatment, and whether it was reported.

    A `reportable` one is told to the regulator (the MHRA's Yellow Card scheme):
    `reported_at` says when, `report` under which number.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    treatment = models.ForeignKey(
        Treatment, models.CASCADE, null=True, related_name="events"
    )
    kind = models.CharField(max_length=20)
    severity = models.CharField(max_length=10)
    account = models.BinaryField()
    noticed_on = models.DateField()
    reportable = models.BooleanField()
    reported_at = models.DateTimeField(null=True)
    report = models.CharField(max_length=60, blank=True)
    settled_on = models.DateField(null=True)
    outcome = models.BinaryField(null=True)
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
        record_class = RecordClass.CLINICAL
        personal: ClassVar = dict.fromkeys(
            [
                "kind",
                "severity",
                "account",
                "noticed_on",
                "reportable",
                "reported_at",
                "report",
                "settled_on",
                "outcome",
            ],
            "treatment",
        )
        sealed: ClassVar = {"account", "outcome"}
        plain: ClassVar = KEPT | {"treatment", "made_at"}
        copy = "What went wrong, and what was done"

    class Meta:
        db_table = "records_adverse_event"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=EVENTS, severity__in=SEVERITIES),
                name="records_adverse_event_known",
            ),
            models.CheckConstraint(
                condition=Q(reported_at=None) | ~Q(report=""),
                name="records_adverse_event_report_has_number",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person"], name="records_adverse_event_of")
        ]

    def __str__(self) -> str:
        return str(self.ref)
