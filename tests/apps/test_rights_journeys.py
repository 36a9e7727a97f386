"""Whole errands under every clinic's policy, and what time and crashes do to them."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from candour import gate
from candour.core.actor import VISITOR, staff
from candour.core.errors import Expired
from candour.core.ids import new_ref
from candour.disposal import certify
from candour.disposal import queries as disposals
from candour.notices.current import policy as compiled
from candour.policy.terms import Reach
from candour.rights import actions, deadlines, erasure, jobs, letters, queries
from candour.rights.lapse import lapse
from candour.trail import keys, verify
from candour.trail.seal import seal
from tests.apps.canary import found_anywhere
from tests.apps.rights_cast import (
    LATER,
    ask,
    fetched,
    newest_token,
    plan_of,
    posted,
    prove,
    status,
    themselves,
    work,
)
from tests.factories import CANARY_EMAIL, NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")
Owner = psycopg.Connection[Any]
PACKS = (
    "model",
    "ai-beauty",
    "cm-london-medical",
    "dermaesthetics",
    "private-clinic",
    "pro-aesthetics",
)
STRANGER = "nobody.we.know@example.org"
LAPSED = NOON + timedelta(days=8)


def count(owner: Owner, table: str) -> int:
    [[found]] = owner.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(found)


@pytest.mark.parametrize("pack", PACKS)
def test_a_copy_and_then_an_erasure_under_each_clinics_notice(
    owner_sql: Owner, pack: str
) -> None:
    publish_policy(pack)
    make_enquiry()
    copy = prove(owner_sql, "access")
    work(at=NOON)
    assert "index.html" in fetched(copy).namelist()

    asked = prove(owner_sql, "erasure", at=LATER)
    seen = plan_of(asked, at=LATER)
    assert seen.goes
    erasure.confirm(
        ref=asked.ref, seen=seen.fingerprint, by=themselves(asked), at=LATER
    )
    for ref in disposals.uncertified():
        certify.finish(erasure=ref, at=LATER)

    found = disposals.certificate(asked.ref)
    assert found is not None
    assert found.complete
    assert found_anywhere(owner_sql, "Quillfeather") == []


def test_the_trail_still_verifies_after_an_erasure(owner_sql: Owner) -> None:
    keys.ensure()
    publish_policy()
    make_enquiry()
    asked = prove(owner_sql, "erasure")
    seal(at=NOON)
    erasure.confirm(
        ref=asked.ref,
        seen=plan_of(asked).fingerprint,
        by=themselves(asked),
        at=LATER,
    )
    for ref in disposals.uncertified():
        certify.finish(erasure=ref, at=LATER)
    seal(at=LATER)

    report = verify.verify(owner_sql)
    assert report.problems == []
    assert report.batches == 2


def test_what_nobody_proved_is_not_kept(owner_sql: Owner) -> None:
    publish_policy()
    ask(address=STRANGER)
    ask("erasure", address=STRANGER)
    posted(owner_sql)

    assert lapse(at=LAPSED - timedelta(seconds=1)) == 0
    assert count(owner_sql, "rights_request") == 2
    assert lapse(at=LAPSED) == 2
    posted(owner_sql, at=LAPSED)
    lapse(at=LAPSED + timedelta(days=3))

    assert count(owner_sql, "people_person") == 0
    assert found_anywhere(owner_sql, STRANGER) == []
    assert count(owner_sql, "vault.key") == 0


def test_a_link_that_lapsed_opens_nothing(owner_sql: Owner) -> None:
    publish_policy()
    make_enquiry()
    ask()
    posted(owner_sql)
    token = newest_token(owner_sql)

    lapse(at=LAPSED)

    states = owner_sql.execute("SELECT state FROM rights_request").fetchall()
    assert states == [("expired",)]
    with pytest.raises(Expired):
        actions.follow_link(token=token, at=NOON)


def test_a_request_that_was_proved_does_not_lapse(owner_sql: Owner) -> None:
    publish_policy()
    asked = prove(owner_sql, "erasure", address=STRANGER)

    assert lapse(at=NOON + timedelta(days=365)) == 0
    assert status(asked).state == "open"


def test_a_job_that_was_lost_is_queued_again(owner_sql: Owner) -> None:
    publish_policy()
    make_enquiry()
    actions.ask(kind="access", address=CANARY_EMAIL, brand="", by=VISITOR, at=NOON)
    owner_sql.execute("DELETE FROM procrastinate_jobs")
    names = "SELECT task_name FROM procrastinate_jobs WHERE task_name LIKE 'rights%'"

    jobs.resume(0)
    jobs.resume(0)
    assert owner_sql.execute(names).fetchall() == [(actions.MATCH,)]

    work(at=NOON)
    asked = actions.follow_link(token=newest_token(owner_sql), at=NOON)
    owner_sql.execute("DELETE FROM procrastinate_jobs")
    jobs.resume(0)
    assert owner_sql.execute(names).fetchall() == [(actions.BUILD,)]
    work(at=NOON)
    assert status(asked).state == "ready"


def test_the_list_of_requests_has_the_one_due_first_at_the_top(
    owner_sql: Owner,
) -> None:
    publish_policy()
    later = prove(owner_sql, "erasure", address=STRANGER, at=NOON + timedelta(days=3))
    make_enquiry()
    first = prove(owner_sql, "erasure")
    ask(address="unproven@example.org")

    with gate.open(
        by=staff(new_ref(), "data-protection-lead"),
        purpose="rights",
        reach=Reach.DAY,
        verb="t:t:t",
        at=NOON,
    ) as permit:
        found = queries.requests(permit=permit)

    assert [one.ref for one in found.rows] == [first.ref, later.ref]


def test_the_steps_of_a_request_are_kept_in_order(owner_sql: Owner) -> None:
    publish_policy()
    make_enquiry()
    asked = prove(owner_sql)
    work(at=LATER)

    with gate.open(
        by=themselves(asked),
        purpose="rights",
        people=[queries.owner(asked.ref)],
        verb="t:t:t",
        at=LATER,
    ) as permit:
        steps = queries.steps(asked.ref, permit=permit)

    assert [one.what for one in steps] == ["received", "address-proven", "copy-made"]


def test_what_is_due_is_the_earlier_of_the_two_days() -> None:
    policy = publish_policy("dermaesthetics")
    days = deadlines.days(compiled(policy.pk), "access", NOON)

    assert days.target_on is not None
    assert days.answer_by == days.target_on < days.due_on


def test_a_moment_is_written_as_people_here_do() -> None:
    assert letters.moment(NOON) == "20 November 2026, 12.00 pm"
    assert letters.moment(NOON + timedelta(hours=12)) == "21 November 2026, 12.00 am"
    assert letters.moment(NOON + timedelta(hours=2, minutes=5)) == (
        "20 November 2026, 2.05 pm"
    )
