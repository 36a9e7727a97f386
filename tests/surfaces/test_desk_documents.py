"""Files at the desk: sending them, why some are not taken, opening them."""

from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.files import clean, store, upload
from candour.files.kinds import Form
from candour.files.models import Proof
from tests.apps import files_cast as cast
from tests.factories import NOON, publish_policy
from tests.surfaces.desk import acts, reading, signed_in, text_of
from tests.surfaces.filed import file_of, make_person, restrict
from tests.surfaces.filing import kept, left, send, wash

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]
PHOTOGRAPH = "documents/add/photograph/"


@pytest.fixture
def desk(db: None, client: Client) -> Client:
    publish_policy()
    signed_in(client, "practitioner")
    return client


def test_a_photograph_is_taken_checked_and_shown(desk: Client) -> None:
    person = make_person()

    sent = send(desk, person, cast.jpeg(), title="Left cheek, before")

    assert sent.status_code == 302
    said = text_of(desk.get(sent["Location"]))
    assert "1 file is here" in said
    assert "Being checked" in said
    assert "Left cheek, before" in said
    [row] = kept(person)
    assert desk.get(f"/desk/files/{row.ref}/").status_code == 404
    wash(row)
    page = desk.get(file_of(person, "documents/"))
    assert f"/desk/files/{row.ref}/small/" in page.content.decode()
    assert "Being checked" not in text_of(page)


def test_several_at_once_and_the_bad_one_is_named(desk: Client) -> None:
    person = make_person()

    sent = send(desk, person, cast.jpeg(), cast.archive(), cast.png())

    said = text_of(desk.get(sent["Location"]))
    assert "2 files are here" in said
    assert "This is an archive or an office document, whatever its name" in said
    assert len(kept(person)) == len(left()) == 2


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (cast.archive, "archive or an office document"),
        (lambda: cast.jpeg() + cast.archive(), "Something else is hidden"),
        (lambda: b"%PDF-1.7 " + cast.jpeg(), "cannot be filed under that heading"),
        (
            lambda: cast.jpeg()[:-2] + b"<script>alert(1)</script>\xff\xd9",
            "Something else is hidden",
        ),
        (lambda: cast.heic(1600, 1200)[:-900], "The end of this file is missing"),
        (lambda: cast.clip()[:4000], "The end of this file is missing"),
        (lambda: cast.png()[:-20], "The end of this file is missing"),
        (cast.bomb, "more than 64 million pixels"),
        (lambda: b"<svg onload=alert(1)></svg>", "drawing made of code"),
        (lambda: b"<!doctype html><p>hello", "drawing made of code"),
        (lambda: b"MZ" + bytes(5000), "not a kind of file we can keep"),
        (lambda: b"\0" * 9000, "not a kind of file we can keep"),
        (lambda: b"", "There is nothing in this file"),
        (cast.pdf, "cannot be filed under that heading"),
    ],
)
def test_what_is_no_picture_is_refused_plainly_and_leaves_nothing(
    desk: Client, make: Any, words: str
) -> None:
    person = make_person()

    answer = send(desk, person, make(), title="Left cheek")

    assert answer.status_code == 422
    said = text_of(answer)
    assert "Nothing was kept" in said
    assert words in said
    assert 'value="Left cheek"' in answer.content.decode()
    assert (kept(person), left()) == ([], [])


def test_a_name_is_not_believed_and_not_kept(desk: Client) -> None:
    person = make_person()
    named = SimpleUploadedFile("Zephyrine botched.pdf", cast.jpeg(), "application/pdf")

    desk.post(file_of(person, PHOTOGRAPH), {"source": "consultation", "file": named})

    [row] = kept(person)
    assert row.media_type == "image/jpeg"
    assert "Zephyrine" not in wash(row).file_name


def test_a_picture_too_large_is_refused_while_it_arrives(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make_person()
    small = dict.fromkeys(Form, 300_000)
    monkeypatch.setattr(upload, "LIMITS", small)
    most = 0
    write = store.Writing.write

    def watched(self: store.Writing, parts: Any) -> None:
        nonlocal most
        parts = list(parts)
        most += sum(map(len, parts))
        write(self, parts)

    monkeypatch.setattr(store.Writing, "write", watched)
    answer = send(desk, person, cast.jpeg() + bytes(9_000_000))

    assert answer.status_code == 422
    assert "larger than 50 MB" in text_of(answer)
    assert most < 2_000_000
    assert left() == []


def test_more_than_any_file_may_have_is_refused_before_it_is_read(
    desk: Client,
) -> None:
    person = make_person()
    for path in (PHOTOGRAPH, "documents/", ""):
        answer = desk.post(
            file_of(person, path),
            data=b"x",
            content_type="multipart/form-data; boundary=x",
            CONTENT_LENGTH=str(upload.MOST + 1 if path == PHOTOGRAPH else 300_000),
        )

        assert answer.status_code == 413, path


def test_without_the_forms_token_nothing_is_kept(db: None) -> None:
    publish_policy()
    strict = Client(enforce_csrf_checks=True)
    signed_in(strict, "practitioner")
    person = make_person()

    answer = send(strict, person, cast.jpeg())

    assert answer.status_code == 403
    assert (kept(person), left()) == ([], [])


@pytest.mark.parametrize("role", ["reception", "marketing", "finance"])
def test_a_role_without_care_is_refused_before_anything_is_read(
    client: Client, owner_sql: Sql, role: str
) -> None:
    publish_policy()
    person = make_person()
    signed_in(client, role)

    answer = send(client, person, cast.jpeg())

    assert answer.status_code == 403
    assert left() == []
    [(outcome, *_)] = acts(owner_sql, "desk:document:begin")
    assert outcome != "allow"


def test_somebody_erased_while_a_file_arrives_keeps_nothing(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make_person()
    done = upload.Intake.file_complete

    def restricted_meanwhile(self: upload.Intake, size: int) -> Any:
        restrict(person)
        return done(self, size)

    monkeypatch.setattr(upload.Intake, "file_complete", restricted_meanwhile)
    answer = send(desk, person, cast.jpeg())

    assert answer.status_code == 403
    assert (kept(person), left()) == ([], [])


def test_a_source_the_notice_does_not_name_is_refused(desk: Client) -> None:
    person = make_person()

    answer = send(desk, person, cast.jpeg(), source="carrier-pigeon")

    assert answer.status_code == 422
    assert "does not name this source" in text_of(answer)
    assert (kept(person), left()) == ([], [])


def test_a_script_is_told_where_to_go_or_what_is_wrong(desk: Client) -> None:
    person = make_person()
    asking = {"accept": "application/json"}
    address = file_of(person, PHOTOGRAPH)

    def sent(data: bytes) -> Any:
        named = SimpleUploadedFile("a", data)
        return desk.post(
            address, {"source": "consultation", "file": named}, headers=asking
        )

    assert sent(cast.jpeg()).json() == {"to": file_of(person, "documents/")}
    bad = sent(cast.archive())
    assert bad.status_code == 422
    assert "archive" in bad.json()["problems"][0]


def test_a_refusal_by_the_washing_is_shown_with_its_reason(desk: Client) -> None:
    person = make_person()
    send(desk, person, cast.jpeg()[:5000])
    [row] = kept(person)

    assert wash(row).state == "rejected"

    said = text_of(desk.get(file_of(person, "documents/")))
    assert "Not kept" in said
    assert "damaged and cannot be read" in said


def test_where_it_came_from_must_be_said(desk: Client) -> None:
    person = make_person()

    answer = send(desk, person, cast.pdf(), kind="letter", source="")

    assert answer.status_code == 422
    assert "Say where it came from" in text_of(answer)
    assert left() == []


def test_a_clinic_that_collects_no_pictures_is_offered_none(client: Client) -> None:
    publish_policy("dermaesthetics")
    person = make_person()
    signed_in(client, "practitioner")

    page = client.get(file_of(person, "documents/"))

    assert page.status_code == 200
    assert "add/photograph" not in page.content.decode()
    assert "Photographs" not in text_of(page)
    assert send(client, person, cast.jpeg()).status_code == 403
    assert left() == []


def test_reception_takes_a_proof_where_the_notice_says_so(
    client: Client, owner_sql: Sql
) -> None:
    publish_policy("private-clinic")
    person = make_person()
    signed_in(client, "reception")

    sent = send(client, person, cast.jpeg(), kind="identity-proof", source="in-person")

    assert sent["Location"] == file_of(person, "documents/proofs/")
    with reading():
        [row] = Proof.objects.filter(person=person)
    clean.clean(ref=row.ref, at=NOON)
    said = text_of(client.get(sent["Location"]))
    assert "Proof of identity" in said
    assert client.get(f"/desk/files/{row.ref}/").getvalue() != b""
    assert client.get(file_of(person, "documents/")).status_code == 403
    assert [role for _, role, *_ in acts(owner_sql, "desk:file:open")] == ["reception"]


def test_a_list_asks_the_database_as_often_for_many_files_as_for_one(
    desk: Client,
) -> None:
    person = make_person()

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert desk.get(file_of(person, "documents/")).status_code == 200
        return len(found)

    send(desk, person, cast.jpeg())
    asked()
    few = asked()
    send(desk, person, *[cast.jpeg(30 + n, 20) for n in range(12)])
    asked()

    assert asked() == few
