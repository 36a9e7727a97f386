"""Visits in a copy, and in an erasure; each column sorted, the notes opened."""

from typing import Any

import psycopg
import pytest

from candour import gate
from candour.appointments.models import Appointment, Recall, Waiting
from candour.core.actor import system
from candour.disposal import collect
from tests.apps.diary_cast import live
from tests.factories import NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")
TABLES = (
    "appointments_appointment",
    "appointments_appointment_practitioner",
    "appointments_appointment_resource",
    "appointments_recall",
    "appointments_waiting",
)


@pytest.fixture
def person(db: None) -> int:
    publish_policy()
    person = make_enquiry().person_id
    live(person)
    return person


def copied(person: int) -> dict[str, list[dict[str, Any]]]:
    with gate.open(
        by=system("test"), purpose="rights", people=[person], verb="t:t:t", at=NOON
    ) as permit:
        return {
            table.entry.table: list(table.rows)
            for table in collect.tables(person, permit=permit)
        }


def test_a_copy_holds_every_table_of_the_diary_with_its_notes_opened(
    person: int,
) -> None:
    rows = copied(person)

    assert all(rows[table] for table in TABLES)
    [visit] = rows["appointments_appointment"]
    assert (visit["what"], visit["note"]) == ("Laser", "Quillfeather: latex")
    [waiting] = rows["appointments_waiting"]
    assert waiting["available"] == ["tue 17:00-20:00"]
    assert waiting["note"] == "Quillfeather: after work"
    [seen_by] = rows["appointments_appointment_practitioner"]
    assert seen_by["called"] == "Ines Falk"


def test_a_note_is_sealed_where_it_lies(
    person: int, owner_sql: psycopg.Connection[Any]
) -> None:
    for table in ("appointments_appointment", "appointments_waiting"):
        [[note]] = owner_sql.execute(f"SELECT note FROM {table}").fetchall()
        assert b"Quillfeather" not in bytes(note)


def test_without_a_scope_the_diary_raises(
    person: int, runtime_sql: psycopg.Connection[Any]
) -> None:
    for table in TABLES:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            runtime_sql.execute(f"SELECT * FROM {table}")


def test_each_row_says_where_it_came_from_and_by_which_clause(person: int) -> None:
    with gate.open(
        by=system("test"), purpose="rights", people=[person], verb="t:t:t", at=NOON
    ):
        for model in (Appointment, Waiting, Recall):
            row = model.objects.get()
            assert row.source == "phone"
            assert row.clause == "purposes.appointments"
