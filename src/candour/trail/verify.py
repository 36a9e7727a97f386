"""Checking the trail from the first batch to the newest, row by row.

Run as the owner, who may read it. The rows come by COPY and are hashed here, not in the
database that is being checked. Every batch is named that does not hold.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
from cryptography.exceptions import InvalidSignature

from candour.trail import keys, merkle
from candour.trail.seal import COLUMNS, GENESIS, Batch, batch_of

EVENTS = (
    "COPY (SELECT id, epoch, xid, at, act, actor, role, verb, purpose, outcome, clause,"
    " policy, categories, people, salt FROM trail_event ORDER BY epoch, xid, id) TO STDOUT"
)
CHANGES = (
    "COPY (SELECT id, epoch, xid, at, act, tbl, op, row_ids, people, salt"
    " FROM trail_change ORDER BY epoch, xid, id) TO STDOUT"
)


@dataclass(slots=True)
class Report:
    """What was read and what was wrong; `problems` is empty when the trail is whole."""

    batches: int = 0
    rows: int = 0
    unsealed: int = 0
    problems: list[str] = field(default_factory=list)


def verify(connection: psycopg.Connection[Any]) -> Report:
    """Return what a full check finds. Reads everything; changes nothing."""
    report = Report()
    with connection.transaction():
        # One snapshot for all three reads: rows sealed meanwhile are not half seen.
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        connection.execute("SET LOCAL timezone = 'UTC'")
        connection.execute("SET LOCAL datestyle = 'ISO, YMD'")
        rows = connection.execute(f"SELECT {COLUMNS} FROM trail_batch ORDER BY id").fetchall()
        batches = [batch_of(row) for row in rows]
        _check_chain(batches, report)
        leaves = _leaves(connection, EVENTS, batches, report)
        changes = _leaves(connection, CHANGES, batches, report)
    for batch in batches:
        _check_rows(batch, leaves.get(batch.id, []), changes.get(batch.id, []), report)
    _check_heads(batches, report)
    report.batches = len(batches)
    return report


def _check_chain(batches: list[Batch], report: Report) -> None:
    public, previous, number, start = keys.public_key(), GENESIS, 1, 0
    for batch in batches:
        if batch.id != number:
            report.problems.append(f"batch {number} is missing")
        elif batch.previous != previous or batch.from_xid != start:
            report.problems.append(f"batch {batch.id} does not follow the one before it")
        try:
            public.verify(batch.signature, batch.signed_bytes())
        except InvalidSignature:
            report.problems.append(f"batch {batch.id} was not signed by this clinic")
        previous, number, start = batch.digest(), batch.id + 1, batch.to_xid


def _lines(connection: psycopg.Connection[Any], statement: str) -> Iterator[bytes]:
    held = b""
    with connection.cursor().copy(statement) as copy:
        for block in copy:
            *whole, held = (held + bytes(block)).split(b"\n")
            yield from whole


def _leaves(
    connection: psycopg.Connection[Any], statement: str, batches: list[Batch], report: Report
) -> dict[int, list[bytes]]:
    found: dict[int, list[bytes]] = {batch.id: [] for batch in batches}
    waiting = iter(batches)
    current = next(waiting, None)
    for line in _lines(connection, statement):
        report.rows += 1
        xid = int(line.split(b"\t", 3)[2])
        while current is not None and xid >= current.to_xid:
            current = next(waiting, None)
        if current is None:
            report.unsealed += 1
        else:
            found[current.id].append(merkle.leaf(line))
    return found


def _check_rows(
    batch: Batch, events: list[bytes], changes: list[bytes], report: Report
) -> None:
    if (len(events), len(changes)) != (batch.events, batch.changes):
        report.problems.append(
            f"batch {batch.id} holds {len(events)} acts and {len(changes)} changes,"
            f" sealed were {batch.events} and {batch.changes}"
        )
    elif merkle.root(events + changes) != batch.root:
        report.problems.append(f"batch {batch.id}: a row is not as it was sealed")


def _check_heads(batches: list[Batch], report: Report) -> None:
    path = keys.heads_file()
    published = path.read_text().splitlines() if path.exists() else []
    digests = {batch.id: batch.digest().hex() for batch in batches}
    heads = {int(line.split()[0]): line.split()[1] for line in published}
    for number, digest in heads.items():
        if digests.get(number) != digest:
            report.problems.append(f"batch {number} is not the one that was published")
    # The newest may wait to be published: a crash can fall between commit and writing.
    newest = max(digests, default=0)
    for number in sorted(digests.keys() - heads.keys() - {newest}):
        report.problems.append(f"batch {number} was never published")
