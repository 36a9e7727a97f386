"""Files at the desk: sending them, why some are not taken, opening them."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from candour.files import clean, store, upload
from candour.files.kinds import Form
from candour.files.models import Image, Stored
from candour.people.models import Person
from tests.apps import files_cast as cast
from tests.factories import NOON, publish_policy
from tests.surfaces.desk import acts, reading, signed_in, text_of
from tests.surfaces.filed import file_of, make_person, restrict

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]
PHOTOGRAPH = "documents/add/photograph/"


@pytest.fixture
def desk(db: None, client: Client) -> Client:
    publish_policy()
    signed_in(client, "practitioner")
    return client


def send(
    desk: Client, person: Person, *files: bytes, kind: str = "photograph", **more: Any
) -> Any:
    """Send files as the form does; each under a name that says nothing true."""
    named = [SimpleUploadedFile("holiday.jpg", data, "image/jpeg") for data in files]
    form = {"title": "", "source": "consultation", "file": named}
    return desk.post(file_of(person, f"documents/add/{kind}/"), {**form, **more})


def kept(person: Person) -> list[Any]:
    with reading():
        return list(Image.objects.filter(person=person).order_by("pk"))


def left() -> list[str]:
    return [path.name for path in store.folder().iterdir()]


def wash(row: Stored) -> Any:
    clean.clean(ref=row.ref, at=NOON)
    with reading():
        return type(row).objects.get(pk=row.pk)  # type: ignore[attr-defined]


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


def opened(desk: Client, person: Person, data: bytes) -> Any:
    """Return the row of a file that was sent and washed."""
    send(desk, person, data)
    return wash(kept(person)[-1])


def test_each_look_at_a_file_is_an_act_of_its_own(desk: Client, owner_sql: Sql) -> None:
    person = make_person()
    row = opened(desk, person, cast.jpeg())

    for path in ("", "small/", "large/", "?save=yes"):
        assert desk.get(f"/desk/files/{row.ref}/{path}").getvalue() != b""

    for verb, times in (("open", 1), ("glance", 2), ("save", 1)):
        found = acts(owner_sql, f"desk:file:{verb}")
        assert [people for *_, people in found] == [[person.pk]] * times


def test_a_file_goes_out_so_that_nothing_in_it_can_act(desk: Client) -> None:
    row = opened(desk, make_person(), cast.jpeg())

    shown = desk.get(f"/desk/files/{row.ref}/")
    saved = desk.get(f"/desk/files/{row.ref}/?save=yes")
    assert saved.getvalue() != b""

    assert shown["Content-Type"] == "image/jpeg"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Cache-Control"] == "no-store, private"
    assert "sandbox" in shown["Content-Security-Policy"]
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    assert shown["Content-Disposition"] == f'inline; filename="{row.file_name}"'
    assert saved["Content-Disposition"].startswith("attachment; ")
    assert int(shown["Content-Length"]) == len(shown.getvalue()) == row.size


def test_a_player_is_given_the_part_it_asks_for(desk: Client) -> None:
    film = bytes(range(256)) * 12_000  # over three chunks
    row = opened(desk, make_person(), cast.clip(film=film))
    address = f"/desk/files/{row.ref}/"
    whole = desk.get(address).getvalue()

    for asked, start, end in (
        ("bytes=0-99", 0, 100),
        ("bytes=1048570-1048590", 1048570, 1048591),
        (f"bytes={len(whole) - 7}-", len(whole) - 7, len(whole)),
        ("bytes=-5", len(whole) - 5, len(whole)),
        (f"bytes=2000000-{len(whole) + 99}", 2000000, len(whole)),
    ):
        part = desk.get(address, headers={"range": asked})
        assert part.status_code == 206
        assert part.getvalue() == whole[start:end], asked
        assert part["Content-Range"] == f"bytes {start}-{end - 1}/{len(whole)}"

    beyond = desk.get(address, headers={"range": f"bytes={len(whole)}-"})
    assert beyond.status_code == 416
    odd = desk.get(address, headers={"range": "bytes=0-1,4-5"})
    assert (odd.status_code, odd.getvalue()) == (200, whole)


def test_nobodys_file_and_a_strangers_role(desk: Client, db: None) -> None:
    row = opened(desk, make_person(), cast.jpeg())
    other = Client()
    signed_in(other, "reception")

    assert desk.get(f"/desk/files/{uuid4()}/").status_code == 404
    assert other.get(f"/desk/files/{row.ref}/").status_code == 403
    assert Client().get(f"/desk/files/{row.ref}/").status_code == 302
    assert desk.post(f"/desk/files/{row.ref}/").status_code == 405
    assert desk.get(file_of(make_person(), "documents/add/spell/")).status_code == 404


def test_where_it_came_from_must_be_said(desk: Client) -> None:
    person = make_person()

    answer = send(desk, person, cast.pdf(), kind="letter", source="")

    assert answer.status_code == 422
    assert "Say where it came from" in text_of(answer)
    assert left() == []
