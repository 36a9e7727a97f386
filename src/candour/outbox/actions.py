"""Queueing messages. Nothing is sent here: it is queued in the caller's transaction."""

from datetime import datetime
from uuid import UUID

from candour.core.actor import Actor
from candour.core.errors import Invalid
from candour.core.ids import new_ref
from candour.jobs import queue
from candour.outbox import marketing
from candour.outbox.models import Message
from candour.people.models import ContactPoint
from candour.people.normal import email_key
from candour.policy.compiled.rules import MessageRule
from candour.register.permit import Permit

SEND = "outbox:message:send"
# What goes to the address a request came from, whoever reads it: a link and no more.
ANSWERS = frozenset(("identity-link", "copy-ready", "erasure-certificate"))
WAITING = ("queued", "held")  # nobody has begun to send these


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
    send_after: datetime | None = None,
    to_recipient: bool = False,
) -> Message:
    """Queue an email of a kind that the policy has for the permit's own purpose.

    `subject` must say nothing of the person. Raises Invalid for an address that cannot
    receive or is not held for the person, for a line break in the subject, and for a
    kind or channel that the policy does not have for this purpose; Refused for
    marketing that this person has not agreed to, or said stop to. It goes at once, or
    not before `send_after`. `to_recipient` says that it is about the person and goes to
    somebody the clinic may write to, whose address the caller looked up.
    """
    rule = _rule(permit, kind)
    if any(ord(character) < 32 for character in subject):
        raise Invalid("A subject is one line.")
    if not to_recipient:
        _must_be_theirs(person_id, to, answers=kind in ANSWERS)
    marketing.check(permit=permit, person_id=person_id, rule=rule, address=to)
    ref = new_ref()
    message = Message(
        ref=ref,
        person_id=person_id,
        kind=kind,
        purpose=permit.purpose,
        channel="email",
        address=to.strip(),
        subject=subject,
        must_arrive=not marketing.is_marketing(permit.policy, rule),
        message_id=f"<{ref}@candour.invalid>",
        origin_kind=origin[0],
        origin_ref=origin[1],
        by=str(by),
        made_at=at,
        send_after=send_after or at,
        policy_id=permit.policy_id,
        clause=rule.clause,
    )
    message.body = permit.seal(message, "body", body)
    message.save()
    # One job a message, without a lock that others' messages would have to wait for:
    # the job that runs first takes the others' work, and them, off the queue.
    queue.defer(SEND)
    return message


def withdraw(*, permit: Permit, kind: str, origin: UUID, at: datetime) -> int:
    """Take back what waits to be sent for an origin; return how many messages.

    One that is being sent, or went, stays: it may have been read.
    """
    waiting = Message.objects.filter(
        origin_ref=origin, kind=kind, purpose=permit.purpose, state__in=WAITING
    )
    # Locked: whoever sends skips what is locked, and finds nothing afterwards.
    found = list(waiting.select_for_update().values_list("pk", flat=True))
    Message.objects.filter(pk__in=found).delete()
    return len(found)


def _rule(permit: Permit, kind: str) -> MessageRule:
    rule = permit.policy.message(kind)
    if rule.purpose != permit.purpose:
        raise Invalid("This kind of message is for another purpose.")
    if "email" not in rule.channels and not rule.as_received:
        raise Invalid("The notice does not allow this message by email.")
    return rule


def _must_be_theirs(person_id: int, to: str, *, answers: bool) -> None:
    """Raise Invalid for an address that is not held, or was said to be a stranger's.

    A letter that `answers` a request goes to the address it was made from all the same:
    whoever reads it asked, and it says nothing of anybody.
    """
    held = ContactPoint.objects.filter(
        person=person_id, channel="email", value_key=email_key(to)
    )
    if not held.exists():
        raise Invalid("This is not an email address that we hold for this person.")
    if not answers and not held.filter(wrong_at=None).exists():
        raise Invalid("Whoever reads this address told us that it is not theirs.")
