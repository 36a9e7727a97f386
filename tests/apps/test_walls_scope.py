"""Scopes, tried with raw SQL as the run-time role: forged, widened, kept, replayed."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from candour.core.ids import new_ref
from tests.apps.walls_cast import enter, record, scope
from tests.factories import make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def raw(runtime_sql: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own as the run-time role, outside every unit of work."""
    runtime_sql.autocommit = False
    yield runtime_sql
    runtime_sql.rollback()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"pid": 1}, "stale scope"),
        ({"seconds": -1}, "stale scope"),
        ({"seconds": 86_400}, "stale scope"),
    ],
)
def test_a_scope_is_for_this_backend_and_a_while(
    raw: psycopg.Connection[Any], wrong: dict[str, int], said: str
) -> None:
    with pytest.raises(InsufficientPrivilege, match=said):
        enter(raw, scope(raw, **wrong))  # type: ignore[arg-type]


def test_an_altered_scope_is_forged(raw: psycopg.Connection[Any]) -> None:
    said, mac = scope(raw)

    with pytest.raises(InsufficientPrivilege, match="forged scope"):
        enter(raw, (said.replace("|7|", "|*|"), mac))


@pytest.mark.parametrize("setting", ["candour.scope", "candour.people", "wall.opened"])
def test_nothing_that_can_be_set_widens_a_scope(
    raw: psycopg.Connection[Any], setting: str
) -> None:
    publish_policy()
    mine, _ = make_enquiry(), make_enquiry(email="other@example.org")
    said, mac = scope(raw, people=str(mine.person_id))
    enter(raw, (said, mac))

    for value in ("*", said.replace(f"|{mine.person_id}|", "|*|"), f"{said}|{mac}"):
        raw.execute("SELECT set_config(%s, %s, false)", [setting, value])

    assert raw.execute("SELECT id FROM people_person").fetchall() == [(mine.person_id,)]


def test_a_scope_is_over_with_its_transaction(raw: psycopg.Connection[Any]) -> None:
    act = new_ref()
    enter(raw, scope(raw, act=act))
    record(raw, act)
    raw.commit()

    with pytest.raises(InsufficientPrivilege, match="no scope"):
        raw.execute("SELECT * FROM people_person").fetchall()


def test_a_scope_that_was_rolled_back_to_a_savepoint_is_gone(
    raw: psycopg.Connection[Any],
) -> None:
    raw.execute("SAVEPOINT before")
    enter(raw, scope(raw))
    raw.execute("ROLLBACK TO SAVEPOINT before")

    with pytest.raises(InsufficientPrivilege, match="no scope"):
        raw.execute("SELECT * FROM people_person").fetchall()


def test_a_statement_prepared_in_one_scope_answers_in_the_next(
    raw: psycopg.Connection[Any],
) -> None:
    """A plan that is kept must ask anew whom the scope is about."""
    publish_policy()
    mine, other = make_enquiry(), make_enquiry(email="other@example.org")
    for people, seen in (("*", 2), (str(mine.person_id), 1), (str(other.person_id), 1)):
        act = new_ref()
        enter(raw, scope(raw, people=people, act=act))
        if people == "*":
            raw.execute("PREPARE everybody AS SELECT id FROM people_person")
        found = raw.execute("EXECUTE everybody").fetchall()
        record(raw, act, [])
        raw.commit()

        assert len(found) == seen
        assert people == "*" or found == [(int(people),)]

    with pytest.raises(InsufficientPrivilege, match="no scope"):
        raw.execute("EXECUTE everybody").fetchall()


@pytest.mark.parametrize(
    ("pid", "begun"), [("0", "'{0}'"), ("{1}", "'{0}'::timestamptz - interval '1 day'")]
)
def test_a_scope_from_before_a_restore_is_none(
    raw: psycopg.Connection[Any],
    owner_sql: psycopg.Connection[Any],
    pid: str,
    begun: str,
) -> None:
    """A database brought back from a dump counts its transactions anew."""
    said = raw.execute("SELECT pg_current_xact_id()::text, now()::text").fetchone()
    assert said is not None
    now = (said[1], raw.info.backend_pid)
    owner_sql.execute("ALTER TABLE wall.opened DISABLE TRIGGER must_be_recorded")
    owner_sql.execute(
        "INSERT INTO wall.opened (act, at, xid, pid, until, classes, people, reach)"
        f" VALUES (gen_random_uuid(), {begun.format(*now)}, '{said[0]}',"
        f" {pid.format(*now)}, now() + interval '1 minute', '{{identity}}', '{{}}',"
        " '{(,)}')"
    )
    owner_sql.execute("ALTER TABLE wall.opened ENABLE TRIGGER must_be_recorded")

    with pytest.raises(InsufficientPrivilege, match="no scope"):
        raw.execute("SELECT * FROM people_person").fetchall()


def test_a_scope_that_was_opened_is_a_replay(raw: psycopg.Connection[Any]) -> None:
    act = new_ref()
    said = scope(raw, act=act)
    enter(raw, said)
    record(raw, act)
    raw.commit()

    with pytest.raises(InsufficientPrivilege, match="replayed scope"):
        enter(raw, said)


def test_a_second_scope_cannot_be_opened_over_the_first(
    raw: psycopg.Connection[Any],
) -> None:
    enter(raw, scope(raw))

    with pytest.raises(InsufficientPrivilege, match="a scope is open"):
        enter(raw, scope(raw, people="*"))
