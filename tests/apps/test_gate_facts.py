"""What the gate knows of a person: what they agreed to, and to what they said no."""

from typing import Any

import psycopg
import pytest

from candour import gate
from candour.consent import actions as consent
from candour.core.actor import staff
from candour.core.ids import new_ref
from candour.enquiries.models import Enquiry
from candour.policy.terms import Facts
from tests.factories import (
    NOON,
    make_enquiry,
    publish_policy,
)

pytestmark = pytest.mark.usefixtures("db")

RECEPTION = staff(new_ref(), "reception")


@pytest.fixture
def enquiry() -> Enquiry:
    publish_policy()
    return make_enquiry()


def agree(person: int, purpose: str, *, withdraw: bool = False) -> None:
    """Say yes to a purpose by email, or take it back, as the front desk writes it."""
    with gate.open(
        by=RECEPTION, purpose="enquiry", people=[person], verb="t:t:t", at=NOON
    ) as permit:
        how = {"how": "desk", "by": RECEPTION, "at": NOON}
        told = {"permit": permit, "person_id": person, "purpose": purpose}
        if withdraw:
            consent.withdraw(**told, channel="email", **how)  # type: ignore[arg-type]
        else:
            consent.give(**told, channel="email", wording="Yes.", **how)  # type: ignore[arg-type]


def facts(person: int) -> Facts:
    with gate.open(
        by=RECEPTION, purpose="enquiry", people=[person], verb="t:t:t", at=NOON
    ) as permit:
        return permit.facts[person]


def test_a_permission_counts_until_it_is_taken_back(enquiry: Enquiry) -> None:
    agree(enquiry.person_id, "offers")
    assert facts(enquiry.person_id).permissions == {("offers", "email")}

    agree(enquiry.person_id, "offers", withdraw=True)

    assert facts(enquiry.person_id).permissions == frozenset()
    assert facts(enquiry.person_id).refusals == {("offers", "email")}


def test_a_yes_given_for_something_else_is_no_yes(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    agree(enquiry.person_id, "offers")
    owner_sql.execute("UPDATE consent_permission SET fingerprint = 'of another time'")

    assert facts(enquiry.person_id).permissions == frozenset()


def test_an_objection_reaches_the_decision(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    agree(enquiry.person_id, "offers")
    owner_sql.execute("UPDATE consent_permission SET state = 'objected'")

    assert facts(enquiry.person_id).objections == {"offers"}
