"""Joining two files at the desk, and taking them apart again."""

import json
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError

from candour import gate
from candour.consent import actions as consent
from candour.core.actor import staff, system
from candour.core.errors import Conflict, Invalid, NotFound, Refused
from candour.core.ids import new_ref
from candour.people import interactions, merge, parting, queries, registering
from candour.people.models import ContactPoint, Merge, Patient, Person, Standing
from candour.policy.terms import Reach
from candour.rights import joining
from tests.apps.file_cast import BORN, caring, fill, fill_kept, register
from tests.factories import CANARY, NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]
LEAD = staff(new_ref(), "data-protection-lead")
TABLES = (
    "people_person", "people_standing", "people_patient", "people_contact_point",
    "people_search_key", "people_link", "people_check", "people_given",
    "people_change", "people_interaction", "people_lifestyle", "people_insurance",
    "consent_permission", "consent_event", "enquiries_enquiry", "vault.key",
)  # fmt: skip


@pytest.fixture
def two(db: None) -> tuple[int, int]:
    """Return two files of one woman, each with something in it."""
    publish_policy()
    one = make_enquiry().person_id
    fill(one)
    other = make_enquiry(name="Zephyrine Quilfeather", message="Again").person_id
    register(other, nhs_number="", gp="Dr Nettle Thornbury")
    for person, given in ((one, True), (other, False)):
        _say(person, given)
    return one, other


def _say(person: int, given: bool, *, at: Any = NOON) -> None:
    with gate.open(
        by=system("t"), purpose="rights", people=[person], verb="t:t:t", at=at
    ) as permit:
        told: Any = {
            "permit": permit,
            "person_id": person,
            "purpose": "offers",
            "channel": "email",
            "how": "form",
            "by": system("t"),
            "at": at,
        }
        if given:
            consent.give(**told, wording="Write to me.")
        else:
            consent.withdraw(**told)


def unit(*people: int, by: Any = LEAD, at: Any = NOON) -> Any:
    return gate.open(by=by, purpose="rights", people=people, verb="t:join:t", at=at)


def join(one: int, other: int, *, at: Any = NOON) -> None:
    with unit(one, other, at=at) as permit:
        joining.join(permit=permit, survivor=one, absorbed=other, how="met", at=at)


def undo(one: int, other: int, *, at: Any = NOON) -> None:
    with unit(one) as permit:
        [held] = parting.joined(one)
        assert joining.both_of(held.ref, person=one) == (one, other)
        del permit
    with unit(one, other, at=at) as permit:
        joining.undo(permit=permit, ref=held.ref, by=LEAD, at=at)


def everything(owner: Sql) -> dict[str, list[Any]]:
    """Return every row of the tables that a joining touches."""
    held = {}
    for table in TABLES:
        order = "id"
        rows = owner.execute(
            f"SELECT to_jsonb(t)::text FROM {table} t ORDER BY {order}"
        ).fetchall()
        held[table] = [json.loads(text) for (text,) in rows]
    return held


def test_an_undone_joining_leaves_everything_as_it_was(
    two: tuple[int, int], owner_sql: Sql
) -> None:
    before = everything(owner_sql)

    join(*two)
    joined = everything(owner_sql)
    undo(*two)

    assert joined != before
    assert everything(owner_sql) == before


def test_what_is_sealed_opens_before_and_after(two: tuple[int, int]) -> None:
    one, other = two

    join(one, other)
    with caring(one) as permit:
        joined = interactions.timeline(one, permit=permit)
        values = registering.values(one, permit=permit)
    undo(one, other)
    with caring(one) as permit:
        apart = interactions.timeline(one, permit=permit)

    assert len(joined) == 3  # two questions and a call
    assert len(apart) == 2
    assert values["nhs_number"] == "9434765919"
    assert any("aftercare" in str(dealing.note) for dealing in apart)


def test_the_preview_says_what_moves_and_what_holds(two: tuple[int, int]) -> None:
    with unit(*two) as permit:
        seen = joining.preview(*two, permit=permit)

    moves = dict(seen.moves)
    assert moves["What you asked us"] == 1
    differs = {d.what: d for d in seen.differs}
    assert differs["Name"].holds == CANARY
    assert differs["GP"].other == "Dr Nettle Thornbury"
    assert differs["Offers by email"].holds == "withdrawn"
    assert seen.barred == ""


def test_what_was_sealed_since_opens_after_it_is_undone(
    two: tuple[int, int],
) -> None:
    one, other = two[1], two[0]  # the survivor has no key for a note of its own
    join(one, other)
    with caring(one) as permit:
        interactions.note(
            permit=permit, person_id=one, kind="call", channel="phone",
            direction="out", text="Written since.", happened_at=NOON, source="phone",
            by=permit.by, at=NOON,
        )  # fmt: skip

    undo(one, other)

    with caring(one) as permit:
        notes = [d.note for d in interactions.timeline(one, permit=permit)]
    assert "Written since." in notes
    with caring(other) as permit:
        notes = [d.note for d in interactions.timeline(other, permit=permit)]
    assert "Asked about aftercare for Zephyrine." in notes


def test_a_no_holds_and_its_own_file_is_the_survivors(two: tuple[int, int]) -> None:
    one, other = two

    join(one, other)

    with caring(one) as permit:
        assert ("offers", "email") in permit.facts[one].refusals
        assert Patient.objects.get(person=one).gp == "Dr Foxglove Underhill"
        assert not Person.objects.filter(pk=other).exists()


def test_a_number_that_only_one_has_is_taken_over(db: None) -> None:
    publish_policy()
    one, other = make_enquiry().person_id, make_enquiry(email="z@example.org").person_id
    register(one, nhs_number="", pronouns="")
    register(other)

    join(one, other)

    with caring(one) as permit:
        held = registering.values(one, permit=permit)
    assert (held["nhs_number"], held["pronouns"]) == ("9434765919", "she/her")
    undo(one, other)
    with caring(one) as permit:
        assert registering.values(one, permit=permit)["nhs_number"] == ""
    with caring(other) as permit:
        assert registering.values(other, permit=permit)["nhs_number"] == "9434765919"


def test_one_act_names_both(two: tuple[int, int], owner_sql: Sql) -> None:
    join(*two)

    [(people,)] = owner_sql.execute(
        "SELECT people FROM trail_event WHERE verb = 't:join:t'"
    ).fetchall()
    assert sorted(people) == sorted(two)


def test_the_old_address_of_a_file_leads_to_the_one_it_became(
    two: tuple[int, int],
) -> None:
    with unit(*two):
        refs = {p.pk: p.ref for p in Person.objects.filter(pk__in=two)}

    join(*two)
    assert merge.called(refs[two[1]]) == refs[two[0]]
    undo(*two)
    assert merge.called(refs[two[1]]) is None


@pytest.mark.parametrize("column", ["restricted_at", "died_on"])
def test_what_came_to_protect_the_one_stays_with_both(
    two: tuple[int, int], column: str
) -> None:
    join(*two)
    value = NOON if column == "restricted_at" else NOON.date()
    with unit(two[0]):
        Standing.objects.filter(person=two[0]).update(**{column: value})

    undo(*two)

    with unit(*two):
        held = Standing.objects.filter(person__in=two).values_list(column, flat=True)
        assert list(held) == [value, value]


def test_a_no_said_meanwhile_counts_for_both(two: tuple[int, int]) -> None:
    one, other = two
    with gate.open(
        by=system("t"), purpose="rights", people=[other], verb="t:t:t", at=NOON
    ) as permit:
        later = NOON + timedelta(minutes=1)
        consent.give(
            permit=permit, person_id=other, purpose="offers", channel="email",
            wording="Yes.", how="form", by=system("t"), at=later,
        )  # fmt: skip
    join(one, other)
    _say(one, given=False, at=NOON + timedelta(hours=1))

    undo(one, other, at=NOON + timedelta(hours=2))

    for person in two:
        with caring(person, at=NOON + timedelta(hours=3)) as permit:
            assert ("offers", "email") in permit.facts[person].refusals


def test_what_was_changed_since_stays(two: tuple[int, int]) -> None:
    one, other = two
    join(one, other)
    with caring(one) as permit:
        seen = registering.version(one)
        registering.change(
            permit=permit,
            person_id=one,
            details=registering.Details(text={"gp": "Dr New"}, born_on=BORN),
            seen=seen,
            source="clinic-form",
            by=permit.by,
            at=NOON,
        )
        ContactPoint.objects.filter(person=one, channel="whatsapp").delete()

    undo(one, other)

    with caring(one) as permit:
        assert registering.values(one, permit=permit)["gp"] == "Dr New"
        channels = [p.channel for p in queries.contacts(one, permit=permit)]
    assert "whatsapp" not in channels
    with caring(other) as permit:
        assert len(queries.contacts(other, permit=permit)) == 2


def test_after_thirty_days_it_stays_joined(two: tuple[int, int]) -> None:
    join(*two)
    late = NOON + timedelta(days=30, minutes=1)

    with pytest.raises(parting.TooLate):
        undo(*two, at=late)

    assert joining.forget(at=NOON + timedelta(days=29)) == 0
    assert joining.forget(at=late) == 1
    with gate.open(
        by=system("t"), purpose="retention", reach=Reach.ALL, verb="t:t:t", at=late
    ):
        assert Merge.objects.filter(kept=None, moved={}).count() == 1


def test_it_is_undone_once_and_may_be_done_again(two: tuple[int, int]) -> None:
    join(*two)
    undo(*two)

    with pytest.raises(ValueError, match="unpack"):
        undo(*two)

    join(*two)
    undo(*two)


def test_two_human_beings_are_not_joined(two: tuple[int, int], owner_sql: Sql) -> None:
    with unit(*two):
        Standing.objects.filter(person=two[1]).update(born_on=BORN - timedelta(1))
    before = everything(owner_sql)

    with pytest.raises(Conflict, match="birth dates"):
        join(*two)

    assert everything(owner_sql) == before


def test_how_it_was_made_sure_is_asked(two: tuple[int, int]) -> None:
    with pytest.raises(Invalid), unit(*two) as permit:
        joining.join(
            permit=permit, survivor=two[0], absorbed=two[1], how="guess", at=NOON
        )
    with pytest.raises(Invalid), unit(*two) as permit:
        joining.join(
            permit=permit, survivor=two[0], absorbed=two[0], how="met", at=NOON
        )


@pytest.mark.parametrize("role", ["reception", "practitioner", "marketing"])
def test_a_role_without_the_purpose_joins_nothing(
    two: tuple[int, int], role: str
) -> None:
    with pytest.raises(Refused), unit(*two, by=staff(new_ref(), role)):
        pass


def test_the_function_undoes_nothing_outside_its_scope(two: tuple[int, int]) -> None:
    with unit(two[1]):
        ref = str(Person.objects.get(pk=two[1]).ref)
    join(*two)
    with unit(two[0]):
        [held] = parting.joined(two[0])
    own = json.dumps({"id": two[1], "ref": ref})

    from django.db import connection

    for people in ([two[0]], [two[1]], []):
        with pytest.raises(DatabaseError, match="scope"), unit(*people):
            connection.cursor().execute(
                "SELECT people_unmerge_rows(%s, %s, %s, 'x')", [held.ref, own, NOON]
            )
    forged = json.dumps({"id": two[1], "ref": str(new_ref())})
    with pytest.raises(DatabaseError, match="cannot be undone"), unit(*two):
        connection.cursor().execute(
            "SELECT people_unmerge_rows(%s, %s, %s, 'x')", [held.ref, forged, NOON]
        )


def test_kept_classes_move_too(db: None, owner_sql: Sql) -> None:
    publish_policy()
    one, other = make_enquiry().person_id, make_enquiry(email="z@example.org").person_id
    register(one, nhs_number="")
    fill_kept(other)
    before = everything(owner_sql)

    join(one, other)
    with caring(one) as permit:
        held = registering.values(one, permit=permit)
    undo(one, other)

    assert held["occupation"] == "Lighthouse keeper"
    after = everything(owner_sql)
    made = after.pop("vault.key")  # what keeps the undoing is sealed with a key
    assert [key for key in made if key in before["vault.key"]] == before.pop(
        "vault.key"
    )
    assert after == before


def test_an_undone_joining_is_told_no_more(two: tuple[int, int]) -> None:
    join(*two)
    undo(*two)

    with unit(two[0]):
        assert parting.joined(two[0]) == []
    with pytest.raises(NotFound), unit(two[0]):
        joining.both_of(new_ref(), person=two[0])
