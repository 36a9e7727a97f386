"""Checking the trail from the first batch to the newest, row by row.

Run as the owner, who may read it. The rows come by COPY and are hashed here, not in the
database that is being checked. Every batch is named that does not hold.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
from cryptography.exceptions import InvalidSignature
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus

from candour.trail import heads, keys, merkle
from candour.trail.seal import BATCHES, GENESIS, LAST_XID, Batch, batch_of

EVENTS = (
    "COPY (SELECT id, epoch, xid, at, act, actor, role, verb, purpose, outcome, clause,"
    " policy, categories, people, salt FROM trail_event ORDER BY epoch, xid, id)"
    " TO STDOUT"
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


@dataclass(slots=True)
class Found:
    """What the rows of one batch add up to now."""

    events: int = 0
    changes: int = 0
    tree: merkle.Tree = field(default_factory=merkle.Tree)


def verify(connection: psycopg.Connection[Any]) -> Report:
    """Return what a full check finds. Reads everything; changes nothing."""
    report = Report()
    with connection.transaction():
        # One snapshot for all three reads: rows sealed meanwhile are not half seen.
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        connection.execute("SET LOCAL timezone = 'UTC'")
        connection.execute("SET LOCAL datestyle = 'ISO, YMD'")
        [(epoch, coming)] = connection.execute(
            "SELECT trail_epoch(),"
            " pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
        ).fetchall()
        rows = connection.execute(f"{BATCHES} ORDER BY id")
        batches = [batch_of(row) for row in rows.fetchall()]
        found = {batch.id: Found() for batch in batches}
        # Leaves are in one order: a batch's events, then its changes.
        for statement, kind in ((EVENTS, "events"), (CHANGES, "changes")):
            taking = _Rows(statement, kind, batches, found, epoch, coming, report)
            taking.take(_lines(connection, statement))
        _check_acts(connection, batches, report)
    _check_chain(batches, report)
    for batch in batches:
        _check_rows(batch, found[batch.id], report)
    _check_heads(batches, report)
    report.batches = len(batches)
    return report


def _lines(
    connection: psycopg.Connection[Any], statement: str
) -> Iterator[list[bytes]]:
    """Yield the lines of a COPY, a block at a time.

    Straight from libpq: the client's own way takes as long for a row as hashing does.
    """
    server = connection.pgconn
    with connection.lock:
        result = server.exec_(statement.encode())
        if result.status != ExecStatus.COPY_OUT:
            raise error_from_result(result)
        lines: list[bytes] = []
        while (said := server.get_copy_data(0))[0] > 0:
            lines.append(bytes(said[1][:-1]))
            if len(lines) == merkle.BLOCK:
                yield lines
                lines = []
        yield lines
        ended = server.get_result()
        if ended is None or ended.status != ExecStatus.COMMAND_OK:
            raise psycopg.OperationalError("the trail was not read to its end")
        server.get_result()  # none: the connection is free again


def _check_acts(
    connection: psycopg.Connection[Any], batches: list[Batch], report: Report
) -> None:
    """Find changes, not sealed yet, whose act is gone: both are written together."""
    epoch, sealed = (batches[-1].epoch, batches[-1].to_xid) if batches else (0, 0)
    [(orphans,)] = connection.execute(
        "SELECT count(DISTINCT c.act) FROM trail_change c WHERE c.act IS NOT NULL"
        " AND (c.epoch, c.xid) >= (%s::smallint, %s::text::xid8)"
        " AND NOT EXISTS (SELECT FROM trail_event e WHERE e.act = c.act)",
        [epoch, str(sealed)],
    ).fetchall()
    if orphans:
        report.problems.append(f"{orphans} acts changed data and are not on the trail")


def _check_chain(batches: list[Batch], report: Report) -> None:
    public, previous, number = keys.public_key(), GENESIS, 1
    epoch, start = batches[0].epoch if batches else 1, 0
    for batch in batches:
        starts = start if batch.epoch == epoch else 0
        if batch.id != number:
            report.problems.append(f"batch {number} is missing")
        elif (
            batch.previous != previous
            or batch.from_xid != starts
            or batch.epoch < epoch
        ):
            report.problems.append(
                f"batch {batch.id} does not follow the one before it"
            )
        try:
            public.verify(batch.signature, batch.signed_bytes())
        except InvalidSignature:
            report.problems.append(f"batch {batch.id} was not signed by this clinic")
        previous, number = batch.digest(), batch.id + 1
        epoch, start = batch.epoch, batch.to_xid


class _Rows:
    """Puts each row, as COPY wrote it, to the batch that its transaction belongs to."""

    def __init__(
        self,
        statement: str,
        kind: str,
        batches: list[Batch],
        found: dict[int, Found],
        epoch: int,
        coming: int,
        report: Report,
    ) -> None:
        self._table = statement.partition("FROM ")[2].split()[0]
        self._kind, self._found, self._report = kind, found, report
        self._epoch, self._coming = epoch, coming
        self._sealed = (batches[-1].epoch, batches[-1].to_xid) if batches else (0, 0)
        self._waiting = iter(batches)
        self._current = next(self._waiting, None)
        self._leaves: list[bytes] = []

    def take(self, blocks: Iterable[list[bytes]]) -> None:
        """Take every row, in the order of its transaction.

        A row that no batch takes must have been written since the last one, by a
        transaction that has begun; any other was put there afterwards.
        """
        for lines in blocks:
            if (
                lines
                and self._holds(_place(lines[0]))
                and self._holds(_place(lines[-1]))
            ):
                # All of one batch. Were one between them not, the root would tell.
                self._leaves += merkle.leaves(lines)
            else:
                for line in lines:
                    self._take_one(line)
        self._close()

    def _holds(self, place: tuple[int, int]) -> bool:
        batch = self._current
        return batch is not None and (
            (batch.epoch, batch.from_xid) <= place < (batch.epoch, batch.to_xid)
        )

    def _take_one(self, line: bytes) -> None:
        place = _place(line)
        if self._current is None or place >= (
            self._current.epoch,
            self._current.to_xid,
        ):
            self._close()
            self._next(place)
        if self._holds(place):
            self._leaves.append(merkle.leaf(line))
        else:
            self._of_no_batch(line, place)

    def _next(self, place: tuple[int, int]) -> None:
        while self._current is not None and place >= (
            self._current.epoch,
            self._current.to_xid,
        ):
            self._current = next(self._waiting, None)

    def _close(self) -> None:
        leaves, self._leaves = self._leaves, []
        self._report.rows += len(leaves)
        if self._current is not None and leaves:
            its = self._found[self._current.id]
            its.tree.extend(leaves)
            setattr(its, self._kind, getattr(its, self._kind) + len(leaves))

    def _of_no_batch(self, line: bytes, place: tuple[int, int]) -> None:
        self._report.rows += 1
        if place >= self._sealed and _can_be_new(
            place, self._sealed, self._epoch, self._coming
        ):
            self._report.unsealed += 1
        else:
            number = int(line.partition(b"\t")[0])
            self._report.problems.append(
                f"row {number} of {self._table} claims a transaction that never was"
            )


def _place(line: bytes) -> tuple[int, int]:
    _, epoch, xid, _ = line.split(b"\t", 3)
    return int(epoch), int(xid)


def _can_be_new(
    place: tuple[int, int], sealed: tuple[int, int], epoch: int, coming: int
) -> bool:
    if place[0] == epoch:
        return place[1] < coming
    # Between a restore and the next sealing, the rest of the past epoch waits too.
    return place[0] == sealed[0] and place[1] < LAST_XID


def _check_rows(batch: Batch, found: Found, report: Report) -> None:
    if (found.events, found.changes) != (batch.events, batch.changes):
        report.problems.append(
            f"batch {batch.id} holds {found.events} acts and {found.changes} changes;"
            f" sealed were {batch.events} and {batch.changes}"
        )
    elif found.tree.root() != batch.root:
        report.problems.append(f"batch {batch.id}: a row is not as it was sealed")


def _check_heads(batches: list[Batch], report: Report) -> None:
    published, problems = heads.read()
    report.problems += problems
    digests = {batch.id: batch.digest().hex() for batch in batches}
    for number, digest in published.items():
        if number not in digests:
            report.problems.append(f"batch {number} was published and is gone")
        elif digests[number] != digest:
            report.problems.append(f"batch {number} is not the one that was published")
    # The newest may wait to be published: a crash can fall between commit and writing.
    newest = max(digests, default=0)
    for number in sorted(digests.keys() - published.keys() - {newest}):
        report.problems.append(f"batch {number} was never published")
