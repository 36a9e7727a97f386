"""What somebody person is theirs: it is in their copy, and it goes with them."""

import html
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candour.people.models import Person
from candour.policy.compile import Policy
from candour.questionnaires import queries
from tests.apps.copy_cast import data_of, rows_of
from tests.apps.erasure_cast import asked_to_erase, confirm, finish
from tests.apps.forms_cast import (
    ALLERGY,
    caring,
    complete,
    publish_form,
)
from tests.apps.rights_cast import fetched, plan_of, prove, work
from tests.factories import NOON, make_enquiry, publish_policy
from tests.surfaces.desk import reading

pytestmark = pytest.mark.usefixtures("db")
Owner = psycopg.Connection[Any]
TABLE = "questionnaires_response"


@pytest.fixture
def person(db: None) -> Person:
    """Somebody who asked a question. The medical history is in use.

    Whoever has answers here is asked for more than a link when they want a copy, so
    the tests prove the address before there are any.
    """
    publish_policy()
    publish_form()
    enquiry = make_enquiry()
    with reading():
        return Person.objects.get(pk=enquiry.person_id)


def test_a_copy_holds_each_question_with_its_answer_readably(
    person: Person, owner_sql: Owner
) -> None:
    asked = prove(owner_sql)
    complete(person)
    work(at=NOON)
    copy = fetched(asked)

    [row] = rows_of(data_of(copy), TABLE)
    assert row["form"] == "Medical history, version 1"
    assert row["answers"].startswith("Are you allergic to anything?\n    Yes\n")
    assert row["signature"] == "Zephyrine Quillfeather (typed, and drawn by hand)"
    page = html.unescape(copy.read("index.html").decode())
    assert "Forms you filled in" in page
    assert f"What are you allergic to?\n    {ALLERGY}" in page
    assert '"value"' not in page
    assert "Here, together" not in page
    assert "in-person" not in page
    assert any(name.startswith("files/form-") for name in copy.namelist())


def test_the_law_keeps_answers_of_a_clinic_record_when_somebody_is_erased(
    person: Person, owner_sql: Owner
) -> None:
    asked = asked_to_erase(owner_sql)
    complete(person)

    plan = plan_of(asked)
    confirm(asked)
    finish(asked)

    kept = {item.table: item for item in plan.stays}
    assert "Article 17(3)" in kept[TABLE].article
    assert count(owner_sql) == 1


def test_answers_go_with_the_person_where_nothing_keeps_them(
    person: Person, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Policy, "must_keep", lambda self, klass: None)
    asked = asked_to_erase(owner_sql)
    complete(person)

    plan = plan_of(asked)
    confirm(asked)
    finish(asked)

    assert TABLE in {item.table for item in plan.goes}
    assert count(owner_sql) == 0
    forms = owner_sql.execute("SELECT count(*) FROM questionnaires_questionnaire")
    assert forms.fetchone() == (1,)


def count(owner: Owner) -> int:
    """Return how many responses there are, behind every wall."""
    [[found]] = owner.execute("SELECT count(*) FROM questionnaires_response").fetchall()
    return int(found)


def test_the_list_of_forms_asks_once_however_many_there_are(person: Person) -> None:
    def asked() -> int:
        with caring(person) as permit, CaptureQueriesContext(connection) as seen:
            queries.of_person(person.pk, permit=permit)
        return len(seen)

    complete(person)
    before = asked()
    complete(person)
    complete(person)

    assert asked() == before == 1


def test_an_answer_of_a_kind_the_purpose_lost_is_withheld_and_not_empty(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = complete(person)
    real = queries._covered
    monkeypatch.setattr(
        queries,
        "_covered",
        lambda category, permit: (
            category != "health.allergies" and real(category, permit)
        ),
    )

    with caring(person) as permit:
        found = queries.filled(row.ref, person_id=person.pk, permit=permit)

    assert found.entries == ()
    assert found.withheld == {"allergic", "allergies"}
