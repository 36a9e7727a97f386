"""What may be queued, for whom, and that queueing waits for nobody."""

import threading
import time
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from candour.consent import actions as consent
from candour.core.clock import now
from candour.core.errors import Invalid, Refused
from candour.outbox import marketing
from candour.outbox.actions import SEND
from candour.people.normal import email_key
from tests.apps.outbox_cast import Owner, agree, newsletter, queue, states, unit
from tests.factories import CANARY_EMAIL, make_enquiry, publish_policy


@pytest.fixture(autouse=True)
def _policy(db: None) -> None:
    publish_policy()


def test_a_message_of_another_purpose_is_refused(owner_sql: Owner) -> None:
    enquiry = make_enquiry()
    agree(enquiry, "email")

    with pytest.raises(Invalid, match="another purpose"), unit(enquiry) as permit:
        queue(permit, enquiry, "newsletter")

    assert states(owner_sql) == []


@pytest.mark.parametrize("to", ["somebody.else@example.org", "x" + CANARY_EMAIL])
def test_an_address_that_is_not_the_persons_is_refused(
    owner_sql: Owner, to: str
) -> None:
    make_enquiry(email=to)
    enquiry = make_enquiry()

    with pytest.raises(Invalid, match="hold for this person"), unit(enquiry) as permit:
        queue(permit, enquiry, to=to)

    assert states(owner_sql) == []


def test_the_persons_address_may_be_written_in_another_way(owner_sql: Owner) -> None:
    enquiry = make_enquiry()

    with unit(enquiry) as permit:
        queue(permit, enquiry, to=f" {CANARY_EMAIL.title()} ")

    assert states(owner_sql) == ["queued"]


def test_what_rests_on_consent_need_not_arrive_and_an_answer_must() -> None:
    enquiry = make_enquiry()
    agree(enquiry, "email")

    with unit(enquiry) as permit:
        assert queue(permit, enquiry).must_arrive

    assert not newsletter(enquiry).must_arrive


def test_marketing_needs_a_yes_by_this_very_channel(owner_sql: Owner) -> None:
    enquiry = make_enquiry()
    agree(enquiry, "sms")

    with pytest.raises(Refused, match="has not agreed"):
        newsletter(enquiry)

    agree(enquiry, "email")
    newsletter(enquiry)
    assert states(owner_sql) == ["queued"]


def test_marketing_to_an_address_with_a_remembered_no_is_refused() -> None:
    enquiry = make_enquiry()
    agree(enquiry, "email")
    consent.remember_no(channel="email", value_key=CANARY_EMAIL, at=now())

    with pytest.raises(Refused, match="said stop"):
        newsletter(enquiry)


def test_what_needs_no_yes_but_ends_with_a_stop_is_refused_after_one() -> None:
    enquiry = make_enquiry()

    def check() -> None:
        with unit(enquiry) as permit:
            rule = permit.policy.message("recall")
            marketing.check(
                permit=permit,
                person_id=enquiry.person_id,
                rule=rule,
                address=CANARY_EMAIL,
            )

    check()
    agree(enquiry, "sms", give=consent.withdraw)
    check()
    agree(enquiry, "email", give=consent.withdraw)
    with pytest.raises(Refused, match="said stop"):
        check()


def test_a_note_about_a_permission_may_follow_a_stop(owner_sql: Owner) -> None:
    enquiry = make_enquiry()
    agree(enquiry, "email", "sms")
    agree(enquiry, "email", give=consent.withdraw)

    with unit(enquiry, "offers") as permit:
        queue(permit, enquiry, "permission-confirmation")

    assert states(owner_sql) == ["queued"]


def test_queueing_does_not_wait_for_who_queues_at_the_same_time(
    owner_sql: Owner,
) -> None:
    first, second = make_enquiry(), make_enquiry(email="second@example.org")
    took: list[float] = []

    def other() -> None:
        started = time.monotonic()
        with unit(second) as permit:
            queue(permit, second, to="second@example.org")
        took.append(time.monotonic() - started)
        connection.close()

    with unit(first) as permit:
        queue(permit, first)
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(timeout=3)
        assert took, "the second waits for the first to commit"

    assert states(owner_sql) == ["queued", "queued"]
    jobs = owner_sql.execute(
        "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [SEND]
    ).fetchone()
    assert jobs == (2,)


def test_a_unit_that_fails_leaves_neither_message_nor_job(owner_sql: Owner) -> None:
    enquiry = make_enquiry()

    with pytest.raises(RuntimeError), unit(enquiry) as permit:
        queue(permit, enquiry)
        raise RuntimeError

    assert states(owner_sql) == []
    [left] = owner_sql.execute("SELECT count(*) FROM procrastinate_jobs").fetchall()
    assert left == (0,)


@pytest.mark.parametrize("address", ["zoë@example.org", "用户@example.org"])
def test_an_address_no_mail_server_takes_is_refused_in_a_sentence(address: str) -> None:
    with pytest.raises(Invalid, match="without accents"):
        email_key(address)


def test_domains_that_only_look_alike_are_two() -> None:
    assert email_key("A@faß.example.org") != email_key("a@fass.example.org")
    assert email_key("A@BÜCHER.example.org") == email_key("a@bücher.example.org")


@pytest.mark.parametrize(
    ("change", "opened"),
    [({}, True), ({"ready": False}, False), ({"host": "smtp.example.org"}, False)],
)
def test_the_mailbox_is_open_in_a_demonstration_only(
    change: dict[str, Any], opened: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from candour.outbox import mailbox

    monkeypatch.setattr(settings, "MAIL", replace(settings.MAIL, **change))

    assert mailbox.is_open() is opened
