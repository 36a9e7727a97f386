"""What becomes of a message is what the mail server answers."""

from collections.abc import Iterator
from typing import Any

import pytest

from candour.core.clock import now
from candour.outbox.send import send_due
from tests.apps.outbox_cast import Owner, let_pass, outcomes, reply_to, states
from tests.apps.outbox_office import SECOND, a_newsletter, ids, opened, use
from tests.factories import CANARY_EMAIL, publish_policy
from tests.smtp import Office, free_port, listening

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def office(settings: Any) -> Iterator[Office]:
    with opened(settings) as office:
        yield office


@pytest.mark.parametrize(
    ("step", "answer", "state", "outcome"),
    [
        ("rcpt", "450 greylisted, come back later", "queued", "deferred"),
        ("rcpt", "452 mailbox full", "queued", "deferred"),
        ("rcpt", "421 going down", "queued", "deferred"),
        ("rcpt", "550 no such user", "failed", "refused"),
        ("data", "451 try later", "queued", "deferred"),
        ("data", "554 not this", "failed", "refused"),
        ("data", "drop", "queued", "unknown"),
    ],
)
def test_what_must_arrive_is_given_up_only_when_refused_for_good(
    office: Office, owner_sql: Owner, step: str, answer: str, state: str, outcome: str
) -> None:
    getattr(office, step)[CANARY_EMAIL] = answer
    reply_to()
    reply_to(SECOND)

    assert send_due(now=now) == 1

    assert states(owner_sql) == [state, "sent"]
    assert outcomes(owner_sql) == [outcome, "sent"]


def test_marketing_that_may_have_left_is_never_sent_again(
    office: Office, owner_sql: Owner
) -> None:
    office.data[CANARY_EMAIL] = "drop"
    a_newsletter()

    send_due(now=now)
    let_pass(owner_sql, "3 hours")
    send_due(now=now)

    assert states(owner_sql) == ["unknown"]
    assert len(office.taken) == 1


def test_marketing_that_was_put_off_for_certain_is_sent_later(
    office: Office, owner_sql: Owner
) -> None:
    office.rcpt[CANARY_EMAIL] = "450 greylisted"
    a_newsletter()
    send_due(now=now)
    office.rcpt.clear()
    let_pass(owner_sql, "2 minutes")

    assert send_due(now=now) == 1

    assert len(office.taken) == 1


def test_what_must_arrive_goes_again_with_the_same_id(
    office: Office, owner_sql: Owner
) -> None:
    office.data[CANARY_EMAIL] = "drop"
    reply_to()
    send_due(now=now)
    office.data.clear()
    let_pass(owner_sql, "2 minutes")

    assert send_due(now=now) == 1

    assert (len(office.taken), len(ids(office))) == (2, 1)


def test_a_server_down_for_days_fails_nothing_that_must_arrive(
    owner_sql: Owner, settings: Any
) -> None:
    publish_policy()
    use(settings, free_port())
    reply_to()
    reply_to(SECOND)
    for _ in range(100):
        assert send_due(now=now) == 0
        let_pass(owner_sql, "1 hour 1 minute")
    assert states(owner_sql) == ["queued", "queued"]
    [longest] = owner_sql.execute(
        "SELECT max(send_after) <= now() + interval '1 hour' FROM outbox_message"
    ).fetchall()
    assert longest == (True,)

    office = Office()
    with listening(office) as port:
        use(settings, port)
        assert send_due(now=now) == 2


def test_after_five_days_it_is_given_up_and_that_can_be_seen(
    owner_sql: Owner, settings: Any
) -> None:
    from candour.cli import mail
    from candour.desk.wording import SENT

    publish_policy()
    use(settings, free_port())
    reply_to()
    send_due(now=now)
    let_pass(owner_sql, "5 days")
    send_due(now=now)

    assert states(owner_sql) == ["failed"]
    assert SENT["failed"] == ("wrong", "Not delivered")
    [(state, count, _)] = owner_sql.execute(mail.QUEUE.encode()).fetchall()
    assert (state, count) == ("failed", 1)


def test_a_server_that_does_not_answer_is_asked_once_a_round(
    owner_sql: Owner, settings: Any
) -> None:
    publish_policy()
    use(settings, free_port())
    reply_to()
    reply_to(SECOND)

    send_due(now=now)

    assert outcomes(owner_sql) == ["unreachable"]
