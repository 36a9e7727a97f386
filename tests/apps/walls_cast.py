"""What the tests of the walls act with: raw SQL as the run-time role, and scopes."""

import time
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

from candour.core.ids import new_ref
from candour.register.apply import sign

Said = tuple[str, str]


def scope(
    raw: psycopg.Connection[Any],
    *,
    classes: str = "identity",
    people: str = "7",
    seconds: int = 60,
    pid: int | None = None,
    act: object = None,
) -> Said:
    """A properly signed scope for this connection, but for what is told."""
    until = int(time.time()) + seconds
    said = (
        f"{classes}|{people}|{pid or raw.info.backend_pid}|{until}|{act or new_ref()}"
    )
    return said, sign((Path(settings.KEYS_DIR) / "scope").read_bytes(), said)


def enter(raw: psycopg.Connection[Any], said: Said) -> None:
    raw.execute("SELECT wall.enter(%s, %s)", said)


def record(
    raw: psycopg.Connection[Any], act: object, people: list[int] | None = None
) -> None:
    raw.execute(
        "INSERT INTO trail_event"
        " (at, act, actor, role, verb, purpose, outcome, clause, people)"
        " VALUES (now(), %s, 'system:t', 'system', 't:t:t', 'care', 'allow', 'x', %s)",
        [act, people or []],
    )
