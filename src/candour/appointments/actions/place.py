"""Finding the place of a visit among the others, and taking it.

Whoever books waits for whoever books the same day at the same site, or the same
practitioner, so that what is read as free still is. Should that be got round, the
exclusion constraints refuse, and the refusal is said in the same words.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import psycopg
from django.db import IntegrityError, OperationalError, connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from candour.appointments import office, slots
from candour.appointments.errors import NoRoom, OutsideHours, Taken
from candour.appointments.models import (
    Appointment,
    AppointmentPractitioner,
    AppointmentResource,
)
from candour.appointments.office import Known
from candour.appointments.times import Span
from candour.catalogue.models import Service
from candour.core.clock import local_date
from candour.core.errors import Invalid
from candour.register.permit import Permit

_LOCK = (
    "SELECT pg_advisory_xact_lock(hashtextextended(k, 0)) FROM unnest(%s::text[]) AS k"
)
_ALONE = "appointments_one_visit_a_"


@dataclass(frozen=True, slots=True)
class Place:
    """When a visit takes whom and what, by name as it is called today."""

    during: Span
    staff: tuple[tuple[int, str], ...]
    room: tuple[int, str] | None
    devices: tuple[tuple[int, str], ...]


def wait_for_turn(*, site: str, days: Sequence[date], staff: Sequence[int]) -> None:
    """Wait until nobody else books these days at the site, or these practitioners."""
    keys = {f"diary:{site}:{day}" for day in days} | {f"diary:{one}" for one in staff}
    with connection.cursor() as cursor:
        # In one order for everybody, so that no two wait for each other.
        cursor.execute(_LOCK, [sorted(keys)])


def find(
    service: Service,
    site: str,
    starts_at: datetime,
    *,
    staff: Sequence[int],
    room: int | None,
    outside_hours: bool,
    permit: Permit,
    visit: int | None = None,
) -> Place:
    """Return where a visit can be, the first of `staff` seeing to it.

    `visit` is the one that moves. Raises Taken, NoRoom, or, unless `outside_hours`,
    OutsideHours; Invalid for somebody who does not give the service.
    """
    day = local_date(starts_at)
    there = office.known(
        site=site,
        since=day - timedelta(days=1),
        count=3,
        service=service,
        permit=permit,
    )
    _must_practise(there, staff)
    length = office.length_of(service)
    asked = there.office(service, staff=staff, visit=visit)
    during = length.during(starts_at)
    for one in staff:
        if not _is_free(asked.taken, ("staff", one), during):
            raise Taken
        if not outside_hours and not _works(there, one, during):
            raise OutsideHours
    if room is not None:
        if asked.rooms is not None and room not in asked.rooms:
            raise Invalid("That room does not fit this treatment.")
        if not _is_free(asked.taken, ("room", room), during):
            raise Taken
    left = office.at_time(asked, length, starts_at)
    if left is None:
        raise NoRoom
    chosen = room or (left.rooms[0] if left.rooms else None)
    return Place(
        during=during,
        staff=tuple((one, there.staff[one].name) for one in staff),
        room=(chosen, there.rooms[chosen][0]) if chosen in there.rooms else None,
        devices=tuple((group[0], there.devices[group[0]][0]) for group in left.devices),
    )


def _must_practise(there: Known, staff: Sequence[int]) -> None:
    if not staff or len(set(staff)) != len(staff):
        raise Invalid("Choose who sees them, each once.")
    if any(one not in there.staff for one in staff):
        raise Invalid("Choose somebody who sees people here.")
    if not there.staff[staff[0]].practises:
        raise Invalid(
            "Whoever comes first has to be somebody who gives this treatment."
        )


def _is_free(taken: slots.Taken, key: tuple[str, int], during: Span) -> bool:
    return slots.is_free(slots.merged(taken.get(key, [])), during)


def _works(there: Known, staff: int, during: Span) -> bool:
    return any(a <= during[0] and during[1] <= b for a, b in there.working[staff])


def take(visit: Appointment, place: Place) -> None:
    """Write down whom and what a visit takes, in place of what it took before."""
    span = DateTimeTZRange(*place.during)
    AppointmentPractitioner.objects.filter(appointment=visit).delete()
    AppointmentResource.objects.filter(appointment=visit).delete()
    AppointmentPractitioner.objects.bulk_create(
        AppointmentPractitioner(
            appointment=visit,
            person_id=visit.person_id,
            staff_id=one,
            called=name,
            during=span,
        )
        for one, name in place.staff
    )
    things = [("room", place.room)] if place.room else []
    AppointmentResource.objects.bulk_create(
        AppointmentResource(
            appointment=visit,
            person_id=visit.person_id,
            called=thing[1],
            during=span,
            **{f"{what}_id": thing[0]},
        )
        for what, thing in [*things, *(("device", one) for one in place.devices)]
    )


def hold(visit: Appointment, *, holds: bool) -> None:
    """Let go of whom and what a visit takes, or take it again if it is still free."""
    for model in (AppointmentPractitioner, AppointmentResource):
        model.objects.filter(appointment=visit).update(holds=holds)


@contextmanager
def or_taken() -> Iterator[None]:
    """Say what the exclusion constraints refuse as Taken; leave other errors alone."""
    try:
        yield
    except IntegrityError as error:
        if not _constraint(error).startswith(_ALONE):
            raise
        raise Taken from error
    except OperationalError as error:
        # Two that wait for each other's row: the database ends one of them.
        if not isinstance(error.__cause__, psycopg.errors.DeadlockDetected):
            raise
        raise Taken from error


def _constraint(error: IntegrityError) -> str:
    cause = error.__cause__
    named = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
    return named or ""
