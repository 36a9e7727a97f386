"""Registering people, and changing what is written of them."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError

from candour import gate
from candour.core.actor import staff
from candour.core.errors import Invalid, Refused
from candour.core.ids import new_ref
from candour.people import actions, contacts, history, queries, registering, ties
from candour.people.models import Patient, SearchKey, Standing
from candour.people.registering import Details
from tests.apps.file_cast import BORN, NHS, SOURCE, caring, register
from tests.factories import CANARY, NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]
RECEPTION = staff(new_ref(), "reception")


@pytest.fixture
def person(db: None) -> int:
    """Return somebody who asked a question."""
    publish_policy()
    return make_enquiry().person_id


def change(person: int, seen: int = 1, **text: str) -> list[str]:
    with caring(person) as permit:
        return registering.change(
            permit=permit,
            person_id=person,
            details=Details(text=text, born_on=BORN),
            seen=seen,
            source=SOURCE,
            by=permit.by,
            at=NOON,
        )


def values(person: int) -> dict[str, Any]:
    with caring(person) as permit:
        return registering.values(person, permit=permit)


def test_somebody_who_asked_becomes_a_patient_without_retyping(person: int) -> None:
    number = register(person, occupation="Lighthouse keeper")

    held = values(person)
    assert held["name"] == CANARY
    assert held["nhs_number"] == NHS.replace(" ", "")
    assert held["born_on"] == BORN
    assert held["occupation"] == "Lighthouse keeper"
    with caring(person) as permit:
        row = queries.header(person, permit=permit)
        assert row.patient__number == number
        assert set(row.standing__relation) == {"enquirer", "patient"}
        points = [p.channel for p in queries.contacts(person, permit=permit)]
    assert points == ["email", "phone"]


def test_each_number_is_given_once(person: int) -> None:
    other = make_enquiry(email="other@example.org").person_id

    assert register(person) + 1 == register(other, nhs_number="")


def test_nobody_is_registered_twice(person: int) -> None:
    register(person)

    with pytest.raises(registering.Registered):
        register(person)


def test_an_unknown_source_is_refused_and_nothing_is_kept(person: int) -> None:
    with pytest.raises(Invalid, match="source"), caring(person) as permit:
        registering.register_known(
            permit=permit,
            person_id=person,
            ref=new_ref(),
            details=Details(text={"gp": "Dr Foxglove"}),
            source="gossip",
            by=permit.by,
            at=NOON,
        )

    with caring(person):
        assert not Patient.objects.exists()


def test_the_nhs_number_is_sealed_and_found_without_being_readable(
    person: int, owner_sql: Sql
) -> None:
    register(person)

    [(sealed, key)] = owner_sql.execute(
        "SELECT nhs_number, nhs_key FROM people_patient"
    ).fetchall()
    assert b"9434765919" not in bytes(sealed)
    assert "9434765919" not in key
    assert found("943 476 5919") == [person]
    assert found("9434765919") == [person]


def test_two_people_cannot_have_one_nhs_number(person: int) -> None:
    register(person)
    other = make_enquiry(email="other@example.org").person_id

    with pytest.raises(IntegrityError, match="nhs_key"):
        register(other)


@pytest.mark.parametrize("number", ["943 476 5918", "12345", "943 476 59190"])
def test_a_wrong_nhs_number_is_refused(person: int, number: str) -> None:
    with pytest.raises(Invalid, match="NHS number"):
        register(person, nhs_number=number)


def test_what_the_purpose_does_not_cover_is_not_written(person: int) -> None:
    with (
        pytest.raises(Refused),
        gate.open(
            by=RECEPTION, purpose="appointments", people=[person], verb="t:t:t", at=NOON
        ) as permit,
    ):
        registering.register_known(
            permit=permit,
            person_id=person,
            ref=new_ref(),
            details=Details(text={"occupation": "Lighthouse keeper"}),
            source=SOURCE,
            by=RECEPTION,
            at=NOON,
        )


@pytest.mark.parametrize(
    ("born", "said"),
    [(NOON.date() + timedelta(1), "not come"), (date(1850, 1, 1), "too long ago")],
)
def test_a_birth_date_that_cannot_be_is_refused(
    person: int, born: date, said: str
) -> None:
    with pytest.raises(Invalid, match=said), caring(person) as permit:
        registering.register_known(
            permit=permit,
            person_id=person,
            ref=new_ref(),
            details=Details(born_on=born),
            source=SOURCE,
            by=permit.by,
            at=NOON,
        )


def test_a_change_keeps_what_it_was_and_who_changed_it(person: int) -> None:
    register(person)

    assert change(person, gp="Dr Nettle Thornbury", pronouns="she/her") == ["gp"]

    with caring(person) as permit:
        [row] = history.changes(person, permit=permit)
        assert row.was == {"gp": "Dr Foxglove Underhill"}
        assert row.by == str(permit.by)
    assert values(person)["gp"] == "Dr Nettle Thornbury"


def test_the_second_of_two_who_edit_is_told_and_writes_over_nothing(
    person: int,
) -> None:
    register(person)
    change(person, seen=1, gp="Dr Nettle Thornbury")

    with pytest.raises(registering.Overtaken):
        change(person, seen=1, gp="Dr Somebody Else")

    assert values(person)["gp"] == "Dr Nettle Thornbury"
    assert change(person, seen=2, gp="Dr Somebody Else") == ["gp"]


def test_saving_what_is_there_changes_nothing(person: int) -> None:
    register(person)

    assert change(person, seen=0, gp="Dr Foxglove Underhill") == []


def test_a_new_name_is_searched_for_and_the_old_one_is_not(person: int) -> None:
    register(person)

    change(person, name="Thomasina Larkspur")

    assert found("larkspur") == [person]
    assert found("quillfeather") == [person]  # the address still holds it
    with caring(person):
        words = set(SearchKey.objects.values_list("words", flat=True))
    assert "zephyrine quillfeather" not in words
    assert {"zeph", "thomasina larkspur"} <= words


def test_an_address_is_judged_and_taken_out(person: int) -> None:
    with caring(person) as permit:
        [point] = queries.contacts(person, permit=permit)
        told: Any = {"permit": permit, "person_id": person, "ref": point.ref}
        contacts.judge(**told, right=False, at=NOON)
        [wrong] = queries.contacts(person, permit=permit)
        contacts.judge(**told, right=True, at=NOON)
        [right] = queries.contacts(person, permit=permit)
        contacts.drop(**told, by=permit.by, at=NOON)
        assert queries.contacts(person, permit=permit) == []
        [row] = history.changes(person, permit=permit)

    assert (wrong.wrong_at, wrong.verified_at) == (NOON, None)
    assert (right.wrong_at, right.verified_at) == (None, NOON)
    assert list(row.was) == ["contact-email"]
    with caring(person):
        words = list(SearchKey.objects.values_list("words", flat=True))
    assert words == ["zephyrine quillfeather"]


def test_data_from_somebody_else_is_told_within_a_month(person: int) -> None:
    with caring(person) as permit:
        told: Any = {"permit": permit, "person_id": person, "at": NOON}
        due = ties.given_by(
            **told,
            giver="Dr Foxglove",
            what="registration",
            source=SOURCE,
            by=permit.by,
        )
        [row] = ties.given(person, permit=permit)
        ties.told(**told, ref=row.ref, how="told in person")
        [after] = ties.given(person, permit=permit)

    assert due == date(2026, 12, 21)  # the 20th is a Sunday
    assert (row.due_on, row.told_at, after.told_at) == (due, None, NOON)


def test_a_guardian_acts_only_by_proof_and_until_it_ends(person: int) -> None:
    with caring(person) as permit:
        told: Any = {"permit": permit, "person_id": person, "at": NOON, "by": permit.by}
        ties.add(
            **told,
            kind="guardian",
            name="Ottoline Quillfeather",
            phone="020 7946 0111",
            other_ref=None,
            source=SOURCE,
        )
        [link] = ties.links(person, permit=permit)
        unproved = ties.may_act(person, on=NOON.date(), permit=permit)
        until = NOON.date() + timedelta(days=30)
        ties.prove(
            **told, ref=link.ref, proof="court-order", until=until, source=SOURCE
        )
        days = (NOON.date(), until, until + timedelta(days=1))
        proved = [len(ties.may_act(person, on=day, permit=permit)) for day in days]
        [check] = ties.checks(person, permit=permit)

    assert unproved == []
    assert proved == [1, 1, 0]
    assert (check.kind, check.method, check.passed) == (
        "relationship",
        "court-order",
        True,
    )


def test_a_checked_age_stays_and_the_copy_of_the_document_goes(person: int) -> None:
    with caring(person) as permit:
        told: Any = {"permit": permit, "person_id": person, "at": NOON}
        assert not ties.is_age_verified(person, permit=permit)
        made = ties.check(
            **told,
            kind="age",
            method="passport",
            passed=True,
            copied=True,
            source=SOURCE,
            by=permit.by,
        )
        assert made.document_gone_at is None
        ties.document_gone(**told, ref=made.ref)
        [check] = ties.checks(person, permit=permit)
        assert ties.is_age_verified(person, permit=permit)

    assert check.document_gone_at == NOON


def test_a_death_ends_what_was_agreed(person: int) -> None:
    register(person)
    with caring(person) as permit:
        registering.died(
            permit=permit, person_id=person, on=NOON.date(), by=permit.by, at=NOON
        )
        assert Standing.objects.get(person=person).died_on == NOON.date()
        with pytest.raises(Invalid, match="before the day"):
            registering.died(
                permit=permit,
                person_id=person,
                on=date(1980, 1, 1),
                by=permit.by,
                at=NOON,
            )


def test_a_new_person_is_a_patient_at_once(db: None) -> None:
    publish_policy()
    person = actions.allocate()
    with gate.open(
        by=RECEPTION, purpose="appointments", people=[person], verb="t:t:t", at=NOON
    ) as permit:
        registering.register_new(
            permit=permit,
            person_id=person,
            ref=new_ref(),
            details=Details(
                text={"name": CANARY, "gp": "Dr Foxglove"},
                born_on=BORN,
                contacts=[("email", "zephyrine@example.org")],
            ),
            source=SOURCE,
            brand="",
            by=RECEPTION,
            at=NOON,
        )

    assert found("14 June 1981") == [person]
    assert values(person)["gp"] == "Dr Foxglove"


def found(text: str) -> list[int]:
    """Return whom reception finds with these words."""
    from candour.policy.terms import Reach

    with gate.open(
        by=RECEPTION, purpose="appointments", reach=Reach.DAY, verb="t:t:t", at=NOON
    ) as permit:
        return queries.search(text, permit=permit)
