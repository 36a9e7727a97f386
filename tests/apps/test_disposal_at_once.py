"""An erasure, and something else that happens at the same time."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from candour import gate
from candour.core.actor import system
from candour.core.errors import CandourError, Expired, Refused
from candour.core.ids import new_ref
from candour.disposal import certify, collect, erase, jobs, ledger, queries
from candour.disposal.actions import Changed, Confirmed
from candour.enquiries import actions as enquiries
from candour.people.models import Person
from candour.rights import actions
from candour.rights.actions import Asked
from candour.rights.copy import build
from tests.apps.canary import found_anywhere
from tests.apps.erasure_cast import Owner, confirm, count, not_now, resume
from tests.apps.rights_cast import LATER, ask, plan_of, prove, work
from tests.factories import NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def asked(db: None, owner_sql: Owner) -> Asked:
    """Return a proven request for erasure, of somebody with one enquiry."""
    publish_policy()
    make_enquiry()
    return prove(owner_sql, "erasure")


class Meanwhile(threading.Thread):
    """Runs a function beside the test, on a connection of its own."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self._work = work
        self.raised: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            self._work()
        except Exception as raised:  # noqa: BLE001 - handed to the test
            self.raised = raised
        finally:
            connection.close()

    def outcome(self) -> BaseException | None:
        self.join(30)
        assert not self.is_alive()
        return self.raised


def test_of_two_confirmations_at_once_one_erases_and_one_is_told(
    asked: Asked, owner_sql: Owner
) -> None:
    seen = plan_of(asked).fingerprint
    both = [Meanwhile(lambda: confirm(asked, seen)) for _ in range(2)]

    told = [found for one in both if (found := one.outcome()) is not None]

    assert len(told) == 1
    assert isinstance(told[0], CandourError)
    assert count(owner_sql, "disposal_ledger") == 1
    assert count(owner_sql, "people_person") == 0


def test_confirming_twice_is_told_in_words(
    asked: Asked, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erase, "run", not_now)
    seen = plan_of(asked).fingerprint
    confirm(asked, seen)

    with pytest.raises(Confirmed):
        confirm(asked, seen)
    assert count(owner_sql, "disposal_erasure") == 1


def test_two_workers_on_one_erasure_erase_once(
    asked: Asked, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(erase, "run", not_now)
        confirm(asked)
    [ref] = queries.waiting()

    both = [Meanwhile(lambda: erase.run(erasure=ref, at=LATER)) for _ in range(2)]

    assert [one.outcome() for one in both] == [None, None]
    assert count(owner_sql, "disposal_ledger") == 1
    assert len(ledger.read().lines) == 1


def test_two_workers_on_one_certificate_issue_one(
    asked: Asked, owner_sql: Owner
) -> None:
    confirm(asked)
    [ref] = queries.uncertified()

    both = [Meanwhile(lambda: certify.finish(erasure=ref, at=LATER)) for _ in range(2)]

    assert [one.outcome() for one in both] == [None, None]
    assert count(owner_sql, "disposal_certificate") == 1


def add_an_enquiry(person: int, started: threading.Event, go: threading.Event) -> None:
    with gate.open(
        by=system("test"), purpose="enquiry", people=[person], verb="t:t:t", at=NOON
    ) as permit:
        enquiries.receive(
            permit=permit,
            person_id=person,
            token=new_ref(),
            topics=[],
            message="Unfinished Zephyrine",
            reply_by=["email"],
            source="website-form",
            brand="",
            at=NOON,
        )
        started.set()
        go.wait(10)


def test_an_enquiry_that_is_being_sent_is_waited_for_and_shown(
    asked: Asked, owner_sql: Owner
) -> None:
    [[person]] = owner_sql.execute("SELECT id FROM people_person").fetchall()
    seen = plan_of(asked).fingerprint
    started, go = threading.Event(), threading.Event()
    sender = Meanwhile(lambda: add_an_enquiry(person, started, go))
    assert started.wait(10)
    confirming = Meanwhile(lambda: confirm(asked, seen))
    threading.Timer(0.3, go.set).start()

    assert isinstance(confirming.outcome(), Changed)
    assert sender.outcome() is None
    assert count(owner_sql, "enquiries_enquiry") == 2  # acknowledged, so not lost


def test_after_locking_nothing_comes_in(
    asked: Asked, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    [[person]] = owner_sql.execute("SELECT id FROM people_person").fetchall()
    with monkeypatch.context() as broken:
        broken.setattr(erase, "run", not_now)
        confirm(asked)

    with pytest.raises(Refused):
        add_an_enquiry(person, threading.Event(), threading.Event())
    with pytest.raises(Expired):
        ask("erasure", at=LATER)  # leads to a claimant, not to the locked person
        actions.follow_link(token="x", at=LATER)
    [[theirs]] = owner_sql.execute(
        "SELECT count(*) FROM rights_request WHERE person_id = %s", [person]
    ).fetchall()
    assert theirs == 1


def test_what_was_begun_before_the_locking_and_written_after_it_calls_it_off(
    asked: Asked, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry_out = erase.run

    def after_the_enquiry(**kwargs: Any) -> erase.Outcome:
        owner_sql.execute(
            "INSERT INTO enquiries_enquiry (ref, person_id, brand, source, topics,"
            " message, reply_by, status, received_at, token, policy_id, clause)"
            " SELECT gen_random_uuid(), person_id, brand, source, topics, message,"
            " reply_by, status, received_at, gen_random_uuid(), policy_id, clause"
            " FROM enquiries_enquiry"
        )
        return carry_out(**kwargs)

    with monkeypatch.context() as late:
        late.setattr(erase, "run", after_the_enquiry)
        with pytest.raises(Changed):
            confirm(asked)

    assert count(owner_sql, "enquiries_enquiry") == 2  # acknowledged, so not lost
    assert count(owner_sql, "disposal_erasure") == 0
    confirm(asked)
    assert count(owner_sql, "enquiries_enquiry") == 0
    assert found_anywhere(owner_sql, "Zephyrine") == []


def test_work_that_does_not_end_is_not_waited_for_for_ever(
    asked: Asked, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erase, "PATIENCE", 3)
    other = make_enquiry(name="Quentin Marrowby", email="quentin@example.org")
    started, go = threading.Event(), threading.Event()
    sender = Meanwhile(lambda: add_an_enquiry(other.person_id, started, go))
    assert started.wait(10)

    confirm(asked)  # says nothing: the job goes on

    [ref] = queries.waiting()
    with pytest.raises(erase.StillBusy):
        jobs.run(str(ref))
    go.set()
    assert sender.outcome() is None
    jobs.run(str(ref))
    assert queries.is_erased(asked.ref)


def test_a_copy_that_is_being_made_and_an_erasure_wait_for_each_other(
    asked: Asked, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = prove(owner_sql, "access")
    seen = plan_of(asked).fingerprint
    making, go = threading.Event(), threading.Event()
    rows = collect.tables

    def slowly(*args: Any, **kwargs: Any) -> Any:
        making.set()
        go.wait(10)
        return rows(*args, **kwargs)

    monkeypatch.setattr(collect, "tables", slowly)
    builder = Meanwhile(lambda: build.build(ref=copy.ref, at=LATER))
    assert making.wait(10)
    confirming = Meanwhile(lambda: confirm(asked, seen))
    threading.Timer(0.3, go.set).start()

    assert builder.outcome() is None
    told = confirming.outcome()
    assert isinstance(told, Changed)  # the letter about the copy came in
    confirm(asked)
    resume()
    certificate = queries.certificate(asked.ref)
    assert certificate is not None
    assert certificate.complete
    assert certificate.files_erased == 1


def test_no_copy_is_begun_of_somebody_being_erased(
    asked: Asked, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = prove(owner_sql, "access")
    with monkeypatch.context() as broken:
        broken.setattr(erase, "run", not_now)
        confirm(asked)

    build.build(ref=copy.ref, at=LATER)
    work(at=LATER)

    states = owner_sql.execute("SELECT state FROM rights_request WHERE kind = 'access'")
    assert states.fetchall() == [("open",)]


def test_the_person_is_gone_for_whoever_still_has_the_number(
    asked: Asked, owner_sql: Owner
) -> None:
    [[person]] = owner_sql.execute("SELECT id FROM people_person").fetchall()
    confirm(asked)

    with gate.open(
        by=system("test"),
        purpose="rights",
        people=[person],
        verb="t:t:t",
        at=LATER + timedelta(days=1),
    ):
        assert not Person.objects.filter(pk=person).exists()
