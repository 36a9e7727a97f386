"""What the run-time role may do with the outbox's functions."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.apps.outbox_cast import Owner, let_pass, outcomes, reply_to, states
from tests.apps.outbox_office import opened
from tests.smtp import Office

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def office(settings: Any) -> Iterator[Office]:
    with opened(settings) as office:
        yield office


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
