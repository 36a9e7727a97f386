"""Writing one act. The gate is the only caller; the change triggers write the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from candour.core.actor import Actor
from candour.trail.flight import Statement, array, fly

INSERT = (
    b"INSERT INTO trail_event (at, act, actor, role, verb, purpose, outcome, clause,"
    b" policy, categories, people)"
    b" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
)


@dataclass(frozen=True, slots=True)
class Event:
    """One act: who, as what, doing what, why, to whose data, and by which clause."""

    at: datetime
    act: UUID
    by: Actor
    verb: str
    purpose: str
    outcome: str
    clause: str
    policy: int | None
    categories: Iterable[str]
    people: Iterable[int]


def statement(event: Event) -> Statement:
    """Return what writes `event`. Raises ValueError for a moment without a zone."""
    if event.at.tzinfo is None:
        raise ValueError("a moment on the trail has its zone")
    return INSERT, (
        event.at.isoformat().encode(),
        str(event.act).encode(),
        str(event.by).encode(),
        event.by.role.encode(),
        event.verb.encode(),
        event.purpose.encode(),
        event.outcome.encode(),
        event.clause.encode(),
        None if event.policy is None else b"%d" % event.policy,
        array(sorted(event.categories)),
        array(sorted(set(event.people))),
    )


def write(connection: psycopg.Connection[Any], event: Event) -> None:
    """Write `event` in the connection's transaction."""
    fly(connection, statement(event))
