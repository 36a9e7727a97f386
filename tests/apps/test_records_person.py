"""What is in a patient's file is theirs: it is in their copy, and goes or stays."""

from typing import Any

import psycopg
import pytest

from candour import gate
from candour.core.actor import system
from candour.disposal import collect
from candour.people.models import Person
from candour.policy.compile import Policy
from candour.records import models
from candour.register.declare import declaration
from tests.apps.canary import found_anywhere
from tests.apps.erasure_cast import asked_to_erase, confirm, count, finish
from tests.apps.rights_cast import plan_of
from tests.apps.treatment_cast import live
from tests.factories import NOON, make_enquiry, publish_policy
from tests.surfaces.desk import reading

pytestmark = pytest.mark.usefixtures("db")
Owner = psycopg.Connection[Any]
TABLES = {
    entry.table
    for name in models.__all__
    if (entry := declaration(getattr(models, name))).is_personal
}


@pytest.fixture
def person(db: None) -> Person:
    publish_policy()
    enquiry = make_enquiry()
    with reading():
        return Person.objects.get(pk=enquiry.person_id)


def test_a_copy_holds_every_table_of_the_file_with_what_is_sealed_opened(
    person: Person,
) -> None:
    live(person.pk)

    with gate.open(
        by=system("test"), purpose="rights", people=[person.pk], verb="t:t:t", at=NOON
    ) as permit:
        rows = {
            one.entry.table: list(one.rows)
            for one in collect.tables(person.pk, permit=permit)
        }

    assert {table for table in TABLES if not rows.get(table)} == set()
    [alert] = rows["records_alert"]
    assert "Lips swelled" in alert["detail"]
    assert {row["why"] for row in rows["records_note_version"]} == {
        None,
        "A slip of the pen.",
    }
    [done] = rows["records_treatment"]
    assert (done["what"], done["narrative"]) == (
        "Botulinum toxin",
        "Zephyrine bore it well.",
    )
    [given] = rows["records_given"]
    assert given["product_name"] == "Type A 100"
    [agreed] = rows["records_treatment_consent"]
    assert agreed["words"].startswith("Consent to injections")
    assert "A droop of the lid" in agreed["discussed"]
    assert agreed["signature"] == "Zephyrine Quillfeather"
    [ordered] = rows["records_prescription"]
    assert ordered["directions"] == "Zephyrine: 20 units."
    [shown] = rows["records_photograph"]
    assert shown["pose"] == "left"


def test_no_free_text_of_the_file_lies_in_clear(
    person: Person, owner_sql: Owner
) -> None:
    live(person.pk)

    lying = {c for c in found_anywhere(owner_sql, "zephyrine") if "records_" in c}

    assert lying == {"public.records_photograph.series"}


def test_the_law_keeps_the_file_when_somebody_is_erased(
    person: Person, owner_sql: Owner
) -> None:
    asked = asked_to_erase(owner_sql)
    live(person.pk)

    plan = plan_of(asked)
    confirm(asked)
    found = finish(asked)

    kept = {item.table: item for item in plan.stays}
    assert set(kept) >= TABLES
    assert "Article 17(3)" in kept["records_treatment"].article
    assert found.complete
    assert count(owner_sql, "records_prescription") == 1


def test_the_file_goes_with_the_person_where_nothing_keeps_it(
    person: Person, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Policy, "must_keep", lambda self, klass: None)
    asked = asked_to_erase(owner_sql)
    live(person.pk)

    confirm(asked)
    found = finish(asked)

    assert found.complete
    assert {
        table: count(owner_sql, table) for table in sorted(TABLES)
    } == dict.fromkeys(sorted(TABLES), 0)
    assert count(owner_sql, "records_consent_form") == 1
    assert count(owner_sql, "catalogue_batch") == 1
