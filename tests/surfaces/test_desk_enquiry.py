"""One enquiry at the desk: what is shown of it, its answer and its state."""

import html
import threading
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connections
from django.test import Client

from candour import gate
from candour.consent import actions as consent
from candour.core.actor import VISITOR, system
from candour.enquiries.models import Enquiry
from candour.people.models import ContactPoint
from tests.factories import (
    CANARY,
    CANARY_EMAIL,
    NOON,
    QUESTION,
    make_enquiry,
    publish_policy,
)
from tests.surfaces.desk import (
    ANSWER,
    INBOX,
    acts,
    answer,
    messages,
    page_of,
    reading,
    signed_in,
    state_of,
    text_of,
)

Sql = psycopg.Connection[Any]


@pytest.fixture(autouse=True)
def policy(db: None) -> None:
    publish_policy()


@pytest.fixture
def desk(client: Client) -> Client:
    signed_in(client)
    return client


def test_an_enquiry_shows_all_that_its_purpose_covers(desk: Client) -> None:
    enquiry = make_enquiry()

    said = text_of(desk.get(page_of(enquiry)))

    for expected in (
        CANARY, CANARY_EMAIL, QUESTION, "Opened for answering enquiries", "Skin",
        "Version 2026-09", "Not chosen", "Enquiry form",
    ):  # fmt: skip
        assert expected in said


def test_opening_an_enquiry_is_one_act_about_that_person(
    desk: Client, owner_sql: Sql
) -> None:
    enquiry = make_enquiry()
    make_enquiry()

    desk.get(page_of(enquiry))

    assert acts(owner_sql, "desk:enquiry:read") == [
        ("allow", "reception", "purposes.enquiry", [enquiry.person_id])
    ]


def test_what_they_agreed_to_is_shown(desk: Client) -> None:
    enquiry = make_enquiry()
    with gate.open(
        by=system("test"), purpose="enquiry", people=[enquiry.person_id],
        verb="test:yes:say", at=NOON,
    ) as permit:  # fmt: skip
        consent.give(
            permit=permit,
            person_id=enquiry.person_id,
            purpose="offers",
            channel="email",
            wording="You may email me.",
            how="enquiry-form",
            by=VISITOR,
            at=NOON,
        )

    said = text_of(desk.get(page_of(enquiry)))

    assert "News and offers: email Since 20 November 2026 Yes" in said
    assert "News and offers: text message Not chosen" in said


def test_html_in_a_question_is_shown_and_not_run(desk: Client) -> None:
    enquiry = make_enquiry(name="<script>alert(1)</script>", message="<img src=x>&amp;")

    for page in (INBOX, page_of(enquiry)):
        body = desk.get(page).content.decode()
        assert "<script>alert(1)" not in body
        assert "<img src=x>" not in body
        assert "&lt;img src=x&gt;&amp;amp;" in body


@pytest.mark.parametrize("ref", [str(uuid4()), "01a2012e-97a3-7597-968c-3444b50f69f1"])
def test_an_enquiry_that_is_not_there_is_not_found(desk: Client, ref: str) -> None:
    assert desk.get(f"{INBOX}{ref}/").status_code == 404
    assert desk.post(f"{INBOX}{ref}/", {"action": "closed:new"}).status_code == 404


def test_a_ref_that_is_none_is_not_found(desk: Client) -> None:
    assert desk.get(f"{INBOX}17/").status_code == 404


def test_the_ref_of_a_person_opens_no_enquiry(desk: Client) -> None:
    from candour.people.models import Person

    enquiry = make_enquiry()
    with reading():
        ref = Person.objects.get(pk=enquiry.person_id).ref

    assert desk.get(f"{INBOX}{ref}/").status_code == 404


# --- answering ------------------------------------------------------------------------


def test_an_answer_is_queued_for_the_address_they_gave(
    desk: Client, owner_sql: Sql
) -> None:
    enquiry = make_enquiry()

    response = answer(desk, enquiry)

    assert response.status_code == 302
    [message] = messages()
    assert (message.kind, message.address) == ("enquiry-reply", CANARY_EMAIL)
    assert message.subject == "Your question to Quillane"
    assert CANARY.split()[0] not in message.subject
    assert state_of(enquiry) == "answered"
    assert acts(owner_sql, "desk:enquiry:reply") == [
        ("allow", "reception", "purposes.enquiry", [enquiry.person_id])
    ]


def test_an_answer_is_shown_below_the_question_exactly_as_typed(desk: Client) -> None:
    enquiry = make_enquiry()

    shown = desk.post(
        page_of(enquiry), {"action": "reply", "text": ANSWER, "seen": "0"}, follow=True
    )

    assert "Your answer is on its way." in text_of(shown)
    assert html.escape(ANSWER) in shown.content.decode()
    assert "Reception Thistlewood , by email" in text_of(shown)
    assert "Waiting to be sent" in text_of(shown)
    assert "is on its way" not in text_of(desk.get(page_of(enquiry)))


def test_an_answer_is_sent_and_then_says_so(desk: Client, mailoutbox: Any) -> None:
    from candour.core.clock import now
    from candour.outbox.send import send_due

    enquiry = make_enquiry()
    answer(desk, enquiry)

    assert send_due(now=now) == 1

    [mail] = mailoutbox
    assert (mail.to, mail.body) == ([CANARY_EMAIL], ANSWER)
    assert "Sent" in text_of(desk.get(page_of(enquiry)))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "There is no answer here yet"),
        (" \n\t ", "There is no answer here yet"),
        ("Yes." + "x" * 20_000, "4 characters too long"),
        ("before\0after", "hidden character"),
    ],
)
def test_an_answer_that_cannot_be_sent_comes_back_with_what_was_typed(
    desk: Client, text: str, says: str
) -> None:
    enquiry = make_enquiry()

    response = answer(desk, enquiry, text)

    assert response.status_code == 422
    assert says in text_of(response)
    assert html.escape(text.replace("\0", "")) in response.content.decode()
    assert messages() == []
    assert state_of(enquiry) == "new"


def test_two_who_answer_at_once_do_not_both_send(desk: Client) -> None:
    enquiry = make_enquiry()
    other = Client()
    signed_in(other, "manager")
    answer(desk, enquiry)

    response = answer(other, enquiry, "Mine, too.", seen=0)

    assert response.status_code == 409
    assert "Somebody answered while you were writing" in text_of(response)
    assert "Mine, too." in response.content.decode()
    assert ANSWER.splitlines()[0] in text_of(response)
    assert len(messages()) == 1
    assert answer(other, enquiry, "Mine, too.", seen=1).status_code == 302


def test_of_many_who_answer_in_the_same_moment_one_is_heard(desk: Client) -> None:
    enquiry = make_enquiry()
    found: list[int] = []
    ready = threading.Barrier(4)

    def press() -> None:
        browser = Client()
        browser.cookies = desk.cookies
        ready.wait()
        found.append(answer(browser, enquiry).status_code)
        connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found) == [302, 409, 409, 409]
    assert len(messages()) == 1


def test_the_same_answer_sent_twice_is_sent_once(desk: Client) -> None:
    enquiry = make_enquiry()

    answer(desk, enquiry)
    answer(desk, enquiry)

    assert len(messages()) == 1


def test_whoever_left_no_address_is_not_answered_here(desk: Client) -> None:
    enquiry = make_enquiry()
    with reading():
        ContactPoint.objects.filter(person=enquiry.person_id).delete()

    page, sent = desk.get(page_of(enquiry)), answer(desk, enquiry)

    assert "They left no email address" in text_of(page)
    assert sent.status_code == 422
    assert messages() == []


def test_whoever_asked_to_be_called_is_not_written_to(desk: Client) -> None:
    enquiry = make_enquiry()
    with reading():
        Enquiry.objects.filter(pk=enquiry.pk).update(reply_by=["phone"])

    page, sent = desk.get(page_of(enquiry)), answer(desk, enquiry)

    assert "They asked for an answer another way: phone call." in text_of(page)
    assert sent.status_code == 422
    assert messages() == []


def test_an_answer_needs_our_own_form(client: Client) -> None:
    enquiry = make_enquiry()
    strict = Client(enforce_csrf_checks=True)
    signed_in(client)
    strict.cookies = client.cookies

    response = answer(strict, enquiry)

    assert response.status_code == 403
    assert messages() == []


# --- status ---------------------------------------------------------------------------


def test_an_enquiry_is_closed_and_opened_again(desk: Client, owner_sql: Sql) -> None:
    enquiry = make_enquiry()

    closed = desk.post(page_of(enquiry), {"action": "closed:new"}, follow=True)
    assert "This enquiry is closed." in text_of(closed)
    assert state_of(enquiry) == "closed"
    desk.post(page_of(enquiry), {"action": "new:closed"})

    assert state_of(enquiry) == "new"
    assert len(acts(owner_sql, "desk:enquiry:set-status")) == 2


def test_a_status_that_moved_meanwhile_is_a_conflict(desk: Client) -> None:
    enquiry = make_enquiry()
    answer(desk, enquiry)

    response = desk.post(page_of(enquiry), {"action": "closed:new"})

    assert response.status_code == 409
    assert state_of(enquiry) == "answered"


@pytest.mark.parametrize(
    "action", ["", "erase:new", "reply:new", "closed", ":", "\0:new"]
)
def test_what_is_no_status_changes_nothing(desk: Client, action: str) -> None:
    enquiry = make_enquiry()

    response = desk.post(page_of(enquiry), {"action": action})

    assert response.status_code in (409, 422)
    assert state_of(enquiry) == "new"
