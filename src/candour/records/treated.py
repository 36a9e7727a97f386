"""Reading what was planned, agreed, done and given, by the permit of a page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from candour.accounts.models import Practice
from candour.catalogue.models import Batch, Service
from candour.core.errors import NotFound
from candour.records.models import (
    AdverseEvent,
    Agreement,
    ConsentForm,
    Course,
    Given,
    Treatment,
)
from candour.register.permit import Permit, Row

DONE = (
    "ref", "service", "what", "course", "staff__name", "staff__ref", "done_at",
    "agreement", "needs_consent", "exception", "advice", "cost_pence", "by",
)  # fmt: skip
GIVEN = (
    "treatment", "product_name", "batch_number", "batch__expires_on", "dose", "unit",
    "place", "points", "given_at",
)  # fmt: skip
AGREED = (
    "ref", "service", "what", "form__version", "form__title", "discussed",
    "consulted_on", "enough_time", "taken_by__name", "sign", "signed_at",
    "withdrawn_at", "archived_at", "archive_reason",
)  # fmt: skip
EVENT = (
    "ref", "kind", "severity", "account", "noticed_on", "reportable", "reported_at",
    "report", "settled_on", "outcome", "treatment", "by", "made_at",
)  # fmt: skip


def treatments(person_id: int, *, permit: Permit, most: int = 200) -> list[Row]:
    """Return what was done, newest first, each with what was `given`; two reads."""
    rows = permit.read(
        Treatment.objects.filter(person=person_id).order_by("-done_at", "-pk")[:most],
        *DONE,
    )
    return _with_given(rows, permit)


def _with_given(rows: list[Row], permit: Permit) -> list[Row]:
    portions: dict[int, list[Row]] = defaultdict(list)
    found = Given.objects.filter(treatment__in=[row.pk for row in rows])
    for one in permit.read(found.order_by("pk"), *GIVEN):
        portions[one.treatment].append(one)
    return [Row(**vars(row), given=portions[row.pk]) for row in rows]


def treatment(person_id: int, ref: UUID, *, permit: Permit) -> Row:
    """Return one treatment with its texts and what was given. Raises NotFound."""
    rows = permit.read(
        Treatment.objects.filter(person=person_id, ref=ref),
        *DONE, "narrative", "exception_reason", "approval",
    )  # fmt: skip
    if not rows:
        raise NotFound
    return _with_given(rows, permit)[0]


def implants(person_id: int, *, permit: Permit) -> list[Row]:
    """Return what was put into a body to stay: the register of implants."""
    rows = Given.objects.filter(person=person_id, product__implant=True)
    return permit.read(rows.order_by("-given_at", "-pk"), *GIVEN)


def courses(person_id: int, *, permit: Permit) -> list[Row]:
    """Return the courses of a person, newest first, each with how many are `done`."""
    rows = permit.read(
        Course.objects.filter(person=person_id).order_by("-begun_on", "-pk"),
        "ref", "service", "what", "planned", "plan", "cost_pence", "begun_on",
        "ended_on", "end_reason",
    )  # fmt: skip
    done = dict(
        Treatment.objects.filter(course__in=[row.pk for row in rows])
        .values_list("course")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return [Row(**vars(row), done=done.get(row.pk, 0)) for row in rows]


def course_choices(person_id: int, service: Service) -> list[tuple[UUID, int, int]]:
    """Return ref, planned and done of the courses of a service that go on."""
    rows = Course.objects.filter(person=person_id, service=service, ended_on=None)
    counted = rows.annotate(n=Count("treatments")).order_by("-begun_on")
    return [(one.ref, one.planned, one.n) for one in counted if one.n < one.planned]


def agreements(person_id: int, *, permit: Permit) -> list[Row]:
    """Return the consents to treatment on a file, newest first."""
    rows = Agreement.objects.filter(person=person_id).order_by("-signed_at", "-pk")
    return permit.read(rows, *AGREED)


@dataclass(frozen=True, slots=True)
class Agreed:
    """One consent with the words it was given to."""

    row: Row
    text: str
    alternatives: str


def agreement(person_id: int, ref: UUID, *, permit: Permit) -> Agreed:
    """Return one consent to treatment, its words and its signature. Raises NotFound."""
    rows = permit.read(
        Agreement.objects.filter(person=person_id, ref=ref),
        *AGREED, "form", "asked", "signature", "withdrawn_by",
    )  # fmt: skip
    if not rows:
        raise NotFound
    form = ConsentForm.objects.get(pk=rows[0].form)
    return Agreed(rows[0], form.text, form.alternatives)


def events(person_id: int, *, permit: Permit) -> list[Row]:
    """Return what went wrong, the last noticed first."""
    rows = AdverseEvent.objects.filter(person=person_id)
    return permit.read(rows.order_by("-noticed_on", "-pk"), *EVENT)


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who received a batch; `hidden` more are kept from lists by the notice."""

    rows: list[Row]
    hidden: int


def received(batch: Batch, *, permit: Permit) -> Recipients:
    """Return who received any of a batch, with when, how much and where.

    People whom the notice keeps from lists are counted and not named.
    """
    rows = Given.objects.filter(batch=batch, product=batch.product_id)
    admitted = permit.admitted(rows)
    hidden = rows.values("person").distinct().count()
    hidden -= admitted.values("person").distinct().count()
    found = permit.read(
        admitted.order_by("person__name", "given_at", "pk"),
        "person__ref", "person__name", "dose", "unit", "place", "given_at",
        "treatment__ref", "person",
    )  # fmt: skip
    return Recipients(found, hidden)


def counts(batches: Iterable[int], *, permit: Permit) -> dict[int, int]:
    """Return batch -> how many people received any of it, whoever they are."""
    found = (
        Given.objects.filter(batch__in=list(batches))
        .values_list("batch")
        .annotate(n=Count("person", distinct=True))
        .order_by()
    )
    return dict(found)


def practising(service: Service) -> list[tuple[UUID, str]]:
    """Return ref and name of everybody at work who gives a service, by name."""
    found = Practice.objects.filter(service=service, staff__left_on=None)
    return list(found.order_by("staff__name").values_list("staff__ref", "staff__name"))
