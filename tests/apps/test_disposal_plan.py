"""What an erasure shows first, and who may say yes to it."""

from datetime import date

import pytest

from candour import gate
from candour.core import actor
from candour.core.actor import system
from candour.core.errors import NotFound
from candour.core.ids import new_ref
from candour.disposal.actions import Changed, NothingGoes
from candour.enquiries import actions as enquiries
from candour.rights import erasure
from tests.apps.erasure_cast import (
    Owner,
    asked_to_erase,
    confirm,
    count,
    full_life,
)
from tests.apps.rights_cast import (
    LATER,
    make_person,
    plan_of,
    prove,
    status,
    themselves,
)
from tests.factories import CANARY_EMAIL, NOON, publish_policy

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def policy(db: None) -> None:
    publish_policy()


def test_the_plan_changes_nothing_and_says_what_would_go(owner_sql: Owner) -> None:
    full_life()
    asked = asked_to_erase(owner_sql)
    changes = count(owner_sql, "trail_change")

    plan = plan_of(asked)

    assert count(owner_sql, "trail_change") == changes
    goes = {item.table: item.rows for item in plan.goes}
    assert goes["enquiries_enquiry"] == 1
    assert goes["consent_event"] == 2
    assert goes["people_person"] == 1
    assert {item.table for item in plan.stays} == {
        "trail_event",
        "disposal_ledger",
        "consent_suppression",
    }
    assert all(item.why and item.article and item.clause for item in plan.stays)
    assert (plan.keys_by, plan.backups_by) == (date(2026, 11, 27), date(2026, 12, 25))
    assert plan.fingerprint == plan_of(asked).fingerprint


def test_what_came_in_since_is_shown_first(owner_sql: Owner) -> None:
    person = full_life()
    asked = asked_to_erase(owner_sql)
    seen = plan_of(asked).fingerprint
    with gate.open(
        by=system("test"), purpose="enquiry", people=[person], verb="t:t:t", at=NOON
    ) as permit:
        enquiries.receive(
            permit=permit,
            person_id=person,
            token=new_ref(),
            topics=[],
            message="One more question",
            reply_by=["email"],
            source="website-form",
            brand="",
            at=NOON,
        )

    with pytest.raises(Changed):
        erasure.confirm(ref=asked.ref, seen=seen, by=themselves(asked), at=LATER)

    assert count(owner_sql, "enquiries_enquiry") == 2
    assert count(owner_sql, "disposal_erasure") == 0
    locked = owner_sql.execute("SELECT locked_at FROM people_standing").fetchall()
    assert locked == [(None,)]


def test_a_plan_can_be_called_off(owner_sql: Owner) -> None:
    full_life()
    asked = asked_to_erase(owner_sql)

    erasure.keep(ref=asked.ref, by=themselves(asked), at=LATER)

    assert status(asked).state == "withdrawn"
    with pytest.raises(erasure.NotOpen):
        confirm(asked)
    assert count(owner_sql, "enquiries_enquiry") == 1


def test_nobody_else_can_confirm(owner_sql: Owner) -> None:
    full_life()
    asked = asked_to_erase(owner_sql)
    seen = plan_of(asked).fingerprint

    with pytest.raises(NotFound):
        erasure.confirm(ref=asked.ref, seen=seen, by=actor.person(new_ref()), at=LATER)
    with pytest.raises(NotFound):
        erasure.keep(ref=asked.ref, by=actor.person(new_ref()), at=LATER)
    assert count(owner_sql, "disposal_erasure") == 0


def test_a_request_for_a_copy_erases_nothing(owner_sql: Owner) -> None:
    full_life()
    asked = prove(owner_sql, "access")

    with pytest.raises(NotFound):
        erasure.confirm(ref=asked.ref, seen="", by=themselves(asked), at=LATER)


def test_an_unproven_request_erases_nothing(owner_sql: Owner) -> None:
    full_life()
    make_person("Ptolemy Quillfeather", [("email", CANARY_EMAIL)])
    asked = asked_to_erase(owner_sql)
    assert asked.state == "waiting-identity"

    with pytest.raises(erasure.NotOpen):
        erasure.confirm(ref=asked.ref, seen="", by=themselves(asked), at=LATER)


def test_a_legal_hold_keeps_everything_and_says_so(owner_sql: Owner) -> None:
    full_life()
    asked = asked_to_erase(owner_sql)
    owner_sql.execute("UPDATE people_standing SET held = true")

    plan = plan_of(asked)

    assert plan.goes == ()
    assert {item.article for item in plan.stays if item.table == "people_person"} == {
        "UK GDPR Article 17(3)(e)"
    }
    with pytest.raises(NothingGoes):
        confirm(asked)
    assert count(owner_sql, "people_person") == 1
