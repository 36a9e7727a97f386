"""Sealing: what is finished goes into a batch, signed and chained to the one before.

Only transactions below `pg_snapshot_xmin` are sealed. A transaction that began earlier
and commits later has an id above it, so it falls into a later batch and none is missed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from django.db import connection, transaction

from candour.core.errors import Tampered
from candour.trail import heads, keys, merkle

LOCK = 0x7472_6169  # one sealer at a time
GENESIS = bytes(32)
LAST_XID = (1 << 63) - 1  # where an epoch ends once the next has begun
BATCHES = (
    "SELECT id, epoch, from_xid, to_xid, events, changes, root, previous, sealed_at,"
    " signature FROM trail_batch"
)
INSERT = (
    "INSERT INTO trail_batch (id, epoch, from_xid, to_xid, events, changes, root,"
    " previous, sealed_at, signature) VALUES"
    " (%s, %s, %s::text::xid8, %s::text::xid8, %s, %s, %s, %s, %s, %s)"
)


@dataclass(frozen=True, slots=True)
class Batch:
    """One sealed batch as stored; `from_xid` is in it and `to_xid` is not."""

    id: int
    epoch: int
    from_xid: int
    to_xid: int
    events: int
    changes: int
    root: bytes
    previous: bytes
    sealed_at: datetime
    signature: bytes

    def signed_bytes(self) -> bytes:
        """Return what the signature covers."""
        counts = (
            self.id,
            self.epoch,
            self.from_xid,
            self.to_xid,
            self.events,
            self.changes,
        )
        head = "candour-trail-1|" + "|".join(map(str, counts))
        when = str(int(self.sealed_at.timestamp() * 1_000_000))
        return f"{head}|{self.root.hex()}|{self.previous.hex()}|{when}".encode()

    def digest(self) -> bytes:
        """Return what the next batch is chained to."""
        return sha256(self.signed_bytes() + self.signature).digest()


def batch_of(row: tuple[Any, ...]) -> Batch:
    """Return the batch in a row selected by BATCHES."""
    number, epoch, first, last, events, changes, root, previous, at, signature = row
    return Batch(
        number, epoch, int(first), int(last), events, changes,
        bytes(root), bytes(previous), at, bytes(signature),
    )  # fmt: skip


def seal(*, at: datetime) -> Batch | None:
    """Seal everything finished since the last batch; None when there is nothing new.

    The new head is published before this returns. Raises Misconfigured when the
    signing key is missing, and then nothing is sealed.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        batch = _next(cursor, at)
        if batch is not None:
            _insert(cursor, batch)
    publish()
    return batch


def _next(cursor: Any, at: datetime) -> Batch | None:
    cursor.execute(f"{BATCHES} ORDER BY id DESC LIMIT 1")
    row = cursor.fetchone()
    last = batch_of(row) if row else None
    _must_be_ours(last)
    cursor.execute(
        "SELECT trail_epoch(), pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    )
    epoch, horizon = cursor.fetchone()
    for within, start, end in _spans(last, epoch, horizon):
        events = _leaves(cursor, "events", within, start, end)
        changes = _leaves(cursor, "changes", within, start, end)
        if events or changes:
            return _signed(
                Batch(
                    id=last.id + 1 if last else 1,
                    epoch=within,
                    from_xid=start,
                    to_xid=end,
                    events=len(events),
                    changes=len(changes),
                    root=merkle.root(events + changes),
                    previous=last.digest() if last else GENESIS,
                    sealed_at=at.replace(microsecond=0),
                    signature=b"",
                )
            )
    return None


def _must_be_ours(last: Batch | None) -> None:
    """Raise Tampered rather than go on from a batch that somebody else put there."""
    if last is None:
        return
    try:
        keys.public_key().verify(last.signature, last.signed_bytes())
    except InvalidSignature as cause:
        raise Tampered("The newest batch of the trail is not ours.") from cause


def _spans(
    last: Batch | None, epoch: int, horizon: int
) -> Iterator[tuple[int, int, int]]:
    """Yield what may be sealed: the rest of a past epoch, then what is finished."""
    if last is None:
        start = 0
    elif last.epoch == epoch:
        start = last.to_xid
    else:
        start = 0
        if last.to_xid < LAST_XID:
            yield last.epoch, last.to_xid, LAST_XID
    if start < horizon:
        yield epoch, start, horizon


def _leaves(cursor: Any, kind: str, epoch: int, start: int, end: int) -> list[bytes]:
    cursor.execute(
        "SELECT trail_leaves(%s, %s::smallint, %s::text::xid8, %s::text::xid8)",
        [kind, epoch, str(start), str(end)],
    )
    return [bytes(row[0]) for row in cursor.fetchall()]


def _signed(batch: Batch) -> Batch:
    return replace(batch, signature=keys.signing_key().sign(batch.signed_bytes()))


def _insert(cursor: Any, batch: Batch) -> None:
    cursor.execute(
        INSERT,
        [
            batch.id, batch.epoch, str(batch.from_xid), str(batch.to_xid), batch.events,
            batch.changes, batch.root, batch.previous, batch.sealed_at, batch.signature,
        ],
    )  # fmt: skip


def publish() -> None:
    """Write down, outside the database, every head that is not yet written down.

    Whoever cuts the newest batches off the database would have to reach this as well.
    It catches up by itself after a crash between the commit and the writing.
    """
    with heads.open_to_add() as published, connection.cursor() as cursor:
        cursor.execute(f"{BATCHES} WHERE id > %s ORDER BY id", [published.newest])
        for row in cursor.fetchall():
            batch = batch_of(row)
            published.add(batch.id, batch.digest())
