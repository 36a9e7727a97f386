"""A request that nobody proved ends with its reason, and not in silence."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from candour.rights.lapse import lapse
from tests.apps.rights_cast import ask, letters
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


def test_a_claimant_of_whom_we_know_nothing_is_let_go_without_a_letter(
    owner_sql: Owner,
) -> None:
    publish_policy()
    ask(address="nobody@example.org")

    lapse(at=LAPSED)

    assert letters(owner_sql, "request-refusal") == []
    assert owner_sql.execute("SELECT count(*) FROM people_person").fetchone() == (0,)


def test_a_lapse_is_told_once(owner_sql: Owner) -> None:
    publish_policy()
    make_enquiry()
    ask()

    lapse(at=LAPSED)
    lapse(at=LAPSED + timedelta(hours=1))

    assert len(letters(owner_sql, "request-refusal")) == 1


def test_an_address_that_is_somebody_elses_gets_no_letter_and_stops_no_job(
    owner_sql: Owner,
) -> None:
    publish_policy()
    make_enquiry()
    ask()
    owner_sql.execute("UPDATE people_contact_point SET wrong_at = now()")

    lapse(at=LAPSED)

    assert letters(owner_sql, "request-refusal") == []
    states = owner_sql.execute("SELECT state FROM rights_request").fetchall()
    assert states == [("expired",)]
