"""After an erasure: remove files, read everything again, and certify what was found.

The certificate is computed from what is still there, not from what was asked. While
anything is left it says so, is not complete, and the job tries again.
"""

import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from django.db.models.functions import Coalesce

from candour import gate
from candour.core.clock import local_date
from candour.core.errors import CandourError
from candour.disposal import by_hand, files, ledger, refusals, statements
from candour.disposal.collect import in_reading_order
from candour.disposal.erase import ERASER, PURPOSE, delete, line_of
from candour.disposal.models import Certificate, Ledger
from candour.disposal.plan import LEDGER, REFUSALS, TRAIL, dates, name_of
from candour.jobs import queue
from candour.people.models import Standing
from candour.policy.vocabulary import RecordClass

KEYS, JOBS, FILES = "vault.key", "procrastinate_jobs", "files"
HAND = by_hand.TABLE
NOT_TABLES = {
    KEYS: "Keys",
    JOBS: "Work that waits",
    FILES: "Files",
    HAND: by_hand.NAME,
}
SHOULD_BE_GONE = "This should be gone. We are looking into it."
Counts = dict[str, int]


class Left(CandourError):
    """Something is left that should be gone; the erasure is tried again."""

    code = "erasure_left_something"


def finish(*, erasure: UUID, at: datetime) -> None:
    """Finish an erasure that was carried out; once it is certified, do nothing.

    Raises Left, after writing a certificate that says so, while anything remains. For
    paper that somebody has to destroy it waits: the first certificate says what lies
    there, and the next one is written when it is gone.
    """
    entry = Ledger.objects.filter(ref=erasure).first()
    if entry is None or _certified(entry):
        return
    if str(entry.ref) not in ledger.read().lines:
        ledger.append(line_of(entry))
    files.remove(entry.scope["files"])
    found = _read_again(entry, at)
    if _left(entry, found).keys() - {HAND}:
        _erase_again(entry, at)
        found = _read_again(entry, at)
    waits = _left(entry, found).keys() == {HAND}
    if waits and Certificate.objects.filter(request_ref=entry.request_ref).exists():
        return
    if not _certify(entry, found, read_at=at, at=at) and not waits:
        raise Left


def _certified(entry: Ledger) -> bool:
    return Certificate.objects.filter(
        request_ref=entry.request_ref, complete=True
    ).exists()


def _read_again(entry: Ledger, at: datetime) -> Counts:
    """Return what is there now: rows by table, keys by class, jobs, files."""
    with gate.open(
        by=ERASER,
        purpose=PURPOSE,
        people=entry.numbers,
        verb="disposal:erasure:read-again",
        at=at,
    ):
        raw: psycopg.Connection[Any] = connection.connection
        wanted = {
            "people": entry.numbers,
            "refs": entry.refs,
            "whole": RecordClass.IDENTITY in entry.scope["goes"],
        }
        found: Counts = dict(
            raw.execute(statements.read_again(), wanted).fetchall(),
        )
        [[events]] = raw.execute(
            "SELECT count(*) FROM trail_of_person(%s, %s)",
            [entry.person_id, entry.numbers[1:]],
        ).fetchall()
        found |= {
            TRAIL: events,
            LEDGER: Ledger.objects.filter(person_id=entry.person_id).count(),
            REFUSALS: refusals.count(entry.scope["refusals"]),
        }
    found[FILES] = files.there(entry.scope["files"])
    found[HAND] = by_hand.waiting(entry.ref)
    return found


def _left(entry: Ledger, found: Counts) -> Counts:
    """Return what is there and should not be."""
    goes = set(entry.scope["goes"])
    tables = set(statements.deletes(frozenset(map(RecordClass, goes))))
    tables |= {f"{KEYS}/{klass}" for klass in goes} | {JOBS, FILES, HAND}
    return {name: count for name, count in found.items() if count and name in tables}


def _erase_again(entry: Ledger, at: datetime) -> None:
    """Take what came in between the erasing and now, such as a reply just sent."""
    with gate.open(
        by=ERASER,
        purpose=PURPOSE,
        people=entry.numbers,
        verb="disposal:erasure:run",
        at=at,
    ):
        raw: psycopg.Connection[Any] = connection.connection
        goes = entry.scope["goes"]
        classes, late = frozenset(map(RecordClass, goes)), list[str]()
        for number in entry.numbers:
            late += files.names(raw, number, classes)
            delete(raw, number, goes)
            raw.execute(statements.DELETE_KEYS, [number, goes])
        raw.execute(statements.DELETE_JOBS, [entry.refs])
    files.remove(late)


def _certify(entry: Ledger, found: Counts, *, read_at: datetime, at: datetime) -> bool:
    """Write the certificate, and let go of a person of whom something must stay."""
    content = _content(entry, found, read_at)
    said = json.dumps(content, sort_keys=True, separators=(",", ":"))
    fingerprint = hashlib.sha256(said.encode()).hexdigest()
    complete = bool(content["complete"])
    with gate.open(
        by=ERASER,
        purpose=PURPOSE,
        people=[entry.person_id],
        verb=f"disposal:certificate:issue:{fingerprint}",  # the trail seals it
        at=at,
    ):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                [str(entry.ref)],
            )
        if _certified(entry):
            return True
        Certificate.objects.create(
            request_ref=entry.request_ref,
            number=content["number"],
            issued_at=at,
            complete=complete,
            content=content,
            fingerprint=fingerprint,
        )
        if complete:
            _release(entry, at)
            queue.defer(entry.then, request=entry.request_ref)
    return complete


def _release(entry: Ledger, at: datetime) -> None:
    """Unlock somebody of whom something must stay: it is kept, and used for no more."""
    Standing.objects.filter(person=entry.person_id).update(
        locked_at=None, restricted_at=Coalesce("restricted_at", at)
    )


def _content(entry: Ledger, found: Counts, read_at: datetime) -> dict[str, Any]:
    """Return the certificate's words and figures. There is nothing personal in it."""
    left = _left(entry, found)
    _, keys_by, backups_by = dates(entry.at)
    rows, kept = entry.scope["rows"], entry.scope["stays"]
    names = {e.table: name_of(e) for e in in_reading_order()}
    names |= {table: said["name"] for table, said in kept.items()}
    listed = [name for name in names if rows.get(name) or found.get(name)]
    tables = [
        _line(name, names[name], rows.get(name, 0), found.get(name, 0), left, kept)
        for name in listed
    ]
    tables += [
        _line(name, _other_name(name), 0, count, left, kept)
        for name, count in left.items()
        if name not in names
    ]
    return {
        "number": f"E-{local_date(entry.at).year}-{entry.pk:04d}",
        "request": str(entry.request_ref),
        "complete": not left,
        "asked_on": entry.asked_on.isoformat(),
        "erased_at": entry.at.isoformat(),
        "read_at": read_at.isoformat(),
        "gone_at": read_at.isoformat() if not left else None,
        "keys_by": keys_by.isoformat(),
        "backups_by": backups_by.isoformat(),
        "tables": tables,
        # Files and paper are no tables.
        "tables_read": len({n.partition("/")[0] for n in found} | {KEYS}) - 2,
        "rows_erased": sum(rows.values()),
        "files_erased": max(0, entry.scope["files_there"] - found[FILES]),
        "keys_destroyed": entry.scope["keys"],
        "policy": entry.policy.version,
        "clause": entry.clause,
    }


def _other_name(name: str) -> str:
    return NOT_TABLES[name.partition("/")[0]]


def _line(
    table: str,
    name: str,
    erased: int,
    count: int,
    left: Counts,
    kept: dict[str, dict[str, str]],
) -> dict[str, Any]:
    said = kept.get(table, {})
    gone = by_hand.WAITS if table == HAND else SHOULD_BE_GONE
    why = gone if table in left else said.get("why", "")
    return {
        "table": table,
        "name": name,
        "erased": erased,
        "left": count,
        "kept": why if count else "",
        "article": said.get("article", "") if count else "",
        "clause": said.get("clause", "") if count else "",
    }
