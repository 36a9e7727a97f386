"""Opening a file at the desk: the whole, a part, a thumbnail."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.test import Client

from tests.apps import files_cast as cast
from tests.factories import publish_policy
from tests.surfaces.desk import acts, signed_in
from tests.surfaces.filed import file_of, make_person
from tests.surfaces.filing import kept, opened, send, wash

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]


@pytest.fixture
def desk(db: None, client: Client) -> Client:
    publish_policy()
    signed_in(client, "practitioner")
    return client


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


def test_a_clip_and_a_radiograph_have_their_own_ways_to_open(desk: Client) -> None:
    person = make_person()
    film = opened(desk, person, cast.clip())
    send(desk, person, cast.dicom(), kind="radiograph")
    xray = wash(kept(person)[-1])

    page = desk.get(file_of(person, "documents/")).content.decode()

    assert f'href="/desk/files/{film.ref}/"' in page
    assert f'href="/desk/files/{xray.ref}/?save=yes"' in page
    assert f"/desk/files/{xray.ref}/small/" in page
    saved = desk.get(f"/desk/files/{xray.ref}/")
    assert saved["Content-Disposition"].startswith("attachment; ")
    assert saved.getvalue()[128:132] == b"DICM"
    assert desk.get(f"/desk/files/{film.ref}/small/").status_code == 404
