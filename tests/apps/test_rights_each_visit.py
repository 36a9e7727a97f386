"""A link proves a mailbox, each time: at a shared address each visit asks who it is."""

from typing import Any

import psycopg
import pytest

from candour.core.actor import staff
from candour.core.errors import Expired, NotFound
from candour.rights import actions, identity
from candour.rights.actions import Asked
from candour.rights.copy import fetch
from tests.apps.canary import found_anywhere
from tests.apps.rights_cast import (
    fetched,
    make_person,
    newest_token,
    prove,
    themselves,
    work,
)
from tests.factories import CANARY_EMAIL, NOON, make_enquiry, make_staff, publish_policy

pytestmark = pytest.mark.usefixtures("db")
Owner = psycopg.Connection[Any]
SPOUSE, PHONE = "Ptolemy Quillfeather", "020 7946 0999"
OTHER = "020 7946 0111"


@pytest.fixture
def family(db: None) -> int:
    """Two people at one address; return the one with a phone."""
    publish_policy()
    make_enquiry()
    contacts = [("email", CANARY_EMAIL), ("phone", PHONE)]
    return make_person(SPOUSE, contacts, at=NOON)


def answered(asked: Asked) -> Asked:
    found = identity.identify(
        ref=asked.ref, name=SPOUSE, detail=PHONE, by=themselves(asked), at=NOON
    )
    assert found.request is not None
    return found.request


def test_the_letter_that_a_copy_is_ready_opens_it_to_nobody_unasked(
    family: int, owner_sql: Owner
) -> None:
    answered(prove(owner_sql))
    work(at=NOON)

    other = actions.follow_link(token=newest_token(owner_sql, "copy-ready"), at=NOON)

    assert other.state == "waiting-identity"
    with pytest.raises(NotFound):
        fetch.fetch(ref=other.ref, by=themselves(other), at=NOON)


def test_whoever_answers_again_has_a_copy_made_again(
    family: int, owner_sql: Owner
) -> None:
    answered(prove(owner_sql))
    work(at=NOON)

    again = actions.follow_link(token=newest_token(owner_sql, "copy-ready"), at=NOON)
    theirs = answered(again)
    work(at=NOON)

    assert b"Ptolemy" in fetched(theirs, at=NOON).read("data.json")


def test_a_copy_that_was_fetched_is_not_opened_again_by_its_letter(
    family: int, owner_sql: Owner
) -> None:
    theirs = answered(prove(owner_sql))
    work(at=NOON)
    fetched(theirs, at=NOON)

    with pytest.raises(Expired):
        actions.follow_link(token=newest_token(owner_sql, "copy-ready"), at=NOON)


def confirmed(asked: Asked, person: int, owner_sql: Owner) -> identity.Confirmed:
    """Let the lead settle that a request is of one person."""
    lead = staff(make_staff("data-protection-lead").ref, "data-protection-lead")
    [[ref]] = owner_sql.execute(
        "SELECT ref FROM people_person WHERE id = %s", [person]
    ).fetchall()
    return identity.confirm(ref=asked.ref, people=[ref], how="called", by=lead, at=NOON)


def test_an_erasure_that_staff_settled_still_asks_who_opens_the_link(
    family: int, owner_sql: Owner
) -> None:
    confirmed(prove(owner_sql, "erasure"), family, owner_sql)
    work(at=NOON)

    other = actions.follow_link(token=newest_token(owner_sql), at=NOON)

    assert other.state == "waiting-identity"


@pytest.mark.parametrize("kind", ["erasure", "access"])
def test_the_code_that_staff_told_them_opens_it(
    family: int, owner_sql: Owner, kind: str
) -> None:
    told = confirmed(prove(owner_sql, kind), family, owner_sql)
    work(at=NOON)
    letter = "identity-link" if kind == "erasure" else "copy-ready"
    back = actions.follow_link(token=newest_token(owner_sql, letter), at=NOON)

    wrong = identity.identify(
        ref=back.ref,
        name="Zephyrine Quillfeather",
        detail=told.code,
        by=themselves(back),
        at=NOON,
    )
    right = identity.identify(
        ref=back.ref,
        name=SPOUSE,
        detail=told.code.lower(),
        by=themselves(back),
        at=NOON,
    )

    assert wrong.request is None
    assert right.request is not None
    assert right.request.state == "open"


def test_the_code_is_kept_nowhere(family: int, owner_sql: Owner) -> None:
    told = confirmed(prove(owner_sql), family, owner_sql)

    assert not found_anywhere(owner_sql, told.code)
    assert not found_anywhere(owner_sql, told.code.replace("-", ""))


def test_nobody_else_at_the_address_takes_a_request_over(
    family: int, owner_sql: Owner
) -> None:
    theirs = answered(prove(owner_sql))
    work(at=NOON)
    opened = actions.follow_link(token=newest_token(owner_sql, "copy-ready"), at=NOON)
    make_person("Lysander Quill", [("email", CANARY_EMAIL), ("phone", OTHER)])

    found = identity.identify(
        ref=opened.ref,
        name="Lysander Quill",
        detail=OTHER,
        by=themselves(opened),
        at=NOON,
    )

    assert opened.ref == theirs.ref
    assert found.request is None
    [[left]] = owner_sql.execute(
        "SELECT count(*) FROM people_person WHERE id = %s", [family]
    ).fetchall()
    assert left == 1
