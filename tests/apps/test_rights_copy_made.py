"""A copy is made once, sealed on disk, fetched by whose it is, and removed in time."""

import io
import os
import stat
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from candour.core.actor import person
from candour.core.errors import Expired, NotFound
from candour.core.ids import new_ref
from candour.rights import actions
from candour.rights.copy import build, fetch
from candour.rights.copy.archive import Member, Spool, packed
from tests.apps.copy_cast import Owner, made
from tests.apps.rights_cast import (
    LATER,
    fetched,
    letters,
    prove,
    status,
    themselves,
    token_in,
)
from tests.factories import CANARY, CANARY_EMAIL, NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def policy(db: None) -> None:
    publish_policy()


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
