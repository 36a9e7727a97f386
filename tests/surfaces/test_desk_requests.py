"""Data requests at the desk: the list with its clocks, and one of them."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.test import Client

from candour.core import clock
from candour.rights import queries
from candour.rights.actions import Asked
from candour.rights.lapse import lapse
from tests.apps import rights_cast as cast
from tests.factories import CANARY, CANARY_EMAIL, make_enquiry, publish_policy
from tests.surfaces.desk import acts, signed_in, text_of

Sql = psycopg.Connection[Any]
LIST = "/desk/requests/"


@pytest.fixture(autouse=True)
def policy(db: None) -> None:
    publish_policy()


@pytest.fixture
def lead(client: Client) -> Client:
    signed_in(client, "data-protection-lead")
    return client


@pytest.fixture
def asked(owner_sql: Sql) -> Asked:
    """A request of somebody we know, whose link was followed."""
    make_enquiry()
    return cast.prove(owner_sql, "erasure", at=clock.now())


def test_the_list_shows_each_request_with_its_clock(lead: Client, asked: Asked) -> None:
    said = text_of(lead.get(LIST))

    assert "Opened for answering requests about data" in said
    assert "Erasure" in said
    assert CANARY in said
    assert "Waiting for them to decide" in said
    assert re.search(r"(2\d|3\d) days left", said)
    assert "1 to answer. 0 waiting for their link. 1 in all." in said
    assert "Print this list" in said


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("", "Nothing to answer"),
        ("link", "No link is waited for"),
        ("ended", "Nothing has ended yet"),
        ("all", "No requests yet"),
        ("'; --", "Nothing to answer"),
    ],
)
def test_an_empty_list_says_what_would_fill_it(
    lead: Client, state: str, says: str
) -> None:
    said = text_of(lead.get(LIST, {"state": state}))

    assert says in said
    assert "Print this list" not in said


def test_an_empty_kind_says_that_it_is_the_kind(lead: Client, asked: Asked) -> None:
    said = text_of(lead.get(LIST, {"kind": "access"}))

    assert "None of this kind" in said
    assert "Nothing to answer" not in said


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"kind": "erasure"}, True),
        ({"kind": "access"}, False),
        ({"kind": "'; --", "state": "all"}, True),
    ],
)
def test_the_list_narrows_to_a_kind(
    lead: Client, asked: Asked, query: dict[str, str], shown: bool
) -> None:
    assert (CANARY in text_of(lead.get(LIST, query))) is shown


def test_what_nobody_proved_yet_has_a_heading_and_a_clock_of_its_own(
    lead: Client,
) -> None:
    make_enquiry()
    cast.ask("access", CANARY_EMAIL, at=clock.now())

    usual, own = (text_of(lead.get(LIST, q)) for q in ({}, {"state": "link"}))

    for said in (usual, own):
        assert "Waiting for the link to be opened" in said
        assert "Not known yet" in said
        assert re.search(r"(2\d|3\d) days left", said)
        assert "0 to answer. 1 waiting for their link. 1 in all." in said
    assert "Nothing to answer" in usual
    assert "Waiting for the link" not in text_of(lead.get(LIST, {"state": "ended"}))


def test_what_lapsed_is_on_the_list_of_what_ended_with_its_reason(
    lead: Client, owner_sql: Sql
) -> None:
    make_enquiry()
    cast.ask("erasure", CANARY_EMAIL, at=clock.now())
    cast.posted(owner_sql, at=clock.now())
    lapse(at=clock.now() + timedelta(days=9))

    said = text_of(lead.get(LIST, {"state": "ended"}))
    [[ref]] = owner_sql.execute("SELECT ref FROM rights_request").fetchall()
    page = text_of(lead.get(f"{LIST}{ref}/"))

    assert "Ended by itself" in said
    assert "nobody opened the link, so we could not know who asked" in page
    assert "The letter they were sent" in page


def three(owner: Sql) -> list[Asked]:
    """Return three requests for erasure: asked 21, 1 and 11 days ago, in that order."""
    found = []
    for name, days in (("Aurelia", 21), ("Balthazar", 1), ("Cressida", 11)):
        address = f"{name.lower()}@example.org"
        make_enquiry(name=name, email=address)
        at = clock.now() - timedelta(days=days)
        found.append(cast.prove(owner, "erasure", address, at=at))
    return found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", "Aurelia Cressida Balthazar"),
        ("-due", "Balthazar Cressida Aurelia"),
        ("came", "Aurelia Cressida Balthazar"),
        ("-came", "Balthazar Cressida Aurelia"),
        ("number", "Aurelia Balthazar Cressida"),
        ("-number", "Cressida Balthazar Aurelia"),
        ("name; DROP", "Aurelia Cressida Balthazar"),
    ],
)
def test_the_list_is_sorted_by_what_its_heading_says(
    lead: Client, owner_sql: Sql, sort: str, order: str
) -> None:
    three(owner_sql)

    said = text_of(lead.get(LIST, {"sort": sort}))

    found = re.findall(r"Aurelia|Balthazar|Cressida", said)
    assert found == order.split()


def test_a_heading_turns_the_order_round_and_says_which_it_is(
    lead: Client, asked: Asked
) -> None:
    usual = lead.get(LIST).content.decode()
    turned = lead.get(LIST, {"sort": "-due"}).content.decode()

    assert 'aria-sort="ascending"><a class="sort" href="?sort=-due">Due' in usual
    assert 'aria-sort="descending"><a class="sort" href="?">Due' in turned


def test_a_long_list_comes_page_by_page(
    lead: Client, owner_sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    three(owner_sql)

    first, last = (text_of(lead.get(LIST, {"page": n})) for n in ("1", "99999"))

    assert "1 to 2 of 3 requests" in first
    assert "Balthazar" not in first
    assert "3 to 3 of 3 requests" in last
    assert "Balthazar" in last
    assert "Page 2 of 2" in last


def test_a_late_request_is_loud_on_the_list_and_on_today(
    lead: Client, owner_sql: Sql
) -> None:
    make_enquiry(at=clock.now() - timedelta(days=40))
    cast.prove(owner_sql, "erasure", at=clock.now() - timedelta(days=40))

    listed, today = text_of(lead.get(LIST)), text_of(lead.get("/desk/"))

    for said in (listed, today):
        assert "1 data request is late" in said
        assert re.search(r"\d+ days? late", said)
    assert "1 to answer, 1 of them late" in listed


def test_an_answered_request_is_not_late_whatever_its_day(
    lead: Client, owner_sql: Sql
) -> None:
    asked_at = clock.now() - timedelta(days=40)
    make_enquiry(at=asked_at)
    cast.prove(owner_sql, "access", at=asked_at)
    cast.work(at=asked_at)

    said = text_of(lead.get(LIST, {"state": "ended"}))

    assert "Ready, waiting to be fetched" in said
    assert "Answered" in said
    assert "days late" not in said
    assert "late" not in text_of(lead.get("/desk/"))


def test_a_request_shows_what_has_happened(lead: Client, asked: Asked) -> None:
    said = text_of(lead.get(f"{LIST}{asked.ref}/"))

    assert "The link was opened: the address is theirs" in said
    assert "Asked on the public site" in said
    assert "The law allows until" in said
    assert "Who asks?" not in said


def test_opening_a_request_is_an_act_about_that_person(
    lead: Client, asked: Asked, owner_sql: Sql
) -> None:
    lead.get(f"{LIST}{asked.ref}/")

    [(outcome, role, clause, people)] = acts(owner_sql, "desk:request:read")
    assert (outcome, role, clause) == (
        "allow",
        "data-protection-lead",
        "purposes.rights",
    )
    assert len(people) == 1


@pytest.mark.parametrize("role", ["reception", "marketing", "manager", "practitioner"])
def test_other_roles_are_refused_with_the_clause_and_on_the_trail(
    client: Client, asked: Asked, owner_sql: Sql, role: str
) -> None:
    signed_in(client, role)

    listed, opened = client.get(LIST), client.get(f"{LIST}{asked.ref}/")

    for response in (listed, opened):
        assert response.status_code == 403
        assert re.search(r"Clause [\d.]+", text_of(response))
        assert CANARY not in text_of(response)
    assert acts(owner_sql, "desk:request:list")[0][:2] == ("gap", role)
    assert acts(owner_sql, "desk:request:read")[0][:2] == ("gap", role)


def test_a_request_that_is_not_there_is_not_found(lead: Client) -> None:
    gone = f"{LIST}{uuid4()}/"

    assert lead.get(gone).status_code == 404
    assert lead.post(gone, {"action": "confirm"}).status_code == 404
    assert lead.get(f"{gone}refuse/").status_code == 404


def test_the_ref_of_an_enquiry_opens_no_request(lead: Client) -> None:
    assert lead.get(f"{LIST}{make_enquiry().ref}/").status_code == 404


def test_today_lists_what_is_due_without_names(lead: Client, asked: Asked) -> None:
    said = text_of(lead.get("/desk/"))

    assert "Erasure" in said
    assert "days left" in said
    assert CANARY not in said


def test_staff_see_that_an_erasure_can_take_nothing_and_has_to_be_answered(
    lead: Client, asked: Asked, owner_sql: Sql
) -> None:
    before = text_of(lead.get(f"{LIST}{asked.ref}/"))
    owner_sql.execute("UPDATE people_standing SET held = true")

    said = text_of(lead.get(f"{LIST}{asked.ref}/"))

    assert "Nothing of theirs can go" not in before
    assert "Nothing of theirs can go" in said
    assert "refuse the request" in said
