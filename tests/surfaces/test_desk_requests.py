"""Data requests at the desk: their clocks, and staff making sure who asks."""

import re
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.test import Client

from candour.core import clock
from candour.rights.actions import Asked
from tests.apps import rights_cast as cast
from tests.factories import CANARY, CANARY_EMAIL, make_enquiry, publish_policy
from tests.surfaces.desk import acts, signed_in, text_of

Sql = psycopg.Connection[Any]
LIST = "/desk/requests/"
SISTER = "Xanthippe Quillfeather"


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


@pytest.fixture
def shared(owner_sql: Sql) -> Asked:
    """A request from an address that two sisters share."""
    make_enquiry()
    make_enquiry(name=SISTER)
    return cast.prove(owner_sql, "erasure", at=clock.now())


def test_the_list_shows_each_request_with_its_clock(lead: Client, asked: Asked) -> None:
    said = text_of(lead.get(LIST))

    assert "Opened for answering requests about data" in said
    assert "Erasure" in said
    assert CANARY in said
    assert "Waiting for them to decide" in said
    assert re.search(r"(2\d|3\d) days left", said)
    assert "1 open of 1 this year" in said


def test_an_empty_list_says_what_would_fill_it(lead: Client) -> None:
    assert "No requests here" in text_of(lead.get(LIST))


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


def test_what_nobody_proved_is_listed_only_when_all_is_asked_for(lead: Client) -> None:
    make_enquiry()
    cast.ask("access", CANARY_EMAIL, at=clock.now())

    assert "Waiting for the link" not in text_of(lead.get(LIST))
    assert "Waiting for the link" in text_of(lead.get(LIST, {"state": "all"}))


def test_a_request_shows_what_has_happened(lead: Client, asked: Asked) -> None:
    said = text_of(lead.get(f"{LIST}{asked.ref}/"))

    assert "The link was opened: the address is theirs" in said
    assert "Asked on the public site" in said
    assert "The law allows until" in said
    assert f"This is {CANARY}" not in said


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
    assert lead.get(f"{LIST}{uuid4()}/").status_code == 404
    assert (
        lead.post(f"{LIST}{uuid4()}/", {"action": f"confirm:{uuid4()}"}).status_code
        == 404
    )


def test_the_ref_of_an_enquiry_opens_no_request(lead: Client) -> None:
    assert lead.get(f"{LIST}{make_enquiry().ref}/").status_code == 404


def test_for_a_shared_address_staff_see_who_it_may_be(
    lead: Client, shared: Asked
) -> None:
    said = text_of(lead.get(f"{LIST}{shared.ref}/"))

    assert "Waiting to know who asks" in said
    assert f"This is {CANARY}" in said
    assert f"This is {SISTER}" in said
    assert "Make sure first" in said


def test_staff_settle_who_asks_and_only_that_person_goes_on(
    lead: Client, shared: Asked, owner_sql: Sql
) -> None:
    page = lead.get(f"{LIST}{shared.ref}/").content.decode()
    [sister] = re.findall(rf'value="(confirm:[^"]+)">This is {SISTER}', page)

    done = lead.post(f"{LIST}{shared.ref}/", {"action": sister}, follow=True)

    assert done.status_code == 200
    assert "It is settled who asks" in text_of(done)
    assert SISTER in text_of(done)
    assert CANARY not in text_of(done)
    assert len(cast.letters(owner_sql)) == 2  # a new link, to decide with
    *_, act = acts(owner_sql, "rights:identity:confirm")
    assert act[:2] == ("allow", "data-protection-lead")


def test_settling_twice_is_a_conflict(lead: Client, shared: Asked) -> None:
    page = lead.get(f"{LIST}{shared.ref}/").content.decode()
    choices = re.findall(r'value="(confirm:[^"]+)"', page)
    settled = lead.post(f"{LIST}{shared.ref}/", {"action": choices[0]})

    again = lead.post(settled["Location"], {"action": choices[1]})

    assert again.status_code == 409


@pytest.mark.parametrize(
    "action", ["", "confirm", "confirm:", "confirm:17", f"confirm:{uuid4()}", "erase:x"]
)
def test_nobody_is_settled_on_who_does_not_hold_the_address(
    lead: Client, shared: Asked, action: str
) -> None:
    response = lead.post(f"{LIST}{shared.ref}/", {"action": action})

    assert response.status_code in (404, 422)
    assert "Waiting to know who asks" in text_of(lead.get(f"{LIST}{shared.ref}/"))


def test_reception_cannot_settle_who_asks(client: Client, shared: Asked) -> None:
    signed_in(client, "reception")

    response = client.post(f"{LIST}{shared.ref}/", {"action": f"confirm:{uuid4()}"})

    assert response.status_code == 403


def test_today_lists_what_is_due_without_names(lead: Client, asked: Asked) -> None:
    said = text_of(lead.get("/desk/"))

    assert "Erasure" in said
    assert "days left" in said
    assert CANARY not in said
