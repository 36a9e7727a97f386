"""Joining two files at the desk."""

from typing import Any

import psycopg
import pytest
from django.test import Client

from candour.accounts.actions import add_staff
from candour.people.models import Person, Standing
from candour.web.who import SECOND_STEP
from tests.apps.file_cast import register
from tests.factories import CANARY, NOON, make_enquiry, publish_policy
from tests.surfaces.desk import acts, give_app, reading, signed_in, text_of
from tests.surfaces.filed import file_of, make_person

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]


@pytest.fixture
def two(db: None) -> tuple[Person, Person]:
    """Return two files of one woman."""
    publish_policy()
    one, other = make_person(), make_person(name="Zephyrine Quilfeather")
    register(one.pk)
    return one, other


@pytest.fixture
def desk(client: Client) -> Client:
    """Return a manager who is the data protection lead, signed in."""
    staff = add_staff(
        email="lead@clinic.example",
        name="Lead Thistlewood",
        roles=["manager", "data-protection-lead"],
        at=NOON,
    )
    give_app(staff)
    client.force_login(staff.user)
    session = client.session
    session[SECOND_STEP] = True
    session.save()
    return client


def test_the_other_file_is_found_looked_at_joined_and_parted(
    desk: Client, two: tuple[Person, Person], owner_sql: Sql
) -> None:
    one, other = two
    assert f'href="{file_of(one, "join/")}"' in desk.get(file_of(one)).content.decode()
    asked = desk.post(file_of(one, "join/"), {"q": "quilfeather"})
    found = desk.get(asked["Location"])
    look = file_of(one, f"join/{other.ref}/")
    assert look in found.content.decode()

    page = desk.get(look)
    said = text_of(page)
    assert "What you asked us" in said
    assert "Zephyrine Quilfeather" in said
    assert "What will hold" in said
    assert len(people()) == 2

    done = desk.post(look, {"survivor": str(one.ref), "how": "met"})
    assert done.status_code == 302
    said = text_of(desk.get(done["Location"]))
    assert "The two records are one" in said
    assert people() == [CANARY]
    [(outcome, role, _, both)] = acts(owner_sql, "desk:patient:join")
    assert (outcome, role) == ("allow", "data-protection-lead")
    assert sorted(both) == sorted([one.pk, other.pk])

    [(ref,)] = owner_sql.execute("SELECT ref FROM people_merge").fetchall()
    parted = desk.post(file_of(one, f"part/{ref}/"))
    assert parted.status_code == 302
    assert "apart again" in text_of(desk.get(parted["Location"]))
    assert people() == [CANARY, "Zephyrine Quilfeather"]
    assert desk.post(file_of(one, f"part/{ref}/")).status_code == 404


def test_the_other_file_may_go_on(desk: Client, two: tuple[Person, Person]) -> None:
    one, other = two

    done = desk.post(
        file_of(one, f"join/{other.ref}/"), {"survivor": str(other.ref), "how": "met"}
    )

    assert done["Location"] == file_of(other, "join/")
    assert people() == ["Zephyrine Quilfeather"]
    old = desk.get(file_of(one))
    assert old.status_code == 302
    assert old["Location"] == file_of(other)


@pytest.mark.parametrize("sent", [{}, {"how": "met"}, {"how": "guess"}])
def test_how_and_which_are_asked(
    desk: Client, two: tuple[Person, Person], sent: dict[str, str]
) -> None:
    page = desk.post(file_of(two[0], f"join/{two[1].ref}/"), sent)

    assert page.status_code == 422
    assert len(people()) == 2


def test_two_human_beings_are_not_joined(
    desk: Client, two: tuple[Person, Person]
) -> None:
    with reading():
        Standing.objects.filter(person=two[1].pk).update(born_on=NOON.date())
    look = file_of(two[0], f"join/{two[1].ref}/")

    assert "These two cannot be joined" in text_of(desk.get(look))
    page = desk.post(look, {"survivor": str(two[0].ref), "how": "met"})

    assert page.status_code == 409
    assert "birth dates" in text_of(page)
    assert len(people()) == 2


@pytest.mark.parametrize("role", ["reception", "practitioner"])
def test_a_role_without_the_purpose_is_refused(
    client: Client, two: tuple[Person, Person], role: str
) -> None:
    signed_in(client, role)
    look = file_of(two[0], f"join/{two[1].ref}/")

    assert file_of(two[0], "join/") not in client.get(file_of(two[0])).content.decode()
    assert client.get(file_of(two[0], "join/")).status_code == 403
    assert client.get(look).status_code == 403
    assert client.post(look, {"how": "met"}).status_code in {403, 422}
    assert len(people()) == 2
    assert make_enquiry().pk


def people() -> list[str]:
    """Return the names of everybody on record."""
    with reading():
        return list(Person.objects.order_by("pk").values_list("name", flat=True))
