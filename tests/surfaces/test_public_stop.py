"""Stopping news and offers: an address, no questions, and the same answer to all."""

from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from candour import gate
from candour.consent import actions as consent
from candour.core.actor import system
from candour.core.clock import now
from candour.core.errors import Refused
from candour.outbox.marketing import check
from tests.apps.canary import found_anywhere
from tests.factories import CANARY_EMAIL, make_enquiry, publish_policy
from tests.surfaces.enquiring import Owner
from tests.surfaces.visiting import form_at, text_of, work

pytestmark = pytest.mark.usefixtures("db")
TESTER = system("test")


@pytest.fixture
def visitor() -> Client:
    publish_policy()
    return Client()


def stop(visitor: Client, address: str) -> Any:
    """Send the form, and let the queue do what it does."""
    answer = visitor.post("/stop/", {**form_at(visitor, "/stop/"), "address": address})
    work()
    return answer


def agreed(channel: str = "email", *, name: str = "Zephyrine") -> int:
    """Return somebody at the address who agreed to offers."""
    person = make_enquiry(name=name).person_id
    with gate.open(
        by=TESTER, purpose="rights", people=[person], verb="t:t:t", at=now()
    ) as permit:
        consent.give(
            permit=permit,
            person_id=person,
            purpose=permit.policy.marketing.purpose,
            channel=channel,
            wording="Yes",
            how="test",
            by=TESTER,
            at=now(),
        )
    return person


def states(owner: Owner, person: int) -> dict[str, str]:
    """Return channel -> state of a person's permissions."""
    return dict(
        owner.execute(
            "SELECT channel, state FROM consent_permission WHERE person_id = %s",
            [person],
        ).fetchall()
    )


def refused(person: int) -> bool:
    """Say whether an offer to the person is refused when it would be queued."""
    with gate.open(
        by=TESTER, purpose="rights", people=[person], verb="t:t:t", at=now()
    ) as permit:
        rule = permit.policy.message("offer")
        try:
            check(permit=permit, person_id=person, rule=rule, address=CANARY_EMAIL)
        except Refused:
            return True
        return False


def test_everybody_at_the_address_is_sent_none_from_then_on(
    visitor: Client, owner_sql: Owner
) -> None:
    one, other = agreed(), agreed(name="Ptolemy")
    assert not refused(one)

    answer = stop(visitor, f" {CANARY_EMAIL.upper()} ")

    assert (answer.status_code, answer["Location"]) == (302, "/stop/done/")
    assert states(owner_sql, one)["email"] == "withdrawn"
    assert states(owner_sql, other)["email"] == "withdrawn"
    assert refused(one)
    assert refused(other)


def test_a_no_holds_for_every_record_with_the_address(visitor: Client) -> None:
    one = agreed()
    other = make_enquiry(name="Zephyrine again").person_id
    stop(visitor, CANARY_EMAIL)

    assert refused(one)
    assert refused(other)


def test_a_newer_yes_from_the_address_is_one(visitor: Client) -> None:
    agreed()
    stop(visitor, CANARY_EMAIL)

    assert not refused(agreed(name="Zephyrine again"))


def test_a_stop_takes_nothing_that_somebody_asked_for(
    visitor: Client, owner_sql: Owner
) -> None:
    make_enquiry()
    visitor.post("/stop/", {**form_at(visitor, "/stop/"), "address": CANARY_EMAIL})
    asking = {**form_at(visitor, "/your-data/"), "kind": "erasure"}
    visitor.post("/your-data/", {**asking, "email": CANARY_EMAIL})
    jobs = ProcrastinateJob.objects.filter(status="todo").order_by("-id")

    for job in list(jobs):  # the request is matched before the stop is heard
        app.tasks[job.task_name].func(**job.args)

    [[requests]] = owner_sql.execute("SELECT count(*) FROM rights_request").fetchall()
    assert requests == 1
    [[state]] = owner_sql.execute(
        "SELECT DISTINCT state FROM consent_permission WHERE channel = 'email'"
    ).fetchall()
    assert state == "withdrawn"


def test_somebody_without_a_permission_is_stopped_too(
    visitor: Client, owner_sql: Owner
) -> None:
    person = make_enquiry().person_id

    stop(visitor, CANARY_EMAIL)

    assert states(owner_sql, person)["email"] == "withdrawn"


def test_an_address_nobody_holds_gets_the_same_answer_and_nothing_is_kept(
    visitor: Client, owner_sql: Owner
) -> None:
    make_enquiry()

    known = stop(visitor, CANARY_EMAIL)
    unknown = stop(visitor, "nobody@unknown.example")

    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert not found_anywhere(owner_sql, "nobody@unknown.example")
    [[people]] = owner_sql.execute("SELECT count(*) FROM people_person").fetchall()
    assert people == 1


def test_a_number_stops_calls_and_texts(visitor: Client, owner_sql: Owner) -> None:
    person = agreed("sms")
    owner_sql.execute(
        "INSERT INTO people_contact_point (ref, person_id, channel, value, value_key,"
        " source, made_at) VALUES (gen_random_uuid(), %s, 'phone', '020 7946 0123',"
        " '+442079460123', 'website-form', now())",
        [person],
    )

    stop(visitor, "(020) 7946-0123")

    found = states(owner_sql, person)
    assert found["sms"] == "withdrawn"
    assert "email" not in found


@pytest.mark.parametrize("address", ["", "  ", "nobody", "a@b", "12", "\x00@x.example"])
def test_what_is_neither_is_said_beside_the_field(
    visitor: Client, owner_sql: Owner, address: str
) -> None:
    answer = stop(visitor, address)

    assert answer.status_code == 422
    assert 'id="address-error"' in text_of(answer)
    [[people]] = owner_sql.execute("SELECT count(*) FROM people_person").fetchall()
    assert people == 0


def test_stopping_twice_is_stopping_once(visitor: Client, owner_sql: Owner) -> None:
    person = agreed()
    stop(visitor, CANARY_EMAIL)
    before = owner_sql.execute("SELECT count(*) FROM consent_event").fetchall()

    stop(visitor, CANARY_EMAIL)

    assert owner_sql.execute("SELECT count(*) FROM consent_event").fetchall() == before
    assert states(owner_sql, person)["email"] == "withdrawn"


def test_a_later_yes_begins_anew(visitor: Client, owner_sql: Owner) -> None:
    person = agreed()
    stop(visitor, CANARY_EMAIL)
    with gate.open(
        by=TESTER, purpose="rights", people=[person], verb="t:t:t", at=now()
    ) as permit:
        consent.give(
            permit=permit,
            person_id=person,
            purpose=permit.policy.marketing.purpose,
            channel="email",
            wording="Yes",
            how="test",
            by=TESTER,
            at=now(),
        )

    assert not refused(person)
