"""Making people and writing down where they stand."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from candour.core.errors import NotFound
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
    """Write down that a link sent to this address was followed."""
    ContactPoint.objects.filter(
        person=person_id, value_key=key, verified_at=None
    ).update(verified_at=at)
