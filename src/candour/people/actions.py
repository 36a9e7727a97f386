"""Making people and writing down where they stand."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from candour.core.errors import Expired, NotFound
from candour.people.models import ContactPoint, Person, SearchKey, Standing
from candour.people.normal import value_key, words_key
from candour.register.permit import Permit


def allocate() -> int:
    """Return the id of a person who is about to be made.

    The scope of a unit of work names its people, so a newcomer's id comes first. An
    id that is never used is only a gap in the numbers.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('people_person_id_seq')")
        return int(cursor.fetchone()[0])


def add_person(
    *,
    permit: Permit,
    person_id: int,
    name: str,
    contacts: Sequence[tuple[str, str]],
    relation: str,
    source: str,
    brand: str,
    at: datetime,
) -> Person:
    """Make the person `person_id` with their contact points and standing.

    `contacts` are (channel, value). `source` must be one the policy names.
    """
    permit.must_be_source(source)
    person = Person.objects.create(
        pk=person_id, name=name, source=source, brand=brand, made_at=at
    )
    points = ContactPoint.objects.bulk_create(
        ContactPoint(
            person=person,
            channel=channel,
            value=value,
            value_key=value_key(channel, value),
            source=source,
            made_at=at,
        )
        for channel, value in contacts
    )
    keys = [words_key(name), *(point.value_key for point in points)]
    SearchKey.objects.bulk_create(
        SearchKey(person=person, words=key) for key in keys if key
    )
    Standing.objects.create(person=person, relation=[relation], last_interaction_at=at)
    return person


def touched(*, permit: Permit, person_id: int, at: datetime) -> None:
    """Write down that the person dealt with the clinic: retention counts from it."""
    _one(Standing.objects.filter(person=person_id).update(last_interaction_at=at))


def lock(*, permit: Permit, person_id: int, at: datetime) -> None:
    """Lock a person who is being erased: other units of work about them refuse."""
    _one(Standing.objects.filter(person=person_id).update(locked_at=at))


def _one(rows: int) -> None:
    # A person outside the scope would be 0 rows and no error.
    if rows != 1:
        raise NotFound


def verify_address(*, permit: Permit, person_id: int, key: str, at: datetime) -> None:
    """Write down that whoever reads this address is the person who gave it."""
    held = ContactPoint.objects.filter(person=person_id, value_key=key)
    held.filter(verified_at=None).update(verified_at=at)
    held.exclude(wrong_at=None).update(wrong_at=None)


def own_address(*, permit: Permit, contact_id: int, at: datetime) -> None:
    """Write down that whoever reads this address says that it is theirs."""
    _one(
        ContactPoint.objects.filter(pk=contact_id).update(verified_at=at, wrong_at=None)
    )


def disown_address(*, permit: Permit, contact_id: int, at: datetime) -> None:
    """Write down that this address is not of the person who gave it (Art 5(1)(d))."""
    _one(
        ContactPoint.objects.filter(pk=contact_id).update(wrong_at=at, verified_at=None)
    )


def ask_for_proof(*, permit: Permit, person_id: int, key: str) -> str:
    """Return a new secret for a letter to this address; only its hash is kept.

    Whoever follows the letter's link can say whether the address is theirs. Raises
    NotFound for an address that is not held for the person.
    """
    point = ContactPoint.objects.filter(person=person_id, value_key=key).first()
    if point is None:
        raise NotFound
    secret = secrets.token_urlsafe(32)
    point.proof_hash = hashlib.sha256(secret.encode()).hexdigest()
    point.save(update_fields=["proof_hash"])
    return secret


def of_proof(secret: str) -> tuple[int, int]:
    """Return (person, contact point) of a letter's secret. Raises Expired for none."""
    hashed = hashlib.sha256(secret.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, contact_id FROM people_of_proof(%s)", [hashed]
        )
        found = cursor.fetchone()
    if found is None:
        raise Expired
    return int(found[0]), int(found[1])


def is_proven(person_id: int, key: str) -> bool:
    """Say whether whoever reads this address said, or showed, that it is theirs."""
    return ContactPoint.objects.filter(
        person=person_id, value_key=key, verified_at__isnull=False
    ).exists()
