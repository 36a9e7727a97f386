"""Adding to the trail, and checking all of it."""

import hashlib
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, transaction

from benchmarks.protocol import Peer, Row
from candour.core import clock
from candour.core.actor import system
from candour.core.ids import new_ref
from candour.trail import record
from candour.trail.seal import seal
from candour.trail.verify import verify as verify_trail
from tests.factories import NOON

BY = system("bench")
PLAIN = (
    "INSERT INTO bench_plain (at, act, actor, role, verb, purpose, outcome, clause,"
    " policy, categories, people) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
EVENTS = 60_000


def owner() -> psycopg.Connection[Any]:
    """Return a connection as the owner, who may read the trail."""
    place = settings.DATABASES["default"]
    told = f"host={place['HOST']} port={place['PORT']} dbname={place['NAME']}"
    return psycopg.connect(f"{told} user=candour_owner", autocommit=True)


def append() -> Row:
    """One event, against an INSERT of the same values into a bare table."""
    with owner() as sql:
        sql.execute(
            "CREATE TABLE IF NOT EXISTS bench_plain (id bigint GENERATED ALWAYS AS"
            " IDENTITY PRIMARY KEY, at timestamptz, act uuid, actor text, role text,"
            " verb text, purpose text, outcome text, clause text, policy bigint,"
            " categories text[], people bigint[])"
        )
        sql.execute("GRANT INSERT ON bench_plain TO candour_runtime")

    def ours() -> None:
        with transaction.atomic():
            connection.ensure_connection()
            record.write(connection.connection, _event())

    def plain() -> None:
        event = _event()
        with transaction.atomic():
            connection.ensure_connection()
            values = [event.at, event.act, str(BY), BY.role, event.verb, event.purpose]
            values += [event.outcome, event.clause, event.policy]
            values += [sorted(event.categories), sorted(set(event.people))]
            connection.connection.execute(PLAIN, values)

    def same() -> None:
        with owner() as sql:
            count = "SELECT count(*) FROM trail_event"
            before = sql.execute(count).fetchone()
            ours()
            after = sql.execute(count).fetchone()
        assert before is not None
        assert after == (before[0] + 1,)

    return Row("trail: append", ours, (Peer("plain INSERT", plain, 0.8, True),), same)


def _event() -> record.Event:
    return record.Event(
        at=NOON,
        act=new_ref(),
        by=BY,
        verb="bench:event:add",
        purpose="audit",
        outcome="note",
        clause="purposes.audit",
        policy=None,
        categories=("contact", "identity"),
        people=(1, 2),
    )


def verify() -> Row:
    """A full check of the trail, against hashing lines in memory."""
    with owner() as sql:
        sql.execute(
            "INSERT INTO trail_event (at, act, actor, role, verb, purpose, outcome,"
            " clause, people)"
            " SELECT now(), gen_random_uuid(), 'system:bench', 'system',"
            " 'bench:event:fill', 'audit', 'allow', 'purposes.audit', ARRAY[n]"
            " FROM generate_series(1, %s) n",
            [EVENTS],
        )
    seal(at=clock.now())
    reader = owner()
    rows = verify_trail(reader).rows
    lines = [b"%d\t1\t%d" % (n, n) + b"x" * 190 for n in range(rows)]

    def hashing() -> bytes:
        digest = b""
        for line in lines:
            digest = hashlib.sha256(b"\x00" + line).digest()
        return digest

    def same() -> None:
        report = verify_trail(reader)
        assert report.problems == [], report.problems
        assert report.rows >= EVENTS

    peers = (Peer("hashlib loop", hashing, 0.3, True),)
    return Row("trail: verify", lambda: verify_trail(reader), peers, same, inner=1)
