"""Who holds the address that a request came from, and joining what belongs together.

A link proves a mailbox, not a person: families share one. So whoever asks is first a
claimant of their own, and becomes a person we know only when no doubt is left.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from candour import gate
from candour.consent import actions as consent
from candour.core.actor import Actor, ActorKind, system
from candour.core.errors import NotFound, Unavailable
from candour.disposal import actions as disposal
from candour.people import merge
from candour.people import queries as people
from candour.people.models import ContactPoint, Standing
from candour.people.normal import PHONES
from candour.register.permit import Permit
from candour.rights.models import OPEN_STATES, Request, Step

PURPOSE = "rights"
CLAIMANT = "claimant"
STOPPING = "stopping"
NOBODY = {CLAIMANT, STOPPING}  # who is nothing else is nobody we know
COMPARER = system("compare-at-address")
_TRIES = 4  # how often the circle may grow while we look


@dataclass(frozen=True, slots=True)
class Circle:
    """Everybody at one address who is known to us; `locked` are being erased.

    Whoever said that the address is not theirs is not at it.
    """

    owner: int
    known: tuple[int, ...]
    locked: tuple[int, ...]

    @property
    def is_shared(self) -> bool:
        """Say whether the address leaves in doubt who asks (Art 12(6))."""
        return len(self.known) > 1


@contextmanager
def opened(
    *, ref: UUID, by: Actor, verb: str, at: datetime
) -> Iterator[tuple[Permit, Request, Circle]]:
    """Open a unit of work about a request and all who hold its address.

    The request is locked, and so is the address: nobody else settles it meanwhile.
    Raises NotFound for a request that is gone, or of somebody being erased.
    """
    owner = gate.owner_of(Request, ref)
    asked = Request.objects.filter(ref=ref).values_list("address_key", flat=True)
    with _around(owner, ("email", asked), by, verb, at) as (permit, around):
        request = Request.objects.select_for_update().filter(ref=ref).first()
        if request is None or request.person_id != owner or _is_locked(owner):
            raise NotFound
        yield permit, request, around


@contextmanager
def opened_at(
    *, claimant: UUID, by: Actor, verb: str, at: datetime
) -> Iterator[tuple[Permit, Circle, str]]:
    """Open a unit about all who hold the address or number that a claimant gave.

    Also yields the channel it is of. Raises NotFound for a claimant who is gone.
    """
    owner = gate.person_of(claimant)
    points = ContactPoint.objects.filter(person=owner).order_by("pk")
    with gate.open(
        by=by, purpose=PURPOSE, people=[owner], verb=f"{verb}-address", at=at
    ):
        channel = points.values_list("channel", flat=True).first()
    if channel is None:
        raise NotFound
    keys = points.values_list("value_key", flat=True)
    with _around(owner, (channel, keys), by, verb, at) as (permit, around):
        yield permit, around, channel


@contextmanager
def _around(
    owner: int,
    address: tuple[str, QuerySet[Any, str]],
    by: Actor,
    verb: str,
    at: datetime,
) -> Iterator[tuple[Permit, Circle]]:
    """Open one unit about everybody at an address, however many they turn out to be."""
    channel, keys = address
    people = {owner}
    for _ in range(_TRIES):
        with gate.open(
            by=_comparing(by), purpose=PURPOSE, people=sorted(people), verb=verb, at=at
        ) as permit:
            key = keys.all().first()
            if key is None:
                raise NotFound
            _lock_address(key)
            holders = {owner, *_holders(channel, key, permit)}
            if holders <= people:
                yield permit, _circle(owner, key, holders, permit)
                return
            people = holders
    raise Unavailable


def _comparing(by: Actor) -> Actor:
    """Return who looks at everybody at an address: never one of them, nor a visitor."""
    return by if by.kind in {ActorKind.STAFF, ActorKind.SYSTEM} else COMPARER


def _is_locked(person_id: int) -> bool:
    """Say whether the person is being erased: nothing is added to them any more."""
    locked = Standing.objects.filter(person=person_id, locked_at__isnull=False)
    return locked.exists()


def _lock_address(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [key])


def _holders(channel: str, key: str, permit: Permit) -> list[int]:
    """Return who holds an address; a number is one whatever it is used for."""
    kinds = PHONES if channel in PHONES else (channel,)
    return [
        person
        for kind in kinds
        for person in people.at_address(kind, key, permit=permit)
    ]


def _circle(owner: int, key: str, holders: Iterable[int], permit: Permit) -> Circle:
    rows = permit.read(
        Standing.objects.filter(person__in=sorted(holders)).order_by("person"),
        "person",
        "relation",
        "locked_at",
    )
    theirs = set(
        ContactPoint.objects.filter(
            person__in=sorted(holders), value_key=key, wrong_at=None
        ).values_list("person", flat=True)
    )
    known = [
        row
        for row in rows
        if not {*row.relation} <= NOBODY and row.person in theirs | {owner}
    ]
    return Circle(
        owner,
        tuple(row.person for row in known if row.locked_at is None),
        tuple(row.person for row in known if row.locked_at is not None),
    )


def absorb(*, permit: Permit, other: int, into: int, how: str, at: datetime) -> None:
    """Make what is held of `other` part of `into`: they are one human being.

    A claimant who turned out to be somebody we know, or two records of one person.
    Raises people's NotOne where the records contradict each other.
    """
    for request in Request.objects.select_for_update().filter(person=other):
        rival = _rival(request, into)
        if rival is not None:
            _fold(request, rival, into)
    consent.settle_before_joining(survivor=into, absorbed=other)
    merge.absorb(permit=permit, survivor=into, absorbed=other, how=how, at=at)


def _rival(request: Request, into: int) -> Request | None:
    """Return the open request of the same kind that this one would stand beside."""
    if request.state not in OPEN_STATES:
        return None
    return (
        Request.objects.select_for_update()
        .filter(person=into, kind=request.kind, state__in=OPEN_STATES)
        .first()
    )


def _fold(one: Request, other: Request, into: int) -> None:
    """Make two open requests of a kind one: the proven, else the older; days kept."""
    keep, drop = sorted(
        (one, other), key=lambda r: (r.verified_at is None, r.received_at, r.pk)
    )
    targets = [r.target_on for r in (keep, drop) if r.target_on is not None]
    received_at = min(keep.received_at, drop.received_at)
    codes = [r.code_hash for r in (keep, drop) if r.code_hash is not None]
    due_on = min(keep.due_on, drop.due_on)
    if drop.kind == "erasure":
        disposal.same_certificate(of=drop.ref, as_=keep.ref)
    Step.objects.filter(request=drop).delete()
    drop.delete()
    Step.objects.filter(request=keep).update(person=into)
    Request.objects.filter(pk=keep.pk).update(
        person=into,
        received_at=received_at,
        code_hash=next(iter(codes), None),
        due_on=due_on,
        target_on=min(targets, default=None),
    )


def open_request(person_id: int, kind: str) -> Request:
    """Return the person's open request of a kind. Raises NotFound for none."""
    found = (
        Request.objects.select_for_update()
        .filter(person=person_id, kind=kind, state__in=OPEN_STATES)
        .first()
    )
    if found is None:
        raise NotFound
    return found
