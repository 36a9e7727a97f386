"""Sending what is queued, one message a unit of work.

A message is marked and that is committed, then it is sent, then the outcome is written.
What law or safety requires is sent again after a crash, under the same Message-ID;
marketing is not, since nobody can say whether the first one left.
"""

import smtplib
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection

from candour import gate
from candour.core.actor import system
from candour.core.errors import Refused
from candour.outbox.models import Attempt, Message
from candour.register.permit import Permit

SENDER = system("send-mail")
STALE = timedelta(minutes=10)
BATCH = 100
TRIES = 8
FIRST_WAIT = timedelta(minutes=1)  # doubled each time: the last try is after 4 hours


@dataclass(frozen=True, slots=True)
class Letter:
    """What is handed to the mail server."""

    address: str
    subject: str
    body: str
    message_id: str


def send_due(*, at: datetime) -> int:
    """Send what is due at `at`, at most 100 messages; return how many went out.

    With no mail server set, everything waits in the queue.
    """
    if not settings.MAIL.ready:
        return 0
    with connection.cursor() as cursor:
        stale = f"{STALE.total_seconds()} seconds"
        cursor.execute(
            "SELECT * FROM outbox_due(%s, %s::interval, %s)", [at, stale, BATCH]
        )
        due = cursor.fetchall()
    return sum(_send_one(ref, person, purpose, at) for ref, person, purpose in due)


def _send_one(ref: UUID, person: int, purpose: str, at: datetime) -> bool:
    try:
        with _unit(purpose, person, at) as permit:
            letter = _mark(ref, permit, at)
    except Refused:
        with connection.cursor() as cursor:
            cursor.execute("SELECT outbox_hold(%s)", [ref])
        return False
    if letter is None:
        return False
    outcome = _hand_over(letter)
    with _unit(purpose, person, at) as permit:
        _settle(ref, person, outcome, at)
    return outcome == "sent"


def _unit(purpose: str, person: int, at: datetime) -> AbstractContextManager[Permit]:
    return gate.open(
        by=SENDER, purpose=purpose, people=[person], verb="outbox:message:send", at=at
    )


def _mark(ref: UUID, permit: Permit, at: datetime) -> Letter | None:
    """Mark the message as being sent; None when it is gone or somebody else has it."""
    message = (
        Message.objects.select_for_update(skip_locked=True).filter(ref=ref).first()
    )
    if message is None or message.state not in {"queued", "sending"}:
        return None
    if message.state == "sending" and not message.must_arrive:
        message.state = "unknown"
        message.save(update_fields=["state"])
        return None
    if message.state == "sending" and message.send_after > at - STALE:
        return None
    message.state, message.send_after, message.tries = "sending", at, message.tries + 1
    message.save(update_fields=["state", "send_after", "tries"])
    return Letter(
        address=message.address,
        subject=message.subject,
        body=permit.open(message, "body"),
        message_id=message.message_id,
    )


def _hand_over(letter: Letter) -> str:
    mail = EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[letter.address],
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused:
        return "refused"
    except (smtplib.SMTPException, OSError):
        return "unreachable"
    return "sent"


def _settle(ref: UUID, person: int, outcome: str, at: datetime) -> None:
    message = Message.objects.filter(ref=ref).first()
    if message is None:
        return
    Attempt.objects.create(message=message, person_id=person, at=at, outcome=outcome)
    if outcome == "sent":
        message.state, message.sent_at = "sent", at
    elif outcome == "refused" or message.tries >= TRIES:
        message.state = "failed"
    else:
        message.state = "queued"
        message.send_after = at + FIRST_WAIT * 2 ** (message.tries - 1)
    message.save(update_fields=["state", "sent_at", "send_after"])
