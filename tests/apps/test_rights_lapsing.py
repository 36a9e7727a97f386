"""A request that nobody proved ends with its reason, and not in silence."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import psycopg
import pytest

from candour.rights import actions, erasure
from candour.rights.copy import fetch
from candour.rights.lapse import lapse, remind
from tests.apps.rights_cast import (
    ask,
    letters,
    newest_token,
    plan_of,
    posted,
    prove,
    status,
    themselves,
    work,
)
from tests.factories import NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")
Owner = psycopg.Connection[Any]
LAPSED = NOON + timedelta(days=8)


@pytest.mark.parametrize("kind", ["access", "erasure"])
def test_somebody_we_know_is_told_why_and_what_they_can_do(
    owner_sql: Owner, kind: str
) -> None:
    publish_policy()
    make_enquiry()
    ask(kind)
    posted(owner_sql)

    lapse(at=LAPSED)

    [letter] = letters(owner_sql, "request-refusal")
    assert "nobody opened it while it worked" in letter
    assert "nothing was given to anybody, and nothing was erased" in letter
    assert "If you do not agree" in letter
    assert "ask again and open the new link" in letter
    assert "Information Commissioner" in letter
    assert "ask a court" in letter


def test_the_lapse_is_a_step_with_its_reason(owner_sql: Owner) -> None:
    publish_policy()
    make_enquiry()
    ask()
    posted(owner_sql)

    lapse(at=LAPSED)

    rows = owner_sql.execute(
        "SELECT by, ground FROM rights_step WHERE what = 'lapsed'"
    ).fetchall()
    assert rows == [
        (
            "system:lapse-requests",
            "UK GDPR Art 12(6): nobody opened the link, so we could not know who asked",
        )
    ]


def test_whoever_reads_the_address_is_told_and_then_the_claimant_goes(
    owner_sql: Owner,
) -> None:
    publish_policy()
    ask(address="nobody@example.org")
    posted(owner_sql)

    lapse(at=LAPSED)
    assert len(letters(owner_sql, "request-refusal")) == 1
    lapse(at=LAPSED + timedelta(days=3))
    assert owner_sql.execute("SELECT count(*) FROM people_person").fetchone() == (1,)
    posted(owner_sql, at=LAPSED + timedelta(days=3))
    lapse(at=LAPSED + timedelta(days=3))

    assert owner_sql.execute("SELECT count(*) FROM people_person").fetchone() == (0,)


def test_a_link_that_never_left_lapses_for_nobody(owner_sql: Owner) -> None:
    publish_policy()
    make_enquiry()
    ask()

    assert lapse(at=LAPSED + timedelta(days=30)) == 0

    states = owner_sql.execute("SELECT state FROM rights_request").fetchall()
    assert states == [("waiting-link",)]


def test_an_erasure_that_is_not_gone_on_with_is_called_to_mind_and_then_ended(
    owner_sql: Owner,
) -> None:
    publish_policy()
    make_enquiry()
    asked = prove(owner_sql, "erasure")
    due = status(asked).answer_by
    day = datetime.combine(due, time(9), tzinfo=UTC)

    remind(at=day - timedelta(days=8))
    assert len(letters(owner_sql)) == 1
    remind(at=day - timedelta(days=7))
    remind(at=day - timedelta(days=6))

    [_, letter] = letters(owner_sql)
    assert "Nothing is erased before you say so" in letter
    back = actions.follow_link(
        token=newest_token(owner_sql), at=day - timedelta(days=5)
    )
    assert plan_of(back).goes

    remind(at=day)
    [ended] = letters(owner_sql, "request-refusal")
    assert "nothing was erased, and the request has ended" in ended
    assert "If you do not agree" in ended
    states = owner_sql.execute("SELECT state FROM rights_request").fetchall()
    assert states == [("expired",)]


def test_one_that_was_gone_on_with_is_not_ended(owner_sql: Owner) -> None:
    publish_policy()
    make_enquiry()
    asked = prove(owner_sql, "erasure")
    seen = plan_of(asked).fingerprint
    erasure.confirm(ref=asked.ref, seen=seen, by=themselves(asked), at=NOON)

    remind(at=NOON + timedelta(days=60))

    assert letters(owner_sql, "request-refusal") == []


def test_a_copy_that_nobody_fetched_ends_with_a_letter(owner_sql: Owner) -> None:
    publish_policy()
    make_enquiry()
    prove(owner_sql)
    work(at=NOON)

    fetch.remove_expired(at=NOON + timedelta(days=8))

    [letter] = letters(owner_sql, "request-refusal")
    assert "Nobody fetched it in time" in letter
    assert "If you do not agree" in letter


def test_a_lapse_is_told_once(owner_sql: Owner) -> None:
    publish_policy()
    make_enquiry()
    ask()
    posted(owner_sql)

    lapse(at=LAPSED)
    lapse(at=LAPSED + timedelta(hours=1))

    assert len(letters(owner_sql, "request-refusal")) == 1


def test_an_address_that_is_somebody_elses_gets_no_letter_and_stops_no_job(
    owner_sql: Owner,
) -> None:
    publish_policy()
    make_enquiry()
    ask()
    posted(owner_sql)
    owner_sql.execute("UPDATE people_contact_point SET wrong_at = now()")

    lapse(at=LAPSED)

    assert letters(owner_sql, "request-refusal") == []
    states = owner_sql.execute("SELECT state FROM rights_request").fetchall()
    assert states == [("expired",)]
