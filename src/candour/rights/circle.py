"""Who holds the address that a request came from, and joining what belongs together.

A link proves a mailbox, not a person: families share one. So whoever asks is first a
claimant of their own, and becomes a person we know only when no doubt is left.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from candour import gate
from candour.core.actor import Actor, ActorKind, system
from candour.core.errors import NotFound, Unavailable
from candour.disposal import erase
from candour.outbox.models import Attempt, Message
from candour.people import queries as people
from candour.people.models import Standing
from candour.register.permit import Permit
from candour.rights.models import OPEN_STATES, Request, Step

PURPOSE = "rights"
CLAIMANT = "claimant"
COMPARER = system("compare-at-address")
_TRIES = 4  # how often the circle may grow while we look


@dataclass(frozen=True, slots=True)
class Circle:
    """Everybody at one address: people we know, and those who only ever asked."""

    owner: int
    known: tuple[int, ...]
    claimants: tuple[int, ...]

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
    people = {owner}
    for _ in range(_TRIES):
        with gate.open(
            by=_comparing(by), purpose=PURPOSE, people=sorted(people), verb=verb, at=at
        ) as permit:
            key = _lock_address(ref)
            holders = {owner, *_holders(key, permit)}
            if holders <= people:
                request = Request.objects.select_for_update().filter(ref=ref).first()
                if request is None or request.person_id != owner or _is_locked(owner):
                    raise NotFound
                yield permit, request, _circle(owner, holders, permit)
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


def _lock_address(ref: UUID) -> str:
    key = Request.objects.filter(ref=ref).values_list("address_key", flat=True).first()
    if key is None:
        raise NotFound
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [key])
    return key


def _holders(key: str, permit: Permit) -> list[int]:
    return people.at_address("email", key, permit=permit)


def _circle(owner: int, holders: Iterable[int], permit: Permit) -> Circle:
    rows = permit.read(
        Standing.objects.filter(person__in=sorted(holders)).order_by("person"),
        "person",
        "relation",
        "locked_at",
    )
    claimants = [row.person for row in rows if row.relation == [CLAIMANT]]
    known = [
        row.person
        for row in rows
        if row.relation != [CLAIMANT] and row.locked_at is None
    ]
    return Circle(owner, tuple(known), tuple(claimants))


def absorb(*, permit: Permit, claimant: int, into: int) -> None:
    """Hand over what a claimant asked and was sent, and forget the claimant."""
    for request in Request.objects.select_for_update().filter(person=claimant):
        rival = _rival(request, into)
        if rival is None:
            Step.objects.filter(request=request).update(person=into)
            Request.objects.filter(pk=request.pk).update(person=into)
        else:
            _fold(request, rival, into)
    for message in Message.objects.select_for_update().filter(person=claimant):
        _hand_over(permit, message, into)
    erase.forget(claimant)


def _hand_over(permit: Permit, message: Message, into: int) -> None:
    """Give a message to another person, sealed anew under their key."""
    body = permit.open(message, "body")
    attempts = list(Attempt.objects.filter(message=message).order_by("pk"))
    Attempt.objects.filter(message=message).delete()
    message.person_id = into
    message.body = permit.seal(message, "body", body)
    message.save(update_fields=["person", "body"])
    Attempt.objects.bulk_create(
        Attempt(message=message, person_id=into, at=old.at, outcome=old.outcome)
        for old in attempts
    )


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
    due_on = min(keep.due_on, drop.due_on)
    Step.objects.filter(request=drop).delete()
    drop.delete()
    Step.objects.filter(request=keep).update(person=into)
    Request.objects.filter(pk=keep.pk).update(
        person=into,
        received_at=received_at,
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
