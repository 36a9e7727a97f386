"""Sending what is queued, one message a unit of work.

A message is marked and that is committed, then it is sent, then the outcome is written.
What law or safety requires is sent again after a crash, under the same Message-ID;
marketing is not, since nobody can say whether the first one left. Whatever goes wrong
with one message, the others go.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from candour import gate
from candour.core.actor import system
from candour.core.errors import Refused, Unavailable
from candour.outbox import marketing
from candour.outbox.actions import ANSWERS
from candour.outbox.hand_over import Letter, hand_over
from candour.outbox.mailbox import may_leave
from candour.outbox.models import Attempt, Message
from candour.people import interactions
from candour.people.models import ContactPoint
from candour.people.normal import email_key
from candour.register.permit import EVERY_MESSAGE, Permit

log = logging.getLogger(__name__)

SENDER = system("send-mail")
STALE = timedelta(minutes=10)  # also in outbox_due: its sender is then given up
BATCH = 100  # as many as outbox_due gives
ROUNDS = 50  # batches in one go; the rest waits for the next minute
LOSSES = 8  # senders that may die over one message before it is left alone

Due = tuple[UUID, int, str]


def send_due(*, now: Callable[[], datetime]) -> int:
    """Send what is due, and return how many went out. `now` is asked for each message.

    With no mail server set, everything waits in the queue; when the server does not
    answer, all but the message it was noticed with.
    """
    sent = 0
    for _ in range(ROUNDS):
        due = _due() if may_leave() else []
        for one in due:
            outcome = _send_one(one, now)
            if outcome == "unreachable":
                return sent
            sent += outcome == "sent"
        if len(due) < BATCH:
            break
    return sent


def _due() -> list[Due]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ref, person_id, purpose FROM outbox_due()")
        return list(cursor.fetchall())


def _send_one(due: Due, now: Callable[[], datetime]) -> str:
    """Send one message; return what came of it, or nothing when it was not tried."""
    ref, claim = due[0], uuid4()
    try:
        with _unit(due, now()) as permit:
            letter = _mark(ref, claim, permit)
    except Unavailable:
        raise  # no policy is in force: that is nothing about this message
    except Refused:
        if not _call("outbox_hold(%s)", ref):
            _call("outbox_put_off(%s, 'not-allowed')", ref)
        return ""
    except Exception as cause:  # noqa: BLE001  one bad message must not stop the rest
        # Its text may hold what the message holds. The next try may go better.
        log.error("A message was put off: %s", type(cause).__name__)
        _call("outbox_put_off(%s, 'error')", ref)
        return ""
    if letter is None:
        return ""
    outcome = hand_over(letter)
    _call("outbox_settle(%s, %s, %s)", ref, claim, outcome)
    return outcome


def _unit(due: Due, at: datetime) -> AbstractContextManager[Permit]:
    _, person, purpose = due
    return gate.open(
        by=SENDER, purpose=purpose, people=[person], verb="outbox:message:send", at=at
    )


def _call(function: str, *told: UUID | str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}", told)
        return cursor.fetchone()[0]


def _mark(ref: UUID, claim: UUID, permit: Permit) -> Letter | None:
    """Mark the message as being sent; None when it is not to be sent by us now."""
    message = _take(ref)
    if message is None:
        return None
    if message.state == "sending" and not _may_go_again(message, permit):
        return None
    rule = permit.policy.message(message.kind)
    _must_still_be_theirs(message, rule.clause)
    marketing.check(
        permit=permit,
        person_id=message.person_id,
        rule=rule,
        address=message.address,
    )
    message.state, message.claim, message.tries = "sending", claim, message.tries + 1
    message.trying_since = message.trying_since or permit.at
    # The database's clock: every sender, on whatever machine, has the same.
    message.send_after = Now()
    message.save(
        update_fields=["state", "claim", "tries", "trying_since", "send_after"]
    )
    _on_the_timeline(message, permit)
    return Letter(
        address=message.address,
        subject=message.subject,
        body=permit.open(message, "body"),
        message_id=message.message_id,
    )


def _on_the_timeline(message: Message, permit: Permit) -> None:
    """Write down that we wrote to them, once; its state says what came of it.

    Letters about a request of theirs stand on the request itself: while somebody is
    being erased, nothing is added to them.
    """
    if permit.purpose not in EVERY_MESSAGE:
        interactions.record(
            permit=permit,
            person_id=message.person_id,
            kind="letter",
            channel=message.channel,
            direction="out",
            what=message.kind,
            origin=message.ref,
            by=SENDER,
            at=permit.at,
        )


def _must_still_be_theirs(message: Message, clause: str) -> None:
    """Raise Refused when somebody has said since that it is not theirs."""
    if message.kind in ANSWERS:
        return  # it answers whoever reads that address
    said = ContactPoint.objects.filter(
        person=message.person_id, channel="email", wrong_at__isnull=False
    ).values_list("value_key", flat=True)
    if email_key(message.address) in said:
        reason = "Whoever reads this address told us that it is not theirs."
        raise Refused(clause=clause, reason=reason, purpose=message.purpose)


def _take(ref: UUID) -> Message | None:
    free = Q(state__in=["queued", "held"]) | Q(
        state="sending", send_after__lte=Now() - STALE
    )
    return (
        Message.objects.select_for_update(skip_locked=True)
        .filter(free, ref=ref)
        .first()
    )


def _may_go_again(message: Message, permit: Permit) -> bool:
    """Write down that its sender was lost; say whether it may be sent once more."""
    Attempt.objects.create(
        message=message, person_id=message.person_id, at=permit.at, outcome="lost"
    )
    losses = Attempt.objects.filter(message=message, outcome="lost").count()
    if message.must_arrive and losses < LOSSES:
        return True
    message.state = "unknown"
    message.save(update_fields=["state"])
    return False
