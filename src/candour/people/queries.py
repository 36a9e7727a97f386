"""Finding people. Everything returns ids; what they are called is read by a permit."""

from django.db import connection

from candour.people.models import ContactPoint
from candour.people.normal import words_key
from candour.register.permit import Permit, Row


def search(text: str, *, permit: Permit) -> list[int]:
    """Return up to 50 ids of people whose name or address looks like `text`.

    Best first; accents and case do not matter. One SECURITY DEFINER function does it,
    because row-level security would keep the trigram index from being used.
    """
    permit.must_cover("identity.name")
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_search(%s)", [words_key(text)])
        return [row[0] for row in cursor.fetchall()]


def at_address(channel: str, key: str, *, permit: Permit) -> list[int]:
    """Return the ids of everyone who holds the contact value `key` (see `normal`)."""
    permit.must_cover("contact")
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_at_address(%s, %s)", [channel, key])
        return [row[0] for row in cursor.fetchall()]


def contacts(person_id: int, *, permit: Permit) -> list[Row]:
    """Return the ways to reach a person, in the order they gave them."""
    return permit.read(
        ContactPoint.objects.filter(person=person_id).order_by("pk"),
        "channel",
        "value",
        "verified_at",
        "wrong_at",
    )
