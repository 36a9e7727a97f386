"""The register is complete, and the check that says so bites."""

from typing import Any, ClassVar

import psycopg
import pytest
from django.conf import settings
from django.db import models

from candour.enquiries.models import Enquiry
from candour.gate.checks import every_column_is_sorted, problems_of
from candour.people.models import Person
from candour.policy.vocabulary import RecordClass
from candour.register import declare, walls
from candour.register.apply import differences
from candour.register.declare import declaration
from candour.register.others import FUNCTIONS


def test_every_column_of_every_model_is_sorted() -> None:
    assert every_column_is_sorted(None) == []


def test_the_check_names_a_column_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(Enquiry.Privacy.personal, "message")
    declare._declaration.cache_clear()

    found = [problem.msg for problem in problems_of(Enquiry)]
    declare._declaration.cache_clear()

    assert found == ["enquiries.Enquiry.message is not sorted"]


def test_the_check_names_a_category_of_another_record_class(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(Enquiry.Privacy.personal, "message", "health")
    declare._declaration.cache_clear()

    [problem] = problems_of(Enquiry)
    declare._declaration.cache_clear()

    assert "health is kept in clinical, not in enquiry" in problem.msg


def test_a_model_without_a_declaration_stops_everything() -> None:
    class Forgotten(models.Model):
        class Meta:
            app_label = "enquiries"
            managed = False

    [problem] = problems_of(Forgotten)

    assert problem.id == "gate.E001"


def test_a_sealed_column_that_is_no_bytes_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Privacy:
        owner = "person"
        record_class = RecordClass.ENQUIRY
        personal: ClassVar = {**Enquiry.Privacy.personal}
        plain: ClassVar = Enquiry.Privacy.plain
        sealed: ClassVar = {"status"}

    monkeypatch.setattr(Enquiry, "Privacy", Privacy)
    declare._declaration.cache_clear()

    [problem] = problems_of(Enquiry)
    monkeypatch.undo()
    declare._declaration.cache_clear()

    assert problem.id == "gate.E006"


@pytest.mark.usefixtures("db")
def test_the_database_is_as_the_register_says(
    owner_sql: psycopg.Connection[Any],
) -> None:
    assert differences() == []


@pytest.mark.usefixtures("db")
def test_a_dropped_wall_trigger_or_stray_table_is_named(
    owner_sql: psycopg.Connection[Any],
) -> None:
    owner_sql.execute("DROP POLICY candour_wall ON people_person")
    owner_sql.execute("DROP TRIGGER candour_update ON enquiries_enquiry")
    owner_sql.execute("CREATE TABLE stray (id int)")
    try:
        found = differences()
    finally:
        owner_sql.execute("DROP TABLE stray")
        for statement in (
            *walls.wall(declaration(Person), settings.RUNTIME_ROLE),
            *walls.triggers(declaration(Enquiry)),
        ):
            owner_sql.execute(statement.encode())

    assert "people_person has no wall" in found
    assert "enquiries_enquiry lacks trigger candour_update" in found
    assert "stray is on no list" in found
    assert differences() == []


@pytest.mark.usefixtures("db")
def test_functions_that_run_as_the_owner_are_on_the_list_and_closed_to_others(
    owner_sql: psycopg.Connection[Any],
) -> None:
    found = owner_sql.execute(
        "SELECT p.proname, p.proconfig,"
        " has_function_privilege('public', p.oid, 'EXECUTE')"
        " FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace"
    ).fetchall()

    assert found
    assert {name for name, _, _ in found} <= {
        name.partition("(")[0] for name in FUNCTIONS
    }
    for name, config, public in found:
        assert any(one.startswith("search_path=pg_catalog") for one in config), name
        assert not public, f"{name} may be called by anybody"
