"""Where a member of staff starts: each role sees what the notice gives it."""

import re
from typing import Any

import psycopg
import pytest
from django.test import Client, RequestFactory

from candour.web import pages
from tests.factories import CANARY, make_enquiry, publish_policy
from tests.surfaces.desk import signed_in, text_of

Sql = psycopg.Connection[Any]


@pytest.fixture(autouse=True)
def policy(db: None) -> None:
    publish_policy()


def test_reception_sees_how_many_enquiries_are_new_and_no_names(client: Client) -> None:
    for _ in range(2):
        make_enquiry()
    signed_in(client, "reception")

    response = client.get("/desk/")

    assert response.status_code == 200
    assert 'aria-label="New enquiries: 2"' in response.content.decode()
    assert CANARY not in response.content.decode()
    assert response["Cache-Control"] == "no-store, private"


def test_marketing_counts_nothing_and_that_is_no_refusal(
    client: Client, owner_sql: Sql
) -> None:
    make_enquiry()
    signed_in(client, "marketing")

    said = text_of(client.get("/desk/"))

    assert "New enquiries" not in said
    assert "News and offers" in said
    refusals = owner_sql.execute(
        "SELECT count(*) FROM trail_event WHERE outcome <> 'allow'"
    )
    assert refusals.fetchone() == (0,)


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        ("reception", "Answering enquiries", "Treating this person"),
        ("practitioner", "Treating this person", "Answering enquiries"),
        ("data-protection-lead", "Answering requests about data", "Taking payment"),
    ],
)
def test_each_role_is_told_what_it_may_open_and_by_which_clause(
    client: Client, role: str, may: str, may_not: str
) -> None:
    signed_in(client, role)

    response = client.get("/desk/")

    assert re.search(rf"{may} Clause [\d.]+", text_of(response))
    assert may_not not in text_of(response)


def test_the_page_names_the_policy_in_force(client: Client) -> None:
    signed_in(client)

    said = text_of(client.get("/desk/"))

    assert "Policy 2026-09, in force since 20 November 2026" in said


def test_somebody_without_a_role_sees_an_empty_desk(client: Client) -> None:
    staff = signed_in(client)
    staff.roles.all().delete()

    response = client.get("/desk/")

    assert response.status_code == 200
    assert "gives your role no use of anybody" in text_of(response)
    assert client.get("/desk/enquiries/").status_code == 403


def test_the_page_takes_no_post(client: Client) -> None:
    signed_in(client)

    assert client.post("/desk/").status_code == 405


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("reception", {"Calendar", "Enquiries", "Patients"}),
        ("manager", {"Calendar", "Enquiries", "Patients", "Forms", "Stock"}),
        ("marketing", set()),
        ("practitioner", {"Calendar", "Patients", "Forms"}),
        ("data-protection-lead", {"Data requests"}),
    ],
)
def test_the_menu_offers_what_the_role_may_open_and_nothing_else(
    client: Client, role: str, offered: set[str]
) -> None:
    signed_in(client, role)

    page = client.get("/desk/").content.decode()
    [menu] = re.findall(r'<nav aria-label="Main">(.*?)</nav>', page, re.DOTALL)
    found = set(re.findall(r"<a [^>]*>([^<]+)</a>", menu))

    assert found == {"Today", "Your sign-in"} | offered
    pages = {"Calendar": "calendar", "Enquiries": "enquiries", "Patients": "patients"}
    pages |= {"Forms": "forms", "Data requests": "requests"}
    for name, path in pages.items():
        status = client.get(f"/desk/{path}/").status_code
        assert (status == 200) is (name in offered)


def test_requests_are_not_spoken_of_to_whoever_may_not_list_them(
    client: Client,
) -> None:
    signed_in(client, "reception")

    assert "Data requests" not in text_of(client.get("/desk/"))


def test_no_page_hides_who_is_signed_in() -> None:
    with pytest.raises(ValueError, match="staff"):
        pages.page(RequestFactory().get("/"), "desk/today.html", {"staff": []})


def test_the_catalogue_says_who_is_signed_in(client: Client) -> None:
    signed_in(client, "manager")

    said = text_of(client.get("/desk/catalogue/"))

    assert "Manager Thistlewood" in said
