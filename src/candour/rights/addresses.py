"""Whether an address is of the person who gave it, as whoever reads it says.

Anybody can type an address into a form, and anybody can mistype one. So the first
letter asks: until whoever reads it says "that was me", no offer goes there (PECR reg
22), and its link alone gives nobody a copy (UK GDPR Art 12(6)).
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from candour import gate
from candour.consent import actions as consent
from candour.consent import queries as consents
from candour.core.actor import system
from candour.core.errors import Expired, Refused
from candour.people import actions as people
from candour.people import queries as people_queries
from candour.people.normal import PHONES
from candour.register.permit import Permit, Row
from candour.rights.circle import PURPOSE

LISTENER = system("answer-about-address")
HOW = "said-by-letter"


@dataclass(frozen=True, slots=True)
class Said:
    """What whoever reads an address has said of it, and what it may be sent.

    `waits` and `sent` are the channels of offers that wait for a yes, or have one.
    """

    proven: bool
    wrong: bool
    waits: tuple[str, ...]
    sent: tuple[str, ...]


def said(secret: str, *, at: datetime) -> Said:
    """Return what is known of the address a letter went to. Raises Expired for none."""
    with _about(secret, "read", at) as (permit, person, point):
        row = _row(permit, person, point)
        held = consents.permissions(person, permit=permit)
        return Said(
            proven=row.verified_at is not None,
            wrong=row.wrong_at is not None,
            waits=_channels(held, consent.UNCONFIRMED, _served(row)),
            sent=_channels(held, "given"),
        )


def _row(permit: Permit, person: int, point: int) -> Row:
    rows = people_queries.contacts(person, permit=permit)
    return next(row for row in rows if row.pk == point)


def _served(row: Row) -> tuple[str, ...]:
    """Return the channels that this address serves: it proves nothing of another."""
    return PHONES if row.channel in PHONES else (row.channel,)


def _channels(
    held: list[Row], state: str, among: Collection[str] | None = None
) -> tuple[str, ...]:
    found = {row.channel for row in held if row.state == state}
    return tuple(sorted(found if among is None else found & {*among}))


def own(secret: str, *, offers: bool, at: datetime) -> None:
    """Take it that the address is theirs, and that what waits begins or does not.

    What was ticked for another address or number goes on waiting. Raises Expired for a
    letter that is known no more.
    """
    with _about(secret, "own", at) as (permit, person, point):
        people.own_address(permit=permit, contact_id=point, at=at)
        row = _row(permit, person, point)
        if not offers:
            _stop(permit, person, _waiting(permit, person), at)
            return
        for channel in _served(row):
            consent.forget_no(channel=channel, value_key=row.value_key)
        consent.confirm(
            permit=permit,
            person_id=person,
            channels=_served(row),
            how=HOW,
            by=LISTENER,
            at=at,
        )


def disown(secret: str, *, at: datetime) -> None:
    """Take it that the address is a stranger's: nothing is written to it any more.

    Raises Expired for a letter that is known no more.
    """
    with _about(secret, "disown", at) as (permit, person, point):
        people.disown_address(permit=permit, contact_id=point, at=at)
        _stop(permit, person, _everything(permit, person), at)


def stop(secret: str, *, at: datetime) -> None:
    """Stop all news and offers to the person. Raises Expired for no such letter."""
    with _about(secret, "stop", at) as (permit, person, _):
        _stop(permit, person, _everything(permit, person), at)


def _waiting(permit: Permit, person: int) -> tuple[str, ...]:
    return _channels(consents.permissions(person, permit=permit), consent.UNCONFIRMED)


def _everything(permit: Permit, person: int) -> set[str]:
    held = consents.permissions(person, permit=permit)
    return {row.channel for row in held} | {*permit.policy.marketing.channels}


def _stop(permit: Permit, person: int, channels: Collection[str], at: datetime) -> None:
    consent.stop(
        permit=permit,
        person_id=person,
        channels=channels,
        how=HOW,
        by=LISTENER,
        at=at,
    )


@contextmanager
def _about(secret: str, doing: str, at: datetime) -> Iterator[tuple[Permit, int, int]]:
    person, point = people.of_proof(secret)
    try:
        with gate.open(
            by=LISTENER,
            purpose=PURPOSE,
            people=[person],
            verb=f"rights:address:{doing}",
            at=at,
        ) as permit:
            yield permit, person, point
    except Refused as cause:
        raise Expired from cause  # they are being erased: the letter leads nowhere
