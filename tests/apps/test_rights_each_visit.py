"""A link proves a mailbox, each time: at a shared address each visit asks who it is."""

from typing import Any

import psycopg
import pytest

from candour.core.errors import Expired, NotFound
from candour.rights import actions, identity
from candour.rights.actions import Asked
from candour.rights.copy import fetch
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


def test_an_erasure_that_staff_settled_still_asks_who_opens_the_link(
    family: int, owner_sql: Owner
) -> None:
    from candour.core.actor import staff

    asked = prove(owner_sql, "erasure")
    lead = staff(make_staff("data-protection-lead").ref, "data-protection-lead")
    [[ref]] = owner_sql.execute(
        "SELECT ref FROM people_person WHERE id = %s", [family]
    ).fetchall()
    identity.confirm(ref=asked.ref, person_ref=ref, by=lead, at=NOON)
    work(at=NOON)

    other = actions.follow_link(token=newest_token(owner_sql), at=NOON)

    assert other.state == "waiting-identity"
