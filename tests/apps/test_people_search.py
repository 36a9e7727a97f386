"""One search for whatever a caller says, and who is alike; both behind the wall."""

from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection

from candour import gate
from candour.core.actor import staff
from candour.core.errors import Refused
from candour.core.ids import new_ref
from candour.people import queries
from candour.people.sought import day_of, read
from candour.policy.terms import Reach
from tests.apps.file_cast import NHS, PHONE, caring, register
from tests.factories import CANARY_EMAIL, NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]
RECEPTION = staff(new_ref(), "reception")


@pytest.fixture
def person(db: None) -> int:
    """Return a patient with an accent in her name, among others."""
    publish_policy()
    found = make_enquiry(name="Zéphyrine Quillfeather").person_id
    register(found)
    for number in range(3):
        make_enquiry(name=f"Other Person {number}", email=f"p{number}@example.com")
    return found


def everyone() -> Any:
    return gate.open(
        by=RECEPTION, purpose="appointments", reach=Reach.DAY, verb="t:t:t", at=NOON
    )


def found(text: str) -> list[int]:
    with everyone() as permit:
        return queries.search(text, permit=permit)


@pytest.mark.parametrize(
    "text",
    [
        "Zéphyrine Quillfeather",
        "zephyrine",
        "QUILLFEATHER",
        "  quill   ",
        "Zephirine Quilfeather",
        "quilfether",
        "Zeph",
        CANARY_EMAIL,
        CANARY_EMAIL.upper(),
        PHONE,
        "+44 20 7946 0999",
        "7946 0999",
        NHS,
        NHS.replace(" ", ""),
        "14 June 1981",
        "14/06/1981",
        "1981-06-14",
    ],
)
def test_whatever_a_caller_says_finds_her_and_nobody_else(
    person: int, text: str
) -> None:
    assert found(text) == [person]


def test_the_number_of_a_file_finds_it(person: int) -> None:
    with caring(person) as permit:
        number = queries.header(person, permit=permit).patient__number

    assert found(f"P-{number}") == [person]
    assert found(f"p{number}") == [person]
    assert found(str(number)) == [person]


@pytest.mark.parametrize("text", ["", "ab", "%%%", "___", "nobodysname", "' OR 1=1 --"])
def test_what_fits_nobody_finds_nobody(person: int, text: str) -> None:
    assert person not in found(text) if text.strip() else found(text) == []
    assert len(found(text)) == 0


def test_no_more_than_fifty_are_given_and_the_list_says_so(person: int) -> None:
    for number in range(60):
        make_enquiry(name=f"Thistle Wharf {number}", email=f"t{number}@example.com")

    with everyone() as permit:
        ids = queries.search("thistle", permit=permit)
        listed = queries.found(ids, permit=permit)

    assert len(ids) == len(set(ids)) == 50
    assert listed.capped


def test_a_list_keeps_its_order_and_costs_the_same_however_long(
    person: int, django_assert_max_num_queries: Any
) -> None:
    others = found("other person")
    with everyone() as permit, django_assert_max_num_queries(4):
        listed = queries.found([*reversed(others), person], permit=permit)

    assert [row.person for row in listed.rows] == [*reversed(others), person]


def test_who_is_alike_is_found_by_each_thing_they_gave(person: int) -> None:
    with everyone() as permit:
        seen = queries.alike(
            name="Zephirine Quillfeather",
            born_on=date(1981, 6, 14),
            keys=[CANARY_EMAIL, "+442079460999"],
            nhs_number=NHS,
            permit=permit,
        )
        none = queries.alike(
            name="Zephirine Quillfeather", born_on=None, keys=[], permit=permit
        )

    assert set(seen) == {person}
    assert set(seen[person]) == {"name-and-birth", "email", "phone", "nhs-number"}
    assert none == {}


@pytest.mark.parametrize(
    "call",
    [
        "SELECT people_search('zephyrine')",
        "SELECT people_alike('zeph', NULL, '{}', '')",
    ],
)
def test_from_inside_one_file_nobody_is_looked_for(person: int, call: str) -> None:
    with pytest.raises(DatabaseError, match="scope of everyone"), caring(person):
        connection.cursor().execute(call)


@pytest.mark.parametrize(
    "call",
    [
        "SELECT people_search('zephyrine')",
        "SELECT people_alike('zeph', NULL, '{}', '')",
    ],
)
def test_without_a_scope_nobody_is_looked_for(
    person: int, runtime_sql: Sql, call: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime_sql.execute(call)


def test_a_role_that_may_list_nobody_finds_nobody(person: int) -> None:
    with (
        pytest.raises(Refused),
        gate.open(
            by=staff(new_ref(), "finance"),
            purpose="appointments",
            reach=Reach.DAY,
            verb="t:t:t",
            at=NOON,
        ),
    ):
        pass


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("29 February 2000", date(2000, 2, 29)),
        ("29/02/2001", None),
        ("3 Mar 1999", date(1999, 3, 3)),
        ("next week", None),
    ],
)
def test_a_day_is_read_in_the_usual_ways(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_ten_digits_may_be_an_nhs_number_or_a_phone(person: int) -> None:
    asked = read(NHS)

    assert asked.nhs_key is not None
    assert "9434765919" in asked.words
    assert asked.number is None
