"""Where something of an erased person must stay, by law."""

from datetime import timedelta

import pytest

from candour import gate
from candour.core.actor import system
from candour.core.errors import Refused
from candour.disposal import erase, queries
from candour.disposal.erase import run
from candour.disposal.models import Erasure
from candour.people.models import Standing
from candour.policy.compile import Policy
from candour.policy.compiled.rules import Ground
from candour.policy.vocabulary import RecordClass
from candour.rights import erasure
from tests.apps.erasure_cast import (
    RECEPTION,
    Owner,
    asked_to_erase,
    confirm,
    count,
    finish,
    full_life,
)
from tests.apps.rights_cast import (
    LATER,
    letters,
    make_person,
    plan_of,
    prove,
    status,
    themselves,
    work,
)
from tests.factories import CANARY, CANARY_EMAIL, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")

KEPT = Ground("test", "UK GDPR Article 17(3)(b)", "The law makes us.", "retention.x")


@pytest.fixture(autouse=True)
def policy(db: None) -> None:
    publish_policy()


@pytest.fixture
def enquiries_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the law keep enquiries: the classes it really keeps have no tables yet."""
    monkeypatch.setattr(
        Policy,
        "must_keep",
        lambda self, klass: KEPT if klass == RecordClass.ENQUIRY else None,
    )


def test_what_the_law_keeps_stays_with_whose_it_is(
    owner_sql: Owner, enquiries_stay: None
) -> None:
    full_life()
    asked = asked_to_erase(owner_sql)

    plan = plan_of(asked)
    confirm(asked)
    found = finish(asked)

    stays = {item.table for item in plan.stays}
    assert {"enquiries_enquiry", "people_person", "rights_request"} <= stays
    assert {item.table for item in plan.goes} == {
        "appointments_appointment",
        "appointments_appointment_practitioner",
        "appointments_appointment_resource",
        "appointments_recall",
        "appointments_waiting",
        "consent_event",
        "consent_permission",
        "files_proof",
        "outbox_attempt",
        "outbox_message",
        "people_interaction",
    }
    assert found.complete
    [line] = [one for one in found.tables if one.table == "enquiries_enquiry"]
    assert (line.left, line.kept, line.clause) == (
        1,
        "The law makes us.",
        "retention.x",
    )
    assert count(owner_sql, "enquiries_enquiry") == 1
    assert count(owner_sql, "consent_event") == 0


def test_what_stays_is_unlocked_and_put_aside(
    owner_sql: Owner, enquiries_stay: None
) -> None:
    person = full_life()
    asked = asked_to_erase(owner_sql)
    confirm(asked)
    finish(asked)

    [[locked, restricted]] = owner_sql.execute(
        "SELECT locked_at, restricted_at FROM people_standing"
    ).fetchall()
    assert (locked, restricted) == (None, LATER)
    with (
        pytest.raises(Refused),
        gate.open(
            by=RECEPTION, purpose="enquiry", people=[person], verb="t:t:t", at=LATER
        ),
    ):
        pass
    assert status(asked).state == "done"
    [letter] = letters(owner_sql, "erasure-certificate")
    assert f"/your-data/certificate/{asked.ref}/" in letter


def test_they_can_ask_again(owner_sql: Owner, enquiries_stay: None) -> None:
    full_life()
    first = asked_to_erase(owner_sql)
    confirm(first)
    finish(first)

    again = prove(owner_sql, "erasure", at=LATER + timedelta(days=1))
    confirm(again, at=LATER + timedelta(days=1))

    assert finish(again, at=LATER + timedelta(days=1)).complete
    assert count(owner_sql, "disposal_ledger") == 2


def test_what_must_be_kept_and_came_in_late_calls_it_off(
    owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make_person(CANARY, [("email", CANARY_EMAIL)])
    asked = asked_to_erase(owner_sql)
    monkeypatch.setattr(
        Policy,
        "must_keep",
        lambda self, klass: KEPT if klass == RecordClass.ENQUIRY else None,
    )
    seen = plan_of(asked).fingerprint
    with monkeypatch.context() as crashed:
        crashed.setattr(erase, "run", lambda **kwargs: erase.Outcome.NOTHING)
        erasure.confirm(ref=asked.ref, seen=seen, by=themselves(asked), at=LATER)
    other = make_enquiry(name="Quentin Marrowby", email="quentin@example.org")
    owner_sql.execute(
        "UPDATE enquiries_enquiry SET person_id = %s WHERE id = %s", [person, other.pk]
    )

    [waiting] = queries.waiting()
    run(erasure=waiting, at=LATER)
    work(at=LATER)

    assert count(owner_sql, "disposal_ledger") == 0
    assert count(owner_sql, "enquiries_enquiry") == 1
    assert status(asked).confirmed_at is None
    with gate.open(
        by=system("test"), purpose="rights", people=[person], verb="t:t:t", at=LATER
    ):
        assert not Erasure.objects.exists()
        assert Standing.objects.get(person=person).locked_at is None
