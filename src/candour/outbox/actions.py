"""Queueing messages. Nothing is sent here: it is queued in the caller's transaction."""

from datetime import datetime
from uuid import UUID

from candour.core.actor import Actor
from candour.core.errors import Invalid
from candour.core.ids import new_ref
from candour.jobs import queue
from candour.outbox.models import Message
from candour.people.normal import email_key
from candour.register.permit import Permit

SEND = "outbox:message:send"


def queue_email(
    *,
    permit: Permit,
    person_id: int,
    kind: str,
    to: str,
    subject: str,
    body: str,
    origin: tuple[str, UUID],
    by: Actor,
    at: datetime,
) -> Message:
    """Queue an e-mail of a kind that the policy knows, under the permit's purpose.

    `subject` must say nothing of the person. Raises Invalid for an address that cannot
    receive, for a line break in the subject, and for a kind or channel that the policy
    does not have.
    """
    rule = permit.policy.message(kind)
    if "email" not in rule.channels and "as-received" not in rule.channels:
        raise Invalid("The notice does not allow this message by e-mail.")
    if any(ord(character) < 32 for character in subject):
        raise Invalid("A subject is one line.")
    email_key(to)
    ref = new_ref()
    message = Message(
        ref=ref,
        person_id=person_id,
        kind=kind,
        purpose=permit.purpose,
        channel="email",
        address=to.strip(),
        subject=subject,
        message_id=f"<{ref}@candour.invalid>",
        origin_kind=origin[0],
        origin_ref=origin[1],
        by=str(by),
        made_at=at,
        send_after=at,
        policy_id=permit.policy_id,
        clause=rule.clause,
    )
    message.body = permit.seal(message, "body", body)
    message.save()
    queue.defer(SEND, once=SEND)
    return message
