"""Sending over a real SMTP server: what goes, what waits, what is never sent twice."""

import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.mail import EmailMessage
from django.db import connection
from procrastinate.contrib.django import app

from candour.consent import actions as consent
from candour.core.clock import now
from candour.notices.actions import publish
from candour.outbox import jobs, mailbox
from candour.outbox import send as sending
from candour.outbox.actions import SEND
from candour.outbox.hand_over import hand_over
from candour.outbox.send import send_due
from candour.policy.compile import compile_pack
from tests.apps.outbox_cast import (
    BODY,
    Owner,
    agree,
    let_pass,
    newsletter,
    outcomes,
    reply_to,
    stand,
    states,
)
from tests.factories import CANARY_EMAIL, NOON, make_enquiry, publish_policy
from tests.smtp import Office, free_port, listening

pytestmark = pytest.mark.usefixtures("db")
SECOND = "second@example.org"


@pytest.fixture
def office(settings: Any) -> Iterator[Office]:
    """The mail server, with the clinic set up to use it."""
    publish_policy()
    office = Office()
    with listening(office) as port:
        use(settings, port)
        yield office


def use(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.MAIL = replace(settings.MAIL, host="127.0.0.1", port=port)


def a_newsletter() -> None:
    enquiry = make_enquiry()
    agree(enquiry, "email")
    newsletter(enquiry)


def ids(office: Office) -> set[str]:
    return {str(message["Message-ID"]) for message in office.taken}


# --- the plain case -------------------------------------------------------------------


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


# --- one bad message ------------------------------------------------------------------


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


# --- two senders ----------------------------------------------------------------------


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


# --- what the mail server answers -----------------------------------------------------


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


# --- restriction ----------------------------------------------------------------------


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


# --- what the run-time role may do with the functions ---------------------------------


def test_nobody_can_hold_a_message_of_somebody_unrestricted(
    office: Office, owner_sql: Owner, runtime_sql: psycopg.Connection[Any]
) -> None:
    message = reply_to()

    said = runtime_sql.execute("SELECT outbox_hold(%s)", [message.ref]).fetchone()

    assert said == (False,)
    assert states(owner_sql) == ["queued"]


def test_nobody_can_ask_for_what_is_due_at_another_time(
    office: Office, owner_sql: Owner, runtime_sql: psycopg.Connection[Any]
) -> None:
    reply_to()
    let_pass(owner_sql, "-1 hour")

    assert runtime_sql.execute("SELECT * FROM outbox_due()").fetchall() == []
    for told in ("'infinity'", "'infinity', '0', 1000000"):
        with pytest.raises(psycopg.errors.UndefinedFunction):
            runtime_sql.execute(f"SELECT * FROM outbox_due({told})".encode())


def test_nobody_can_settle_a_message_they_did_not_mark(
    office: Office, owner_sql: Owner, runtime_sql: psycopg.Connection[Any]
) -> None:
    message = reply_to()
    settle = "SELECT outbox_settle(%s, %s, 'sent')"

    runtime_sql.execute(settle, [message.ref, message.ref])
    runtime_sql.execute(settle, [message.ref, None])

    assert (states(owner_sql), outcomes(owner_sql)) == (["queued"], [])


def test_a_message_is_put_off_once_however_often_it_is_asked(
    office: Office, owner_sql: Owner, runtime_sql: psycopg.Connection[Any]
) -> None:
    message = reply_to()

    for _ in range(200):
        runtime_sql.execute("SELECT outbox_put_off(%s, 'error')", [message.ref])

    assert (states(owner_sql), outcomes(owner_sql)) == (["queued"], ["error"])


# --- the mailbox of a demonstration ---------------------------------------------------


@pytest.mark.parametrize("demo", [True, False])
def test_without_a_server_only_a_demonstrations_mail_leaves(
    owner_sql: Owner, settings: Any, tmp_path: Path, demo: bool
) -> None:
    publish(policy=compile_pack("model"), by="test",
            at=NOON, demo=demo)  # fmt: skip
    settings.EMAIL_BACKEND = "candour.outbox.mailbox.Mailbox"
    settings.MAILBOX_DIR = tmp_path / "mailbox"
    reply_to()

    assert send_due(now=now) == int(demo)

    assert states(owner_sql) == ["sent" if demo else "queued"]
    assert len(list(settings.MAILBOX_DIR.glob("*.eml"))) == int(demo)


def test_the_mailbox_itself_takes_nothing_of_a_real_clinic(
    settings: Any, tmp_path: Path
) -> None:
    publish_policy()
    settings.MAILBOX_DIR = tmp_path / "mailbox"
    settings.MAIL = replace(settings.MAIL, ready=False)

    with pytest.raises(PermissionError):
        mailbox.Mailbox().send_messages([EmailMessage("A", "b", to=["a@example.org"])])
