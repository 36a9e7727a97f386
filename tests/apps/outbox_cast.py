"""Messages that wait, queued the way an answer at the desk is, and marketing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg

from candour import gate
from candour.consent import actions as consent
from candour.core.actor import Actor, staff, system
from candour.core.clock import now
from candour.core.ids import new_ref
from candour.enquiries.models import Enquiry
from candour.outbox.actions import queue_email
from candour.outbox.models import Message
from candour.register.permit import Permit
from tests.factories import CANARY_EMAIL, make_enquiry

RECEPTION = staff(new_ref(), "reception")
CAMPAIGN = system("campaign")
BODY = "Dear Zephyrine, yes, we do treat redness 🌿"
Owner = psycopg.Connection[Any]


@contextmanager
def unit(enquiry: Enquiry, purpose: str = "enquiry") -> Iterator[Permit]:
    """Open a unit of work about the person who asked."""
    by: Actor = RECEPTION if purpose == "enquiry" else CAMPAIGN
    with gate.open(
        by=by, purpose=purpose, people=[enquiry.person_id], verb="t:t:t", at=now()
    ) as permit:
        yield permit


def queue(
    permit: Permit, enquiry: Enquiry, kind: str = "enquiry-reply", to: str = ""
) -> Message:
    """Queue one message in a unit of work."""
    return queue_email(
        permit=permit,
        person_id=enquiry.person_id,
        kind=kind,
        to=to or CANARY_EMAIL,
        subject="Your question",
        body=BODY,
        origin=("enquiry", enquiry.ref),
        by=permit.by,
        at=now() - timedelta(seconds=1),
    )


def reply_to(email: str = CANARY_EMAIL) -> Message:
    """Take an enquiry from an address and queue the answer."""
    enquiry = make_enquiry(email=email)
    with unit(enquiry) as permit:
        return queue(permit, enquiry, to=email)


def agree(
    enquiry: Enquiry,
    *channels: str,
    purpose: str = "offers",
    give: Callable[..., object] = consent.give,
) -> None:
    """Let the person say yes, or with `withdraw` no, by these channels."""
    words = {"wording": "Yes, write to me."} if give is consent.give else {}
    with unit(enquiry) as permit:
        for channel in channels:
            give(
                permit=permit,
                person_id=enquiry.person_id,
                purpose=purpose,
                channel=channel,
                how="test",
                by=permit.by,
                at=now(),
                **words,
            )


def newsletter(enquiry: Enquiry) -> Message:
    """Queue a newsletter for the person."""
    with unit(enquiry, "offers") as permit:
        return queue(permit, enquiry, "newsletter")


def states(owner: Owner) -> list[str]:
    """Return the state of every message, in the order they were queued."""
    rows = owner.execute("SELECT state FROM outbox_message ORDER BY id").fetchall()
    return [state for (state,) in rows]


def outcomes(owner: Owner) -> list[str]:
    """Return what came of every attempt, in order."""
    rows = owner.execute("SELECT outcome FROM outbox_attempt ORDER BY id").fetchall()
    return [outcome for (outcome,) in rows]


def let_pass(owner: Owner, span: str) -> None:
    """Let time pass for every message: all that was written of it is longer ago."""
    owner.execute(
        "UPDATE outbox_message SET send_after = send_after - %s::interval,"
        " trying_since = trying_since - %s::interval",
        [span, span],
    )


def stand(owner: Owner, column: str, value: str) -> None:
    """Write where everybody stands, as whoever decides it would."""
    owner.execute(f"UPDATE people_standing SET {column} = {value}".encode())
