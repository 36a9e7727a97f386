"""Sealing: everything that was committed, once, in order, and nothing that was not."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, connections

from candour import gate
from candour.core.actor import VISITOR
from candour.core.errors import Misconfigured
from candour.trail import keys
from candour.trail.seal import BATCHES, LAST_XID, Batch, batch_of, seal
from candour.trail.verify import verify
from tests.factories import NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")

Sql = psycopg.Connection[Any]


def batches(sql: Sql) -> list[Batch]:
    return [batch_of(row) for row in sql.execute(f"{BATCHES} ORDER BY id").fetchall()]


@pytest.fixture
def slow(owner_sql: Sql, _database: Any) -> Iterator[Sql]:
    """A connection with a transaction of its own that takes its time."""
    from tests.database import worker

    with psycopg.connect(_database.owner(worker())) as other:
        yield other
        other.rollback()


AN_ACT = (
    "INSERT INTO trail_event (at, act, actor, role, verb, purpose, outcome, clause)"
    " VALUES (now(), gen_random_uuid(), 'system:slow', 'system', 'a:b:c', 'audit',"
    " 'note', 'purposes.audit')"
)


def test_nothing_to_seal_makes_no_batch(owner_sql: Sql) -> None:
    assert seal(at=NOON) is None
    assert batches(owner_sql) == []


def test_what_is_sealed_is_not_sealed_again(owner_sql: Sql) -> None:
    publish_policy()
    make_enquiry()

    first, second = seal(at=NOON), seal(at=NOON)

    assert first is not None
    assert (first.events, first.id) == (1, 1)
    assert first.changes > 0
    assert second is None
    assert batches(owner_sql) == [first]


def test_each_batch_follows_the_one_before_it(owner_sql: Sql) -> None:
    publish_policy()
    for minute in range(3):
        make_enquiry()
        seal(at=NOON + timedelta(minutes=minute))

    one, two, three = batches(owner_sql)

    assert (one.id, two.id, three.id) == (1, 2, 3)
    assert (two.previous, three.previous) == (one.digest(), two.digest())
    assert (two.from_xid, three.from_xid) == (one.to_xid, two.to_xid)
    assert verify(owner_sql).problems == []


def test_an_act_that_began_before_the_seal_and_commits_after_it_is_in_the_next(
    owner_sql: Sql, slow: Sql
) -> None:
    publish_policy()
    make_enquiry()
    slow.execute(AN_ACT)  # begun, and not committed yet
    make_enquiry()  # begun later, committed at once

    first = seal(at=NOON)
    assert first is not None
    assert first.events == 1  # the enquiry from before the slow act, and no more
    assert verify(owner_sql).problems == []
    slow.commit()
    assert verify(owner_sql).problems == []
    second = seal(at=NOON)

    assert second is not None
    assert second.events == 2  # the late act, and the one that overtook it
    found = verify(owner_sql)
    assert (found.problems, found.unsealed) == ([], 0)


def test_a_late_act_that_is_taken_back_is_in_no_batch(
    owner_sql: Sql, slow: Sql
) -> None:
    publish_policy()
    assert seal(at=NOON) is not None  # that it was published
    slow.execute(AN_ACT)
    make_enquiry()
    assert seal(at=NOON) is None
    slow.rollback()

    batch = seal(at=NOON)

    assert batch is not None
    assert batch.events == 1
    assert verify(owner_sql).problems == []


def test_a_savepoint_inside_an_act_does_not_lose_it(owner_sql: Sql) -> None:
    """The row carries the outermost transaction's id, not the savepoint's."""
    with owner_sql.transaction(), owner_sql.transaction():
        owner_sql.execute(AN_ACT)

    assert seal(at=NOON) is not None
    assert verify(owner_sql).problems == []


def test_many_sealers_and_writers_at_once_lose_nothing(owner_sql: Sql) -> None:
    publish_policy()

    def work(number: int) -> None:
        try:
            for _ in range(6):
                make_enquiry() if number % 2 else seal(at=NOON)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seal(at=NOON)

    assert sum(batch.events for batch in batches(owner_sql)) == 12
    found = verify(owner_sql)
    assert (found.problems, found.unsealed) == ([], 0)


def test_after_a_restore_the_rest_of_the_past_epoch_is_sealed_first(
    superuser_sql: Sql,
) -> None:
    """A restored database counts its transactions from the start again."""
    publish_policy()
    make_enquiry()
    seal(at=NOON)
    make_enquiry()
    epoch = (
        "CREATE OR REPLACE FUNCTION trail_epoch() RETURNS smallint LANGUAGE sql STABLE"
    )
    superuser_sql.execute(f"{epoch} AS 'SELECT 2::smallint'")
    try:
        waiting = verify(superuser_sql)
        assert (waiting.problems, waiting.unsealed > 0) == ([], True)
        make_enquiry()

        rest, fresh = seal(at=NOON), seal(at=NOON)

        assert rest is not None
        assert (rest.epoch, rest.to_xid) == (1, LAST_XID)
        assert fresh is not None
        assert (fresh.epoch, fresh.from_xid, fresh.events) == (2, 0, 1)
        found = verify(superuser_sql)
        assert (found.problems, found.unsealed) == ([], 0)
    finally:
        superuser_sql.execute(f"{epoch} AS 'SELECT 1::smallint'")


def test_without_the_signing_key_nothing_is_sealed(
    owner_sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_policy()
    make_enquiry()

    def missing() -> None:
        raise Misconfigured

    monkeypatch.setattr(keys, "signing_key", missing)
    with pytest.raises(Misconfigured):
        seal(at=NOON)

    assert batches(owner_sql) == []


@pytest.mark.parametrize("column", ["id", "epoch", "xid", "salt"])
def test_the_site_cannot_say_when_a_row_was_written(
    runtime_sql: Sql, column: str
) -> None:
    value = {"id": "7", "epoch": "1", "xid": "'5'", "salt": "gen_random_uuid()"}[column]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime_sql.execute(
            AN_ACT.replace("(at,", f"({column}, at,").replace(
                "VALUES (now(),", f"OVERRIDING SYSTEM VALUE VALUES ({value}, now(),"
            )
        )


@pytest.mark.parametrize("table", ["trail_event", "trail_change"])
def test_the_site_can_neither_read_nor_change_nor_empty_the_trail(
    runtime_sql: Sql, table: str
) -> None:
    for statement in (
        f"SELECT * FROM {table}",
        f"UPDATE {table} SET people = '{{}}'",
        f"DELETE FROM {table}",
        f"TRUNCATE {table}",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            runtime_sql.execute(statement)


@pytest.mark.parametrize("table", ["trail_event", "trail_change", "trail_batch"])
def test_even_the_owner_must_switch_a_trigger_off_first(
    owner_sql: Sql, table: str
) -> None:
    for statement in (f"UPDATE {table} SET epoch = 2", f"DELETE FROM {table}"):
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            owner_sql.execute(statement)


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "a\\b", 'a"b', "a\x7fb"])
def test_a_text_that_copy_would_escape_is_refused(runtime_sql: Sql, text: str) -> None:
    """Otherwise the line that is hashed would not be the line that is stored."""
    for column in ("categories", "verb"):
        with pytest.raises(psycopg.errors.CheckViolation):
            runtime_sql.execute(
                "INSERT INTO trail_event (at, act, actor, role, verb, purpose, outcome,"
                " clause, categories) VALUES (now(), gen_random_uuid(), 'system:x',"
                " 'system', %s, 'audit', 'note', 'c', %s)",
                [
                    text if column == "verb" else "v",
                    [text] if column == "categories" else [],
                ],
            )


def test_the_trail_is_written_with_the_work_or_not_at_all(owner_sql: Sql) -> None:
    publish_policy()

    class Stop(Exception):
        pass

    with (
        pytest.raises(Stop),
        gate.open(by=VISITOR, purpose="enquiry", people=[7], verb="a:b:c", at=NOON),
    ):
        raise Stop

    assert owner_sql.execute("SELECT count(*) FROM trail_event").fetchone() == (0,)
    assert not connection.in_atomic_block
