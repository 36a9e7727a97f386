"""Writing down what was done: courses, treatments, what was given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from candour.accounts.models import Staff
from candour.catalogue.models import Batch, Service
from candour.core.actor import Actor
from candour.core.clock import local_date
from candour.core.errors import Conflict, Invalid, NotFound
from candour.law.ages import Medic
from candour.law.regions import Region
from candour.people import interactions, ties
from candour.people.models import Standing
from candour.records import rules
from candour.records.actions import agreements
from candour.records.models import Agreement, Course, Given, Treatment
from candour.records.models.treatment import ADVICE, EXCEPTIONS
from candour.records.places import PLACES
from candour.records.rules import Agreed, Obstacle
from candour.records.said import NOTE_MAX, REASON_MAX, checked
from candour.register.permit import Permit

MOST_GIVEN = 60
DOSE_MAX = Decimal(10_000)


class NotReady(Invalid):
    """Something stands against this treatment. Nothing was saved."""

    code = "not_ready"

    def __init__(self, found: Sequence[Obstacle]) -> None:
        super().__init__(" ".join(one.says for one in found))
        self.obstacles = list(found)


@dataclass(frozen=True, slots=True)
class Portion:
    """What was given in one place: a batch, a dose, and the spots on the map."""

    batch: UUID
    place: str
    dose: Decimal
    points: Sequence[tuple[int, int, str]] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, as it was told. `advice` says how aftercare was given."""

    service: Service
    staff: Staff
    done_at: datetime
    given: Sequence[Portion] = ()
    narrative: str = ""
    advice: Sequence[str] = ()
    cost_pence: int | None = None
    exception: str = ""
    exception_reason: str = ""
    approval: str = ""
    course: UUID | None = None
    appointment: UUID | None = None


def record(
    *,
    permit: Permit,
    person_id: int,
    done: Done,
    token: UUID,
    source: str,
    by: Actor,
    at: datetime,
) -> UUID:
    """Write down a treatment; return its ref. The same `token` twice is one.

    Raises NotReady with what stands against it, unless a named exception with a reason
    sets that aside; Invalid for a batch that has expired or was recalled, a dose of
    nothing, or a day that has not come.
    """
    permit.must_cover("treatment")
    permit.must_be_source(source)
    already = Treatment.objects.filter(token=token, person=person_id).first()
    if already is not None:
        return already.ref
    if done.done_at > at:
        raise Invalid("This has not happened yet. Check the day and the time.")
    if not set(done.advice) <= set(ADVICE):
        raise Invalid("There is no such way to give advice.")
    agreement = agreements.newest(person_id, done.service)
    if agreement and agreement.signed_at > done.done_at:
        agreement = None
    _must_be_ready(permit, person_id, done, agreement)
    row = Treatment(
        person_id=person_id,
        service=done.service,
        what=done.service.name,
        course=_course(person_id, done),
        staff=done.staff,
        appointment=done.appointment,
        done_at=done.done_at,
        agreement=agreement,
        needs_consent=rules.needs_consent(done.service),
        exception=done.exception,
        advice=sorted(set(done.advice)),
        cost_pence=done.cost_pence,
        token=token,
        source=source,
        made_at=at,
        by=str(by),
        policy_id=permit.policy_id,
        clause=permit.decision.clause,
    )
    _seal(row, permit, done)
    row.save(force_insert=True)
    _give(row, done.given)
    interactions.record(
        permit=permit,
        person_id=person_id,
        kind="visit",
        channel="in-person",
        direction="both",
        what="treatment",
        origin=row.ref,
        source=source,
        happened_at=done.done_at,
        by=by,
        at=at,
    )
    return row.ref


def ways(
    *, permit: Permit, person_id: int, done: Done, agreement: Agreement | None
) -> list[Obstacle]:
    """Return what stands against a treatment, by law and by what the clinic set."""
    rules.must_practise(done.staff, done.service)
    profession = rules.profession(done.staff)
    approved = bool(done.approval.strip())
    born = Standing.objects.filter(person=person_id).values_list("born_on", flat=True)
    return rules.obstacles(
        done.service,
        on=local_date(done.done_at),
        born=born.first(),
        age_verified=ties.is_age_verified(person_id, permit=permit),
        region=Region(permit.policy.region),
        by=Medic(profession, doctor_approved=approved, doctor_directed=approved),
        performer=str(done.staff.ref),
        agreed=_agreed(agreement),
    )


def _agreed(agreement: Agreement | None) -> Agreed | None:
    if agreement is None:
        return None
    return Agreed(
        signed_on=local_date(agreement.signed_at),
        consulted_on=agreement.consulted_on,
        enough_time=agreement.enough_time,
        taken_by=str(agreement.taken_by.ref),
        taker_is=rules.profession(agreement.taken_by),
    )


def _must_be_ready(
    permit: Permit, person_id: int, done: Done, agreement: Agreement | None
) -> None:
    found = ways(permit=permit, person_id=person_id, done=done, agreement=agreement)
    if done.exception:
        if done.exception not in EXCEPTIONS:
            raise Invalid("There is no such exception.")
        checked(
            done.exception_reason,
            most=REASON_MAX,
            missing="Say why it was done without what it needs.",
        )
        found = [one for one in found if not one.excepted]
    if found:
        raise NotReady(found)


def _course(person_id: int, done: Done) -> Course | None:
    if done.course is None:
        return None
    course = (
        Course.objects.select_for_update(of=("self",))
        .filter(ref=done.course, person=person_id, service=done.service)
        .first()
    )
    if course is None:
        raise NotFound
    if course.ended_on is not None:
        raise Conflict("This course has ended. Begin another.")
    if course.treatments.count() >= course.planned:
        raise Conflict("Every treatment of this course is done. Begin another.")
    return course


def _seal(row: Treatment, permit: Permit, done: Done) -> None:
    texts = {
        "narrative": checked(done.narrative, most=NOTE_MAX),
        "exception_reason": checked(done.exception_reason, most=REASON_MAX),
        "approval": checked(done.approval, most=REASON_MAX),
    }
    for column, text in texts.items():
        if text:
            setattr(row, column, permit.seal(row, column, text))


def _give(row: Treatment, portions: Sequence[Portion]) -> None:
    if len(portions) > MOST_GIVEN:
        raise Invalid(f"One treatment has at most {MOST_GIVEN} places.")
    held = Batch.objects.select_related("product").in_bulk(
        {one.batch for one in portions}, field_name="ref"
    )
    on = local_date(row.done_at)
    Given.objects.bulk_create(
        [_portion(row, one, held.get(one.batch), on) for one in portions]
    )


def _portion(row: Treatment, one: Portion, batch: Batch | None, on: Any) -> Given:
    if batch is None:
        raise NotFound
    if one.place not in PLACES:
        raise Invalid("There is no such place on the map.")
    if not 0 < one.dose < DOSE_MAX:
        raise Invalid("A dose is more than nothing. Check what was given.")
    if batch.expires_on < on:
        raise Invalid(
            f"Batch {batch.number} expired on {batch.expires_on:%d.%m.%Y}, before this"
            " day. It cannot have been given; check the box."
        )
    if batch.recalled_at is not None and local_date(batch.recalled_at) <= on:
        raise Invalid(f"Batch {batch.number} was recalled. Do not give any of it.")
    return Given(
        person_id=row.person_id,
        treatment=row,
        product=batch.product,
        batch=batch,
        product_name=batch.product.name,
        batch_number=batch.number,
        dose=one.dose,
        unit=batch.product.unit,
        place=one.place,
        points=[list(point) for point in one.points],
        given_at=row.done_at,
    )


def begin_course(
    *,
    permit: Permit,
    person_id: int,
    service: Service,
    planned: int,
    plan: str,
    cost_pence: int | None,
    token: UUID,
    source: str,
    by: Actor,
    at: datetime,
) -> UUID:
    """Plan several treatments that belong together; return the ref of the course."""
    permit.must_cover("treatment")
    permit.must_be_source(source)
    if not 1 <= planned <= 60:
        raise Invalid("A course has between 1 and 60 treatments.")
    already = Course.objects.filter(token=token, person=person_id).first()
    if already is not None:
        return already.ref
    course = Course(
        person_id=person_id,
        service=service,
        what=service.name,
        planned=planned,
        cost_pence=cost_pence,
        begun_on=local_date(at),
        token=token,
        source=source,
        by=str(by),
        policy_id=permit.policy_id,
        clause=permit.decision.clause,
    )
    if text := checked(plan, most=NOTE_MAX):
        course.plan = permit.seal(course, "plan", text)
    course.save(force_insert=True)
    return course.ref


def end_course(
    *, permit: Permit, person_id: int, ref: UUID, reason: str, by: Actor, at: datetime
) -> None:
    """End a course, with the reason. What was done in it stays."""
    permit.must_cover("treatment")
    course = (
        Course.objects.select_for_update(of=("self",))
        .filter(ref=ref, person=person_id)
        .first()
    )
    if course is None:
        raise NotFound
    if course.ended_on is not None:
        raise Conflict("This course has ended already.")
    said = checked(reason, most=REASON_MAX, missing="Say why the course ends.")
    course.end_reason = permit.seal(course, "end_reason", said)
    course.ended_on = local_date(at)
    course.save(update_fields=["ended_on", "end_reason"])
