"""Booking, moving, cancelling, and what becomes of a visit on its day."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from candour.appointments import office, reminders, rules, sites
from candour.appointments.actions import after, place
from candour.appointments.errors import Moved
from candour.appointments.models import (
    HOLDING,
    Appointment,
    AppointmentPractitioner,
    AppointmentResource,
)
from candour.appointments.models.visit import (
    AGE_PROOFS,
    CANCELLED_BY,
    CANCELLED_WHY,
)
from candour.appointments.rules import Wanted
from candour.catalogue import queries as catalogue
from candour.catalogue.models import Service
from candour.core.actor import Actor
from candour.core.clock import local_date
from candour.core.errors import Invalid, NotFound
from candour.core.ids import new_ref
from candour.law.regions import Region
from candour.people import actions as people
from candour.people.models import Standing
from candour.register.permit import WITHHELD, Permit

CONSULTATION = "consultation"  # the kind of service that counts as a first talk
NOTE_MAX = 2000  # characters
LATEST = timedelta(days=730)  # how far ahead somebody can be booked
# Where a visit may go from each state. Back as well: people press the wrong button.
NEXT = {
    "booked": ("arrived", "in-room", "did-not-attend"),
    "arrived": ("booked", "in-room", "did-not-attend"),
    "in-room": ("arrived", "done"),
    "done": ("in-room",),
    "did-not-attend": ("booked", "arrived"),
    "cancelled": ("booked",),
}
ANOTHER = "They have another visit at that time. Choose another time, or move that one."


@dataclass(frozen=True, slots=True)
class Booking:
    """What is booked. The first of `staff` gives the service, others are there too."""

    service: UUID
    site: str
    starts_at: datetime
    staff: tuple[int, ...]
    room: int | None = None
    note: str = ""
    video_link: str = ""
    enough_time: bool = False
    age_proof: str = ""
    outside_hours: bool = False
    source: str = "booking"
    consultation: UUID | None = None
    token: UUID = field(default_factory=new_ref)


def book(
    *, permit: Permit, person_id: int, booking: Booking, by: Actor, at: datetime
) -> Appointment:
    """Book a visit; the same form sent twice gives the visit of the first time.

    Raises Taken, NoRoom, OutsideHours, or Invalid with what law, the clinic's rules or
    the form itself have against it. The person is told by email, where there is one.
    """
    permit.must_be_source(booking.source)
    service = catalogue.service(booking.service)
    _must_fit(booking, service, permit, at)
    _turn(booking.site, booking.starts_at, booking.staff)
    sent = Appointment.objects.filter(token=booking.token, person=person_id).first()
    if sent is not None:
        return sent
    _check(booking, service, person_id, permit=permit, at=at)
    visit = Appointment(
        person_id=person_id,
        service=service,
        what=service.name,
        site=booking.site,
        starts_at=booking.starts_at,
        ends_at=booking.starts_at + office.length_of(service).visit,
        video_link=booking.video_link,
        enough_time=booking.enough_time,
        age_proof=booking.age_proof,
        consultation=booking.consultation,
        token=booking.token,
        source=booking.source,
        by=str(by),
        made_at=at,
        changed_at=at,
        policy_id=permit.policy_id,
        clause=permit.decision.clause,
    )
    _alone(visit)
    found = place.find(
        service,
        booking.site,
        booking.starts_at,
        staff=booking.staff,
        room=booking.room,
        outside_hours=booking.outside_hours,
        permit=permit,
    )
    if booking.note:
        visit.note = permit.seal(visit, "note", booking.note)
    with place.or_taken():
        visit.save(force_insert=True)
        place.take(visit, found)
    after.settle(permit=permit, visit=visit, at=at)
    people.touched(permit=permit, person_id=person_id, at=at)
    reminders.tell(permit=permit, visit=visit, what="booked", by=by, at=at)
    return visit


def _turn(site: str, starts_at: datetime, staff: Sequence[int]) -> None:
    place.wait_for_turn(site=site, days=[local_date(starts_at)], staff=staff)


def _must_fit(booking: Booking, service: Service, permit: Permit, at: datetime) -> None:
    if not service.active:
        raise Invalid("This treatment is no longer offered. Choose another.")
    if booking.site not in {site.slug for site in sites.of(permit.policy)}:
        raise Invalid("Choose one of the clinic’s sites.")
    if booking.starts_at < at - timedelta(hours=12):
        raise Invalid("That time is past. Choose one that is still to come.")
    if booking.starts_at > at + LATEST:
        raise Invalid("That is more than two years ahead. Choose a sooner day.")
    if booking.age_proof not in AGE_PROOFS:
        raise Invalid("Choose one of the proofs of age.")
    if len(booking.note) > NOTE_MAX:
        raise Invalid("This note is too long. Keep it to what the day needs.")
    if booking.video_link and not booking.video_link.startswith("https://"):
        raise Invalid("A video link begins with https://")


def _check(
    booking: Booking,
    service: Service,
    person_id: int,
    *,
    permit: Permit,
    at: datetime,
) -> None:
    """Ask law and the clinic's rules; raise Invalid with what they answer."""
    days, surgical = catalogue.reflection_days(service)
    wanted = Wanted(
        starts_at=booking.starts_at,
        law_calls_it=service.law_calls_it,
        region=_region(booking.site, permit),
        consultation_first=service.consultation_first,
        reflection_days=days,
        surgical=surgical,
        enough_time=booking.enough_time,
        age_proven=bool(booking.age_proof) or _was_proven(person_id),
    )
    consulted = _consulted(person_id, before=booking.starts_at)
    rules.check(wanted, born=_born(person_id, permit), consulted=consulted, at=at)


def _region(site: str, permit: Permit) -> Region:
    named = next(one for one in sites.of(permit.policy) if one.slug == site)
    return Region(named.region or permit.policy.region)


def _born(person_id: int, permit: Permit) -> date | None:
    found = permit.read(Standing.objects.filter(person=person_id), "born_on")
    born = found[0].born_on if found else None
    return None if born is WITHHELD else born


def _was_proven(person_id: int) -> bool:
    return Appointment.objects.filter(person=person_id).exclude(age_proof="").exists()


def _consulted(
    person_id: int, *, before: datetime, only_done: bool = False
) -> list[date]:
    """Return the days of consultations that end before a visit begins."""
    states = ("done",) if only_done else HOLDING
    ended = Appointment.objects.filter(
        person=person_id,
        service__kind=CONSULTATION,
        status__in=states,
        ends_at__lte=before,
    ).values_list("ends_at", flat=True)
    return sorted({local_date(at) for at in ended})


def _alone(visit: Appointment) -> None:
    """Raise Invalid when the person is somewhere else in the clinic at that time."""
    others = Appointment.objects.filter(
        person=visit.person_id,
        status__in=HOLDING,
        starts_at__lt=visit.ends_at,
        ends_at__gt=visit.starts_at,
    ).exclude(ref=visit.ref)
    if others.exists():
        raise Invalid(ANOTHER)


def move(
    *,
    permit: Permit,
    ref: UUID,
    version: int,
    starts_at: datetime,
    staff: tuple[int, ...] = (),
    room: int | None = None,
    outside_hours: bool = False,
    by: Actor,
    at: datetime,
) -> Appointment:
    """Move a visit to another time, person or room; reminders go with it.

    `staff` empty keeps those it has, `room` None its room where that is free then.
    Raises Moved unless it is still at `version`, and what `book` raises.
    """
    visit = _locked(ref, version)
    if visit.status not in ("booked", "arrived"):
        raise Invalid("Only a visit that has not begun can be moved.")
    held = _held(visit)
    booking = Booking(
        service=visit.service.ref,
        site=visit.site,
        starts_at=starts_at,
        staff=staff or held.staff,
        room=room,
        enough_time=visit.enough_time,
        age_proof=visit.age_proof,
        outside_hours=outside_hours,
    )
    _must_fit(replace(booking), visit.service, permit, at)
    _turn(visit.site, starts_at, booking.staff)
    _check(booking, visit.service, visit.person_id, permit=permit, at=at)
    visit.ends_at = starts_at + (visit.ends_at - visit.starts_at)
    visit.starts_at = starts_at
    _alone(visit)
    found = place.find(
        visit.service,
        visit.site,
        starts_at,
        staff=booking.staff,
        room=room,
        outside_hours=outside_hours,
        permit=permit,
        visit=visit.pk,
    )
    with place.or_taken():
        _save(visit, "starts_at", "ends_at", at=at)
        place.take(visit, found)
    reminders.tell(permit=permit, visit=visit, what="moved", by=by, at=at)
    return visit


@dataclass(frozen=True, slots=True)
class Held:
    """Who sees to a visit and where, as it stands: what an undo goes back to."""

    staff: tuple[int, ...]
    room: int | None


def _held(visit: Appointment) -> Held:
    staff = AppointmentPractitioner.objects.filter(appointment=visit).order_by("pk")
    rooms = AppointmentResource.objects.filter(appointment=visit, room__isnull=False)
    return Held(
        tuple(staff.values_list("staff_id", flat=True)),
        rooms.values_list("room_id", flat=True).first(),
    )


def cancel(
    *,
    permit: Permit,
    ref: UUID,
    version: int,
    cancelled_by: str,
    why: str,
    by: Actor,
    at: datetime,
) -> Appointment:
    """Cancel a visit, saying who did and why; its time is free at once."""
    if cancelled_by not in CANCELLED_BY[1:]:
        raise Invalid("Say who cancelled: they, or the clinic.")
    if why not in CANCELLED_WHY[1:]:
        raise Invalid("Choose why it was cancelled.")
    visit = _locked(ref, version)
    if visit.status not in ("booked", "arrived"):
        raise Invalid("Only a visit that has not begun can be cancelled.")
    visit.status, visit.cancelled_by, visit.cancelled_why = (
        "cancelled",
        cancelled_by,
        why,
    )
    _save(visit, "status", "cancelled_by", "cancelled_why", at=at)
    place.hold(visit, holds=False)
    reminders.tell(permit=permit, visit=visit, what="cancelled", by=by, at=at)
    return visit


def set_status(
    *, permit: Permit, ref: UUID, version: int, status: str, by: Actor, at: datetime
) -> Appointment:
    """Say where a visit stands on its day. Raises Moved, or Invalid for a wrong step.

    Who was to have a first talk has to have had it before they are in the room. When a
    treatment is done that asks for a review, when to come back is written down.
    """
    visit = _locked(ref, version)
    if status not in NEXT.get(visit.status, ()):
        raise Invalid("That does not follow on where this visit stands.")
    if status == "in-room":
        _must_be_ready(visit)
    held = visit.status in HOLDING
    was, visit.status = visit.status, status
    visit.cancelled_by = visit.cancelled_why = ""
    _save(visit, "status", "cancelled_by", "cancelled_why", at=at)
    if held != (status in HOLDING):
        with place.or_taken():
            place.hold(visit, holds=status in HOLDING)
    if status == "done":
        after.recall(permit=permit, visit=visit, by=by, at=at)
    if was == "done":
        after.forget_recall(permit=permit, visit=visit)
    if status in ("arrived", "done"):
        people.touched(permit=permit, person_id=visit.person_id, at=at)
    if was == "cancelled":
        reminders.tell(permit=permit, visit=visit, what="booked", by=by, at=at)
    if status == "did-not-attend":
        reminders.withdraw(permit=permit, visit=visit, at=at)
    return visit


def _must_be_ready(visit: Appointment) -> None:
    if visit.service.consultation_first and not _consulted(
        visit.person_id, before=visit.starts_at, only_done=True
    ):
        raise Invalid(
            "Their consultation is not marked as done. Mark that one first, or move"
            " this visit."
        )


def annotate(
    *, permit: Permit, ref: UUID, version: int, note: str, link: str, at: datetime
) -> Appointment:
    """Change the note of a visit and its video link."""
    if len(note) > NOTE_MAX:
        raise Invalid("This note is too long. Keep it to what the day needs.")
    if link and not link.startswith("https://"):
        raise Invalid("A video link begins with https://")
    visit = _locked(ref, version)
    visit.note = permit.seal(visit, "note", note) if note.strip() else None
    visit.video_link = link
    _save(visit, "note", "video_link", at=at)
    return visit


def _locked(ref: UUID, version: int) -> Appointment:
    found = Appointment.objects.select_for_update(of=("self",)).select_related(
        "service"
    )
    visit = found.filter(ref=ref).first()
    if visit is None:
        raise NotFound
    if visit.version != version:
        raise Moved
    return visit


def _save(visit: Appointment, *fields: str, at: datetime) -> None:
    visit.version, visit.changed_at = visit.version + 1, at
    visit.save(update_fields=[*fields, "version", "changed_at"])
