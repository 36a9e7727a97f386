"""Finding people. Everything returns ids; what they are called is read by a permit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from candour.core.errors import NotFound
from candour.people import sought
from candour.people.models import ContactPoint, Patient, Person, Standing
from candour.people.normal import words_key
from candour.register.permit import Permit, Row

MOST = 50  # people that one search gives
LATELY = 25  # people on the page before anything is searched for


def search(text: str, *, permit: Permit) -> list[int]:
    """Return up to 50 ids of people who fit `text`, best first.

    It may be a name (accents, case and small slips do not matter), an address, a phone
    number, a file's number, an NHS number or a date of birth. One SECURITY DEFINER
    function does it, because row-level security would keep an index from being used.
    """
    permit.must_cover("identity.name")
    asked = sought.read(text)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT people_search(%s, %s, %s, %s)",
            [asked.words, asked.number, asked.born_on, asked.nhs_key],
        )
        return list(dict.fromkeys(row[0] for row in cursor.fetchall()))[:MOST]


def alike(
    *,
    name: str,
    born_on: date | None,
    keys: Sequence[str],
    nhs_number: str = "",
    permit: Permit,
) -> dict[int, list[str]]:
    """Return who may be the same human being, and by what: a channel, a number, a name.

    `keys` are contact values made comparable (see `normal`).
    """
    permit.must_cover("identity.name")
    nhs_key = sought.nhs_key(nhs_number) if nhs_number else None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, because FROM people_alike(%s, %s, %s, %s)",
            [words_key(name), born_on, list(keys), nhs_key],
        )
        found: dict[int, list[str]] = {}
        for person, because in cursor.fetchall():
            found.setdefault(person, []).append(because)
    return found


def at_address(channel: str, key: str, *, permit: Permit) -> list[int]:
    """Return the ids of everyone who holds the contact value `key` (see `normal`)."""
    permit.must_cover("contact")
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_at_address(%s, %s)", [channel, key])
        return [row[0] for row in cursor.fetchall()]


def header(person_id: int, *, permit: Permit) -> Row:
    """Return who a file is about. Raises NotFound for somebody outside the scope."""
    found = permit.read(
        Person.objects.filter(pk=person_id),
        "ref", "name", "preferred_name", "source", "made_at", "brand",
        "standing__relation", "standing__born_on", "standing__died_on",
        "standing__restricted_at", "standing__last_interaction_at",
        "patient__number", "patient__pronouns", "patient__registered_at",
    )  # fmt: skip
    if not found:
        raise NotFound
    return found[0]


@dataclass(frozen=True, slots=True)
class Found:
    """People as a list shows them.

    `shut` are the refs of those whom the policy keeps from a list, and of whom only
    that they are there is said; `capped` says that there may be more.
    """

    rows: list[Row]
    contacts: dict[int, list[Row]]
    shut: list[UUID]
    capped: bool


def found(people: Sequence[int], *, permit: Permit) -> Found:
    """Return these people for a list, in the order given."""
    all_ = Standing.objects.filter(person__in=people)
    rows = permit.read(
        permit.admitted(all_),
        "person", "person__ref", "person__name", "person__preferred_name", "relation",
        "born_on", "died_on", "last_interaction_at", "person__patient__number",
    )  # fmt: skip
    places = {person: place for place, person in enumerate(people)}
    rows.sort(key=lambda row: places[row.person])
    shown = [row.person for row in rows]
    shut = all_.exclude(person__in=shown).order_by("person")
    return Found(
        rows,
        _contacts_of(shown, permit),
        list(shut.values_list("person__ref", flat=True)),
        len(people) >= MOST,
    )


def registered_lately(*, permit: Permit) -> list[int]:
    """Return the ids of those registered last, newest first."""
    rows = permit.admitted(Patient.objects.order_by("-registered_at", "-pk"))
    return list(rows.values_list("person", flat=True)[:LATELY])


def _contacts_of(people: Sequence[int], permit: Permit) -> dict[int, list[Row]]:
    points = ContactPoint.objects.filter(person__in=people, wrong_at=None)
    held: dict[int, list[Row]] = {}
    for row in permit.read(points.order_by("pk"), "person", "channel", "value"):
        held.setdefault(row.person, []).append(row)
    return held


def holding(channel: str, key: str, *, permit: Permit) -> frozenset[int]:
    """Return who in scope holds the contact value `key`, unless it is known as wrong.

    In a unit of work about some people it looks at those; in a list, at everybody.
    """
    permit.must_cover("contact")
    held = ContactPoint.objects.filter(channel=channel, value_key=key, wrong_at=None)
    return frozenset(held.values_list("person", flat=True))


def contacts(person_id: int, *, permit: Permit) -> list[Row]:
    """Return the ways to reach a person, in the order they gave them."""
    return permit.read(
        ContactPoint.objects.filter(person=person_id).order_by("pk"),
        "ref",
        "channel",
        "value",
        "value_key",
        "verified_at",
        "wrong_at",
    )
