"""A copy: all that is held, readable, and checked against its schema."""

import json
from dataclasses import replace
from importlib import resources

import jsonschema
import pytest

from candour import gate
from candour.core.actor import staff
from candour.core.ids import new_ref
from candour.disposal import collect
from candour.disposal.collect import PAGE, selects, withheld
from candour.enquiries import actions as enquiries
from candour.enquiries import queries as enquiry_queries
from candour.enquiries.models import Enquiry
from candour.policy.terms import Reach
from candour.rights.copy import data, page
from tests.apps.copy_cast import Owner, data_of, made, rows_of
from tests.apps.rights_cast import LATER, fetched, make_person, prove, work
from tests.factories import (
    CANARY,
    CANARY_EMAIL,
    NOON,
    QUESTION,
    make_enquiry,
    publish_policy,
)

pytestmark = pytest.mark.usefixtures("db")

HOSTILE = "<script>alert('é')</script> \u202eevil\u2066 \"; DROP TABLE people; --"


@pytest.fixture(autouse=True)
def policy(db: None) -> None:
    publish_policy()


def test_a_copy_holds_the_files_it_says_it_holds(owner_sql: Owner) -> None:
    make_enquiry()
    copy = fetched(made(owner_sql))

    assert copy.testzip() is None
    assert copy.namelist() == [
        "README.txt",
        "copy.css",
        "schema.json",
        "notice.html",
        "notice.md",
        "data.json",
        "index.html",
    ]


def test_the_data_fits_its_published_schema(owner_sql: Owner) -> None:
    make_enquiry()
    copy = fetched(made(owner_sql))
    schema = json.loads(copy.read("schema.json"))

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data_of(copy), schema)


def test_the_published_schema_refuses_what_is_not_a_copy(owner_sql: Owner) -> None:
    make_enquiry()
    found = data_of(fetched(made(owner_sql)))
    kept = resources.files("candour.rights.copy").joinpath("schema.json")
    del found["looked"]

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, json.loads(kept.read_text()))


def test_what_was_sealed_is_opened_and_nothing_is_left_out(owner_sql: Owner) -> None:
    make_enquiry()
    copy = fetched(made(owner_sql))
    found, html = data_of(copy), copy.read("index.html").decode()

    assert rows_of(found, "enquiries_enquiry")[0]["message"] == QUESTION
    assert rows_of(found, "people_person")[0]["name"] == CANARY
    contacts = rows_of(found, "people_contact_point")
    assert [row["value"] for row in contacts] == [CANARY_EMAIL]
    for said in (CANARY, CANARY_EMAIL, "Żephyrine 🌿"):
        assert said in html
    given = {part["table"] for part in found["tables"]}
    left_out = {part["table"] for part in found["withheld"]}
    assert given == {one.entry.table for one in selects()}
    assert left_out == {entry.table for entry, _ in withheld()} == {"people_search_key"}


def test_what_goes_with_the_data_is_there(owner_sql: Owner) -> None:
    make_enquiry()
    copy = fetched(made(owner_sql))
    found, html = data_of(copy), copy.read("index.html").decode()

    [enquiry] = [one for one in found["purposes"] if one["name"] == "enquiry"]
    assert enquiry["article"] == "UK GDPR Article 6(1)(f)"
    assert enquiry["number"]
    assert {one["category"] for one in found["sources"]} >= {"contact.email", "enquiry"}
    assert {one["who"] for one in found["recipients"]}
    assert "1 year" in next(
        one["says"] for one in found["kept"] if one["record_class"] == "enquiry"
    )
    assert "ico.org.uk" in html
    assert "privacy@quillane.example" in html
    assert found["notice"]["version"] in copy.read("notice.html").decode()
    assert copy.read("notice.md").decode().startswith("#")


def test_opening_a_file_is_shown_apart_from_being_on_a_list(owner_sql: Owner) -> None:
    enquiry = make_enquiry()
    make_enquiry(name="Quentin Marrowby", email="quentin@example.org")
    reception = staff(new_ref(), "reception")
    with gate.open(
        by=reception,
        purpose="enquiry",
        people=[enquiry.person_id],
        verb="desk:enquiry:read",
        at=NOON,
    ) as permit:
        enquiry_queries.enquiry(enquiry.ref, permit=permit)
    with gate.open(
        by=reception,
        purpose="enquiry",
        verb="desk:inbox:read",
        reach=Reach.DAY,
        at=NOON,
    ) as permit:
        enquiry_queries.inbox(permit=permit)

    looked = data_of(fetched(made(owner_sql)))["looked"]

    seen = {(one["verb"], one["role"], one["alone"]) for one in looked}
    assert ("desk:enquiry:read", "reception", True) in seen
    assert ("desk:inbox:read", "reception", False) in seen
    assert all(str(reception.ref) not in json.dumps(one) for one in looked)


def test_hostile_words_stay_words(owner_sql: Owner) -> None:
    make_enquiry(name=HOSTILE, message=HOSTILE)
    copy = fetched(made(owner_sql))
    html = copy.read("index.html").decode()

    assert rows_of(data_of(copy), "people_person")[0]["name"] == HOSTILE
    assert "<script" not in html
    assert "&lt;script&gt;alert(&#x27;é&#x27;)&lt;/script&gt;" in html


def test_nobody_elses_data_is_in_it(owner_sql: Owner) -> None:
    make_enquiry()
    make_enquiry(name="Quentin Marrowby", email="quentin@example.org", message="Hush")
    copy = fetched(made(owner_sql))

    whole = b"".join(copy.read(name) for name in copy.namelist())
    assert b"Marrowby" not in whole
    assert b"Hush" not in whole


def test_a_stranger_gets_an_answer_and_it_is_nearly_empty(owner_sql: Owner) -> None:
    asked = prove(owner_sql, address="nobody.we.know@example.org")
    work(at=NOON)

    found = data_of(fetched(asked))

    full = {part["table"] for part in found["tables"] if part["rows"]}
    assert full == {
        "outbox_message",
        "people_contact_point",
        "people_person",
        "people_standing",
        "rights_request",
        "rights_step",
    }


def test_many_rows_come_page_by_page_and_none_is_lost(owner_sql: Owner) -> None:
    enquiry = make_enquiry()
    many = 2 * PAGE + 1
    with gate.open(
        by=staff(new_ref(), "reception"),
        purpose="enquiry",
        people=[enquiry.person_id],
        verb="t:t:t",
        at=NOON,
    ) as permit:
        for number in range(many):
            enquiries.receive(
                permit=permit,
                person_id=enquiry.person_id,
                token=new_ref(),
                topics=[],
                message=f"question {number}",
                reply_by=["email"],
                source="website-form",
                brand="",
                at=NOON,
            )

    rows = rows_of(data_of(fetched(made(owner_sql))), "enquiries_enquiry")

    assert [row["message"] for row in rows[1:]] == [
        f"question {number}" for number in range(many)
    ]


def test_what_the_purpose_may_not_see_is_called_withheld(owner_sql: Owner) -> None:
    enquiry = make_enquiry()
    with gate.open(
        by=staff(new_ref(), "data-protection-lead"),
        purpose="rights",
        people=[enquiry.person_id],
        verb="t:t:t",
        at=NOON,
    ) as permit:
        seen = permit.decision.categories - {"identity.name"}
        permit.decision = replace(permit.decision, categories=seen)
        table = next(collect.tables(enquiry.person_id, permit=permit))
        [row] = list(table.rows)

    assert json.loads(data.dumped(row))["name"] == {"withheld": True}
    assert page.shown(row["name"]) == "Held, and not shown here"


def test_a_person_with_nothing_but_a_name_gets_a_copy(owner_sql: Owner) -> None:
    make_person(CANARY, [("email", CANARY_EMAIL)])
    html = fetched(made(owner_sql)).read("index.html").decode()

    assert "Where we hold nothing" in html
    assert "What you asked us" in html


def test_a_table_of_no_rows_is_there_all_the_same(owner_sql: Owner) -> None:
    make_person(CANARY, [("email", CANARY_EMAIL)])

    assert rows_of(data_of(fetched(made(owner_sql))), Enquiry._meta.db_table) == []


def test_somebody_who_only_asked_is_not_told_of_the_care_of_patients(
    owner_sql: Owner,
) -> None:
    make_enquiry()
    asked = made(owner_sql)
    enquirer = {one["name"] for one in data_of(fetched(asked))["purposes"]}
    owner_sql.execute("UPDATE people_standing SET relation = '{enquirer,patient}'")
    again = prove(owner_sql, at=LATER)
    work(at=LATER)
    patient = {one["name"] for one in data_of(fetched(again))["purposes"]}

    assert "enquiry" in enquirer
    assert "care" not in enquirer
    assert patient >= {*enquirer, "care"}


def test_a_use_of_what_is_not_held_is_not_listed(owner_sql: Owner) -> None:
    publish_policy("private-clinic")
    make_enquiry()

    named = {one["name"] for one in data_of(fetched(made(owner_sql)))["purposes"]}

    assert "enquiry" in named
    assert named.isdisjoint({"premises-security", "advertising"})
