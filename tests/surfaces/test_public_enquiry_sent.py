"""The enquiry form sent twice, too late, too often, too large, or from elsewhere."""

import threading

import pytest
from django.db import connection
from django.test import Client

from candour.outbox import actions as outbox
from tests.factories import CANARY, QUESTION, publish_policy
from tests.surfaces.enquiring import ASKED, Owner, count, send
from tests.surfaces.visiting import controls, form_at, text_of

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def visitor() -> Client:
    publish_policy()
    return Client()


def test_sending_the_same_form_twice_is_one_enquiry(
    visitor: Client, owner_sql: Owner
) -> None:
    form = form_at(visitor, "/enquiry/")

    answers = [visitor.post("/enquiry/", {**form, **ASKED}) for _ in range(2)]

    assert [a["Location"] for a in answers] == ["/enquiry/thanks/"] * 2
    assert count(owner_sql, "enquiries_enquiry") == 1
    assert count(owner_sql, "people_person") == 1
    assert count(owner_sql, "outbox_message") == 1


def test_going_back_to_write_something_else_loses_neither(
    visitor: Client, owner_sql: Owner
) -> None:
    form = form_at(visitor, "/enquiry/")

    visitor.post("/enquiry/", {**form, **ASKED})
    visitor.post("/enquiry/", {**form, **ASKED, "message": "And another thing."})

    assert count(owner_sql, "enquiries_enquiry") == 2


def test_sending_the_same_form_at_the_same_time_is_one_enquiry(
    visitor: Client, owner_sql: Owner
) -> None:
    form = {**form_at(visitor, "/enquiry/"), **ASKED}
    begin, statuses = threading.Barrier(4), []

    def press() -> None:
        client = Client(raise_request_exception=False)
        begin.wait()
        statuses.append(client.post("/enquiry/", form).status_code)
        connection.close()

    presses = [threading.Thread(target=press) for _ in range(4)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()

    assert statuses == [302] * 4
    assert count(owner_sql, "enquiries_enquiry") == 1
    assert count(owner_sql, "people_person") == 1


def test_a_failure_in_the_middle_leaves_nothing(
    visitor: Client, owner_sql: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(outbox, "queue_email", fail)
    form = form_at(visitor, "/enquiry/")
    visitor.raise_request_exception = False

    answer = visitor.post("/enquiry/", {**form, **ASKED, "marketing": ["email"]})

    assert answer.status_code == 500
    tables = ("people_person", "enquiries_enquiry", "consent_event", "trail_event")
    assert [count(owner_sql, table) for table in tables] == [0, 0, 0, 0]


def test_when_the_notice_changes_meanwhile_it_is_shown_before_anything_is_kept(
    visitor: Client, owner_sql: Owner
) -> None:
    form = form_at(visitor, "/enquiry/")
    publish_policy("ai-beauty")

    answer = visitor.post("/enquiry/", {**form, **ASKED})

    assert answer.status_code == 422
    assert "Our privacy notice changed" in text_of(answer)
    assert controls(answer).texts["message"].removeprefix("\n") == QUESTION
    assert count(owner_sql, "enquiries_enquiry") == 0


@pytest.mark.parametrize("token", ["", "not-a-token", "\0"])
def test_a_form_without_its_token_comes_back_with_a_new_one(
    visitor: Client, owner_sql: Owner, token: str
) -> None:
    answer = send(visitor, **ASKED, token=token)

    assert answer.status_code == 422
    assert "open too long" in text_of(answer)
    assert count(owner_sql, "enquiries_enquiry") == 0


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart"])
def test_ten_megabytes_are_too_much(
    visitor: Client, owner_sql: Owner, kind: str
) -> None:
    form = {**form_at(visitor, "/enquiry/"), **ASKED, "message": "x" * 10_000_000}

    if kind == "multipart":
        answer = visitor.post("/enquiry/", form)
    else:
        body = "&".join(f"{name}={value}" for name, value in form.items())
        answer = visitor.post("/enquiry/", body, content_type=kind)

    assert answer.status_code == 413
    assert "larger than we take" in text_of(answer)
    assert count(owner_sql, "enquiries_enquiry") == 0


def test_a_thousand_fields_are_too_much(visitor: Client) -> None:
    answer = visitor.post("/enquiry/", {f"field-{n}": "x" for n in range(1500)})

    assert answer.status_code == 413


def test_one_client_may_not_send_without_end(visitor: Client) -> None:
    answers = [visitor.post("/enquiry/", {}).status_code for _ in range(62)]

    assert answers == [422] * 60 + [429] * 2
    other = visitor.post("/enquiry/", {}, REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 422


def test_a_form_from_another_site_is_refused(visitor: Client, owner_sql: Owner) -> None:
    strict = Client(enforce_csrf_checks=True)
    form = form_at(strict, "/enquiry/")

    stolen = strict.post(
        "/enquiry/", {**form, **ASKED, "csrfmiddlewaretoken": "x" * 64}
    )
    own = strict.post("/enquiry/", {**form, **ASKED})

    assert (stolen.status_code, own.status_code) == (403, 302)
    assert "open too long" in text_of(stolen)
    assert count(owner_sql, "enquiries_enquiry") == 1


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_it_takes_no_other_method(visitor: Client, method: str) -> None:
    answer = getattr(visitor, method)("/enquiry/")

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, POST"
    assert "works another way" in text_of(answer)
