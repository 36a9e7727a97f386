"""Sending over a real SMTP server: each message once, whatever happens to another."""

import logging
import threading
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from procrastinate.contrib.django import app

from candour.core.clock import now
from candour.outbox import jobs
from candour.outbox import send as sending
from candour.outbox.actions import SEND
from candour.outbox.hand_over import hand_over
from candour.outbox.send import send_due
from tests.apps.outbox_cast import BODY, Owner, let_pass, outcomes, reply_to, states
from tests.apps.outbox_office import SECOND, ids, opened
from tests.factories import CANARY_EMAIL
from tests.smtp import Office

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def office(settings: Any) -> Iterator[Office]:
    with opened(settings) as office:
        yield office


def test_a_message_is_sent_once_with_its_own_id(
    office: Office, owner_sql: Owner
) -> None:
    message = reply_to()

    assert [send_due(now=now), send_due(now=now)] == [1, 0]

    [mail] = office.taken
    assert (mail["To"], mail["Message-ID"]) == (CANARY_EMAIL, message.message_id)
    assert BODY in mail.get_content()
    assert (states(owner_sql), outcomes(owner_sql)) == (["sent"], ["sent"])
    [sent_at] = owner_sql.execute("SELECT sent_at FROM outbox_message").fetchall()
    assert sent_at[0] is not None


def test_a_message_that_cannot_be_opened_does_not_stop_the_others(
    office: Office, owner_sql: Owner, caplog: pytest.LogCaptureFixture
) -> None:
    bad = reply_to()
    reply_to(SECOND)
    owner_sql.execute(
        "UPDATE outbox_message SET body = 'broken' WHERE ref = %s", [bad.ref]
    )

    with caplog.at_level(logging.INFO):
        assert send_due(now=now) == 1

    assert [mail["To"] for mail in office.taken] == [SECOND]
    assert states(owner_sql) == ["queued", "sent"]
    assert "Tampered" in caplog.text
    assert CANARY_EMAIL not in caplog.text
    later = owner_sql.execute(
        "SELECT send_after > now() + interval '30 seconds', tries"
        " FROM outbox_message WHERE ref = %s",
        [bad.ref],
    ).fetchone()
    assert later == (True, 1)


def test_a_message_that_never_can_be_opened_is_given_up_in_the_end(
    office: Office, owner_sql: Owner
) -> None:
    reply_to()
    owner_sql.execute("UPDATE outbox_message SET body = 'broken'")

    send_due(now=now)
    let_pass(owner_sql, "4 days 23 hours")
    send_due(now=now)
    assert states(owner_sql) == ["queued"]
    let_pass(owner_sql, "2 hours")
    send_due(now=now)

    assert states(owner_sql) == ["failed"]


def test_a_message_that_cannot_be_built_does_not_stop_the_others(
    office: Office, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply_to()
    reply_to(SECOND)
    real = EmailMessage.message

    def build(self: EmailMessage, *args: Any) -> Any:
        if self.to == [CANARY_EMAIL]:
            raise UnicodeEncodeError("ascii", CANARY_EMAIL, 0, 1, "no")
        return real(self, *args)

    monkeypatch.setattr(EmailMessage, "message", build)

    assert send_due(now=now) == 1

    assert states(owner_sql) == ["queued", "sent"]
    assert outcomes(owner_sql) == ["error", "sent"]


def test_a_message_whose_sender_always_dies_is_left_alone_in_the_end(
    office: Office, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply_to()

    class Killed(BaseException):
        pass

    def die(letter: object) -> str:
        raise Killed

    monkeypatch.setattr(sending, "hand_over", die)
    for _ in range(sending.LOSSES):
        with pytest.raises(Killed):
            send_due(now=now)
        let_pass(owner_sql, "11 minutes")
    monkeypatch.undo()

    assert send_due(now=now) == 0

    assert states(owner_sql) == ["unknown"]
    assert set(outcomes(owner_sql)) == {"lost"}


def test_each_message_is_marked_when_its_turn_comes(
    office: Office, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply_to()
    reply_to(SECOND)
    office.seconds = 0.3
    marked: list[float] = []
    told: list[datetime] = []
    real = hand_over

    def watched(letter: Any) -> str:
        [row] = owner_sql.execute(
            "SELECT extract(epoch FROM send_after)::float8 FROM outbox_message"
            " WHERE message_id = %s",
            [letter.message_id],
        ).fetchall()
        marked.append(row[0])
        return real(letter)

    def clock() -> datetime:
        told.append(now())
        return told[-1]

    monkeypatch.setattr(sending, "hand_over", watched)

    assert send_due(now=clock) == 2

    assert marked[1] >= office.taken_at[0]
    assert told[-1].timestamp() >= office.taken_at[0]


def test_two_senders_at_once_send_each_message_once(
    office: Office, owner_sql: Owner
) -> None:
    for number in range(6):
        reply_to(f"n{number}@example.org")
    office.seconds = 0.05
    sent: list[int] = []

    def work() -> None:
        sent.append(send_due(now=now))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sum(sent) == 6
    assert len(office.taken) == len(ids(office)) == 6
    assert states(owner_sql) == ["sent"] * 6


def test_one_sending_job_runs_at_a_time_and_none_waits_to_be_tried_again() -> None:
    for name in (SEND, "outbox:message:send-due"):
        task = app.tasks[name]
        assert task.lock == jobs.ONE_SENDER
        assert task.retry_strategy is None


def test_one_job_does_the_work_of_all_that_wait(
    office: Office, owner_sql: Owner
) -> None:
    for number in range(4):
        reply_to(f"n{number}@example.org")

    jobs.send()

    assert states(owner_sql) == ["sent"] * 4
    [left] = owner_sql.execute(
        "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'"
    ).fetchall()
    assert left == (0,)
