"""People who share an address: one detail more, five tries, and nobody else's data."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from candour.core.errors import Invalid, NotFound
from candour.law.regions import Region
from candour.law.requests import request_due
from candour.rights import actions, identity
from candour.rights.actions import Asked
from candour.rights.identity import Identified, identify
from tests.apps.canary import found_anywhere
from tests.apps.rights_cast import (
    ask,
    letters,
    make_person,
    newest_token,
    prove,
    status,
    themselves,
    work,
)
from tests.factories import CANARY, CANARY_EMAIL, NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")
Owner = psycopg.Connection[Any]
SPOUSE = "Ptolemy Quillfeather"
PHONE = "020 7946 0999"
POSTCODE = "W1X 4QX"
LATE = NOON + timedelta(days=6)


@pytest.fixture
def family(db: None) -> tuple[int, int]:
    """Return two people at one address: Zephyrine asked, Ptolemy left a phone."""
    publish_policy()
    zephyrine = make_enquiry().person_id
    ptolemy = make_person(
        SPOUSE,
        [("email", CANARY_EMAIL), ("phone", PHONE), ("postcode", POSTCODE)],
        at=NOON,
    )
    return zephyrine, ptolemy


def answer(asked: Asked, name: str, detail: str, *, at: Any = NOON) -> Identified:
    return identify(
        ref=asked.ref, name=name, detail=detail, by=themselves(asked), at=at
    )


def owner_of(owner: Owner, asked: Asked | None) -> int:
    assert asked is not None
    sql = "SELECT person_id FROM rights_request WHERE ref = %s"
    [[person]] = owner.execute(sql, [asked.ref]).fetchall()
    return int(person)


def test_a_shared_address_leaves_the_request_with_a_claimant(
    family: tuple[int, int], owner_sql: Owner
) -> None:
    asked = prove(owner_sql)

    assert asked.state == "waiting-identity"
    assert owner_of(owner_sql, asked) not in family


@pytest.mark.parametrize(
    ("name", "detail", "which"),
    [
        (SPOUSE, PHONE, 1),
        ("ptolemy  quillfeather", "+44 20 7946 0999", 1),
        (SPOUSE, "w1x4qx", 1),
        (CANARY, "2026-11-20", 0),
        (CANARY.upper(), "20 November 2026", 0),
        (CANARY, "20/11/2026", 0),
    ],
)
def test_a_name_and_a_detail_that_fit_one_person_make_it_theirs(
    family: tuple[int, int], owner_sql: Owner, name: str, detail: str, which: int
) -> None:
    asked = prove(owner_sql)

    found = answer(asked, name, detail)

    assert owner_of(owner_sql, found.request) == family[which]
    assert found.request is not None
    assert found.request.state == "open"
    people = owner_sql.execute("SELECT id FROM people_person ORDER BY id").fetchall()
    assert [person for (person,) in people] == sorted(family)
    assert letters(owner_sql)


@pytest.mark.parametrize(
    ("name", "detail"),
    [
        (CANARY, PHONE),  # the other one's phone
        (SPOUSE, "2026-11-20"),  # the other one's enquiry
        ("Ptolemy", PHONE),  # half a name
        (SPOUSE, "020 7946 0998"),
        (SPOUSE, "W1X"),
        (SPOUSE, "%"),
        ("' OR 1=1 --", "' OR 1=1 --"),
        ("\u202e" + SPOUSE, PHONE),
    ],
)
def test_anything_else_says_only_how_many_tries_are_left(
    family: tuple[int, int], owner_sql: Owner, name: str, detail: str
) -> None:
    asked = prove(owner_sql)

    assert answer(asked, name, detail) == Identified(None, 4)
    assert status(asked).tries_left == 4


def test_after_five_tries_even_the_right_answer_goes_to_staff(
    family: tuple[int, int], owner_sql: Owner
) -> None:
    asked = prove(owner_sql)
    for left in (4, 3, 2, 1, 0):
        assert answer(asked, SPOUSE, "0").tries_left == left

    assert answer(asked, SPOUSE, PHONE) == Identified(None, 0)
    assert status(asked).state == "waiting-identity"
    steps = owner_sql.execute("SELECT what FROM rights_step ORDER BY id DESC LIMIT 1")
    assert steps.fetchall() == [("identity-for-staff",)]


def test_an_empty_answer_is_no_try(family: tuple[int, int], owner_sql: Owner) -> None:
    asked = prove(owner_sql)

    for name, detail in ((" ", PHONE), (SPOUSE, ""), ("x" * 500, "y")):
        with pytest.raises(Invalid):
            answer(asked, name, detail)
    assert status(asked).tries_left == 5


def test_what_was_answered_is_kept_nowhere(
    family: tuple[int, int], owner_sql: Owner
) -> None:
    asked = prove(owner_sql)
    answer(asked, "Wilhelmina Unheard", "07700 900123")

    assert not found_anywhere(owner_sql, "Unheard")
    assert not found_anywhere(owner_sql, "900123")


def test_the_time_runs_from_the_proof_and_the_step_says_so(
    family: tuple[int, int], owner_sql: Owner
) -> None:
    asked = prove(owner_sql)
    before = status(asked).due_on

    found = answer(asked, SPOUSE, PHONE, at=LATE)

    assert found.request is not None
    assert before == date(2026, 12, 21)
    assert status(found.request).due_on == request_due(LATE, Region.ENGLAND)
    moved = owner_sql.execute(
        "SELECT ground, due_on FROM rights_step WHERE due_on IS NOT NULL"
    )
    assert moved.fetchall() == [
        ("UK GDPR Art 12(6), 12A(2)", request_due(LATE, Region.ENGLAND))
    ]


def test_a_request_of_theirs_that_is_open_already_takes_the_new_one_in(
    family: tuple[int, int], owner_sql: Owner
) -> None:
    first = prove(owner_sql)
    found = answer(first, SPOUSE, PHONE)
    assert found.request is not None
    work(at=NOON)

    ask(at=NOON + timedelta(hours=2))
    again = actions.follow_link(
        token=newest_token(owner_sql), at=NOON + timedelta(hours=2)
    )
    joined = answer(again, SPOUSE, PHONE, at=NOON + timedelta(hours=2))

    assert joined.request is not None
    assert joined.request.ref == found.request.ref
    [[requests]] = owner_sql.execute("SELECT count(*) FROM rights_request").fetchall()
    assert requests == 1


def test_a_request_that_waits_for_nothing_cannot_be_answered(
    owner_sql: Owner,
) -> None:
    publish_policy()
    make_enquiry()
    asked = prove(owner_sql)

    with pytest.raises(NotFound):
        answer(asked, CANARY, "2026-11-20")


@pytest.mark.parametrize("text", ["31/02/2026", "tomorrow", "", "20/11/20266"])
def test_what_is_no_day_fits_no_day(text: str) -> None:
    assert identity.day_in(text) is None
