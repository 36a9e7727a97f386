"""Wherever it stops, no file is lost, none is half there, and none lies about."""

import os
import time
from datetime import timedelta
from typing import Any

import pytest

from candour import gate
from candour.core import clock
from candour.core.errors import Conflict
from candour.files import actions, clean, jobs, pot, store
from candour.files.kinds import KINDS
from candour.files.upload import Intake
from candour.people.models import Standing
from tests.apps import files_cast as cast
from tests.apps.files_office import fresh, on_disk, opened, sent, someone, take, washed
from tests.factories import NOON, publish_policy

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def person(db: None) -> int:
    publish_policy()
    return someone()


class Stopped(BaseException):
    """The machine stops here."""


def stop(*args: object, **kwargs: object) -> Any:
    raise Stopped


def age() -> None:
    """Let everything on the disk have been there for two hours."""
    before = time.time() - 7200
    for name in on_disk():
        os.utime(store.folder() / name, (before, before))


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (clean, "_begin"),
        (clean, "_wash"),
        (pot, "_read"),
        (clean, "_put"),
        (clean, "_settle"),
        (clean, "_keep"),
        (store, "remove"),
    ],
)
def test_a_washing_that_stops_anywhere_is_taken_up_again(
    person: int, monkeypatch: pytest.MonkeyPatch, where: Any, name: str
) -> None:
    row = take(person, cast.jpeg())

    with monkeypatch.context() as broken, pytest.raises(Stopped):
        broken.setattr(where, name, stop)
        clean.clean(ref=row.ref, at=NOON)
    clean.clean(ref=row.ref, at=NOON)
    age()
    clean.sweep(at=clock.now())

    after = fresh(row.ref)
    assert after.state == "clean"
    assert on_disk().keys() == {after.name, after.small_name, after.large_name}


def test_a_full_disk_leaves_the_file_in_quarantine_for_another_try(
    person: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = take(person, cast.jpeg())
    write = store.Writing.write

    def full(self: Any, parts: Any) -> None:
        write(self, parts)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken, pytest.raises(OSError, match="No space"):
        broken.setattr(store.Writing, "write", full)
        clean.clean(ref=row.ref, at=NOON)

    assert fresh(row.ref).state == "quarantined"
    assert on_disk().keys() == {row.raw_name}


def test_washing_twice_at_once_keeps_one(
    person: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = take(person, cast.jpeg())
    wash = clean._wash

    def another_first(work: Any) -> Any:
        done = wash(work)
        monkeypatch.setattr(clean, "_wash", wash)
        clean.clean(ref=row.ref, at=NOON)
        return done

    monkeypatch.setattr(clean, "_wash", another_first)
    clean.clean(ref=row.ref, at=NOON)

    after = fresh(row.ref)
    assert on_disk().keys() == {after.name, after.small_name, after.large_name}


def test_the_hour_takes_up_what_waits_and_sweeps_what_nobody_names(
    person: int, owner_sql: Any
) -> None:
    waiting = take(person, cast.jpeg())
    kept = washed(person, cast.png())
    owner_sql.execute("DELETE FROM procrastinate_jobs")
    orphan, _ = store.write([b"left by a crash"])
    age()
    young, _ = store.write([b"on its way"])

    jobs.resume(0)

    assert on_disk().keys() == {
        *(waiting.raw_name, young),
        *(kept.name, kept.small_name, kept.large_name),
    }
    assert orphan not in on_disk()
    [(name, args)] = owner_sql.execute(
        "SELECT task_name, args FROM procrastinate_jobs"
    ).fetchall()
    assert (name, args) == (actions.CLEAN, {"file": str(waiting.ref)})


def test_a_restriction_keeps_a_file_in_quarantine_until_it_is_lifted(
    person: int,
) -> None:
    row = take(person, cast.jpeg())
    restrict(person, NOON)
    clean.clean(ref=row.ref, at=NOON)
    assert fresh(row.ref).state == "quarantined"

    restrict(person, None)
    clean.clean(ref=row.ref, at=NOON)

    assert fresh(row.ref).state == "clean"


def restrict(person: int, at: Any) -> None:
    from candour.core.actor import system

    with gate.open(
        by=system("test"), purpose="retention", people=[person], verb="t:t:t", at=NOON
    ):
        Standing.objects.filter(person=person).update(restricted_at=at)


def test_a_sending_that_breaks_off_leaves_nothing(person: int) -> None:
    with opened(person) as permit:
        intake = Intake(actions.berth(KINDS["photograph"], person, permit=permit))
    intake.new_file("file", "a", "image/jpeg", None)
    intake.receive_data_chunk(cast.jpeg(), 0)
    assert len(on_disk()) == 1

    intake.upload_interrupted()

    assert on_disk() == {}


def test_whose_key_has_gone_meanwhile_keeps_nothing(
    person: int, owner_sql: Any
) -> None:
    with opened(person) as permit:
        intake = Intake(actions.berth(KINDS["photograph"], person, permit=permit))
    sent(intake, cast.jpeg())
    owner_sql.execute("DELETE FROM vault.key")

    with pytest.raises(Conflict), opened(person) as permit:
        actions.keep(
            intake.arrived,
            intake.berth,
            permit=permit,
            title="",
            source="consultation",
            by=permit.by,
            at=NOON + timedelta(minutes=1),
        )
    intake.forget()

    assert on_disk() == {}


def test_the_process_that_washes_may_not_write_a_file_and_has_no_address(
    tmp_path: Any,
) -> None:
    """It is tried in such a process, since this one must be able to write."""
    import subprocess
    import sys

    script = (
        "import os\nfrom candour.files.wash.__main__ import confine\nconfine()\n"
        "assert 'DATABASE_URL' not in os.environ, os.environ\n"
        f"plain = open({str(tmp_path / 'plain')!r}, 'w')\n"
        "plain.write('a face')\nplain.flush()\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", script], env={}, capture_output=True, text=True
    )

    assert done.returncode != 0
    assert "File too large" in done.stderr
    assert (tmp_path / "plain").read_text() == ""


def test_a_decoder_that_takes_too_long_is_ended(
    person: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    forever = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(pot, "COMMAND", forever)
    monkeypatch.setattr(pot, "SECONDS", 0.5)

    row = washed(person, cast.jpeg())

    assert (row.state, row.because) == ("rejected", "cannot-be-read")
