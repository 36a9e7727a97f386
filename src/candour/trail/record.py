"""Writing one act. The gate is the only caller; the change triggers write the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from candour.core.actor import Actor

INSERT = (
    "INSERT INTO trail_event (at, act, actor, role, verb, purpose, outcome, clause,"
    " policy, categories, people)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
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


def write(connection: psycopg.Connection[Any], event: Event) -> None:
    """Write `event` in the connection's transaction, without waiting in a pipeline."""
    psycopg.Cursor(connection).execute(
        INSERT,
        (
            event.at,
            event.act,
            str(event.by),
            event.by.role,
            event.verb,
            event.purpose,
            event.outcome,
            event.clause,
            event.policy,
            sorted(event.categories),
            sorted(set(event.people)),
        ),
    )
