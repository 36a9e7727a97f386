"""Files are in their person's copy, and go with their person."""

import zipfile
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from candour.disposal import certify
from candour.files import actions, clean
from candour.files.models import Image, Proof
from candour.rights.actions import Asked
from tests.apps import files_cast as cast
from tests.apps.copy_cast import data_of, rows_of
from tests.apps.erasure_cast import asked_to_erase, confirm, finish
from tests.apps.files_office import fresh, live, on_disk, opened, prove, take, washed
from tests.apps.rights_cast import LATER, fetched, work
from tests.apps.rights_cast import prove as prove_address
from tests.factories import CANARY_EMAIL, NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")
Owner = psycopg.Connection[Any]


@pytest.fixture
def person(db: None) -> int:
    publish_policy()
    return make_enquiry(email=CANARY_EMAIL).person_id


def copy_of(asked: Asked) -> zipfile.ZipFile:
    """Let the copy be made and open it. Whoever has pictures here is asked for more
    than a link, so the tests prove the address before there are any.
    """
    work(at=NOON)
    return fetched(asked)


def test_a_copy_holds_each_washed_file_under_the_name_that_its_row_says(
    person: int, owner_sql: Owner
) -> None:
    asked = prove_address(owner_sql)
    photograph = washed(person, cast.jpeg(), title="Left cheek")
    letter = washed(person, cast.pdf(), "letter")
    film = washed(person, cast.clip(film=b"F" * 2_500_000))
    live(person)

    copy = copy_of(asked)

    names = {name for name in copy.namelist() if name.startswith("files/")}
    rows = rows_of(data_of(copy), "files_image") + rows_of(
        data_of(copy), "files_document"
    )
    assert names == {f"files/{row['file_name']}" for row in rows if row["file_name"]}
    assert {f"files/{row.file_name}" for row in (photograph, letter, film)} < names
    assert len(copy.read(f"files/{film.file_name}")) == film.size
    assert copy.read(f"files/{letter.file_name}").startswith(b"%PDF-")
    assert copy.testzip() is None
    said = copy.read("index.html").decode()
    assert f'<a href="files/{photograph.file_name}">' in said
    assert "Left cheek" in said
    assert "Cupboard 4, shelf B" in said
    assert "Being checked" in said


def test_a_file_that_is_not_washed_is_said_and_not_given(
    person: int, owner_sql: Owner
) -> None:
    asked = prove_address(owner_sql)
    take(person, cast.jpeg())
    bad = washed(person, cast.jpeg()[:4000])

    copy = copy_of(asked)

    assert not [name for name in copy.namelist() if name.startswith("files/")]
    states = {row["state"] for row in rows_of(data_of(copy), "files_image")}
    assert states == {"quarantined", "rejected"}
    assert bad.because == "cannot-be-read"
    assert "damaged and cannot be read" in copy.read("index.html").decode()


def certificate(owner: Owner) -> dict[str, Any]:
    [(content,)] = owner.execute("SELECT content FROM disposal_certificate").fetchall()
    found: dict[str, Any] = content
    return found


@pytest.fixture
def nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be a clinic that the law lets erase a file of care: see test_disposal_kept."""
    from candour.policy.compile import Policy

    monkeypatch.setattr(Policy, "must_keep", lambda self, klass: None)


@pytest.mark.usefixtures("nothing_is_kept")
def test_an_erasure_removes_the_files_and_counts_them(
    person: int, owner_sql: Owner
) -> None:
    asked = asked_to_erase(owner_sql)
    live(person)
    before = len(on_disk())

    confirm(asked)
    finish(asked)

    said = certificate(owner_sql)
    by_hand = [line for line in said["tables"] if line["table"] == "by-hand"]
    assert [line["left"] for line in by_hand] == [1]  # the paper waits for a person
    assert not said["complete"]
    assert before == 6  # a photograph with two thumbnails; a PNG, a letter, a proof
    assert said["files_erased"] == before
    assert on_disk() == {}
    assert {"files_image", "files_document", "files_proof"} <= {
        line["table"] for line in said["tables"]
    }


def test_what_the_law_keeps_stays_with_its_files_and_proofs_go(
    person: int, owner_sql: Owner
) -> None:
    asked = asked_to_erase(owner_sql)
    live(person)

    confirm(asked)
    finish(asked)

    said = certificate(owner_sql)
    lines = {line["table"]: line for line in said["tables"]}
    assert said["complete"]
    assert lines["files_image"]["kept"] != ""
    assert lines["files_image"]["article"] != ""
    assert lines["files_proof"]["left"] == 0
    assert said["files_erased"] == 1
    assert len(on_disk()) == 5


@pytest.mark.usefixtures("nothing_is_kept")
def test_an_erasure_while_a_file_is_washed_leaves_nothing(
    person: int, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asked_to_erase(owner_sql)
    row = take(person, cast.jpeg())
    wash = clean._wash

    def erased_meanwhile(work: Any) -> Any:
        done = wash(work)
        confirm(asked)
        finish(asked)
        return done

    monkeypatch.setattr(clean, "_wash", erased_meanwhile)
    clean.clean(ref=row.ref, at=LATER)

    assert on_disk() == {}
    assert certificate(owner_sql)["complete"]


def test_a_proof_goes_once_it_has_proved_and_that_it_was_seen_stays(
    person: int, owner_sql: Owner
) -> None:
    row = prove(person)
    other = prove(person)
    photograph = washed(person, cast.jpeg())
    with opened(person, purpose="rights", by=_system()) as permit:
        gone = actions.proved(
            permit=permit, person_id=person, by=permit.by, at=permit.at
        )

    assert gone == 2
    after = fresh(row.ref)
    assert isinstance(after, Proof)
    assert (after.state, after.because, after.kind) == (
        "gone",
        "verified",
        "identity-proof",
    )
    assert fresh(other.ref).state == "gone"
    assert on_disk().keys() == {
        photograph.name,
        photograph.small_name,
        photograph.large_name,
    }
    [(changes,)] = owner_sql.execute(
        "SELECT count(*) FROM trail_change WHERE tbl = 'files_proof' AND op = 'update'"
        " AND people = ARRAY[%s::bigint]",
        [person],
    ).fetchall()
    assert changes == 2


def test_a_file_of_somebody_else_is_taken_away_with_the_reason(person: int) -> None:
    row = washed(person, cast.jpeg())
    with opened(person) as permit:
        actions.take_away(
            permit=permit, ref=row.ref, why="not-theirs", by=permit.by, at=NOON
        )

    after = fresh(row.ref)
    assert isinstance(after, Image)
    assert (after.state, after.because, after.sha256) == ("gone", "not-theirs", "")
    assert on_disk() == {}


def test_files_that_are_erased_go_at_once_and_not_before_it_is_committed(
    person: int,
) -> None:
    row = washed(person, cast.jpeg())
    with pytest.raises(RuntimeError), opened(person) as permit:
        actions.take_away(
            permit=permit, ref=row.ref, why="not-needed", by=permit.by, at=NOON
        )
        raise RuntimeError

    assert fresh(row.ref).state == "clean"
    assert (Path(settings.DATA_DIR) / "files" / row.name).exists()


def _system() -> Any:
    from candour.core.actor import system

    return system("test")


def test_the_certificate_waits_for_files_that_do_not_go(
    person: int, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    prove(person)
    asked = asked_to_erase(owner_sql)
    confirm(asked)
    monkeypatch.setattr("candour.disposal.files.remove", lambda named: None)

    with pytest.raises(certify.Left):
        finish(asked)

    assert not certificate(owner_sql)["complete"]
