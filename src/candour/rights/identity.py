"""Telling apart the people who share an address: a name, and one detail more.

Asked only on reasonable doubt (UK GDPR Art 12(6)). What is answered is compared and not
kept; whoever fails five times is asked by a member of staff instead.
"""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from candour.core.actor import Actor, ActorKind
from candour.core.clock import local_date
from candour.core.errors import Conflict, Invalid, NotFound
from candour.enquiries.models import Enquiry
from candour.people import actions as people_actions
from candour.people.models import ContactPoint, Person, Standing
from candour.people.normal import phone_key, words_key
from candour.register.permit import Permit, Row
from candour.rights import circle, deadlines
from candour.rights.actions import (
    Asked,
    asked,
    begin,
    hash_of,
    new_visit,
    send_link,
    step,
)
from candour.rights.circle import Circle
from candour.rights.models import (
    IDENTITY_TRIES,
    OPEN_STATES,
    WAITING_IDENTITY,
    Request,
    Step,
)
from candour.rights.queries import is_visit

DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y")
LONGEST = 200  # characters: a name, or a detail
CODE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # none that look or sound alike
CODE_LENGTH = 8  # 39 bits, and five tries
_KINDS = {
    "phone": "phone",
    "sms": "phone",
    "whatsapp": "phone",
    "postcode": "place",
    "address": "place",
}
_GROUND = "UK GDPR Art 12(6)"
ANSWERED = "name-and-detail"


METHODS: Mapping[str, str] = MappingProxyType(
    {
        "called": "I called a number that we held before",
        "met": "I saw them in the clinic and know them",
        "document": "I saw an identity document, and kept no copy",
        "letter": "They answered a letter to an address that we held before",
    }
)


@dataclass(frozen=True, slots=True)
class Identified:
    """What came of an answer. Without a match it says only how many tries are left."""

    request: Asked | None
    tries_left: int


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A request that staff settled, and the code to tell the person.

    The code opens what a link at a shared address asks for. It is kept nowhere.
    """

    request: Asked
    code: str


def identify(
    *, ref: UUID, name: str, detail: str, by: Actor, at: datetime
) -> Identified:
    """Compare a full name and one detail held with everybody at the address.

    The detail is a phone number or a postcode; the day of an enquiry where neither is
    held; or the code that a member of staff gave. All records that both fit are of one
    human being, and are joined. The request then becomes theirs (its ref may change),
    and its time runs from now. With no tries left, staff go on. Raises Invalid for an
    empty answer, which is no try, and NotFound for a request that waits for nothing.
    """
    if not name.strip() or not detail.strip() or len(name + detail) > 2 * LONGEST:
        raise Invalid("Give your full name, and one detail that we know.")
    with circle.opened(ref=ref, by=by, verb="rights:identity:compare", at=at) as found:
        permit, request, around = found
        if request.state != WAITING_IDENTITY or not _is_their_visit(request, by):
            raise NotFound
        if request.identity_tries >= IDENTITY_TRIES:
            return Identified(None, 0)
        fitting = _theirs(permit, request, around, name, detail)
        if fitting:
            theirs = _join(permit, request, around, fitting, ANSWERED, at)
            return Identified(asked(theirs, new_visit(theirs)), IDENTITY_TRIES)
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


def confirm(
    *, ref: UUID, people: Sequence[UUID], how: str, by: Actor, at: datetime
) -> Confirmed:
    """Go on as the one human being whose records these are, as staff made sure.

    It is for whoever failed the questions, or cannot answer them. `how` is one of
    METHODS. Raises Conflict when the request no longer waits for that, NotFound for a
    record that is not at its address, and Invalid for none, or without a method.
    """
    if how not in METHODS:
        raise Invalid("Say how you made sure who asks.")
    if not people:
        raise Invalid("Tick each record that is of the person who asks.")
    with circle.opened(ref=ref, by=by, verb="rights:identity:confirm", at=at) as found:
        permit, request, around = found
        if request.state != WAITING_IDENTITY:
            raise Conflict
        known = Person.objects.filter(pk__in=around.known, ref__in=people)
        chosen = sorted(known.values_list("pk", flat=True))
        if len(chosen) != len(set(people)) or not _may_be(request, around, chosen):
            raise NotFound
        settled = _join(permit, request, around, chosen, how, at)
        code = _new_code(settled)
        if settled.kind == "erasure":
            # What goes is for the person to see and decide: they come back by a link.
            send_link(permit=permit, request=settled, at=at)
        return Confirmed(asked(settled), code)


def _new_code(request: Request) -> str:
    """Put a new code on a request and return it; only its hash is kept.

    Whoever followed a link before is let in no more: they come back with the code.
    """
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    request.code_hash, request.identity_tries = hash_of(code), 0
    request.visit_hash = None
    request.save(update_fields=["code_hash", "identity_tries", "visit_hash"])
    return f"{code[:4]}-{code[4:]}"


def _is_their_visit(request: Request, by: Actor) -> bool:
    return by.kind is not ActorKind.PERSON or is_visit(by, request.visit_hash)


def _may_be(request: Request, around: Circle, chosen: Sequence[int]) -> bool:
    """Say whether a request may become these people's.

    One that is somebody's already stays theirs: nobody else at the address takes it,
    nor what they were sent, over.
    """
    owner = request.person_id
    return bool(chosen) and (owner not in around.known or owner in chosen)


def _join(
    permit: Permit,
    request: Request,
    around: Circle,
    fitting: Sequence[int],
    how: str,
    at: datetime,
) -> Request:
    """Make a request that of one human being, and their records one."""
    kind, key, proof = request.kind, request.address_key, _proof_came(request, how, at)
    person_id = around.owner if around.owner in fitting else min(fitting)
    for other in sorted({*fitting, around.owner} - {person_id}):
        circle.absorb(permit=permit, other=other, into=person_id, how=how, at=at)
    request = circle.open_request(person_id, kind)
    people_actions.verify_address(permit=permit, person_id=person_id, key=key, at=at)
    step(request, "identified", by=permit.by, at=at, ground=METHODS.get(how, ""))
    if request.identified_at is None:
        _count_from(permit, request, proof)
    request.identified_at = request.identified_at or at
    if request.state == WAITING_IDENTITY:
        begin(request)
    request.save(update_fields=["identified_at", "due_on", "target_on", "state"])
    return request


def _proof_came(request: Request, how: str, at: datetime) -> datetime:
    """Return when the person did what was asked of them (Art 12A(2)).

    When staff made sure, that is the last answer they gave, or else their asking: our
    own delay is not theirs.
    """
    if how == ANSWERED:
        return at
    answers = Step.objects.filter(request=request, what="identity-not-matched")
    last = answers.order_by("-at").values_list("at", flat=True).first()
    return last or request.received_at


def _count_from(permit: Permit, request: Request, proof: datetime) -> None:
    """Let the time run from the proof, as the law has it where there was doubt."""
    days = deadlines.days(
        permit.policy, request.kind, request.received_at, identified=proof
    )
    if days.due_on > request.due_on:
        Step.objects.create(
            request=request,
            person_id=request.person_id,
            at=proof,
            by=str(permit.by),
            what="time-runs-from-proof",
            ground="UK GDPR Art 12(6), 12A(2)",
            due_on=days.due_on,
        )
        request.due_on, request.target_on = days.due_on, days.target_on


def _theirs(
    permit: Permit, request: Request, around: Circle, name: str, detail: str
) -> list[int]:
    """Return the records that both fit, or none where that would not be one person.

    With them go those under the same name of which nothing more is held than what
    everybody who reads the mailbox knows: left behind, they would make a copy or an
    erasure half of one. A patient's file is opened by its own detail alone, and never
    for fitting beside another record.
    """
    coded = _by_code(permit, around, name, detail)
    if coded:
        return coded
    fitting = {*_fitting(permit, around.known, name, detail)}
    stands = Standing.objects.filter(person__in=around.known)
    patients = set(
        stands.filter(relation__contains=["patient"]).values_list("person", flat=True)
    )
    if not fitting or (len(fitting) > 1 and fitting & patients):
        return []
    everything = sorted(fitting | (_bare(permit, around.known, name) - patients))
    births = stands.filter(person__in=everything, born_on__isnull=False)
    is_one = births.values("born_on").distinct().count() < 2
    return everything if is_one and _may_be(request, around, everything) else []


def _by_code(permit: Permit, around: Circle, name: str, detail: str) -> list[int]:
    """Return the one to whom staff gave this code, in this request or an earlier one.

    It goes with their name, where the record has one.
    """
    code = hash_of(re.sub(r"[^A-Z0-9]", "", detail.upper()))
    told = Request.objects.filter(
        person__in=around.known, code_hash=code, state__in=OPEN_STATES
    )
    people = sorted(set(told.values_list("person", flat=True)))
    rows = permit.read(Person.objects.filter(pk__in=people), "name")
    fit = {row.pk for row in rows if not row.name or _same(row.name, name)}
    return [person for person in people if person in fit][:1]


def _bare(permit: Permit, candidates: Sequence[int], name: str) -> set[int]:
    """Return those under the same name of whom no phone and no postcode is held."""
    telling = set(
        ContactPoint.objects.filter(
            person__in=candidates, channel__in=[*_KINDS]
        ).values_list("person", flat=True)
    )
    return _named(permit, candidates, name) - telling


def _fitting(
    permit: Permit, candidates: Sequence[int], name: str, detail: str
) -> list[int]:
    """Return whom both the name and the detail fit. All are looked at, in any case."""
    named = _named(permit, candidates, name)
    rows = permit.read(
        ContactPoint.objects.filter(person__in=candidates),
        "person",
        "channel",
        "value_key",
    )
    telling = {row.person for row in rows if row.channel in _KINDS}
    # Every letter that reached the address says on which day somebody wrote.
    days = _by_day(permit, candidates, detail) - telling
    return sorted(named & (_by_contact(rows, detail) | days))


def _named(permit: Permit, candidates: Sequence[int], name: str) -> set[int]:
    rows = permit.read(Person.objects.filter(pk__in=candidates), "name")
    return {row.pk for row in rows if row.name and _same(row.name, name)}


def _same(one: str, other: str) -> bool:
    return words_key(one) == words_key(other)


def _by_contact(rows: Iterable[Row], detail: str) -> set[int]:
    phone, code = _phone(detail), _squeezed(detail)
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
