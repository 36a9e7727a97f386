"""Reading what people agreed to."""

from collections.abc import Collection

from django.db import connection

from candour.consent.models import Permission
from candour.register.permit import Permit, Row


def permissions(person_id: int, *, permit: Permit) -> list[Row]:
    """Return the person's permissions as they hold today, by purpose and channel."""
    return permit.read(
        Permission.objects.filter(person=person_id).order_by("purpose", "channel"),
        "purpose",
        "channel",
        "state",
        "since",
        "topics",
    )


def refused_at(
    *, channel: str, value_key: str, purposes: Collection[str], permit: Permit
) -> bool:
    """Say whether anybody at this address said no to one of these by this channel."""
    permit.must_cover("permissions")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT consent_refused_at(%s, %s, %s)",
            [channel, value_key, sorted(purposes)],
        )
        return bool(cursor.fetchone()[0])
