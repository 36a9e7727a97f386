"""Falling over at any point of an erasure: nothing is lost, and it goes on."""

from typing import Any

import pytest

from candour import gate
from candour.core.actor import staff
from candour.core.errors import Refused
from candour.core.ids import new_ref
from candour.disposal import certify, erase, jobs, ledger, queries
from candour.rights import erasure
from candour.rights.actions import Asked
from tests.apps.erasure_cast import Owner, confirm, count, resume
from tests.apps.rights_cast import LATER, prove
from tests.factories import make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")

RECEPTION = staff(new_ref(), "reception")


class Crash(Exception):
    """The power goes."""


def crash(*args: object, **kwargs: object) -> Any:
    raise Crash


@pytest.fixture
def asked(db: None, owner_sql: Owner) -> Asked:
    """Return a proven request for erasure, of somebody with one enquiry."""
    publish_policy()
    make_enquiry()
    return prove(owner_sql, "erasure")


def test_a_crash_after_confirming_leaves_a_locked_person_and_a_job_that_goes_on(
    asked: Asked, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    [[person]] = owner_sql.execute("SELECT id FROM people_person").fetchall()
    with monkeypatch.context() as broken:
        broken.setattr(erase, "run", crash)
        with pytest.raises(Crash):
            confirm(asked)

    assert count(owner_sql, "enquiries_enquiry") == 1
    with (
        pytest.raises(Refused) as refused,
        gate.open(
            by=RECEPTION, purpose="enquiry", people=[person], verb="t:t:t", at=LATER
        ),
    ):
        pass
    assert refused.value.clause == "rights.erasure"
    queued = owner_sql.execute(
        "SELECT args->>'erasure' FROM procrastinate_jobs"
        " WHERE task_name = 'disposal:erasure:run'"
    ).fetchall()
    assert queued == [(str(ref),) for ref in queries.waiting()]

    jobs.run(*queued[0])

    assert count(owner_sql, "people_person") == 0
    assert queries.is_erased(asked.ref)


@pytest.mark.parametrize("where", ["delete", "line_of"])
def test_a_crash_inside_the_transaction_takes_nothing(
    asked: Asked, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(erase, where, crash)
        with pytest.raises(Crash):
            confirm(asked)

    assert count(owner_sql, "enquiries_enquiry") == 1
    assert count(owner_sql, "vault.key") > 0
    assert count(owner_sql, "disposal_ledger") == 0
    assert ledger.read().lines == {}
    resume()
    assert count(owner_sql, "people_person") == 0


def test_a_full_disk_keeps_the_erasure_from_being_committed_unrecorded(
    asked: Asked, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(line: object) -> None:
        raise OSError("no room")

    with monkeypatch.context() as broken:
        broken.setattr(ledger, "append", full)
        with pytest.raises(OSError, match="no room"):
            confirm(asked)

    assert count(owner_sql, "people_person") == 1
    resume()
    assert count(owner_sql, "people_person") == 0
    assert len(ledger.read().lines) == 1


def test_a_crash_after_the_line_and_before_the_commit_makes_no_second_erasure(
    asked: Asked, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = ledger.append

    def then_crash(line: Any) -> None:
        written(line)
        raise Crash

    with monkeypatch.context() as broken:
        broken.setattr(ledger, "append", then_crash)
        with pytest.raises(Crash):
            confirm(asked)
    assert count(owner_sql, "people_person") == 1

    resume()

    assert len(ledger.read().lines) == 1
    assert count(owner_sql, "disposal_ledger") == 1
    assert count(owner_sql, "people_person") == 0


def test_a_crash_before_the_certificate_is_taken_up_again(
    asked: Asked, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirm(asked)
    with monkeypatch.context() as broken:
        broken.setattr(certify, "_certify", crash)
        with pytest.raises(Crash):
            resume()
    assert queries.certificate(asked.ref) is None

    resume()
    resume()

    found = queries.certificate(asked.ref)
    assert found is not None
    assert found.complete
    assert count(owner_sql, "disposal_certificate") == 1
    assert queries.uncertified() == []


def test_the_hourly_job_queues_what_was_left(
    asked: Asked, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(erase, "run", crash)
        with pytest.raises(Crash):
            confirm(asked)
    owner_sql.execute("DELETE FROM procrastinate_jobs")

    for _ in range(2):
        jobs.resume(0)
    names = "SELECT task_name FROM procrastinate_jobs WHERE task_name LIKE 'disposal%'"
    assert owner_sql.execute(names).fetchall() == [("disposal:erasure:run",)]

    resume()
    owner_sql.execute("DELETE FROM disposal_certificate")
    owner_sql.execute("DELETE FROM procrastinate_jobs")
    jobs.resume(0)
    assert owner_sql.execute(names).fetchall() == [("disposal:erasure:finish",)]


def test_a_line_that_was_lost_is_written_again(asked: Asked) -> None:
    confirm(asked)
    ledger.path().unlink()

    resume()

    assert len(ledger.read().lines) == 1


def test_running_again_after_all_is_done_does_nothing(
    asked: Asked, owner_sql: Owner
) -> None:
    confirm(asked)
    [ref] = queries.uncertified()
    resume()
    changes = count(owner_sql, "trail_change")

    erase.run(erasure=ref, at=LATER)
    certify.finish(erasure=ref, at=LATER)
    erase.run(erasure=new_ref(), at=LATER)
    certify.finish(erasure=new_ref(), at=LATER)
    erasure.close(ref=asked.ref, at=LATER)

    assert count(owner_sql, "trail_change") == changes
