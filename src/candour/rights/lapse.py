"""What ends by itself, and never without a word (UK GDPR Art 12(4)).

A link that nobody opened, a copy that nobody fetched, an erasure that nobody went on
with. Anybody can type any address into a form, so a claimant who proved nothing goes
whole once the letter that says so has left. That somebody asked stays on the trail, as
a number.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from candour import gate
from candour.core.actor import system
from candour.core.clock import local_date
from candour.disposal import erase
from candour.outbox import limits
from candour.people.models import ContactPoint
from candour.register.permit import Permit
from candour.rights import letters
from candour.rights.actions import (
    LINK_LASTS,
    address_of,
    brand_of,
    new_link,
    post,
    step,
)
from candour.rights.circle import PURPOSE
from candour.rights.letters import Letter
from candour.rights.models import WAITING_LINK, Request, Step
from candour.rights.refusing import asked

LAPSER = system("lapse-requests")
PATIENCE = timedelta(days=7)  # after the last link ended: it can be asked for again
AFTERWARDS = timedelta(days=2)  # how long a claimant is kept once all has ended
REMINDED_BEFORE = timedelta(days=7)  # the day by which an erasure must be answered
GROUND = "UK GDPR Art 12(6): nobody opened the link, so we could not know who asked"
UNDECIDED = "UK GDPR Art 12(4): it was shown what would go, and nobody went on"


def lapse(*, at: datetime) -> int:
    """End requests whose link was sent and not opened; return how many."""
    ended = 0
    for ref, person_id in _found("rights_unproven", at - PATIENCE):
        with _one(ref, person_id, "lapse", at) as (permit, request):
            if request is not None and request.state == WAITING_LINK:
                letter = letters.lapsed(
                    asked=asked(request),
                    brand=brand_of(permit, request),
                    policy=permit.policy,
                )
                _end(permit, request, "lapsed", GROUND, letter)
                ended += 1
    for (person_id,) in _found("rights_ended_claimants", at - AFTERWARDS):
        with gate.open(
            by=LAPSER,
            purpose=PURPOSE,
            people=[person_id],
            verb="rights:claimant:forget",
            at=at,
        ):
            erase.forget(person_id)
    return ended


def remind(*, at: datetime) -> None:
    """Write to whoever saw what would be erased and has not gone on; then end it.

    They are reminded once with a new link, a week before the day of the answer; on that
    day they are told that nothing was erased, and what they can do.
    """
    for ref, person_id in _found("rights_undecided", local_date(at + REMINDED_BEFORE)):
        with _one(ref, person_id, "remind", at) as (permit, request):
            if request is None or request.state != "open" or request.confirmed_at:
                continue
            if min(request.due_on, request.target_on or request.due_on) <= local_date(
                at
            ):
                letter = letters.undecided(
                    asked=asked(request),
                    brand=brand_of(permit, request),
                    policy=permit.policy,
                )
                _end(permit, request, "not-decided", UNDECIDED, letter)
            elif not Step.objects.filter(request=request, what="reminded").exists():
                _remind(permit, request, at)


def _remind(permit: Permit, request: Request, at: datetime) -> None:
    until = at + LINK_LASTS + REMINDED_BEFORE
    letter = letters.reminder(
        token=new_link(request, until), brand=brand_of(permit, request), until=until
    )
    request.save(update_fields=["link_hash", "link_expires_at"])
    step(request, "reminded", by=LAPSER, at=at)
    post(permit=permit, request=request, letter=letter, at=at)


def _end(
    permit: Permit, request: Request, what: str, ground: str, letter: Letter
) -> None:
    request.state, request.link_hash = "expired", None
    request.save(update_fields=["state", "link_hash"])
    step(request, what, by=LAPSER, at=permit.at, ground=ground)
    tell(permit=permit, request=request, letter=letter)


def tell(*, permit: Permit, request: Request, letter: Letter) -> None:
    """Write that a request has ended, unless its address is somebody else's.

    Strangers can set such letters off by typing an address, so few go to one.
    """
    held = ContactPoint.objects.filter(
        person=request.person_id, channel="email", value_key=request.address_key
    )
    if not held.filter(wrong_at=None).exists():
        return
    if limits.may_write_to(address_of(request), kind="ended", at=permit.at):
        post(permit=permit, request=request, letter=letter, at=permit.at)


@contextmanager
def _one(
    ref: UUID, person_id: int, doing: str, at: datetime
) -> Iterator[tuple[Permit, Request | None]]:
    with gate.open(
        by=LAPSER,
        purpose=PURPOSE,
        people=[person_id],
        verb=f"rights:request:{doing}",
        at=at,
    ) as permit:
        yield permit, Request.objects.select_for_update().filter(ref=ref).first()


def _found(function: str, since: date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}(%s)", [since])  # noqa: S608 - ours
        return list(cursor.fetchall())
