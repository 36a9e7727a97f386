"""Reading the register of recipients. There is nothing of any patient in it."""

from collections.abc import Iterable
from uuid import UUID

from candour.core.errors import NotFound
from candour.recipients.models import Recipient


def everyone() -> list[Recipient]:
    """Return all recipients, those that may be given data first."""
    return list(Recipient.objects.order_by("-active", "name", "pk"))


def active(kinds: Iterable[str]) -> list[Recipient]:
    """Return the active recipients of some kinds, by name."""
    return list(Recipient.objects.filter(active=True, kind__in=tuple(kinds)))


def recipient(ref: UUID) -> Recipient:
    """Return one recipient. Raises NotFound."""
    found = Recipient.objects.filter(ref=ref).first()
    if found is None:
        raise NotFound
    return found
