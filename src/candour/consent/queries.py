"""Reading what people agreed to."""

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
