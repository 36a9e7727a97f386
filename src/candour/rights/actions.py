"""Asking, following the link, and what a request then becomes.

Whom a request is about is known only once it has begun, so each of these opens its own
unit of work and is one whole errand for the surface or job that calls it.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from candour import gate
from candour.core.actor import VISITOR, Actor, system
from candour.core.errors import Expired, Invalid, NotFound
from candour.disposal.plan import rows_of
from candour.jobs import queue
from candour.outbox import actions as outbox
from candour.outbox import limits
from candour.people import actions as people
from candour.people.models import ContactPoint, Person
from candour.people.normal import email_key
from candour.policy.vocabulary import RecordClass
from candour.register.declare import personal_tables
from candour.register.permit import Permit
from candour.rights import circle, deadlines, letters
from candour.rights.circle import CLAIMANT, PURPOSE, Circle
from candour.rights.letters import Letter
from candour.rights.models import (
    CLOSED_STATES,
    KINDS,
    WAITING_IDENTITY,
    WAITING_LINK,
    Request,
    Step,
)

MATCH, BUILD = "rights:request:match", "rights:copy:build"
MATCHER = system("match-request")
LINK_LASTS = timedelta(hours=24)
SOURCE = "website-form"
HEALTH = frozenset((RecordClass.CLINICAL, RecordClass.IMAGE, RecordClass.PRESCRIPTION))


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the surface keeps it for the visit: whose, which, and how far.

    `visit` is the secret that lets this visit in, and no other.
    """

    ref: UUID
    person_ref: UUID
    kind: str
    state: str
    visit: str = field(default="", repr=False)


def ask(*, kind: str, address: str, brand: str, by: Actor, at: datetime) -> None:
    """Take a request from somebody who gives an email address.

    It does the same whoever holds the address, or nobody: a claimant is written down
    with the request, and a job finds out whose it is and sends the link. So neither the
    answer nor the time it takes says whether the address is known. Raises Invalid for
    what is no address or no kind of request.
    """
    if kind not in KINDS:
        raise Invalid("Choose a copy of your data, or erasure.")
    key = email_key(address)
    person_id = people.allocate()
    with gate.open(
        by=by, purpose=PURPOSE, people=[person_id], verb="rights:request:ask", at=at
    ) as permit:
        people.add_person(
            permit=permit,
            person_id=person_id,
            name="",
            contacts=[("email", address.strip())],
            relation=CLAIMANT,
            source=SOURCE,
            brand=brand,
            at=at,
        )
        days = deadlines.days(permit.policy, kind, at)
        request = Request.objects.create(
            person_id=person_id,
            kind=kind,
            brand=brand,
            received_at=at,
            due_on=days.due_on,
            target_on=days.target_on,
            address_key=key,
            policy_id=permit.policy_id,
            clause=permit.policy.right(kind).clause,
        )
        step(request, "received", by=by, at=at)
        queue.defer(MATCH, request=request.ref)


def match(*, ref: UUID, at: datetime) -> None:
    """Send the link of a new request to the address that was given.

    Whose it is shows only once the link is followed: anybody can type an address, so
    until then nobody's record is touched, and what others asked from it stays theirs. A
    request that has its link, or is settled, is left alone. Where enough links went to
    the address just now it waits, and a job looks again each hour.
    """
    try:
        with circle.opened(ref=ref, by=MATCHER, verb=MATCH, at=at) as found:
            permit, request, _ = found
            waits = request.state == WAITING_LINK and request.link_hash is None
            if waits and limits.may_write_to(address_of(request), kind="link", at=at):
                send_link(permit=permit, request=request, at=at)
    except NotFound:
        return  # joined to another, or gone: there is nothing left to send


def send_link(*, permit: Permit, request: Request, at: datetime) -> None:
    """Send a new link for the request."""
    until = at + LINK_LASTS
    token = new_link(request, until)
    request.save(update_fields=["link_hash", "link_expires_at"])
    letter = letters.identity_link(
        kind=request.kind,
        token=token,
        ref=request.ref,
        brand=brand_of(permit, request),
        until=until,
    )
    post(permit=permit, request=request, letter=letter, at=at)


def new_link(request: Request, until: datetime) -> str:
    """Put a new link on the request and return its secret, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    request.link_hash, request.link_expires_at = hash_of(token), until
    return token


def hash_of(token: str) -> str:
    """Return what is stored of a link: the secret has 256 bits, so one hash will do."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(request: Request) -> str:
    """Return the address as its holder wrote it."""
    held = ContactPoint.objects.filter(
        person=request.person_id, channel="email", value_key=request.address_key
    )
    found = held.order_by("pk").values_list("value", flat=True).first()
    return found or request.address_key


def brand_of(permit: Permit, request: Request) -> str:
    """Return the name the clinic was asked under."""
    brands = {brand.slug: brand.name for brand in permit.policy.brands}
    return brands.get(request.brand, permit.policy.clinic)


def post(*, permit: Permit, request: Request, letter: Letter, at: datetime) -> None:
    """Queue a letter to whoever made the request."""
    outbox.queue_email(
        permit=permit,
        person_id=request.person_id,
        kind=letter.kind,
        to=address_of(request),
        subject=letter.subject,
        body=letter.body,
        origin=("request", request.ref),
        by=permit.by,
        at=at,
    )


def step(
    request: Request, what: str, *, by: Actor, at: datetime, ground: str = ""
) -> None:
    """Write down what happened to the request."""
    Step.objects.create(
        request=request,
        person_id=request.person_id,
        at=at,
        by=str(by),
        what=what,
        ground=ground,
    )


def of_link(token: str, *, at: datetime) -> tuple[UUID, str, datetime]:
    """Return (ref of the request, kind, until when) of a link, using nothing up.

    Raises Expired for a link that is used, over or was never sent: they look the same.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ref, kind, expires_at FROM rights_of_link(%s)", [hash_of(token)]
        )
        row = cursor.fetchone()
    if row is None or row[2] <= at:
        raise Expired
    ref, kind, until = row
    return ref, kind, until


def follow_link(*, token: str, at: datetime) -> Asked:
    """Use a link up: its address is proven, and the request goes on.

    Raises Expired for a link that is used, over or was never sent.
    """
    ref, _, _ = of_link(token, at=at)
    try:
        with circle.opened(
            ref=ref, by=VISITOR, verb="rights:link:follow", at=at
        ) as found:
            permit, request, around = found
            if request.link_hash != hash_of(token):
                raise Expired
            return _proven(permit, request, around, at)
    except NotFound as cause:
        raise Expired from cause


def _proven(permit: Permit, request: Request, around: Circle, at: datetime) -> Asked:
    request.link_hash = request.link_expires_at = None
    request.verified_at = request.verified_at or at
    request.save(update_fields=["link_hash", "link_expires_at", "verified_at"])
    step(request, "address-proven", by=permit.by, at=at)
    # A link proves a mailbox, on this visit as on the first: somebody else at the
    # address may be the one who opened it now, or it was mistyped from the beginning.
    in_doubt = _is_in_doubt(request, around)
    if not in_doubt and around.known and request.person_id not in around.known:
        [known] = around.known
        kind, owner = request.kind, request.person_id
        circle.absorb(permit=permit, other=owner, into=known, how=CLAIMANT, at=at)
        request = circle.open_request(known, kind)
        request.verified_at = request.verified_at or at
    if in_doubt:
        if request.state in CLOSED_STATES:
            raise Expired
        if request.state != WAITING_IDENTITY:
            request.state, request.answered_at = WAITING_IDENTITY, None
            ground = "UK GDPR Art 12(6)"
            step(request, "more-asked", by=permit.by, at=at, ground=ground)
    elif request.state == WAITING_LINK:
        begin(request)
    visit = new_visit(request)
    request.save(update_fields=["state", "answered_at", "verified_at"])
    return asked(request, visit)


def new_visit(request: Request) -> str:
    """Let one visit in, and none that was let in before; return its secret."""
    visit = secrets.token_urlsafe(32)
    request.visit_hash = hash_of(visit)
    request.save(update_fields=["visit_hash"])
    return visit


def _is_in_doubt(request: Request, around: Circle) -> bool:
    """Say whether more than the link is needed to know who asks (Art 12(6))."""
    if not around.known:
        return False  # nobody we know: there is nothing to be given away
    if around.is_shared:
        return True
    [known] = around.known
    return not people.is_proven(known, request.address_key) or _holds_health(known)


def begin(request: Request) -> None:
    """Open a request whose person is known, and start what needs no decision."""
    request.state = "open"
    if request.kind == "access":
        queue.defer(BUILD, request=request.ref)


def _holds_health(person_id: int) -> bool:
    rows = rows_of(person_id)
    return any(rows[e.table] and e.record_class in HEALTH for e in personal_tables())


def asked(request: Request, visit: str = "") -> Asked:
    """Return what the surface keeps of a request in this visit."""
    person_ref = Person.objects.values_list("ref", flat=True).get(pk=request.person_id)
    return Asked(request.ref, person_ref, request.kind, request.state, visit)
