"""Erasing one person: rows, keys and jobs in one transaction, with the ledger.

It can be called any number of times, by whoever confirmed and by a job: the first that
gets the person's row does it, and the rest find it done.
"""

import time
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection, transaction

from candour import gate
from candour.core.actor import system
from candour.core.errors import NotFound, Unavailable
from candour.disposal import by_hand, files, ledger, refusals, statements
from candour.disposal.models import Erasure, Ledger
from candour.disposal.plan import rows_of
from candour.jobs import queue
from candour.people.models import Merge, Person, Standing
from candour.policy.vocabulary import RecordClass
from candour.register.declare import personal_tables
from candour.register.permit import Permit

FINISH = by_hand.FINISH
PURPOSE = "rights"
ERASER = system("erase")
ABOUT_ASKING = frozenset((RecordClass.REQUEST, RecordClass.MESSAGE))
PATIENCE, PAUSE = 200, 0.02  # tries, and seconds between them
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND usename = current_user AND pid <> pg_backend_pid() AND xact_start < %s"
)


class Outcome(StrEnum):
    """What came of carrying an erasure out."""

    DONE = "done"
    CALLED_OFF = "called-off"
    NOTHING = "nothing"


class StillBusy(Unavailable):
    """Somebody is still at work on this record. It is erased when they are done."""

    code = "erasure_waits"


def run(*, erasure: UUID, at: datetime) -> Outcome:
    """Carry out a confirmed erasure. One that is done, or called off, is left alone.

    It is called off when something came in between showing and locking: what is erased
    is what was seen. Raises StillBusy while work goes on that began before the locking.
    """
    if Ledger.objects.filter(ref=erasure).exists():
        return Outcome.NOTHING
    try:
        person_id = gate.owner_of(Erasure, erasure)
    except NotFound:
        return Outcome.NOTHING
    _wait_for_others()
    with gate.open(
        by=ERASER,
        purpose=PURPOSE,
        people=[person_id],
        verb="disposal:erasure:run",
        at=at,
    ) as permit:
        person = Person.objects.select_for_update().filter(pk=person_id).first()
        confirmed = Erasure.objects.filter(ref=erasure).first()
        done = Ledger.objects.filter(ref=erasure).exists()
        if person is None or confirmed is None or done:
            return Outcome.NOTHING
        if _arrived_since(confirmed):
            _call_off(confirmed)
            return Outcome.CALLED_OFF
        _erase(person, confirmed, permit)
        return Outcome.DONE


def _wait_for_others() -> None:
    """Wait until every unit of work that may have begun before the locking has ended.

    Whoever opened one earlier was told that the person may be used, and foreign keys
    are checked only at commit: nothing else would make them and us meet.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [since] = cursor.fetchone()
        for _ in range(PATIENCE):
            cursor.execute(OTHERS, [since])
            if cursor.fetchone() == (0,):
                return
            time.sleep(PAUSE)
    raise StillBusy


def _arrived_since(confirmed: Erasure) -> bool:
    """Say whether somebody added something after the plan was confirmed.

    Steps of the request and letters of ours do not count: they are about the asking.
    """
    now = rows_of(confirmed.person_id)
    return any(
        now[entry.table] > confirmed.rows.get(entry.table, 0)
        for entry in personal_tables()
        if entry.record_class not in ABOUT_ASKING
    )


def _call_off(confirmed: Erasure) -> None:
    """Unlock the person and let whoever asked look again."""
    Standing.objects.filter(person=confirmed.person_id).update(locked_at=None)
    queue.defer(confirmed.then, request=confirmed.request_ref)
    confirmed.delete()


def _erase(person: Person, confirmed: Erasure, permit: Permit) -> None:
    raw: psycopg.Connection[Any] = connection.connection
    named = files.names(raw, person.pk, _classes(confirmed.goes))
    by_hand.note(confirmed, permit.at)
    joined = Merge.objects.filter(person=person.pk, undone_at=None).order_by("pk")
    also = [[m.absorbed_id, str(m.absorbed_ref)] for m in joined]
    refused = refusals.keep(person.pk, permit=permit, at=permit.at)
    refs = _refs(raw, person.pk, confirmed.goes)
    rows = delete(raw, person.pk, confirmed.goes)
    keys = raw.execute(statements.DELETE_KEYS, [person.pk, confirmed.goes]).rowcount
    raw.execute(statements.DELETE_JOBS, [refs])
    scope = {
        "goes": list(confirmed.goes),
        "stays": confirmed.stays,
        "rows": {table: count for table, count in rows.items() if count},
        "keys": keys,
        "refusals": refused,
        "files": named,
        "files_there": files.there(named),
        "also": also,
    }
    entry = Ledger.objects.create(
        ref=confirmed.ref,
        person_id=person.pk,
        person_ref=person.ref,
        request_ref=confirmed.request_ref,
        asked_on=confirmed.asked_on,
        at=permit.at,
        scope=scope,
        then=confirmed.then,
        policy_id=confirmed.policy_id,
        clause=confirmed.clause,
    )
    queue.defer(FINISH, erasure=confirmed.ref)
    ledger.append(line_of(entry))


def line_of(entry: Ledger) -> dict[str, Any]:
    """Return the line of the file outside the database: what a restore must redo."""
    return {
        "erasure": str(entry.ref),
        "person": entry.person_id,
        "person_ref": str(entry.person_ref),
        "also": [number for number, _ in entry.scope["also"]],
        "request": str(entry.request_ref),
        "at": entry.at.isoformat(),
        "goes": entry.scope["goes"],
    }


def delete(
    raw: psycopg.Connection[Any], person_id: int, classes: Iterable[str]
) -> Mapping[str, int]:
    """Delete a person's rows of some record classes; return table -> how many."""
    chosen = statements.deletes(_classes(classes))
    with raw.pipeline():
        done = {table: raw.execute(sql, [person_id]) for table, sql in chosen.items()}
    return {table: cursor.rowcount for table, cursor in done.items()}


def _classes(names: Iterable[str]) -> frozenset[RecordClass]:
    return frozenset(RecordClass(name) for name in names)


def forget(person_id: int) -> None:
    """Remove somebody who turned out to be someone else, inside the caller's unit.

    What was theirs has been handed over by then; nothing is certified.
    """
    raw: psycopg.Connection[Any] = connection.connection
    everything = [str(klass) for klass in RecordClass]
    named = files.names(raw, person_id, _classes(everything))
    delete(raw, person_id, everything)
    raw.execute(statements.DELETE_KEYS, [person_id, everything])
    transaction.on_commit(lambda: files.remove(named))


def _refs(
    raw: psycopg.Connection[Any], person_id: int, classes: Iterable[str]
) -> list[str]:
    sql, times = statements.refs(_classes(classes))
    return [ref for (ref,) in raw.execute(sql, [person_id] * times).fetchall()]
