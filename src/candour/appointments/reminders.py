"""Telling somebody about their visit by email: now, and again the day before.

Under its own purpose, `appointments`; what is about a treatment stays out of it, since
others may read a screen. A reminder waits in the outbox, and is taken back when the
visit moves.
"""

from datetime import datetime, timedelta

from candour.appointments import sites
from candour.appointments.models import Appointment
from candour.core.actor import Actor
from candour.core.clock import LONDON
from candour.core.errors import Invalid
from candour.outbox import actions as outbox
from candour.people.models import ContactPoint
from candour.register.permit import Permit

KIND = "appointment"
ORIGIN = "appointment"
AHEAD = timedelta(hours=48)  # how long before a visit it is called to mind
LEAST = timedelta(hours=24)  # between the first message and the reminder
SUBJECTS = {
    "booked": "Your visit is booked",
    "moved": "Your visit was moved",
    "cancelled": "Your visit was cancelled",
    "soon": "Your visit is soon",
}


def tell(
    *, permit: Permit, visit: Appointment, what: str, by: Actor, at: datetime
) -> bool:
    """Queue what there is to say of a visit; return whether anything could be said.

    `what` is "booked", "moved" or "cancelled". What waited of it is taken back first.
    Nothing is queued where the notice has no such message by email, no address is
    held, or the visit is over.
    """
    withdraw(permit=permit, visit=visit, at=at)
    to = _address(visit.person_id)
    if to is None or not _allowed(permit) or visit.ends_at <= at:
        return False
    _queue(permit, visit, what, to, by=by, at=at)
    remind_at = visit.starts_at - AHEAD
    if what != "cancelled" and remind_at >= at + LEAST:
        _queue(permit, visit, "soon", to, by=by, at=at, send_after=remind_at)
    return True


def withdraw(*, permit: Permit, visit: Appointment, at: datetime) -> None:
    """Take back the messages about a visit that nobody has begun to send."""
    outbox.withdraw(permit=permit, kind=KIND, origin=visit.ref, at=at)


def _allowed(permit: Permit) -> bool:
    try:
        rule = permit.policy.message(KIND)
    except Invalid:
        return False
    by_email = "email" in rule.channels or rule.as_received
    return rule.purpose == permit.purpose and by_email


def _address(person_id: int) -> str | None:
    held = ContactPoint.objects.filter(
        person=person_id, channel="email", wrong_at=None
    ).order_by("pk")
    return held.values_list("value", flat=True).first()


def _queue(
    permit: Permit,
    visit: Appointment,
    what: str,
    to: str,
    *,
    by: Actor,
    at: datetime,
    send_after: datetime | None = None,
) -> None:
    outbox.queue_email(
        permit=permit,
        person_id=visit.person_id,
        kind=KIND,
        to=to,
        subject=SUBJECTS[what],
        body=body(permit, visit, what),
        origin=(ORIGIN, visit.ref),
        by=by,
        at=at,
        send_after=send_after,
    )


def body(permit: Permit, visit: Appointment, what: str) -> str:
    """Return the words of a message: when and where, and never what for."""
    site = next((s for s in sites.of(permit.policy) if s.slug == visit.site), None)
    begun = {
        "booked": "Your visit is booked for",
        "moved": "Your visit was moved. It is now on",
        "cancelled": "Your visit was cancelled. It was to be on",
        "soon": "We look forward to seeing you on",
    }[what]
    lines = [f"{begun} {when(visit.starts_at)}."]
    if what != "cancelled":
        if visit.video_link:
            lines.append(f"We meet by video: {visit.video_link}")
        elif site and site.address:
            lines.append(f"Come to {site.address}.")
    phone = site.phone if site else ""
    call = f"call {phone}" if phone else "answer this email"
    lines.append(f"If that does not suit you, {call}.")
    lines.append(permit.policy.clinic)
    return "\n\n".join(lines)


def when(at: datetime) -> str:
    """Write a moment as Tuesday 24 November 2026 at 2.30 pm."""
    local = at.astimezone(LONDON)
    half = "am" if local.hour < 12 else "pm"
    hour = local.hour % 12 or 12
    clock = f"{hour}.{local:%M} {half}" if local.minute else f"{hour} {half}"
    return f"{local:%A} {local.day} {local:%B %Y} at {clock}"
