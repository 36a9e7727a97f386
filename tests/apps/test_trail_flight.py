"""Statements that travel together: what holds when one of them fails, or the line."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import pq

from candour.trail import flight
from candour.trail.flight import COMMIT, array, fly

pytestmark = pytest.mark.usefixtures("db")

Sql = psycopg.Connection[Any]
SEEN = b"SELECT 1 FROM django_migrations WHERE app = $1"


@pytest.fixture
def table(owner_sql: Sql) -> Iterator[Sql]:
    owner_sql.execute("CREATE TEMP TABLE flown (word text CHECK (word <> 'no'))")
    yield owner_sql
    owner_sql.execute("ROLLBACK")
    owner_sql.execute("DROP TABLE flown")


def add(word: bytes) -> flight.Statement:
    return b"INSERT INTO flown (word) VALUES ($1)", (word,)


def words(sql: Sql) -> list[str]:
    return [word for (word,) in sql.execute("SELECT word FROM flown").fetchall()]


def test_results_come_back_in_order(owner_sql: Sql) -> None:
    one, two = fly(owner_sql, (b"SELECT $1", (b"a",)), (b"SELECT $1", (None,)))

    assert (one.get_value(0, 0), two.get_value(0, 0)) == (b"a", None)


def test_a_transaction_is_begun_where_the_connection_begins_one(
    runtime_sql: Sql,
) -> None:
    runtime_sql.autocommit = False
    [result] = fly(runtime_sql, (b"SELECT 1", ()))

    assert result.get_value(0, 0) == b"1"
    begun = runtime_sql.info.transaction_status
    fly(runtime_sql, COMMIT)
    ended = runtime_sql.info.transaction_status
    assert (begun, ended) == (pq.TransactionStatus.INTRANS, pq.TransactionStatus.IDLE)


def test_nothing_is_committed_after_a_statement_that_failed(table: Sql) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        fly(table, flight.BEGIN, add(b"yes"), add(b"no"), COMMIT)

    assert table.info.transaction_status == pq.TransactionStatus.INERROR
    table.execute("ROLLBACK")
    assert words(table) == []


def test_a_commit_that_fails_is_raised(table: Sql) -> None:
    table.execute("ALTER TABLE flown ADD UNIQUE (word) DEFERRABLE INITIALLY DEFERRED")

    with pytest.raises(psycopg.errors.UniqueViolation):
        fly(table, flight.BEGIN, add(b"yes"), add(b"yes"), COMMIT)

    assert words(table) == []


def test_a_zero_byte_is_refused_and_not_cut_off(table: Sql) -> None:
    with pytest.raises(ValueError, match="zero byte"):
        fly(table, add(b"yes\0but"))

    assert words(table) == []


@pytest.mark.parametrize(
    "values", [[], [1, 2], ["a", "b c"], ['"', "\\", "{,}", "", "NULL", "café"]]
)
def test_arrays_arrive_as_they_were(owner_sql: Sql, values: list[object]) -> None:
    sent = (b"SELECT to_json($1::text[])::text", (array(values),))
    [result] = fly(owner_sql, sent)

    said = owner_sql.execute(
        "SELECT to_json(%s::text[])::text", [[str(value) for value in values]]
    ).fetchone()
    assert said is not None
    assert result.get_value(0, 0) == said[0].encode()


def test_a_journey_that_was_broken_off_ends_the_connection(
    runtime_sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows what arrived, so nothing may be sent after it."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("candour.trail.flight.generators.fetch", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fly(runtime_sql, (b"SELECT 1", ()))
    monkeypatch.undo()

    assert runtime_sql.closed
