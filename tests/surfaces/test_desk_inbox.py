"""The inbox: searched, sorted and counted, and refused on the trail."""

import re
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.test import Client

from candour.enquiries.models import Enquiry
from candour.people.models import ContactPoint
from tests.factories import (
    CANARY,
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
    restrict,
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
    restrict(restricted)

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
    restrict(enquiry)

    response = desk.get(page_of(enquiry))

    assert response.status_code == 403
    assert "restricted" in text_of(response)
    assert CANARY not in text_of(response)
    assert acts(owner_sql, "desk:enquiry:read") == [
        ("refuse", "reception", "rights.restriction", [enquiry.person_id])
    ]
