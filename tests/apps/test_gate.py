"""Units of work: for whom one opens, and for whom it does not."""

from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from candour import gate
from candour.core.actor import staff, system
from candour.core.errors import NotFound, Refused, Unavailable
from candour.core.ids import new_ref
from candour.enquiries import queries
from candour.enquiries.models import Enquiry
from candour.policy.terms import Reach
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


@pytest.mark.parametrize("fact", ["restricted_at", "locked_at"])
def test_restricted_or_locked_people_are_refused_to_the_desk(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any], fact: str
) -> None:
    owner_sql.execute(f"UPDATE people_standing SET {fact} = now()")

    with (
        pytest.raises(Refused),
        gate.open(
            by=RECEPTION,
            purpose="enquiry",
            people=[enquiry.person_id],
            verb="t:t:t",
            at=NOON,
        ),
    ):
        pytest.fail("the unit opened")


def test_lists_leave_out_restricted_people_and_count_them(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    make_enquiry(email="second@example.org")
    owner_sql.execute(
        "UPDATE people_standing SET restricted_at = now() WHERE person_id = %s",
        [enquiry.person_id],
    )

    with gate.open(
        by=RECEPTION, purpose="enquiry", verb="t:t:t", at=NOON, reach=Reach.DAY
    ) as permit:
        page = queries.inbox(permit=permit)

    assert (page.total, page.hidden) == (1, 1)
    assert [row.ref for row in page.rows] != [enquiry.ref]


def test_nothing_opens_before_a_policy_is_published() -> None:
    with (
        pytest.raises(Unavailable),
        gate.open(by=system("t"), purpose="rights", people=[1], verb="t:t:t", at=NOON),
    ):
        pytest.fail("the unit opened")


def test_a_policy_published_meanwhile_is_the_one_that_decides(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    newer = publish_policy("ai-beauty")

    with gate.open(
        by=RECEPTION,
        purpose="enquiry",
        people=[enquiry.person_id],
        verb="t:t:t",
        at=NOON,
    ) as permit:
        assert permit.policy_id == newer.pk
        assert permit.policy.name == "ai-beauty"


def test_units_do_not_nest(enquiry: Enquiry) -> None:
    with (
        transaction.atomic(),
        pytest.raises(RuntimeError, match="durable"),
        gate.open(by=RECEPTION, purpose="enquiry", people=[1], verb="t:t:t", at=NOON),
    ):
        pytest.fail("the unit opened")


def test_a_ref_leads_to_its_person_and_an_unknown_one_nowhere(enquiry: Enquiry) -> None:
    assert gate.owner_of(Enquiry, enquiry.ref) == enquiry.person_id
    with pytest.raises(NotFound):
        gate.owner_of(Enquiry, new_ref())


def test_a_reading_costs_few_statements(enquiry: Enquiry) -> None:
    from django.test.utils import CaptureQueriesContext

    with (
        CaptureQueriesContext(connection) as seen,
        gate.open(
            by=RECEPTION,
            purpose="enquiry",
            people=[enquiry.person_id],
            verb="t:t:t",
            at=NOON,
        ) as permit,
    ):
        queries.enquiry(enquiry.ref, permit=permit)

    # Django's cursor sees the version look-up, the transaction and the reading; the
    # gate's own two statements go past it.
    assert len(seen) <= 5


def test_somebody_without_a_standing_is_not_opened(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    owner_sql.execute("DELETE FROM people_standing")

    with (
        pytest.raises(NotFound),
        gate.open(
            by=RECEPTION,
            purpose="enquiry",
            people=[enquiry.person_id],
            verb="t:t:t",
            at=NOON,
        ),
    ):
        pytest.fail("the unit opened")


def test_a_list_names_nobody_beforehand(enquiry: Enquiry) -> None:
    with (
        pytest.raises(ValueError, match="name nobody"),
        gate.open(
            by=RECEPTION,
            purpose="enquiry",
            people=[enquiry.person_id],
            reach=Reach.DAY,
            verb="t:t:t",
            at=NOON,
        ),
    ):
        pytest.fail("the unit opened")
