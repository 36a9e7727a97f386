"""Nobody opens their own record at the desk: it is refused, and on the trail."""

import re
from typing import Any

import psycopg
import pytest
from django.test import Client

from candour.core import clock
from candour.people.models import ContactPoint, Person
from candour.rights import actions
from candour.rights.actions import Asked
from candour.rights.models import Request
from tests.apps import rights_cast as cast
from tests.factories import CANARY, QUESTION, make_enquiry, publish_policy
from tests.surfaces.desk import (
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
from tests.surfaces.filed import file_of

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]
SAID = "Staff do not open their own record at the desk."
RECEPTION = "reception@clinic.example"
LEAD = "data-protection-lead@clinic.example"


@pytest.fixture(autouse=True)
def policy(db: None) -> None:
    publish_policy()


@pytest.fixture
def desk(client: Client) -> Client:
    signed_in(client)
    return client


@pytest.fixture
def lead(client: Client) -> Client:
    signed_in(client, "data-protection-lead")
    return client


def is_refused(page: Any) -> None:
    """Check that a page is a refusal that shows nothing of the record."""
    said = text_of(page)
    assert page.status_code == 403
    assert SAID in said
    assert "The notice gives this to" in said
    assert re.search(r"Clause \d", said)
    assert CANARY not in said
    assert QUESTION not in said


@pytest.mark.parametrize("email", [RECEPTION, "Reception@CLINIC.example"])
def test_what_they_asked_themselves_they_do_not_open(
    desk: Client, owner_sql: Sql, email: str
) -> None:
    mine = make_enquiry(email=email)

    is_refused(desk.get(page_of(mine)))

    [(outcome, role, clause, people)] = acts(owner_sql, "desk:enquiry:read")
    assert (outcome, role) == ("refuse", "reception")
    assert (clause, people) == ("purposes.enquiry", [mine.person_id])


def test_nor_do_they_answer_or_close_it(desk: Client, owner_sql: Sql) -> None:
    mine = make_enquiry(email=RECEPTION)

    is_refused(answer(desk, mine))
    is_refused(desk.post(page_of(mine), {"action": "closed:new"}))

    assert messages() == []
    assert state_of(mine) == "new"
    for verb in ("desk:enquiry:reply", "desk:enquiry:set-status"):
        assert [outcome for outcome, *_ in acts(owner_sql, verb)] == ["refuse"]


def test_a_colleague_opens_it(desk: Client) -> None:
    theirs = make_enquiry(email="manager@clinic.example")

    assert CANARY in text_of(desk.get(page_of(theirs)))


def test_it_is_left_out_of_the_list_and_of_a_search(desk: Client) -> None:
    make_enquiry(email=RECEPTION)
    make_enquiry(name="Ottoline Thistledown", email="o@example.org")

    for page in (
        desk.get(INBOX),
        desk.post(INBOX, {"q": "clinic.example"}, follow=True),
        desk.post(INBOX, {"q": "Ottoline"}, follow=True),
    ):
        said = text_of(page)
        assert CANARY not in said
        assert "What you asked us yourself is left out. A colleague opens it." in said
    assert "1 enquiry." in text_of(desk.get(INBOX))


def test_whose_record_is_not_there_is_told_nothing_of_it(desk: Client) -> None:
    make_enquiry()

    assert "What you asked us yourself" not in text_of(desk.get(INBOX))


def test_an_address_that_is_known_to_be_wrong_makes_nobody_the_one(
    desk: Client,
) -> None:
    theirs = make_enquiry(email=RECEPTION)
    with reading():
        ContactPoint.objects.update(wrong_at=clock.now())

    assert desk.get(page_of(theirs)).status_code == 200


def test_an_address_they_gave_later_counts_too(desk: Client) -> None:
    mine = make_enquiry()
    other = make_enquiry(email=RECEPTION)
    with reading():
        ContactPoint.objects.filter(person=other.person_id).update(
            person_id=mine.person_id
        )

    is_refused(desk.get(page_of(mine)))


def test_their_own_file_is_shut(client: Client, owner_sql: Sql) -> None:
    signed_in(client, "practitioner")
    mine = make_enquiry(email="practitioner@clinic.example")
    with reading():
        person = Person.objects.get(pk=mine.person_id)

    is_refused(client.get(file_of(person)))

    [(outcome, *_)] = acts(owner_sql, "desk:patient:read")
    assert outcome == "refuse"


# --- requests about data --------------------------------------------------------------


@pytest.fixture
def mine(owner_sql: Sql) -> Asked:
    """The lead's own request, to be erased."""
    make_enquiry(email=LEAD)
    return cast.prove(owner_sql, "erasure", LEAD, at=clock.now())


def test_a_request_of_their_own_is_a_colleagues_to_answer(
    lead: Client, mine: Asked, owner_sql: Sql
) -> None:
    path = f"/desk/requests/{mine.ref}/"

    is_refused(lead.get(path))
    is_refused(lead.post(path, {"action": "confirm"}))
    is_refused(lead.get(f"{path}refuse/"))
    for step in ("preview", "send"):
        is_refused(lead.post(f"{path}refuse/", {"step": step, "ground": "unfounded"}))

    outcomes = [outcome for outcome, *_ in acts(owner_sql, "desk:request:read")]
    assert outcomes == ["refuse"] * 5
    with reading():
        assert Request.objects.get(ref=mine.ref).state == "open"


def test_at_an_address_they_share_they_settle_nothing(
    lead: Client, owner_sql: Sql
) -> None:
    make_enquiry(email=LEAD)
    make_enquiry(name="Ottoline Thistledown", email=LEAD)
    cast.ask("access", LEAD, at=clock.now())
    claim = actions.follow_link(token=cast.newest_token(owner_sql), at=clock.now())

    page = lead.get(f"/desk/requests/{claim.ref}/")

    is_refused(page)
    assert "Ottoline" not in text_of(page)
