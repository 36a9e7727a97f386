"""The second wall, tried with raw SQL as the run-time role.

What is tried here is what an injected statement could try: reading without a scope or
outside it, leaving no event, and reaching for the key.
"""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection
from psycopg.errors import InsufficientPrivilege

from candour import gate
from candour.core.actor import system
from candour.core.ids import new_ref
from candour.enquiries.models import Enquiry
from candour.people.models import Person
from candour.policy.terms import Reach
from candour.register.declare import personal_tables
from tests.apps.walls_cast import enter, record, scope
from tests.factories import CANARY, NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def raw(runtime_sql: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own as the run-time role, outside every unit of work."""
    runtime_sql.autocommit = False
    yield runtime_sql
    runtime_sql.rollback()


@pytest.mark.parametrize("entry", personal_tables(), ids=lambda entry: entry.table)
def test_every_personal_table_raises_without_a_scope_even_when_empty(
    raw: psycopg.Connection[Any], entry: Any
) -> None:
    with pytest.raises(InsufficientPrivilege, match="no scope"):
        raw.execute(f'SELECT * FROM "{entry.table}"').fetchall()


@pytest.mark.parametrize("entry", personal_tables(), ids=lambda entry: entry.table)
def test_every_personal_table_raises_outside_its_record_class(
    raw: psycopg.Connection[Any], entry: Any
) -> None:
    other = "identity" if entry.record_class != "identity" else "enquiry"
    enter(raw, scope(raw, classes=other))

    with pytest.raises(InsufficientPrivilege, match="outside the scope"):
        raw.execute(f'SELECT count(*) FROM "{entry.table}"').fetchall()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE \"people_person\" SET name = 'x'",
        'DELETE FROM "people_person"',
        "SELECT count(*) FROM people_person WHERE id = 424242",
        "SELECT 1 WHERE EXISTS (SELECT FROM people_person)",
        "SELECT p.name FROM trail_batch b LEFT JOIN people_person p ON p.id = b.id",
        "WITH p AS (SELECT * FROM people_person) SELECT count(*) FROM p",
    ],
)
def test_every_way_of_asking_raises_without_a_scope(
    raw: psycopg.Connection[Any], statement: str
) -> None:
    with pytest.raises(InsufficientPrivilege, match="no scope"):
        raw.execute(statement)


def test_a_scope_shows_its_people_and_nobody_else(raw: psycopg.Connection[Any]) -> None:
    publish_policy()
    mine, theirs = (
        make_enquiry(),
        make_enquiry(name="Barnaby Oatcake", email="b@example.org"),
    )

    enter(raw, scope(raw, people=str(mine.person_id)))

    names = raw.execute("SELECT name FROM people_person").fetchall()
    assert names == [(CANARY,)]
    assert theirs.person_id != mine.person_id


def test_nothing_can_be_written_for_anybody_outside_the_scope(
    raw: psycopg.Connection[Any],
) -> None:
    enter(raw, scope(raw, people="7"))

    with pytest.raises(InsufficientPrivilege, match="row-level security"):
        raw.execute(
            "INSERT INTO people_person"
            " (id, ref, name, preferred_name, source, made_at, brand)"
            " VALUES (8, %s, 'x', '', 'website-form', now(), '')",
            [uuid4()],
        )


def test_a_unit_of_work_cannot_end_without_its_event(
    raw: psycopg.Connection[Any],
) -> None:
    enter(raw, scope(raw))

    with pytest.raises(InsufficientPrivilege, match="without its event"):
        raw.commit()


@pytest.mark.parametrize(
    ("act", "people"), [("another", [7]), ("its own", [7, 8]), ("its own", [8])]
)
def test_an_event_is_of_its_unit_and_about_its_people(
    raw: psycopg.Connection[Any], act: str, people: list[int]
) -> None:
    mine = new_ref()
    enter(raw, scope(raw, act=mine))

    with pytest.raises(InsufficientPrivilege, match="not of this unit"):
        record(raw, mine if act == "its own" else new_ref(), people)


def test_nothing_is_allowed_on_the_trail_without_a_scope(
    raw: psycopg.Connection[Any],
) -> None:
    with pytest.raises(InsufficientPrivilege):
        record(raw, new_ref())


def test_a_batch_of_what_is_not_finished_is_refused(
    raw: psycopg.Connection[Any],
) -> None:
    with pytest.raises(InsufficientPrivilege, match="not finished"):
        raw.execute(
            "INSERT INTO trail_batch (id, epoch, from_xid, to_xid, events, changes,"
            " root, previous, sealed_at, signature) VALUES (1, 1, '0'::xid8,"
            " '9999999999'::xid8, 0, 0, '', '', now(), '')"
        )


def test_a_policy_that_the_clinic_did_not_sign_is_refused(
    raw: psycopg.Connection[Any],
) -> None:
    with pytest.raises(InsufficientPrivilege, match="did not sign"):
        raw.execute(
            "SELECT notices_publish"
            "(%s, 'mine', '1', '{}', 'x', 'me', now(), false, %s)",
            [new_ref(), "0" * 64],
        )


def test_other_connections_see_neither_values_nor_scopes(
    raw: psycopg.Connection[Any],
) -> None:
    publish_policy()
    make_enquiry()

    seen = raw.execute("SELECT query FROM pg_stat_activity").fetchall()

    assert seen
    assert CANARY not in str(seen)
    assert "|consent" not in str(seen)
    assert "consent,enquiry" not in str(seen)


def test_a_key_that_is_destroyed_is_on_the_trail(
    raw: psycopg.Connection[Any], owner_sql: psycopg.Connection[Any]
) -> None:
    publish_policy()
    enquiry = make_enquiry()
    act = new_ref()
    enter(raw, scope(raw, classes="enquiry", people=str(enquiry.person_id), act=act))

    raw.execute("DELETE FROM vault.key")
    record(raw, act, [enquiry.person_id])
    raw.commit()

    [(table, people)] = owner_sql.execute(
        "SELECT tbl, people FROM trail_change WHERE act = %s", [act]
    ).fetchall()
    assert (table, people) == ("vault.key", [enquiry.person_id])


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM wall.key",
        "SELECT wall.mac('enter:anything')",
        "SELECT wall.scope()",
        "SELECT * FROM trail_event",
        "SELECT * FROM trail_change",
        "UPDATE trail_event SET actor = 'nobody'",
        "DELETE FROM trail_event",
        "TRUNCATE trail_event",
        "INSERT INTO trail_change (tbl, op, row_ids, people)"
        " VALUES ('x', 'insert', '{}', '{}')",
        "UPDATE notices_policy_version SET demo = false",
        "INSERT INTO notices_policy_version (ref, name, version, sources, hash,"
        " published_by, published_at, demo)"
        " VALUES (gen_random_uuid(), 'x', 'x', '{}', 'x', 'x', now(), false)",
        "DELETE FROM consent_suppression",
        "SELECT * FROM wall.opened",
        "CREATE TABLE mine (x int)",
        "CREATE TEMP TABLE mine (x int)",
        "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
        "DROP TABLE people_person",
        "SET ROLE postgres",
    ],
)
def test_the_runtime_role_cannot_reach_behind_the_wall(
    raw: psycopg.Connection[Any], statement: str
) -> None:
    with pytest.raises((InsufficientPrivilege, psycopg.errors.InvalidParameterValue)):
        raw.execute(statement)


def test_the_runtime_role_is_no_superuser_and_owns_nothing(
    raw: psycopg.Connection[Any],
) -> None:
    rights = raw.execute(
        "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles"
        " WHERE rolname = current_user"
    ).fetchone()
    owned = raw.execute(
        "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner"
        " WHERE r.rolname = current_user"
    ).fetchone()

    assert rights == (False, False, False, False)
    assert owned == (0,)


def test_keys_are_behind_the_wall_as_well(raw: psycopg.Connection[Any]) -> None:
    publish_policy()
    enquiry = make_enquiry()
    with pytest.raises(InsufficientPrivilege, match="no scope"):
        raw.execute("SELECT * FROM vault.key").fetchall()
    raw.rollback()

    enter(raw, scope(raw, classes="identity", people=str(enquiry.person_id)))
    assert raw.execute("SELECT * FROM vault.key").fetchall() == []
    raw.rollback()

    enter(raw, scope(raw, classes="enquiry", people=str(enquiry.person_id)))
    assert len(raw.execute("SELECT * FROM vault.key").fetchall()) == 1


def test_pooled_connections_never_carry_a_scope_over() -> None:
    """Threads take turns on few connections; each sees its own person, always."""
    publish_policy()
    refs = {
        make_enquiry(
            name=f"Canary {n}", email=f"c{n}@example.org"
        ).person_id: f"Canary {n}"
        for n in range(4)
    }
    wrong: list[object] = []

    def work(person: int, name: str) -> None:
        try:
            for _ in range(20):
                with gate.open(
                    by=system("test"),
                    purpose="rights",
                    people=[person],
                    verb="t:t:t",
                    at=NOON,
                ) as permit:
                    rows = permit.read(Person.objects.all(), "name")
                    if [row.name for row in rows] != [name]:
                        wrong.append(rows)
                try:
                    list(Person.objects.all())
                    wrong.append("read without a scope")
                except ProgrammingError as error:
                    if "no scope" not in str(error):
                        wrong.append(error)
                    connection.rollback()
        finally:
            connection.close()

    _together([partial(work, p, n) for p, n in refs.items()])

    assert wrong == []


def _together(tasks: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_unit_of_work_reads_only_the_classes_of_its_purpose() -> None:
    publish_policy()
    make_enquiry()

    with (
        pytest.raises(ProgrammingError, match="enquiry is outside the scope"),
        gate.open(
            by=system("test"), purpose="audit", verb="t:t:t", at=NOON, reach=Reach.ALL
        ),
    ):
        list(Enquiry.objects.all())


def test_changes_are_written_by_triggers_for_every_row_of_a_bulk_update(
    owner_sql: psycopg.Connection[Any],
) -> None:
    publish_policy()
    people = [make_enquiry(email=f"b{n}@example.org").person_id for n in range(3)]

    with gate.open(
        by=system("test"),
        purpose="retention",
        verb="t:bulk:t",
        at=NOON,
        reach=Reach.ALL,
    ) as permit:
        Enquiry.objects.update(status="closed")

    [(row_ids, whose)] = owner_sql.execute(
        "SELECT row_ids, people FROM trail_change WHERE act = %s AND op = 'update'",
        [permit.act],
    ).fetchall()
    assert len(row_ids) == 3
    assert whose == sorted(people)
