"""Reading messages."""

from collections.abc import Collection
from uuid import UUID

from candour.outbox.models import Message
from candour.register.permit import Permit, Row


def thread(origin: UUID, *, permit: Permit) -> list[Row]:
    """Return the messages that came of one enquiry or request, oldest first."""
    return permit.read(
        Message.objects.filter(origin_ref=origin).order_by("made_at", "pk"),
        "ref", "kind", "channel", "address", "subject", "body", "state", "by",
        "made_at", "sent_at", "send_after",
    )  # fmt: skip


def states(refs: Collection[UUID], *, permit: Permit) -> dict[UUID, str]:
    """Return what came of each of these messages, whatever they were written for."""
    permit.must_cover("messages")
    found = Message.objects.filter(ref__in=refs)
    return dict(found.values_list("ref", "state"))
