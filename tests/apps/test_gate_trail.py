"""What each unit of work leaves on the trail, and what it takes back."""

from typing import Any

import psycopg
import pytest

from candour import gate
from candour.core.actor import VISITOR, person, staff
from candour.core.errors import NotFound, Refused
from candour.core.ids import new_ref
from candour.enquiries import queries
from candour.enquiries.models import Enquiry
from candour.policy.terms import Reach
from tests.factories import (
    CANARY,
    CANARY_EMAIL,
    NOON,
    make_enquiry,
    publish_policy,
)

pytestmark = pytest.mark.usefixtures("db")

RECEPTION = staff(new_ref(), "reception")
MARKETING = staff(new_ref(), "marketing")


@pytest.fixture
def enquiry() -> Enquiry:
    publish_policy()
    return make_enquiry()


def last_event(owner: psycopg.Connection[Any]) -> dict[str, Any]:
    cursor = owner.execute("SELECT * FROM trail_event ORDER BY id DESC LIMIT 1")
    row = cursor.fetchone()
    assert row is not None
    assert cursor.description is not None
    return dict(zip([column.name for column in cursor.description], row, strict=True))


def events(owner: psycopg.Connection[Any]) -> int:
    [count] = owner.execute("SELECT count(*) FROM trail_event").fetchone() or [0]
    return int(count)


def test_a_reading_is_on_the_trail_with_who_what_whose_and_which_clause(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    with gate.open(
        by=RECEPTION,
        purpose="enquiry",
        people=[enquiry.person_id],
        verb="t:t:t",
        at=NOON,
    ) as permit:
        queries.enquiry(enquiry.ref, permit=permit)

    event = last_event(owner_sql)
    assert event["actor"] == str(RECEPTION)
    assert (event["role"], event["purpose"]) == ("reception", "enquiry")
    assert event["people"] == [enquiry.person_id]
    assert (event["outcome"], event["clause"]) == ("allow", permit.decision.clause)
    assert CANARY not in str(event)
    assert CANARY_EMAIL not in str(event)


def test_a_list_names_on_the_trail_exactly_those_it_showed(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    shown = [make_enquiry(email=f"x{n}@example.org").person_id for n in range(2)]

    with gate.open(
        by=RECEPTION, purpose="enquiry", verb="t:t:t", at=NOON, reach=Reach.DAY
    ) as permit:
        queries.inbox(permit=permit, size=2)

    assert last_event(owner_sql)["people"] == sorted(shown)


def test_a_role_without_the_purpose_is_refused_and_the_refusal_is_kept(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    with (
        pytest.raises(Refused) as refused,
        gate.open(
            by=MARKETING,
            purpose="enquiry",
            people=[enquiry.person_id],
            verb="t:t:t",
            at=NOON,
        ),
    ):
        pytest.fail("the unit opened")

    assert refused.value.clause == "purposes.enquiry"
    event = last_event(owner_sql)
    assert event["outcome"] in {"refuse", "gap"}
    assert event["people"] == [enquiry.person_id]


def test_a_purpose_nobody_declared_is_a_gap_on_the_trail(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    with (
        pytest.raises(Refused),
        gate.open(
            by=RECEPTION,
            purpose="curiosity",
            people=[enquiry.person_id],
            verb="t:t:t",
            at=NOON,
        ),
    ):
        pytest.fail("the unit opened")

    assert last_event(owner_sql)["outcome"] == "gap"


def test_a_refusal_that_comes_up_inside_a_unit_rolls_it_back_and_is_kept(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    with (
        pytest.raises(Refused),
        gate.open(
            by=RECEPTION,
            purpose="enquiry",
            people=[enquiry.person_id],
            verb="t:t:t",
            at=NOON,
        ) as permit,
    ):
        Enquiry.objects.filter(pk=enquiry.pk).update(status="closed")
        permit.must_cover("health")

    [status] = owner_sql.execute("SELECT status FROM enquiries_enquiry").fetchone() or [
        ""
    ]
    assert status == "new"
    assert last_event(owner_sql)["outcome"] == "refuse"


def test_what_fails_inside_a_unit_leaves_neither_change_nor_event(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    before = events(owner_sql)

    with (
        pytest.raises(ZeroDivisionError),
        gate.open(
            by=RECEPTION,
            purpose="enquiry",
            people=[enquiry.person_id],
            verb="t:t:t",
            at=NOON,
        ),
    ):
        Enquiry.objects.filter(pk=enquiry.pk).update(status="closed")
        raise ZeroDivisionError

    assert events(owner_sql) == before
    [status] = owner_sql.execute("SELECT status FROM enquiries_enquiry").fetchone() or [
        ""
    ]
    assert status == "new"


def test_an_event_that_cannot_be_written_takes_the_work_with_it(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    with (
        pytest.raises(psycopg.errors.CheckViolation),
        gate.open(
            by=RECEPTION,
            purpose="enquiry",
            people=[enquiry.person_id],
            verb="t\tt",
            at=NOON,
        ),
    ):
        Enquiry.objects.filter(pk=enquiry.pk).update(status="closed")

    [status] = owner_sql.execute("SELECT status FROM enquiries_enquiry").fetchone() or [
        ""
    ]
    assert status == "new"


def test_nobody_opens_another_persons_data(
    enquiry: Enquiry, owner_sql: psycopg.Connection[Any]
) -> None:
    for by, purpose in ((person(new_ref()), "rights"), (VISITOR, "enquiry")):
        with (
            pytest.raises(NotFound),
            gate.open(
                by=by,
                purpose=purpose,
                people=[enquiry.person_id],
                verb="t:t:t",
                at=NOON,
            ),
        ):
            pytest.fail("the unit opened")
        assert last_event(owner_sql)["outcome"] == "refuse"
