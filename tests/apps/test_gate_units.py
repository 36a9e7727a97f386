"""How a unit of work ends, and what it knows of keys and rows."""

from dataclasses import replace
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from candour import gate
from candour.core.actor import staff
from candour.core.ids import new_ref
from candour.enquiries import queries
from candour.enquiries.models import Enquiry
from candour.gate import unit as unit_module
from candour.people.models import ContactPoint
from candour.policy.terms import Reach
from candour.register.permit import WITHHELD, NotRead, Permit, Row
from candour.vault.keyring import FETCH, Keyring
from tests.factories import CANARY_EMAIL, NOON, QUESTION, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")

BY = staff(new_ref(), "reception")
Sql = psycopg.Connection[Any]


@pytest.fixture
def enquiry() -> Enquiry:
    publish_policy()
    return make_enquiry()


def unit(*people: int, purpose: str = "enquiry", reach: Reach = Reach.ONE) -> Any:
    return gate.open(
        by=BY, purpose=purpose, people=people, verb="t:t:t", at=NOON,
        reach=reach,
    )  # fmt: skip


def acts(owner_sql: Sql) -> list[tuple[Any, ...]]:
    return owner_sql.execute("SELECT act FROM trail_event ORDER BY id").fetchall()


def test_work_marked_to_be_undone_is_undone_with_its_event(
    enquiry: Enquiry, owner_sql: Sql
) -> None:
    before = acts(owner_sql)

    with unit(enquiry.person_id):
        Enquiry.objects.filter(pk=enquiry.pk).update(status="closed")
        transaction.set_rollback(True)

    assert acts(owner_sql) == before
    status = owner_sql.execute("SELECT status FROM enquiries_enquiry").fetchone()
    assert status == ("new",)


def test_work_and_event_are_there_when_the_unit_ends(
    enquiry: Enquiry, owner_sql: Sql
) -> None:
    told: list[bool] = []
    with unit(enquiry.person_id) as permit:
        Enquiry.objects.filter(pk=enquiry.pk).update(status="closed")
        transaction.on_commit(lambda: told.append((permit.act,) in acts(owner_sql)))

    assert told == [True]
    assert connection.get_autocommit()
    status = owner_sql.execute("SELECT status FROM enquiries_enquiry").fetchone()
    assert status == ("closed",)


def test_a_unit_that_lost_its_event_to_a_failed_commit_is_undone(
    enquiry: Enquiry, owner_sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The event is of another act: the database refuses it, and with it the work."""
    real = unit_module._event
    before = acts(owner_sql)

    def another(*args: Any) -> Any:
        return replace(real(*args), act=new_ref())

    monkeypatch.setattr(unit_module, "_event", another)
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="not of this unit"),
        unit(enquiry.person_id),
    ):
        Enquiry.objects.filter(pk=enquiry.pk).update(status="closed")

    assert acts(owner_sql) == before
    status = owner_sql.execute("SELECT status FROM enquiries_enquiry").fetchone()
    assert status == ("new",)


def test_keys_of_the_people_named_come_with_the_unit(
    enquiry: Enquiry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("candour.vault.keyring.FETCH", "SELECT 1 / 0")

    with unit(enquiry.person_id) as permit:
        row = queries.enquiry(enquiry.ref, permit=permit)

    assert row.message == QUESTION
    assert FETCH != "SELECT 1 / 0"


def test_a_key_made_since_the_unit_opened_is_found(enquiry: Enquiry) -> None:
    with unit(enquiry.person_id) as permit:
        assert isinstance(permit.keys, Keyring)
        permit.keys._wrapped.clear()
        permit.keys._by_owner.clear()
        row = queries.enquiry(enquiry.ref, permit=permit)

    assert row.message == QUESTION


def contact(permit: Permit) -> list[Row]:
    return permit.read(ContactPoint.objects.order_by("pk"), "channel", "value")


def test_rows_of_a_list_are_what_one_by_one_they_are(enquiry: Enquiry) -> None:
    names = ("ref", "status", "topics", "person__name")
    with unit(reach=Reach.DAY) as permit:
        quick = permit.read(Enquiry.objects.all(), *names)
        [slow] = permit.read(Enquiry.objects.all(), *names, "message")
        [point] = contact(permit)

    assert [vars(row) for row in quick] == [
        {name: value for name, value in vars(slow).items() if name != "message"}
    ]
    assert quick != [slow]
    assert point == Row(pk=point.pk, channel="email", value=CANARY_EMAIL)


def test_a_row_says_its_fields_and_nothing_else(enquiry: Enquiry) -> None:
    with unit(enquiry.person_id) as permit:
        [point] = contact(permit)

    assert repr(point) == "Row(pk, channel, value)"
    with pytest.raises(NotRead, match="person was not read"):
        _ = point.person
    with pytest.raises(AttributeError):
        _ = point._private


def test_only_the_key_can_be_asked_for(enquiry: Enquiry) -> None:
    with unit(enquiry.person_id) as permit:
        rows = permit.read(Enquiry.objects.all())

    assert [vars(row) for row in rows] == [{"pk": enquiry.pk}]


def test_withheld_columns_of_a_list_are_withheld(enquiry: Enquiry) -> None:
    with unit(reach=Reach.DAY) as permit:
        nothing = replace(permit.decision, categories=frozenset())
        permit.decision = nothing
        rows = permit.read(Enquiry.objects.all(), "ref", "person__name")

    assert [(row.ref, row.person__name) for row in rows] == [(enquiry.ref, WITHHELD)]
