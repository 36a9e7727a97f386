"""Sealing: what is finished goes into a batch, signed and chained to the one before.

Only transactions below `pg_snapshot_xmin` are sealed. A transaction that began earlier
and commits later has an id above it, so it falls into a later batch and none is missed.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from candour.trail import keys, merkle

LOCK = 0x7472_6169  # one sealer at a time
GENESIS = bytes(32)
COLUMNS = "id, epoch, from_xid, to_xid, events, changes, root, previous, sealed_at, signature"


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
        counts = (self.id, self.epoch, self.from_xid, self.to_xid, self.events, self.changes)
        head = "candour-trail-1|" + "|".join(map(str, counts))
        when = str(int(self.sealed_at.timestamp() * 1_000_000))
        return f"{head}|{self.root.hex()}|{self.previous.hex()}|{when}".encode()

    def digest(self) -> bytes:
        """Return what the next batch is chained to."""
        return sha256(self.signed_bytes() + self.signature).digest()


def batch_of(row: tuple[Any, ...]) -> Batch:
    """Return the batch in a row selected by COLUMNS."""
    number, epoch, first, last, events, changes, root, previous, at, signature = row
    return Batch(
        number, epoch, int(first), int(last), events, changes,
        bytes(root), bytes(previous), at, bytes(signature),
    )  # fmt: skip


def seal(*, at: datetime) -> Batch | None:
    """Seal everything finished since the last batch; None when there is nothing new."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(f"SELECT {COLUMNS} FROM trail_batch ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
        last = batch_of(row) if row else None
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        [horizon] = cursor.fetchone()
        start = last.to_xid if last else 0
        if horizon <= start:
            return None
        batch = _next(cursor, last, start, horizon, at)
        if batch is None:
            return None
        places = ", ".join(["%s", "%s", "%s::text::xid8", "%s::text::xid8"] + ["%s"] * 6)
        cursor.execute(
            f"INSERT INTO trail_batch ({COLUMNS}) VALUES ({places})",
            [
                batch.id, batch.epoch, str(batch.from_xid), str(batch.to_xid), batch.events,
                batch.changes, batch.root, batch.previous, batch.sealed_at, batch.signature,
            ],
        )  # fmt: skip
    publish()
    return batch


def _next(
    cursor: Any, last: Batch | None, start: int, horizon: int, at: datetime
) -> Batch | None:
    leaves: dict[str, list[bytes]] = {}
    for kind in ("events", "changes"):
        cursor.execute(
            "SELECT trail_leaves(%s, %s::text::xid8, %s::text::xid8)",
            [kind, str(start), str(horizon)],
        )
        leaves[kind] = [bytes(row[0]) for row in cursor.fetchall()]
    if not any(leaves.values()):
        return None
    unsigned = Batch(
        id=last.id + 1 if last else 1,
        epoch=last.epoch if last else 1,
        from_xid=start,
        to_xid=horizon,
        events=len(leaves["events"]),
        changes=len(leaves["changes"]),
        root=merkle.root(leaves["events"] + leaves["changes"]),
        previous=last.digest() if last else GENESIS,
        sealed_at=at.replace(microsecond=0),
        signature=b"",
    )
    signature = keys.signing_key().sign(unsigned.signed_bytes())
    return Batch(*(getattr(unsigned, f) for f in COLUMNS.split(", ")[:-1]), signature)


def publish() -> None:
    """Add heads not yet published to the file outside the database, durably.

    Whoever cuts the newest batches off the database would have to reach this as well.
    It catches up by itself after a crash between the commit and the writing.
    """
    path = keys.heads_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lines = path.read_text().splitlines() if path.exists() else []
    known = int(lines[-1].split()[0]) if lines else 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM trail_batch WHERE id > %s ORDER BY id", [known])
        fresh = [batch_of(row) for row in cursor.fetchall()]
    with path.open("a") as heads:
        heads.writelines(f"{batch.id} {batch.digest().hex()}\n" for batch in fresh)
        heads.flush()
        os.fsync(heads.fileno())
