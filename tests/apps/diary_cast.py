"""A small clinic to book in: two practitioners, two rooms, one laser, four services."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from candour import gate
from candour.accounts.actions import add_staff
from candour.accounts.models import Practice, Staff
from candour.appointments import office
from candour.appointments.actions import after, visits, waiting
from candour.appointments.actions.visits import Booking
from candour.appointments.models import Appointment, Hours
from candour.appointments.slots import Slot
from candour.catalogue.models import Device, Room, Service
from candour.core.actor import Actor, staff
from candour.core.clock import LONDON
from candour.core.ids import new_ref
from candour.people import actions as people
from candour.people.models import Standing
from candour.policy.terms import Reach
from candour.register.permit import Permit
from tests.factories import CANARY, CANARY_EMAIL, NOON, publish_policy

SITE = "vesper-street"
TUESDAY = date(2026, 11, 24)  # four days after NOON, a Friday
DESK = staff(new_ref(), "reception")


@dataclass(frozen=True)
class Clinic:
    """What there is to book."""

    ines: Staff
    tom: Staff
    talk: Service
    peel: Service
    laser: Service
    filler: Service
    rooms: tuple[Room, Room]
    device: Device


def furnish(policy: str = "model") -> Clinic:
    """Publish a policy and make a clinic that works nine to five on weekdays.

    With "" the policy in force stays.
    """
    if policy:
        publish_policy(policy)
    ines, tom = (_practitioner(name) for name in ("Ines Falk", "Tom Averill"))
    talk = service("talk", "First talk", "consultation", minutes=45)
    peel = service("peel", "Peel", "skin", minutes=30, buffer_after=15)
    laser = service("laser", "Laser", "laser", minutes=30, device_kind="laser")
    filler = service(
        "filler",
        "Filler",
        "injectable",
        minutes=60,
        law_calls_it="dermal_filler",
        consultation_first=True,
        reflection_days=2,
    )
    for one in (ines, tom):
        for given in (talk, peel, laser, filler):
            Practice.objects.create(staff=one, service=given)
    rooms = tuple(
        Room.objects.create(site=SITE, name=name, kinds=["treatment"], position=place)
        for place, name in enumerate(("Room 1", "Room 2"))
    )
    device = Device.objects.create(site=SITE, name="Laser A", kind="laser")
    return Clinic(ines, tom, talk, peel, laser, filler, rooms, device)  # type: ignore[arg-type]


def service(code: str, name: str, kind: str, **more: Any) -> Service:
    """Make a service that needs a treatment room."""
    return Service.objects.create(
        code=code,
        name=name,
        says="What it is.",
        kind=kind,
        room_kind="treatment",
        **more,
    )


def _practitioner(name: str) -> Staff:
    made = add_staff(
        email=f"{name.split()[0].lower()}@clinic.example",
        name=name,
        roles=["practitioner"],
        at=NOON - timedelta(days=365),
    )
    for weekday in range(5):
        Hours.objects.create(
            staff=made,
            site=SITE,
            weekday=weekday,
            opens=time(9),
            closes=time(17),
            valid_from=date(2026, 1, 1),
        )
    return made


def at(hour: int, minute: int = 0, *, on: date = TUESDAY) -> datetime:
    """Return a moment by the clinic's wall clock."""
    return datetime.combine(on, time(hour, minute), LONDON).astimezone(UTC)


def somebody(
    name: str = CANARY, email: str = CANARY_EMAIL, *, born: date | None = None
) -> int:
    """Make a person with an address, and a birthday if given; return their id."""
    person = people.allocate()
    with opened(person, verb="t:person:add") as permit:
        people.add_person(
            permit=permit,
            person_id=person,
            name=name,
            contacts=[("email", email)],
            relation="patient",
            source="phone",
            brand="",
            at=NOON,
        )
        Standing.objects.filter(person=person).update(born_on=born)
    return person


@contextmanager
def opened(
    *people_: int, verb: str = "t:visit:change", by: Actor = DESK, now: datetime = NOON
) -> Iterator[Permit]:
    """Open a unit of work about somebody's visits."""
    with gate.open(
        by=by, purpose="appointments", people=list(people_), verb=verb, at=now
    ) as permit:
        yield permit


def free_times(
    service: Service, permit: Permit, *, staff: Sequence[int] = (), count: int = 14
) -> list[Slot]:
    """Return the free times from eight o'clock on, as the diary's pages find them."""
    since = at(8)
    known = office.known(
        site=SITE,
        since=since.date(),
        count=count,
        service=service,
        permit=permit,
    )
    return list(office.free_in(known, service, since=since, staff=staff))


@contextmanager
def diary(by: Actor = DESK) -> Iterator[Permit]:
    """Open a unit of work about a day."""
    with gate.open(
        by=by,
        purpose="appointments",
        reach=Reach.DAY,
        verb="t:diary:read",
        at=NOON,
    ) as permit:
        yield permit


def book(
    person: int,
    given: Service,
    starts_at: datetime,
    *by: Staff,
    now: datetime = NOON,
    **more: Any,
) -> Appointment:
    """Book a visit as reception does, in a unit of work of its own."""
    booking = Booking(
        service=given.ref,
        site=SITE,
        starts_at=starts_at,
        staff=tuple(one.pk for one in by),
        source="phone",
        **more,
    )
    with opened(person, now=now) as permit:
        return visits.book(
            permit=permit, person_id=person, booking=booking, by=DESK, at=now
        )


def again(visit: Appointment) -> Appointment:
    """Return a visit as it stands now."""
    with opened(visit.person_id):
        return Appointment.objects.get(pk=visit.pk)


def recalled(person: int, clinic: Clinic, *, due: date) -> None:
    """Say that somebody should come back by a day, after a peel."""
    days = 30
    on = due - timedelta(days=days)
    visit = book(
        person, clinic.peel, at(10, on=on), clinic.ines, now=at(9, on=on),
        outside_hours=True,
    )  # fmt: skip
    visit.service.needs_review, visit.service.recall_days = True, days
    with opened(person) as permit:
        after.recall(permit=permit, visit=visit, by=DESK, at=NOON)


def live(person: int) -> None:
    """Give somebody rows in every table of the diary."""
    clinic = furnish("")
    visit = book(person, clinic.laser, at(10), clinic.ines, note="Quillfeather: latex")
    with opened(person) as permit:
        waiting.wait(
            permit=permit,
            person_id=person,
            asked=waiting.Asked(
                service=clinic.talk.ref,
                site=SITE,
                from_on=TUESDAY,
                available=("tue 17:00-20:00",),
                note="Quillfeather: after work",
                source="phone",
            ),
            by=DESK,
            at=NOON,
        )
        visit.service.needs_review, visit.service.recall_days = True, 180
        after.recall(permit=permit, visit=visit, by=DESK, at=NOON)
