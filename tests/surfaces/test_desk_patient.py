"""The shell of a patient's file, and the list it is found by."""

from datetime import date
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.test import Client

from tests.factories import CANARY, CANARY_EMAIL, make_enquiry, publish_policy
from tests.surfaces.desk import acts, signed_in, text_of
from tests.surfaces.filed import PATIENTS, file_of, make_person, restrict

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]


def test_a_practitioner_opens_a_file_for_care(client: Client, owner_sql: Sql) -> None:
    publish_policy()
    person = make_person(born_on=date(1981, 6, 14))
    signed_in(client, "practitioner")

    page = client.get(file_of(person))

    assert page.status_code == 200
    said = text_of(page)
    assert CANARY in said
    assert "treating this person" in said
    assert "14 June 1981" in said
    assert "Not registered yet" in said
    assert "no-store" in page["Cache-Control"]
    [(outcome, role, _, people)] = acts(owner_sql, "desk:patient:read")
    assert (outcome, role, people) == ("allow", "practitioner", [person.pk])


def test_reception_opens_the_same_file_for_the_day(client: Client) -> None:
    publish_policy()
    person = make_person()
    signed_in(client, "reception")

    said = text_of(client.get(file_of(person)))

    assert CANARY in said
    assert "visits and the diary" in said


@pytest.mark.parametrize("role", ["marketing", "finance"])
def test_a_role_without_the_purpose_is_refused_with_the_clause(
    client: Client, owner_sql: Sql, role: str
) -> None:
    publish_policy()
    person = make_person()
    signed_in(client, role)

    page = client.get(file_of(person))

    assert page.status_code == 403
    assert CANARY not in text_of(page)
    [(outcome, *_)] = acts(owner_sql, "desk:patient:read")
    assert outcome != "allow"
    assert client.get(PATIENTS).status_code == 403


def test_a_restricted_file_is_shut_and_its_alerts_are_open(
    client: Client, owner_sql: Sql
) -> None:
    publish_policy()
    person = make_person()
    restrict(person)
    signed_in(client, "practitioner")

    page = client.get(file_of(person))

    assert page.status_code == 403
    said = text_of(page)
    assert "This file is restricted" in said
    assert "No alert is on this file" in said
    assert CANARY_EMAIL not in said
    verbs = ("desk:patient:read", "desk:patient:alerts")
    assert [acts(owner_sql, verb)[0][0] for verb in verbs] == ["refuse", "allow"]


def test_a_restricted_file_is_shut_to_reception(client: Client) -> None:
    publish_policy()
    person = make_person()
    restrict(person)
    signed_in(client, "reception")

    page = client.get(file_of(person))

    assert page.status_code == 403
    assert CANARY not in text_of(page)


def test_a_stranger_signs_in_and_nobody_is_not_found(client: Client) -> None:
    publish_policy()
    assert client.get(f"{PATIENTS}{uuid4()}/").status_code == 302

    signed_in(client, "practitioner")

    assert client.get(f"{PATIENTS}{uuid4()}/").status_code == 404
    assert client.post(file_of(make_person())).status_code == 405


def test_a_search_is_posted_and_its_words_stay_out_of_the_address(
    client: Client,
) -> None:
    publish_policy()
    make_person()
    make_enquiry(name="Ottoline Brackwater", email="ottoline@example.org")
    signed_in(client, "reception")

    answer = client.post(PATIENTS, {"q": "zéphyrine"})
    said = text_of(client.get(answer["Location"]))

    assert "yrine" not in answer["Location"]
    assert CANARY in said
    assert "Ottoline" not in said


def test_a_search_says_of_a_restricted_person_only_that_they_are_there(
    client: Client,
) -> None:
    publish_policy()
    restrict(make_person())
    signed_in(client, "practitioner")

    page = client.get(client.post(PATIENTS, {"q": CANARY})["Location"])

    assert "1 more fits, and is kept from lists" in text_of(page)
    assert f"<td>{CANARY}" not in page.content.decode()
    assert CANARY_EMAIL not in text_of(page)


def test_the_list_says_when_nobody_fits_and_when_nobody_is_there(
    client: Client,
) -> None:
    publish_policy()
    signed_in(client, "reception")

    assert "Nobody is registered yet" in text_of(client.get(PATIENTS))
    found = client.get(client.post(PATIENTS, {"q": "Nobodysname"})["Location"])
    assert "Nobody fits" in text_of(found)
