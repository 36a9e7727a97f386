"""Giving and withdrawing permission. Both are one row of history and one of state."""

import hashlib
import hmac
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from candour.consent.models import ConsentEvent, Permission, Suppression
from candour.core.actor import Actor
from candour.core.errors import Invalid
from candour.register.permit import Permit

UNCONFIRMED = "unconfirmed"
NOES = ("withdrawn", "objected")


def give(
    *,
    permit: Permit,
    person_id: int,
    purpose: str,
    channel: str,
    wording: str,
    topics: Sequence[str] = (),
    how: str,
    by: Actor,
    at: datetime,
    confirmed: bool = True,
) -> ConsentEvent:
    """Record that the person agreed, in the words they saw (UK GDPR Art 7(1)).

    Not `confirmed`, it waits for `confirm` and permits nothing yet. Raises Invalid
    without wording: a yes to nothing is not a yes.
    """
    if not wording.strip():
        raise Invalid("Consent needs the words that were shown.")
    state = "given" if confirmed else UNCONFIRMED
    return _record(
        permit, person_id, purpose, channel, state, wording, topics, how, by, at
    )


def confirm(
    *,
    permit: Permit,
    person_id: int,
    channels: Collection[str],
    how: str,
    by: Actor,
    at: datetime,
) -> None:
    """Let each yes by these channels that waited for its address count from now.

    Each leaves an event of its own with the words that were shown when it was given.
    Where the purpose has changed since, those words are of something else: the yes has
    lapsed and must be asked for anew (UK GDPR Art 4(11)).
    """
    waiting = Permission.objects.select_for_update(of=("self",)).filter(
        person=person_id, state=UNCONFIRMED, channel__in=channels
    )
    for held in waiting.select_related("event").order_by("pk"):
        if held.fingerprint != permit.policy.fingerprint(held.purpose):
            held.state, held.since = "lapsed", at
            held.save(update_fields=["state", "since"])
            continue
        give(
            permit=permit,
            person_id=person_id,
            purpose=held.purpose,
            channel=held.channel,
            wording=held.event.wording,
            topics=held.topics,
            how=how,
            by=by,
            at=at,
        )


def withdraw(
    *,
    permit: Permit,
    person_id: int,
    purpose: str,
    channel: str,
    how: str,
    by: Actor,
    at: datetime,
) -> ConsentEvent:
    """Record that the person no longer agrees; it holds from this moment.

    It asks no reason and accepts a person who had not agreed: withdrawing is as easy
    as agreeing (Art 7(3)).
    """
    return _record(
        permit, person_id, purpose, channel, "withdrawn", "", (), how, by, at
    )


def stop(
    *,
    permit: Permit,
    person_id: int,
    channels: Collection[str],
    how: str,
    by: Actor,
    at: datetime,
) -> None:
    """Take back what the person allowed by these channels, and keep the no.

    It holds for direct marketing of every kind, also where no permission was needed
    (UK GDPR Art 21(2) and (3)): nothing is weighed, and a no that stands already is
    left as it is.
    """
    purposes = permit.policy.marketing.purposes
    held = Permission.objects.filter(person=person_id, channel__in=channels)
    refused = set(held.filter(state__in=NOES).values_list("purpose", "channel"))
    allowed = set(held.values_list("purpose", "channel"))
    everything = {(p, c) for p in purposes for c in channels} | allowed
    for purpose, channel in sorted(everything - refused):
        withdraw(
            permit=permit,
            person_id=person_id,
            purpose=purpose,
            channel=channel,
            how=how,
            by=by,
            at=at,
        )


def settle_before_joining(*, survivor: int, absorbed: int) -> None:
    """Leave one state for each purpose and channel that both records hold.

    The newer holds, and of two at once the no; a yes that waits for its address holds
    against nothing.
    """
    rows = Permission.objects.select_for_update().filter(
        person__in=[survivor, absorbed]
    )
    held: dict[tuple[str, str], Permission] = {}
    for row in rows.order_by("pk"):
        rival = held.get((row.purpose, row.channel))
        if rival is None:
            held[row.purpose, row.channel] = row
            continue
        loser, winner = sorted((row, rival), key=_weight)
        held[row.purpose, row.channel] = winner
        loser.delete()


def _weight(row: Permission) -> tuple[bool, datetime, bool]:
    return row.state != UNCONFIRMED, row.since, row.state in NOES


def _record(
    permit: Permit,
    person_id: int,
    purpose: str,
    channel: str,
    state: str,
    wording: str,
    topics: Sequence[str],
    how: str,
    by: Actor,
    at: datetime,
) -> ConsentEvent:
    fingerprint = permit.policy.fingerprint(purpose)
    event = ConsentEvent.objects.create(
        person_id=person_id,
        purpose=purpose,
        channel=channel,
        given=state in {"given", UNCONFIRMED},
        topics=list(topics),
        wording=wording,
        fingerprint=fingerprint,
        how=how,
        by=str(by),
        at=at,
        policy_id=permit.policy_id,
        clause=f"purposes.{purpose}",
    )
    _settle(event, state)
    return event


def _settle(event: ConsentEvent, state: str) -> None:
    """Make the state that of the newest event; of two at once, the no holds."""
    permission, made = Permission.objects.select_for_update().get_or_create(
        person_id=event.person_id,
        purpose=event.purpose,
        channel=event.channel,
        defaults=_standing(event, state),
    )
    older = permission.since < event.at
    is_no = state in NOES
    # A yes whose address nobody proved does not undo what the person said before.
    overrides = older and (state != UNCONFIRMED or permission.state == UNCONFIRMED)
    if not made and (overrides or (permission.since == event.at and is_no)):
        for name, value in _standing(event, state).items():
            setattr(permission, name, value)
        permission.save()


def _standing(event: ConsentEvent, state: str) -> dict[str, Any]:
    return {
        "state": state,
        "since": event.at,
        "topics": event.topics,
        "fingerprint": event.fingerprint,
        "event": event,
    }


def suppression_hash(channel: str, value_key: str) -> str:
    """Return the keyed hash under which a no is remembered after an erasure."""
    key = (Path(settings.KEYS_DIR) / "scope").read_bytes()
    own = hmac.new(key, b"candour-suppression", hashlib.sha256).digest()
    return hmac.new(own, f"{channel}:{value_key}".encode(), hashlib.sha256).hexdigest()


def remember_no(*, channel: str, value_key: str, at: datetime) -> None:
    """Keep a no to marketing beyond an erasure, as the least that keeps it."""
    Suppression.objects.get_or_create(
        channel=channel,
        hash=suppression_hash(channel, value_key),
        defaults={"since": at},
    )


def is_suppressed(*, channel: str, value_key: str) -> bool:
    """Return whether a no to marketing is remembered for this address."""
    return Suppression.objects.filter(
        channel=channel, hash=suppression_hash(channel, value_key)
    ).exists()


def forget_no(*, channel: str, value_key: str) -> None:
    """Let go of a remembered no: whoever reads the address has said yes anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT consent_forget_no(%s, %s)",
            [channel, suppression_hash(channel, value_key)],
        )
