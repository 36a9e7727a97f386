"""Telling apart the people who share an address: a name, and one detail more.

Asked only on reasonable doubt (UK GDPR Art 12(6)). What is answered is compared and not
kept; whoever fails five times is asked by a member of staff instead.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from candour.core.actor import Actor
from candour.core.clock import local_date
from candour.core.errors import Conflict, Invalid, NotFound
from candour.enquiries.models import Enquiry
from candour.people import actions as people
from candour.people.models import ContactPoint, Person
from candour.people.normal import phone_key, words_key
from candour.register.permit import Permit
from candour.rights import circle, deadlines
from candour.rights.actions import Asked, asked, begin, send_link, step
from candour.rights.circle import Circle
from candour.rights.models import IDENTITY_TRIES, WAITING_IDENTITY, Request, Step

DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y")
LONGEST = 200  # characters: a name, or a detail
_KINDS = {
    "phone": "phone",
    "sms": "phone",
    "whatsapp": "phone",
    "postcode": "place",
    "address": "place",
}
_GROUND = "UK GDPR Art 12(6)"


@dataclass(frozen=True, slots=True)
class Identified:
    """What came of an answer. Without a match it says only how many tries are left."""

    request: Asked | None
    tries_left: int


def identify(
    *, ref: UUID, name: str, detail: str, by: Actor, at: datetime
) -> Identified:
    """Compare a full name and one detail held with everybody at the address.

    The detail is a phone number, a postcode, or the day of an enquiry. It must fit one
    person and no other. The request then becomes theirs (its ref may change), and its
    time runs from now. With no tries left, staff go on. Raises Invalid for an empty
    answer, which is no try, and NotFound for a request that waits for nothing.
    """
    if not name.strip() or not detail.strip() or len(name + detail) > 2 * LONGEST:
        raise Invalid("Give your full name, and one detail that we know.")
    with circle.opened(ref=ref, by=by, verb="rights:identity:compare", at=at) as found:
        permit, request, around = found
        if request.state != WAITING_IDENTITY:
            raise NotFound
        if request.identity_tries >= IDENTITY_TRIES:
            return Identified(None, 0)
        fitting = _fitting(permit, around.known, name, detail)
        if len(fitting) == 1:
            return Identified(
                _join(permit, request, around, fitting[0], at), IDENTITY_TRIES
            )
        request.identity_tries += 1
        request.save(update_fields=["identity_tries"])
        step(request, "identity-not-matched", by=by, at=at, ground=_GROUND)
        if request.identity_tries == IDENTITY_TRIES:
            step(request, "identity-for-staff", by=by, at=at, ground=_GROUND)
        return Identified(None, IDENTITY_TRIES - request.identity_tries)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of those who hold the address, for staff to tell them apart."""

    ref: UUID
    name: str
    contacts: tuple[tuple[str, str], ...]  # channel, value


def candidates(around: Circle, *, permit: Permit) -> list[Candidate]:
    """Return everybody we know at the address, by name."""
    rows = permit.read(
        Person.objects.filter(pk__in=around.known).order_by("name", "pk"), "ref", "name"
    )
    points = permit.read(
        ContactPoint.objects.filter(person__in=around.known).order_by("pk"),
        "person",
        "channel",
        "value",
    )
    return [
        Candidate(
            row.ref,
            str(row.name),
            tuple((p.channel, str(p.value)) for p in points if p.person == row.pk),
        )
        for row in rows
    ]


def confirm(*, ref: UUID, person_ref: UUID, by: Actor, at: datetime) -> Asked:
    """Go on as this person, whom a member of staff made sure of in another way.

    It is for whoever failed the questions, or cannot answer them. Raises Conflict when
    the request no longer waits for that, and NotFound for somebody who does not hold
    its address.
    """
    with circle.opened(ref=ref, by=by, verb="rights:identity:confirm", at=at) as found:
        permit, request, around = found
        if request.state != WAITING_IDENTITY:
            raise Conflict
        known = Person.objects.filter(pk__in=around.known, ref=person_ref)
        person_id = known.values_list("pk", flat=True).first()
        if person_id is None:
            raise NotFound
        settled = _join(permit, request, around, person_id, at)
        if request.kind == "erasure":
            # What goes is for the person to see and decide: they come back by a link.
            theirs = circle.open_request(person_id, request.kind)
            send_link(permit=permit, request=theirs, at=at)
        return settled


def _join(
    permit: Permit, request: Request, around: Circle, person_id: int, at: datetime
) -> Asked:
    kind, key = request.kind, request.address_key
    if person_id != around.owner:
        circle.absorb(permit=permit, claimant=around.owner, into=person_id)
        request = circle.open_request(person_id, kind)
    people.verify_address(permit=permit, person_id=person_id, key=key, at=at)
    step(request, "identified", by=permit.by, at=at)
    request.identified_at = at
    _count_from(permit, request, at)
    if request.state == WAITING_IDENTITY:
        begin(request)
    request.save(update_fields=["identified_at", "due_on", "target_on", "state"])
    return asked(request)


def _count_from(permit: Permit, request: Request, at: datetime) -> None:
    """Let the time run from the proof, as the law has it where there was doubt."""
    days = deadlines.days(
        permit.policy, request.kind, request.received_at, identified=at
    )
    if days.due_on > request.due_on:
        Step.objects.create(
            request=request,
            person_id=request.person_id,
            at=at,
            by=str(permit.by),
            what="time-runs-from-proof",
            ground="UK GDPR Art 12(6), 12A(2)",
            due_on=days.due_on,
        )
        request.due_on, request.target_on = days.due_on, days.target_on


def _fitting(
    permit: Permit, candidates: Sequence[int], name: str, detail: str
) -> list[int]:
    """Return whom both the name and the detail fit. All are looked at, in any case."""
    wanted = words_key(name)
    named = {
        row.pk
        for row in permit.read(Person.objects.filter(pk__in=candidates), "name")
        if row.name and words_key(row.name) == wanted
    }
    detailed = _by_contact(permit, candidates, detail)
    detailed |= _by_day(permit, candidates, detail)
    return sorted(named & detailed)


def _by_contact(permit: Permit, candidates: Sequence[int], detail: str) -> set[int]:
    phone, code = _phone(detail), _squeezed(detail)
    rows = permit.read(
        ContactPoint.objects.filter(person__in=candidates),
        "person",
        "channel",
        "value_key",
    )
    found = set()
    for row in rows:
        fits = {
            "phone": row.value_key == phone,
            "place": _is_postcode(code) and _squeezed(row.value_key).endswith(code),
        }
        if fits.get(_KINDS.get(row.channel, ""), False):
            found.add(row.person)
    return found


def _by_day(permit: Permit, candidates: Sequence[int], detail: str) -> set[int]:
    day = day_in(detail)
    rows = permit.read(
        Enquiry.objects.filter(person__in=candidates), "person", "received_at"
    )
    return {row.person for row in rows if local_date(row.received_at) == day}


def _phone(detail: str) -> str | None:
    try:
        return phone_key(detail)
    except Invalid:
        return None  # the detail is something else


def _squeezed(text: str) -> str:
    return words_key(text).replace(" ", "")


def _is_postcode(code: str) -> bool:
    return re.fullmatch(r"[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}", code) is not None


def day_in(detail: str) -> date | None:
    """Return the day somebody wrote, as people here write one, or None."""
    for form in DATES:
        try:
            return datetime.strptime(detail.strip(), form).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    return None
