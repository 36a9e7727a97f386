"""Receiving and answering enquiries."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from candour.core.actor import Actor
from candour.core.errors import Conflict, Invalid, NotFound
from candour.enquiries.models import STATUSES, Enquiry
from candour.outbox import actions as outbox
from candour.people import actions as people
from candour.people import interactions
from candour.people.models import ContactPoint
from candour.register.permit import Permit

REPLY_MAX = 20_000  # characters


def receive(
    *,
    permit: Permit,
    person_id: int,
    token: UUID,
    topics: Sequence[str],
    message: str,
    reply_by: Sequence[str],
    source: str,
    brand: str,
    at: datetime,
) -> Enquiry:
    """Write down a question. A second one with the same `token` breaks a constraint."""
    enquiry = Enquiry(
        person_id=person_id,
        brand=brand,
        source=source,
        topics=list(topics),
        reply_by=list(reply_by),
        received_at=at,
        token=token,
        policy_id=permit.policy_id,
        clause=permit.decision.clause,
    )
    enquiry.message = permit.seal(enquiry, "message", message)
    enquiry.save(force_insert=True)
    interactions.record(
        permit=permit,
        person_id=person_id,
        kind="enquiry",
        channel=source,
        direction="in",
        origin=enquiry.ref,
        source=source,
        by=permit.by,
        at=at,
    )
    return enquiry


def reply(
    *, permit: Permit, ref: UUID, subject: str, body: str, by: Actor, at: datetime
) -> None:
    """Answer an enquiry by email, to the address held for the person.

    Raises Invalid when there is nothing to send, or no email address.
    """
    if not body.strip():
        raise Invalid("Write an answer first.")
    if len(body) > REPLY_MAX:
        raise Invalid("This answer is too long for one email.")
    enquiry = _locked(ref)
    address = (
        ContactPoint.objects.filter(person=enquiry.person_id, channel="email")
        .filter(wrong_at=None)
        .order_by("pk")
        .first()
    )
    if address is None:
        raise Invalid("There is no email address to answer to. Use another way.")
    outbox.queue_email(
        permit=permit,
        person_id=enquiry.person_id,
        kind="enquiry-reply",
        to=address.value,
        subject=subject,
        body=body,
        origin=("enquiry", enquiry.ref),
        by=by,
        at=at,
    )
    enquiry.status, enquiry.answered_at = "answered", at
    enquiry.save(update_fields=["status", "answered_at"])
    people.touched(permit=permit, person_id=enquiry.person_id, at=at)


def set_status(
    *, permit: Permit, ref: UUID, status: str, was: str, by: Actor, at: datetime
) -> None:
    """Move an enquiry to `status`. Raises Conflict when it is no longer as it `was`."""
    if status not in STATUSES:
        raise Invalid("There is no such state.")
    enquiry = _locked(ref)
    if enquiry.status != was:
        raise Conflict
    enquiry.status = status
    enquiry.save(update_fields=["status"])


def _locked(ref: UUID) -> Enquiry:
    found = Enquiry.objects.select_for_update().filter(ref=ref).first()
    if found is None:
        raise NotFound
    return found
