"""Writing the tables anew, so that no page on the disk still holds what was deleted.

A deleted row stays in its page until the page is used again, which may be never; and
the planner keeps samples of values, email addresses among them. Done each week, this
is what makes the last date of a certificate true: with the write-ahead log recycled and
backups gone after 35 days, nothing of the erased is left anywhere.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from candour.register.declare import personal_tables

ALSO = (("vault", "key"), ("public", "procrastinate_jobs"))
TYPES = """
    SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
     WHERE attrelid = format('%%I', %s::text)::regclass AND attname = ANY (%s)
"""
RECORD = 'INSERT INTO disposal_rewrite (at, tables, "left") VALUES (%s, %s, %s)'


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One table that was written anew, with its size before and after, in bytes."""

    table: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Report:
    """What was done, what could not be and why, and whether the log was flushed."""

    done: tuple[Rewritten, ...]
    left: dict[str, str]
    checkpointed: bool


def places() -> list[tuple[str, str]]:
    """Return (schema, table) of everything that may hold something about a person."""
    return [*(("public", entry.table) for entry in personal_tables()), *ALSO]


def rewrite(owner: psycopg.Connection[Any], *, at: datetime) -> Report:
    """Write every such table anew, as the owner, outside any transaction.

    Each is locked while it is written, so this belongs in the quiet hours. A table that
    somebody uses for too long is left and named; the next run takes it.
    """
    done, left = [], {}
    for place in places():
        name = ".".join(place) if place[0] != "public" else place[1]
        before = _size(owner, place)
        command = sql.SQL("VACUUM (FULL, ANALYZE) {}").format(sql.Identifier(*place))
        try:
            owner.execute(command)
            if place not in ALSO:
                _forget_samples(owner, place[1])
        except (psycopg.errors.LockNotAvailable, psycopg.errors.QueryCanceled):
            left[name] = "somebody was using it for too long"
            continue
        done.append(Rewritten(name, before, _size(owner, place)))
    flushed = _checkpoint(owner)
    owner.execute(RECORD, [at, len(done), Jsonb(left)])
    return Report(tuple(done), left, flushed)


def _forget_samples(owner: psycopg.Connection[Any], table: str) -> None:
    """Drop the planner's samples of a personal table that is empty now.

    Analysing takes new samples of what is there, and of nothing it takes none and keeps
    the old ones. They go when a column is given a type, even the one it has.
    """
    whole = sql.Identifier(table)
    query = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(whole)
    if owner.execute(query).fetchall() == [(True,)]:
        return
    [entry] = [one for one in personal_tables() if one.table == table]
    columns = owner.execute(TYPES, [table, list(entry.personal)]).fetchall()
    if not columns:
        return
    retyped = sql.SQL(", ").join(
        sql.SQL("ALTER {} TYPE {}").format(sql.Identifier(name), sql.SQL(kind))
        for name, kind in columns
    )
    owner.execute(sql.SQL("ALTER TABLE {} {}").format(whole, retyped))


def _size(owner: psycopg.Connection[Any], place: tuple[str, str]) -> int:
    query = "SELECT pg_table_size(format('%%I.%%I', %s::text, %s::text)::regclass)"
    [[size]] = owner.execute(query, place).fetchall()
    return int(size)


def _checkpoint(owner: psycopg.Connection[Any]) -> bool:
    """Flush now where the owner may; elsewhere the server does it within minutes."""
    try:
        owner.execute("CHECKPOINT")
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True
