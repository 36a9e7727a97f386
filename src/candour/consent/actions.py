"""Giving and withdrawing permission. Both are one row of history and one of state."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from candour.consent.models import ConsentEvent, Permission, Suppression
from candour.core.actor import Actor
from candour.core.errors import Invalid
from candour.register.permit import Permit


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
) -> ConsentEvent:
    """Record that the person agreed, in the words they saw (UK GDPR Art 7(1)).

    Raises Invalid without wording: a yes to nothing is not a yes.
    """
    if not wording.strip():
        raise Invalid("Consent needs the words that were shown.")
    return _record(
        permit, person_id, purpose, channel, "given", wording, topics, how, by, at
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
        given=state == "given",
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
    if not made and (older or (permission.since == event.at and state != "given")):
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
