"""The inbox, one enquiry and its answer; and who is refused them, on the trail."""

import html
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.http import HttpResponse
from django.test import Client

from candour import gate
from candour.consent import actions as consent
from candour.core.actor import VISITOR, person, system
from candour.enquiries.models import Enquiry
from candour.outbox.models import Message
from candour.people.models import ContactPoint, Standing
from candour.policy.terms import Reach
from tests.factories import (
    CANARY,
    CANARY_EMAIL,
    NOON,
    QUESTION,
    make_enquiry,
    publish_policy,
)
from tests.surfaces.desk import signed_in

Sql = psycopg.Connection[Any]
INBOX = "/desk/enquiries/"
ANSWER = "We do. A first visit is 45 minutes.\n\nNoor 🌿 <b>مرحبا</b>"


@pytest.fixture(autouse=True)
def policy(db: None) -> None:
    publish_policy()


@pytest.fixture
def desk(client: Client) -> Client:
    signed_in(client)
    return client


def text_of(response: HttpResponse) -> str:
    """Return what a page says, without its tags."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(plain).split())


def page_of(enquiry: Enquiry) -> str:
    return f"{INBOX}{enquiry.ref}/"


def acts(sql: Sql, verb: str) -> list[tuple[Any, ...]]:
    """Return outcome, role, clause and people of each act with this verb."""
    return sql.execute(
        "SELECT outcome, role, clause, people FROM trail_event WHERE verb = %s"
        " ORDER BY id",
        [verb],
    ).fetchall()


def reading(people: list[int] | None = None) -> Any:
    """Open a unit of work in which a test may look at everything of an enquiry."""
    return gate.open(
        by=system("test"), purpose="retention", reach=Reach.ALL, verb="test:look:on",
        at=NOON,
    )  # fmt: skip


def state_of(enquiry: Enquiry) -> str:
    with reading():
        return Enquiry.objects.get(pk=enquiry.pk).status


def messages() -> list[Message]:
    with reading():
        return list(Message.objects.order_by("pk"))


# --- the inbox ------------------------------------------------------------------------


def test_the_inbox_shows_who_asked_what(desk: Client) -> None:
    enquiry = make_enquiry()

    response = desk.get(INBOX)

    assert response.status_code == 200
    assert CANARY in text_of(response)
    assert QUESTION in text_of(response)
    assert page_of(enquiry) in response.content.decode()
    assert "1 enquiry" in text_of(response)


def test_the_inbox_says_what_it_was_opened_for(desk: Client) -> None:
    response = desk.get(INBOX)

    assert "Opened for answering enquiries" in text_of(response)
    assert response["Cache-Control"] == "no-store, private"


def test_an_empty_inbox_says_what_would_fill_it(desk: Client) -> None:
    assert "No enquiries yet" in text_of(desk.get(INBOX))


def test_opening_the_inbox_is_one_act_about_everybody_shown(
    desk: Client, owner_sql: Sql
) -> None:
    shown = [make_enquiry(name=f"{CANARY} {n}").person_id for n in range(3)]

    desk.get(INBOX)

    assert acts(owner_sql, "desk:enquiry:list") == [
        ("allow", "reception", "purposes.enquiry", sorted(shown))
    ]


@pytest.mark.parametrize(
    "sought",
    [
        "Zephyrine",
        "quillfeather",
        "ZEPHYRINE QUILL",
        "zephyrine.quillfeather@example.org",
        "quillfeather@",
    ],
)
def test_a_search_finds_by_name_and_address(desk: Client, sought: str) -> None:
    make_enquiry()
    make_enquiry(name="Balthazar Otherwise", email="balthazar@example.org")

    response = desk.post(INBOX, {"q": sought, "status": ""}, follow=True)

    assert CANARY in text_of(response)
    assert "Balthazar" not in text_of(response)
    assert f'value="{sought}"' in response.content.decode()


@pytest.mark.parametrize(
    "sought", ["07700 900461", "+44 7700 900461", "900461", "(07700) 900"]
)
def test_a_search_finds_by_phone_number(desk: Client, sought: str) -> None:
    enquiry = make_enquiry()
    make_enquiry(name="Balthazar Otherwise", email="balthazar@example.org")
    add_phone(enquiry, "07700 900461")

    response = desk.post(INBOX, {"q": sought, "status": ""}, follow=True)

    assert CANARY in text_of(response)
    assert "Balthazar" not in text_of(response)


def add_phone(enquiry: Enquiry, number: str) -> None:
    from candour.people.models import SearchKey
    from candour.people.normal import phone_key

    with reading():
        ContactPoint.objects.create(
            person_id=enquiry.person_id,
            channel="phone",
            value=number,
            value_key=phone_key(number),
            source="website-form",
            made_at=NOON,
        )
        SearchKey.objects.create(person_id=enquiry.person_id, words=phone_key(number))


def test_a_name_that_is_searched_for_is_in_no_address(desk: Client) -> None:
    make_enquiry()

    response = desk.post(INBOX, {"q": CANARY, "status": "new"})

    assert response.status_code == 302
    assert "ephyrine" not in response["Location"]
    shown = desk.get(response["Location"]).content.decode()
    addresses = re.findall(r'(?:href|action)="([^"]*)"', shown)
    assert addresses
    assert not any("ephyrine" in address for address in addresses)


@pytest.mark.parametrize("find", ["nonsense", "gAAAAAB" + "x" * 80, "%00", "é"])
def test_a_link_that_was_tampered_with_searches_for_nothing(
    desk: Client, find: str
) -> None:
    make_enquiry()

    response = desk.get(INBOX, {"find": find})

    assert response.status_code == 200
    assert CANARY in text_of(response)


@pytest.mark.parametrize(
    "sought",
    ["Nobody Atall", "x", "%", "_", "'; DROP TABLE people_person; --", "a\0b", "🌿"],
)
def test_a_search_for_nobody_says_so(desk: Client, sought: str) -> None:
    make_enquiry()

    response = desk.post(INBOX, {"q": sought, "status": ""}, follow=True)

    assert response.status_code == 200
    assert "No enquiry matches" in text_of(response)


def test_a_search_of_blanks_is_no_search(desk: Client) -> None:
    make_enquiry()

    response = desk.post(INBOX, {"q": "  \0 ", "status": ""}, follow=True)

    assert CANARY in text_of(response)


def test_the_inbox_narrows_to_a_status(desk: Client) -> None:
    make_enquiry()
    other = make_enquiry(name="Balthazar Otherwise", email="balthazar@example.org")
    desk.post(page_of(other), {"action": "closed:new"})

    new, closed = (
        desk.get(INBOX, {"status": "new"}),
        desk.get(INBOX, {"status": "closed"}),
    )

    assert (CANARY in text_of(new), "Balthazar" in text_of(new)) == (True, False)
    assert (CANARY in text_of(closed), "Balthazar" in text_of(closed)) == (False, True)


@pytest.mark.parametrize(
    ("sort", "first"),
    [("newest", "Ábel"), ("oldest", "Cyril"), ("name", "Ábel"), ("status", "Bruno")],
)
def test_the_inbox_sorts(desk: Client, sort: str, first: str) -> None:
    for days, name in ((3, "Cyril"), (2, "Bruno"), (1, "Ábel")):
        made = make_enquiry(
            name=name, email=f"n{days}@example.org", at=NOON - timedelta(days=days)
        )
        if name == "Bruno":
            desk.post(page_of(made), {"action": "closed:new"})
            desk.post(page_of(made), {"action": "new:closed"})
            answer(desk, made)

    response = desk.get(INBOX, {"sort": sort})

    names = re.findall(r'rowheader"[^>]*><a[^>]*>(\w+)', response.content.decode())
    assert names[0] == first
    assert len(names) == 3


def test_the_inbox_has_pages_and_counts_all(desk: Client) -> None:
    for number in range(27):
        make_enquiry(name=f"{CANARY} {number:02}", at=NOON + timedelta(minutes=number))

    first, second = desk.get(INBOX), desk.get(INBOX, {"page": "2"})

    assert "1 to 25 of 27 enquiries" in text_of(first)
    assert "26 to 27 of 27 enquiries" in text_of(second)
    assert f"{CANARY} 00" in text_of(second)
    assert f"{CANARY} 26" in text_of(first)


@pytest.mark.parametrize("page", ["0", "-1", "99999999999", "x", "٣", "2\0"])
def test_a_page_that_is_not_there_is_the_nearest_one(desk: Client, page: str) -> None:
    make_enquiry()

    response = desk.get(INBOX, {"page": page})

    assert response.status_code == 200
    assert CANARY in text_of(response)


def test_whoever_restricted_their_data_is_left_out_and_counted(desk: Client) -> None:
    make_enquiry(name="Balthazar Otherwise", email="balthazar@example.org")
    restricted = make_enquiry()
    with reading():
        Standing.objects.filter(person=restricted.person_id).update(restricted_at=NOON)

    said = text_of(desk.get(INBOX))

    assert "Balthazar" in said
    assert CANARY not in said
    assert "1 enquiry. 1 more is kept from you." in said
    assert re.search(r"kept from you\. Clause \d", said)


def test_the_inbox_takes_no_other_method(desk: Client) -> None:
    assert desk.put(INBOX).status_code == 405


# --- refusals -------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["marketing", "finance", "practitioner"])
def test_a_role_without_the_purpose_is_refused_with_the_clause(
    client: Client, owner_sql: Sql, role: str
) -> None:
    enquiry = make_enquiry()
    signed_in(client, role)

    listed, opened = client.get(INBOX), client.get(page_of(enquiry))

    for response in (listed, opened):
        assert response.status_code == 403
        assert re.search(
            r'href="/privacy/#c-[\d-]+">Clause [\d.]+<', response.content.decode()
        )
        assert "written on the trail" in text_of(response)
        assert CANARY not in text_of(response)
    assert acts(owner_sql, "desk:enquiry:list") == [
        ("gap", role, "purposes.enquiry", [])
    ]
    assert acts(owner_sql, "desk:enquiry:read") == [
        ("gap", role, "purposes.enquiry", [enquiry.person_id])
    ]


def test_marketing_can_neither_answer_nor_close(client: Client, owner_sql: Sql) -> None:
    enquiry = make_enquiry()
    signed_in(client, "marketing")

    answered = client.post(page_of(enquiry), {"action": "reply", "text": ANSWER})
    closed = client.post(page_of(enquiry), {"action": "closed:new"})

    assert (answered.status_code, closed.status_code) == (403, 403)
    assert state_of(enquiry) == "new"
    assert messages() == []
    assert acts(owner_sql, "desk:enquiry:reply")[0][0] == "gap"
    assert acts(owner_sql, "desk:enquiry:set-status")[0][0] == "gap"


def test_of_several_roles_the_one_that_may_is_used(
    client: Client, owner_sql: Sql
) -> None:
    from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

    from candour.accounts.models import StaffRole

    make_enquiry()
    staff = signed_in(client, "marketing")
    StaffRole.objects.create(
        staff=staff,
        role="reception",
        period=DateTimeTZRange(NOON - timedelta(days=9), None),
    )

    assert client.get(INBOX).status_code == 200
    assert acts(owner_sql, "desk:enquiry:list")[0][:2] == ("allow", "reception")


def test_a_restricted_person_is_not_opened_and_the_page_says_why(
    desk: Client, owner_sql: Sql
) -> None:
    enquiry = make_enquiry()
    with reading():
        Standing.objects.filter(person=enquiry.person_id).update(restricted_at=NOON)

    response = desk.get(page_of(enquiry))

    assert response.status_code == 403
    assert "restricted" in text_of(response)
    assert CANARY not in text_of(response)
    assert acts(owner_sql, "desk:enquiry:read") == [
        ("refuse", "reception", "rights.restriction", [enquiry.person_id])
    ]


# --- one enquiry ----------------------------------------------------------------------


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
        by=person(uuid4()), purpose="offers", people=[enquiry.person_id],
        verb="test:yes:say", at=NOON,
    ) as permit:  # fmt: skip
        consent.give(
            permit=permit,
            person_id=enquiry.person_id,
            purpose="offers",
            channel="email",
            wording="You may e-mail me.",
            how="enquiry-form",
            by=VISITOR,
            at=NOON,
        )

    said = text_of(desk.get(page_of(enquiry)))

    assert "News and offers: e-mail Since 20 November 2026 Yes" in said
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


def answer(desk: Client, enquiry: Enquiry, text: str = ANSWER, seen: int = 0) -> Any:
    return desk.post(
        page_of(enquiry), {"action": "reply", "text": text, "seen": str(seen)}
    )


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
    assert "Reception Thistlewood , by e-mail" in text_of(shown)
    assert "Waiting to be sent" in text_of(shown)
    assert "is on its way" not in text_of(desk.get(page_of(enquiry)))


def test_an_answer_is_sent_and_then_says_so(desk: Client, mailoutbox: Any) -> None:
    from django.utils.timezone import now

    from candour.outbox.send import send_due

    enquiry = make_enquiry()
    answer(desk, enquiry)

    assert send_due(at=now() + timedelta(seconds=1)) == 1

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

    assert "They left no e-mail address" in text_of(page)
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
