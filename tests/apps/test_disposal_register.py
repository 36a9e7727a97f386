"""What is generated from the register for an erasure, and the check that guards it."""

import argparse
from typing import Any

import psycopg
import pytest
from django.db import models
from django.test.utils import isolate_apps

from candour.cli import maintain
from candour.disposal import checks, rewrite, statements
from candour.disposal.models import Rewrite
from candour.policy.vocabulary import RecordClass
from candour.register.declare import model_of, own_models
from tests.factories import NOON, make_enquiry, publish_policy

Owner = psycopg.Connection[Any]


def test_every_table_comes_before_those_it_points_to() -> None:
    order = [entry.table for entry in statements.in_order()]
    for entry in statements.in_order():
        for field in model_of(entry)._meta.concrete_fields:
            target = getattr(field.related_model, "_meta", None)
            if target is not None and target.db_table in order:
                assert order.index(entry.table) < order.index(target.db_table)
    assert order[-1] == "people_person"


def test_only_the_classes_that_go_are_deleted() -> None:
    chosen = statements.deletes(frozenset((RecordClass.ENQUIRY,)))

    assert chosen == {
        "enquiries_enquiry": 'DELETE FROM "enquiries_enquiry" WHERE "person_id" = %s'
    }


def test_no_model_of_ours_would_trip_an_erasure() -> None:
    assert [p for model in own_models() for p in checks.problems_of(model)] == []


@isolate_apps("candour.disposal")
def test_e001_names_a_link_that_an_erasure_would_trip_over() -> None:
    class Hanging(models.Model):
        person = models.ForeignKey("people.Person", models.CASCADE)
        enquiry = models.ForeignKey("enquiries.Enquiry", models.CASCADE)

        class Privacy:
            owner = "person"
            record_class = RecordClass.MESSAGE

        class Meta:
            app_label = "disposal"

    from candour.enquiries.models import Enquiry
    from candour.people.models import Person

    field: Any
    for name, target in (("person", Person), ("enquiry", Enquiry)):
        field = Hanging._meta.get_field(name)
        field.remote_field.model = target

    [error] = checks.problems_of(Hanging)

    assert error.id == "disposal.E001"
    assert error.msg.startswith("disposal.Hanging.enquiry ")


def test_a_rewrite_takes_every_table_and_is_written_down(
    db: None, owner_sql: Owner
) -> None:
    publish_policy()
    make_enquiry()
    owner_sql.execute("UPDATE people_person SET name = repeat(name, 5)")
    node = "SELECT relfilenode FROM pg_class WHERE relname = 'people_person'"
    before = owner_sql.execute(node).fetchall()

    report = rewrite.rewrite(owner_sql, at=NOON)

    assert report.left == {}
    named = {one.table for one in report.done}
    assert named >= {"people_person", "enquiries_enquiry", "vault.key"}
    assert owner_sql.execute(node).fetchall() != before
    [row] = Rewrite.objects.all()
    assert (row.at, row.tables, row.left) == (NOON, len(report.done), {})


def test_the_planner_keeps_no_sample_of_what_was_erased(
    db: None, owner_sql: Owner, superuser_sql: Owner
) -> None:
    publish_policy()
    make_enquiry()
    owner_sql.execute("ANALYZE")
    samples = (
        "SELECT count(*) FROM pg_statistic WHERE stavalues1::text ILIKE %(word)s"
        " OR stavalues2::text ILIKE %(word)s OR stavalues3::text ILIKE %(word)s"
    )
    word = {"word": "%zephyrine%"}
    # One row has no histogram, so make the planner see each value twice.
    make_enquiry()
    owner_sql.execute("ANALYZE")
    assert superuser_sql.execute(samples, word).fetchall() != [(0,)]
    owner_sql.execute("DELETE FROM enquiries_enquiry")
    owner_sql.execute("DELETE FROM people_standing")
    owner_sql.execute("DELETE FROM people_search_key")
    owner_sql.execute("DELETE FROM people_interaction")
    owner_sql.execute("DELETE FROM people_contact_point")
    owner_sql.execute("DELETE FROM people_person")
    owner_sql.execute("ANALYZE")
    assert superuser_sql.execute(samples, word).fetchall() != [(0,)]

    rewrite.rewrite(owner_sql, at=NOON)

    assert superuser_sql.execute(samples, word).fetchall() == [(0,)]
    make_enquiry()  # and the tables work as before


def test_a_table_in_use_is_left_for_next_time(
    db: None, owner_sql: Owner, runtime_sql: Owner
) -> None:
    owner_sql.execute("SET lock_timeout = '50ms'")
    try:
        with runtime_sql.transaction():
            runtime_sql.execute("SELECT count(*) FROM disposal_ledger")
            runtime_sql.execute("LOCK TABLE consent_event IN ROW EXCLUSIVE MODE")
            report = rewrite.rewrite(owner_sql, at=NOON)
    finally:
        owner_sql.execute("SET lock_timeout = '10s'")

    assert report.left == {"consent_event": "somebody was using it for too long"}
    assert {one.table for one in report.done} >= {"people_person", "vault.key"}


def test_the_run_time_role_cannot_say_that_it_rewrote(runtime_sql: Owner) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime_sql.execute(
            'INSERT INTO disposal_rewrite (at, tables, "left")'
            " VALUES (now(), 1, '{}')"
        )


@pytest.mark.parametrize(("left", "code"), [({}, 0), ({"people_person": "in use"}, 1)])
def test_maintain_says_what_it_did(
    db: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    left: dict[str, str],
    code: int,
) -> None:
    done = (rewrite.Rewritten("vault.key", 16_384, 8_192),)
    report = rewrite.Report(done, left, checkpointed=not left)
    monkeypatch.setattr(rewrite, "rewrite", lambda owner, at: report)

    assert maintain.run(argparse.Namespace()) == code

    said = capsys.readouterr().out
    assert "vault.key: rewritten, 16 KB before, 8 KB now" in said
    assert ("people_person: left for next time" in said) is bool(left)
    assert ("next checkpoint" in said) is bool(left)
