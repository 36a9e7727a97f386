"""Staff making sure who asks, at an address that several records share."""

import re
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.test import Client

from candour.core import clock
from candour.rights.actions import Asked
from tests.apps import rights_cast as cast
from tests.factories import CANARY, make_enquiry, publish_policy
from tests.surfaces.desk import acts, signed_in, text_of

Sql = psycopg.Connection[Any]
LIST = "/desk/requests/"
SISTER = "Xanthippe Quillfeather"
CALLED = "I called a number that we held before"
CODE = re.compile(r"Tell them this code: (\w{4}-\w{4})")


@pytest.fixture(autouse=True)
def policy(db: None) -> None:
    publish_policy()


@pytest.fixture
def lead(client: Client) -> Client:
    signed_in(client, "data-protection-lead")
    return client


@pytest.fixture
def shared(owner_sql: Sql) -> Asked:
    """A request from an address that two sisters share."""
    make_enquiry()
    make_enquiry(name=SISTER)
    return cast.prove(owner_sql, "erasure", at=clock.now())


@pytest.fixture
def twice(owner_sql: Sql) -> Asked:
    """A request of one woman who wrote to us twice, so that there are two of her."""
    make_enquiry()
    make_enquiry(message="And another thing")
    return cast.prove(owner_sql, "access", at=clock.now())


def page_of(asked: Asked) -> str:
    return f"{LIST}{asked.ref}/"


def boxes(lead: Client, asked: Asked) -> dict[str, list[str]]:
    """Return the boxes of the form: name of the person -> their values."""
    page = lead.get(page_of(asked)).content.decode()
    found: dict[str, list[str]] = {}
    for value, name in re.findall(
        r'name="people" value="([^"]+)"[^>]*>\s*<label[^>]*>([^<]+)<', page
    ):
        found.setdefault(name, []).append(value)
    return found


def settle(
    lead: Client, asked: Asked, people: list[str], how: str = "called", **more: Any
) -> Any:
    return lead.post(
        page_of(asked), {"action": "confirm", "people": people, "how": how, **more}
    )


def test_staff_see_who_it_may_be_and_how_to_reach_them(
    lead: Client, shared: Asked
) -> None:
    said = text_of(lead.get(page_of(shared)))

    assert "Waiting to know who asks" in said
    assert "Which records are of the person who asks?" in said
    assert set(boxes(lead, shared)) == {CANARY, SISTER}
    assert CALLED in said
    assert "an identity document, and kept no copy" in said


def test_nothing_is_ticked_before_somebody_ticks_it(
    lead: Client, shared: Asked
) -> None:
    page = lead.get(page_of(shared)).content.decode()

    assert " checked" not in page


def test_staff_settle_who_asks_and_only_that_person_goes_on(
    lead: Client, shared: Asked, owner_sql: Sql
) -> None:
    done = settle(lead, shared, boxes(lead, shared)[SISTER])

    assert done.status_code == 200
    said = text_of(done)
    assert "It is settled who asks" in said
    assert CODE.search(said)
    assert SISTER in said
    assert CANARY not in said
    assert len(cast.letters(owner_sql)) == 2  # a new link, to decide with
    *_, act = acts(owner_sql, "rights:identity:confirm")
    assert act[:2] == ("allow", "data-protection-lead")


def test_how_they_made_sure_and_who_did_is_written_down(
    lead: Client, shared: Asked, owner_sql: Sql
) -> None:
    settle(lead, shared, boxes(lead, shared)[SISTER])

    [(by, ground)] = owner_sql.execute(
        "SELECT by, ground FROM rights_step WHERE what = 'identified'"
    ).fetchall()
    [[ref]] = owner_sql.execute("SELECT ref FROM rights_request").fetchall()
    said = text_of(lead.get(f"{LIST}{ref}/"))
    assert by.startswith("staff:")
    assert ground == CALLED
    assert f"{CALLED}. By Data-protection-lead Thistlewood" in said


def test_several_records_of_one_person_are_ticked_and_become_one(
    lead: Client, twice: Asked, owner_sql: Sql
) -> None:
    both = boxes(lead, twice)[CANARY]
    assert len(both) == 2

    done = settle(lead, twice, both, "met")

    assert "It is settled who asks" in text_of(done)
    people = owner_sql.execute("SELECT count(*) FROM people_person").fetchone()
    assert people == (1,)


def test_the_code_is_shown_once_and_kept_nowhere(
    lead: Client, shared: Asked, owner_sql: Sql
) -> None:
    done = settle(lead, shared, boxes(lead, shared)[SISTER])
    found = CODE.search(text_of(done))
    assert found is not None
    [[ref]] = owner_sql.execute("SELECT ref FROM rights_request").fetchall()

    assert "Tell them this code" not in text_of(lead.get(f"{LIST}{ref}/"))
    sessions = owner_sql.execute("SELECT session_data FROM django_session").fetchall()
    assert found[1] not in str(sessions)


@pytest.mark.parametrize(
    ("people", "how", "says"),
    [
        (False, "called", "Tick each record that is of the person who asks"),
        (True, "", "Say how you made sure"),
        (True, "guessed", "That is not one of the choices"),
        (False, "", "2 answers need another look"),
    ],
)
def test_a_mistake_is_named_and_what_was_ticked_stays_ticked(
    lead: Client, shared: Asked, people: bool, how: str, says: str
) -> None:
    ticked = boxes(lead, shared)[SISTER] if people else []

    response = settle(lead, shared, ticked, how)

    assert response.status_code == 422
    assert says in text_of(response)
    page = response.content.decode()
    for value in ticked:
        assert f'value="{value}" checked' in page
    if how == "called":
        assert 'value="called" checked' in page
    assert "Waiting to know who asks" in text_of(lead.get(page_of(shared)))


@pytest.mark.parametrize("person", ["", "17", str(uuid4()), "'; --"])
def test_nobody_is_settled_on_who_does_not_hold_the_address(
    lead: Client, shared: Asked, person: str
) -> None:
    response = settle(lead, shared, [person])

    assert response.status_code == 422
    assert "Waiting to know who asks" in text_of(lead.get(page_of(shared)))


def test_settling_twice_is_a_conflict(
    lead: Client, shared: Asked, owner_sql: Sql
) -> None:
    found = boxes(lead, shared)
    settle(lead, shared, found[SISTER])
    [[ref]] = owner_sql.execute("SELECT ref FROM rights_request").fetchall()

    again = lead.post(
        f"{LIST}{ref}/",
        {"action": "confirm", "people": found[CANARY], "how": "called"},
    )

    assert again.status_code == 409


def test_a_step_that_there_is_not_is_refused(lead: Client, shared: Asked) -> None:
    assert lead.post(page_of(shared), {"action": "erase"}).status_code == 422


@pytest.mark.parametrize("role", ["reception", "manager", "practitioner"])
def test_other_roles_cannot_settle_who_asks(
    client: Client, shared: Asked, role: str
) -> None:
    signed_in(client, role)

    assert settle(client, shared, [str(uuid4())]).status_code == 403
