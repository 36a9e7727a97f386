"""A restriction and a no are heard at the last moment before sending."""

from collections.abc import Iterator
from typing import Any

import pytest

from candour.consent import actions as consent
from candour.core.clock import now
from candour.outbox import send as sending
from candour.outbox.hand_over import hand_over
from candour.outbox.send import send_due
from tests.apps.outbox_cast import (
    Owner,
    agree,
    let_pass,
    newsletter,
    outcomes,
    reply_to,
    stand,
    states,
)
from tests.apps.outbox_office import a_newsletter, opened
from tests.factories import CANARY_EMAIL, make_enquiry
from tests.smtp import Office

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def office(settings: Any) -> Iterator[Office]:
    with opened(settings) as office:
        yield office


def test_the_outcome_is_kept_when_they_restrict_while_it_is_being_sent(
    office: Office, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply_to()
    real = hand_over

    def meanwhile(letter: Any) -> str:
        stand(owner_sql, "restricted_at", "now()")
        return real(letter)

    monkeypatch.setattr(sending, "hand_over", meanwhile)

    assert send_due(now=now) == 1
    assert (states(owner_sql), outcomes(owner_sql)) == (["sent"], ["sent"])


def test_what_was_held_goes_when_the_restriction_is_lifted(
    office: Office, owner_sql: Owner
) -> None:
    reply_to()
    stand(owner_sql, "restricted_at", "now()")
    assert send_due(now=now) == 0
    assert states(owner_sql) == ["held"]
    let_pass(owner_sql, "40 days")
    assert send_due(now=now) == 0
    assert states(owner_sql) == ["held"]

    stand(owner_sql, "restricted_at", "NULL")

    assert send_due(now=now) == 1
    assert states(owner_sql) == ["sent"]


def test_marketing_of_a_lost_sender_does_not_go_once_they_are_unrestricted(
    office: Office, owner_sql: Owner
) -> None:
    a_newsletter()
    owner_sql.execute(
        "UPDATE outbox_message SET state = 'sending',"
        " send_after = now() - interval '11 minutes'"
    )
    stand(owner_sql, "restricted_at", "now()")
    send_due(now=now)
    stand(owner_sql, "restricted_at", "NULL")
    send_due(now=now)

    assert states(owner_sql) == ["unknown"]
    assert office.taken == []


@pytest.mark.parametrize("no", ["withdrawn", "suppressed"])
def test_a_no_after_queueing_is_heard_when_it_is_sent(
    office: Office, owner_sql: Owner, no: str
) -> None:
    enquiry = make_enquiry()
    agree(enquiry, "email", "sms")
    newsletter(enquiry)
    if no == "withdrawn":
        agree(enquiry, "email", give=consent.withdraw)
    else:
        consent.remember_no(channel="email", value_key=CANARY_EMAIL, at=now())

    assert send_due(now=now) == 0
    let_pass(owner_sql, "2 days")
    assert send_due(now=now) == 0

    assert office.asked == []
    assert (states(owner_sql), outcomes(owner_sql)) == (["failed"], ["not-allowed"])
