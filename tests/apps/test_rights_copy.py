"""A copy: all that is held, readable, checked against its schema, sealed on disk."""

import io
import json
import os
import stat
import zipfile
from dataclasses import replace
from datetime import timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import psycopg
import pytest
from django.conf import settings

from candour import gate
from candour.core.actor import person, staff
from candour.core.errors import Expired, NotFound
from candour.core.ids import new_ref
from candour.disposal import collect
from candour.disposal.collect import PAGE, selects, withheld
from candour.enquiries import actions as enquiries
from candour.enquiries import queries as enquiry_queries
from candour.enquiries.models import Enquiry
from candour.rights import actions
from candour.rights.actions import Asked
from candour.rights.copy import build, data, fetch, page
from candour.rights.copy.archive import Member, Spool, packed
from tests.apps.rights_cast import (
    LATER,
    fetched,
    letters,
    make_person,
    prove,
    status,
    themselves,
    token_in,
    work,
)
from tests.factories import (
    CANARY,
    CANARY_EMAIL,
    NOON,
    QUESTION,
    make_enquiry,
    publish_policy,
)

pytestmark = pytest.mark.usefixtures("db")
Owner = psycopg.Connection[Any]
HOSTILE = "<script>alert('é')</script> \u202eevil\u2066 \"; DROP TABLE people; --"


@pytest.fixture(autouse=True)
def policy(db: None) -> None:
    publish_policy()


def made(owner: Owner) -> Asked:
    """Ask for a copy, prove the address, and let the copy be made."""
    asked = prove(owner)
    work(at=NOON)
    return asked


def data_of(copy: zipfile.ZipFile) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(copy.read("data.json"))
    return found


def rows_of(data: dict[str, Any], table: str) -> list[dict[str, Any]]:
    [one] = [part for part in data["tables"] if part["table"] == table]
    rows: list[dict[str, Any]] = one["rows"]
    return rows


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
        by=reception, purpose="enquiry", verb="desk:inbox:read", reach="day", at=NOON
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


def test_a_copy_is_sealed_on_the_disk_and_its_file_has_no_meaning(
    owner_sql: Owner,
) -> None:
    make_enquiry()
    asked = made(owner_sql)

    [file] = list((Path(settings.DATA_DIR) / "copies").iterdir())

    sealed = file.read_bytes()
    assert not zipfile.is_zipfile(io.BytesIO(sealed))
    for plain in (b"index.html", CANARY.encode(), CANARY_EMAIL.encode()):
        assert plain not in sealed
    assert file.name.isalnum()
    assert str(asked.ref) not in str(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_the_letter_says_nothing_and_its_link_leads_back(owner_sql: Owner) -> None:
    make_enquiry()
    made(owner_sql)
    [letter] = letters(owner_sql, "copy-ready")

    assert CANARY.split()[0] not in letter
    assert CANARY_EMAIL not in letter
    week = NOON + timedelta(days=7)
    asked = actions.follow_link(token=token_in(letter), at=week - timedelta(minutes=1))
    assert asked.state == "ready"
    assert fetched(asked, at=week - timedelta(minutes=1)).namelist()
    with pytest.raises(Expired):
        fetch.fetch(ref=asked.ref, by=themselves(asked), at=week)


def test_the_status_says_what_is_in_it_and_how_large(owner_sql: Owner) -> None:
    make_enquiry()
    asked = made(owner_sql)

    copy = status(asked).copy

    assert copy is not None
    assert ("What you asked us", 1) in copy.holds
    assert copy.size > 1000
    assert copy.downloaded_at is None
    fetched(asked)
    assert status(asked).state == "done"
    again = status(asked).copy
    assert again is not None
    assert again.downloaded_at == LATER


def test_somebody_else_cannot_fetch_it(owner_sql: Owner) -> None:
    make_enquiry()
    asked = made(owner_sql)

    with pytest.raises(NotFound):
        fetch.fetch(ref=asked.ref, by=person(new_ref()), at=LATER)
    assert status(asked).state == "ready"


def test_a_copy_whose_time_is_up_is_removed(owner_sql: Owner) -> None:
    make_enquiry()
    asked = made(owner_sql)
    week = NOON + timedelta(days=7)
    folder = Path(settings.DATA_DIR) / "copies"

    assert fetch.remove_expired(at=week - timedelta(seconds=1)) == 0
    assert len(list(folder.iterdir())) == 1
    assert fetch.remove_expired(at=week) == 1

    assert list(folder.iterdir()) == []
    assert status(asked).state == "expired"
    with pytest.raises(NotFound):
        fetch.fetch(ref=asked.ref, by=themselves(asked), at=NOON)


def test_building_twice_is_building_once(owner_sql: Owner) -> None:
    make_enquiry()
    asked = made(owner_sql)

    build.build(ref=asked.ref, at=LATER)
    build.build(ref=new_ref(), at=LATER)

    assert len(letters(owner_sql, "copy-ready")) == 1
    assert len(list((Path(settings.DATA_DIR) / "copies").iterdir())) == 1


def test_a_build_that_fails_leaves_no_file_and_is_tried_again(
    owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_enquiry()
    asked = prove(owner_sql)

    def no_post(**kwargs: object) -> None:
        raise OSError("no room")

    with monkeypatch.context() as broken:
        broken.setattr(build, "post", no_post)
        with pytest.raises(OSError, match="no room"):
            build.build(ref=asked.ref, at=NOON)

    assert list((Path(settings.DATA_DIR) / "copies").iterdir()) == []
    assert status(asked).state == "open"
    build.build(ref=asked.ref, at=NOON)
    assert status(asked).state == "ready"


def test_a_file_that_a_crash_left_is_swept(owner_sql: Owner) -> None:
    make_enquiry()
    made(owner_sql)
    folder = Path(settings.DATA_DIR) / "copies"
    [kept] = list(folder.iterdir())
    orphan = folder / ("0" * 32)
    orphan.write_bytes(b"sealed")
    old = NOON.timestamp()
    for path in (kept, orphan):
        os.utime(path, (old, old))

    assert fetch.remove_orphans(at=NOON + timedelta(minutes=59)) == 0
    assert fetch.remove_orphans(at=NOON + timedelta(minutes=61)) == 1
    assert list(folder.iterdir()) == [kept]


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


def test_an_archive_is_written_as_it_is_read() -> None:
    seen: list[str] = []

    def parts(name: str) -> Any:
        for number in range(3):
            seen.append(f"{name}{number}")
            yield b"x" * 200_000

    stream = packed((Member(name, parts(name)) for name in ("a", "b")), at=NOON)
    next(stream)

    assert "b0" not in seen
    for _ in stream:
        pass
    assert seen == ["a0", "a1", "a2", "b0", "b1", "b2"]


def test_a_spool_gives_back_what_it_was_given() -> None:
    spool = Spool()
    for number in range(1000):
        spool.write(f"né{number} ")

    whole = b"".join(spool.parts()).decode()

    assert whole == "".join(f"né{number} " for number in range(1000))


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
