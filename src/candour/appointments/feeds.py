"""A practitioner's visits for the calendar of a phone: when and where, never who.

Phones keep calendars with whoever makes them, so no name, no treatment and no note
leaves by this way. The address holds a secret of 256 bits, of which a hash is kept.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from candour.accounts.models import Staff
from candour.appointments import queries
from candour.appointments.models import Feed
from candour.appointments.queries import Visit
from candour.core.clock import local_date
from candour.core.errors import NotFound
from candour.register.permit import Permit

BACK, AHEAD = timedelta(days=7), timedelta(days=60)
HELD = ("booked", "arrived", "in-room", "done")


def make(*, staff: Staff, at: datetime) -> str:
    """Return the secret of a new feed; the one before stops working."""
    secret = secrets.token_urlsafe(32)
    Feed.objects.update_or_create(
        staff=staff, defaults={"secret_hash": _hash(secret), "made_at": at}
    )
    return secret


def close(*, staff: Staff) -> None:
    """Close somebody's feed."""
    Feed.objects.filter(staff=staff).delete()


def made_at(staff: Staff) -> datetime | None:
    """Return when somebody's feed was made, or None where there is none."""
    return Feed.objects.filter(staff=staff).values_list("made_at", flat=True).first()


def of_secret(secret: str) -> Staff:
    """Return whose feed an address is. Raises NotFound, also for somebody who left."""
    found = (
        Feed.objects.filter(secret_hash=_hash(secret), staff__left_on=None)
        .select_related("staff")
        .first()
    )
    if found is None:
        raise NotFound
    return found.staff


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def calendar(*, staff: Staff, permit: Permit) -> bytes:
    """Return the calendar of a practitioner from a week ago to two months ahead."""
    today = local_date(permit.at)
    found = queries.diary(
        permit=permit, since=today - BACK, until=today + AHEAD, staff=staff.pk
    )
    made = Calendar()
    made.add("prodid", "-//Candour//Diary//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"{permit.policy.clinic}: {staff.name}")
    for visit in found.visits:
        if visit.row.status in HELD:
            made.add_component(_event(visit, permit))
    return bytes(made.to_ical())


def _event(visit: Visit, permit: Permit) -> Event:
    event = Event()
    event.add("uid", f"{visit.row.ref}@candour.invalid")
    event.add("dtstamp", permit.at)
    event.add("sequence", visit.row.version)
    event.add("summary", "Visit")
    event.add("dtstart", visit.row.starts_at)
    event.add("dtend", visit.row.ends_at)
    if visit.room is not None:
        event.add("location", visit.room.name)
    event.add("class", "PRIVATE")
    return event
