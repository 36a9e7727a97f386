"""The note that a question came in cannot be used to fill a stranger's mailbox."""

import threading
from base64 import b64decode
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from candour.outbox import limits
from tests.factories import CANARY_EMAIL, NOON, publish_policy
from tests.surfaces.enquiring import ASKED, Owner, count, send
from tests.surfaces.requesting import later
from tests.surfaces.visiting import form_at, text_of

pytestmark = pytest.mark.usefixtures("db")
PLUS = CANARY_EMAIL.replace("@", "+1@")


@pytest.fixture
def visitor() -> Client:
    publish_policy()
    return Client()


def addresses(owner: Owner) -> list[str]:
    """Return where notes were queued to, oldest first."""
    rows = owner.execute("SELECT address FROM outbox_message ORDER BY id").fetchall()
    return [address for (address,) in rows]


def test_two_notes_an_hour_go_to_an_address_and_every_question_is_kept(
    visitor: Client, owner_sql: Owner
) -> None:
    names = ["One", "Two", "Three", "Four"]
    answers = [send(visitor, **{**ASKED, "name": name}) for name in names]

    assert [a["Location"] for a in answers] == ["/enquiry/thanks/"] * 4
    assert count(owner_sql, "enquiries_enquiry") == 4
    assert count(owner_sql, "people_person") == 4
    assert addresses(owner_sql) == [CANARY_EMAIL] * 2


def test_the_answer_is_the_same_whether_a_note_goes_or_not(visitor: Client) -> None:
    answers = [send(visitor, **ASKED) for _ in range(3)]
    pages = [text_of(visitor.get(answer["Location"])) for answer in answers]

    assert len({(a.status_code, a.content, a["Location"]) for a in answers}) == 1
    assert len(set(pages)) == 1
    assert "email" not in pages[0].partition("<main")[2].partition("</main")[0]


@pytest.mark.parametrize("same", [CANARY_EMAIL.title(), f" {CANARY_EMAIL}", PLUS])
def test_other_spellings_of_an_address_are_the_same_mailbox(
    visitor: Client, owner_sql: Owner, same: str
) -> None:
    for email in (CANARY_EMAIL, same, same):
        assert send(visitor, **{**ASKED, "email": email}).status_code == 302

    assert len(addresses(owner_sql)) == 2


def test_another_address_has_room_of_its_own(visitor: Client, owner_sql: Owner) -> None:
    for email in [CANARY_EMAIL] * 3 + ["ottoline@example.org"]:
        send(visitor, **{**ASKED, "email": email})

    assert addresses(owner_sql) == [CANARY_EMAIL] * 2 + ["ottoline@example.org"]


def test_an_hour_later_there_is_room_again(
    visitor: Client, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        send(visitor, **ASKED)
    later(monkeypatch, hours=1, seconds=1)
    for _ in range(3):
        send(visitor, **ASKED)

    assert len(addresses(owner_sql)) == 4


def write(at: Any) -> bool:
    with transaction.atomic():
        return limits.may_write_to(CANARY_EMAIL, kind="acknowledgement", at=at)


def test_never_more_than_two_in_any_hour_or_six_in_any_day() -> None:
    tried = [NOON + timedelta(minutes=7 * n) for n in range(400)]
    sent = [at for at in tried if write(at)]

    for at in sent:
        hour = [one for one in sent if at <= one < at + timedelta(hours=1)]
        day = [one for one in sent if at <= one < at + timedelta(days=1)]
        assert len(hour) <= 2
        assert len(day) <= 6
    assert len(sent) == 12  # and after a full day there is room again


def test_the_same_form_sent_twice_uses_room_once(
    visitor: Client, owner_sql: Owner
) -> None:
    form = form_at(visitor, "/enquiry/")
    for _ in range(3):
        visitor.post("/enquiry/", {**form, **ASKED})
    send(visitor, **ASKED)

    assert len(addresses(owner_sql)) == 2


def test_many_at_once_are_counted_one_by_one(visitor: Client, owner_sql: Owner) -> None:
    forms = [{**form_at(visitor, "/enquiry/"), **ASKED} for _ in range(6)]
    begin, statuses = threading.Barrier(6), []

    def press(form: dict[str, Any]) -> None:
        client = Client(raise_request_exception=False)
        begin.wait()
        statuses.append(client.post("/enquiry/", form).status_code)
        connection.close()

    presses = [threading.Thread(target=press, args=[form]) for form in forms]
    for one in presses:
        one.start()
    for one in presses:
        one.join()

    assert statuses == [302] * 6
    assert count(owner_sql, "enquiries_enquiry") == 6
    assert len(addresses(owner_sql)) == 2


def test_what_is_counted_by_names_nobody(visitor: Client, owner_sql: Owner) -> None:
    send(visitor, **ASKED)

    rows = owner_sql.execute("SELECT cache_key, value FROM django_cache").fetchall()
    counted = [cache.get(key.partition(":1:")[2]) for key, _ in rows]
    assert any(isinstance(one, list) and len(one) == 1 for one in counted)
    stored = b"".join(key.encode() + b64decode(value) for key, value in rows).lower()
    for word in (b"zephyrine", b"quillfeather", b"example.org"):
        assert word not in stored
