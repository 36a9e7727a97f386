"""A list and a single person get the same answer: function and SQL, on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candour.policy.conditions import Not, Tree, holds
from candour.policy.predicates import Act, predicate
from candour.policy.terms import Reach
from candour.policy.vocabulary import Role
from tests.apps.predicates_cast import (
    ACTS,
    CHANNELS,
    CLINICS,
    COMPILED,
    EVERY_KIND,
    EVERY_LEAF,
    KINDS,
    NOBODY,
    PEOPLE,
    TREES,
    Permission,
    Person,
    assert_same,
    put,
    sifted,
)

quick = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def rows(owner_sql: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """Yield a connection that sees empty copies of the two tables."""
    for table in ("people_standing", "consent_permission"):
        owner_sql.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
        owner_sql.execute(
            f"CREATE TEMP TABLE {table} (LIKE public.{table} INCLUDING DEFAULTS)"
        )
        for column in ("id", "event_id"):
            owner_sql.execute(
                f"ALTER TABLE pg_temp.{table} DROP COLUMN IF EXISTS {column}"
            )
    yield owner_sql
    for table in ("people_standing", "consent_permission"):
        owner_sql.execute(f"DROP TABLE pg_temp.{table}")


@pytest.mark.parametrize("leaf", EVERY_LEAF, ids=str)
def test_each_condition_tells_the_same_people_apart(
    rows: psycopg.Connection, leaf: Tree
) -> None:
    policy, act = COMPILED["model"], Act(date(2026, 3, 1), frozenset({"skin"}))
    put(rows, EVERY_KIND, policy)

    for tree in (leaf, Not(leaf)):
        found = predicate(tree, act, policy.fingerprint)
        query = f"SELECT s.person_id, {found.sql} FROM people_standing s"
        answers: dict[int, bool] = dict(
            rows.execute(query, dict(found.params)).fetchall()
        )

        expected = [holds(tree, one.facts(policy, act)) for one in EVERY_KIND]
        assert [answers[number] for number in range(len(EVERY_KIND))] == expected
        assert {True, False} == set(expected)


@quick
@given(tree=TREES, people=PEOPLE, act=ACTS)
def test_a_condition_is_the_same_in_sql_as_in_a_function(
    rows: psycopg.Connection, tree: Tree, people: list[Person], act: Act
) -> None:
    policy = COMPILED["model"]
    put(rows, people, policy)
    found = predicate(tree, act, policy.fingerprint)

    query = f"SELECT s.person_id, {found.sql} FROM people_standing s"
    answers: dict[int, bool] = dict(rows.execute(query, dict(found.params)).fetchall())

    assert answers == {
        number: holds(tree, one.facts(policy, act)) for number, one in enumerate(people)
    }


@quick
@given(
    clinic=st.sampled_from(CLINICS),
    role=st.sampled_from(list(Role)),
    reach=st.sampled_from(Reach),
    people=PEOPLE,
    act=ACTS,
)
def test_a_list_leaves_out_whom_the_decision_refuses_and_says_why(
    rows: psycopg.Connection,
    clinic: str,
    role: Role,
    reach: Reach,
    people: list[Person],
    act: Act,
) -> None:
    policy = COMPILED[clinic]
    put(rows, people, policy)
    facts = [one.facts(policy, act) for one in people]

    for purpose in policy.purposes:
        sieve = policy.readers(role, purpose, reach, act)
        said = {
            number: policy.decide(role, purpose, reach, known)
            for number, known in enumerate(facts)
        }
        assert_same(sieve, sifted(rows, sieve), said)


@quick
@given(
    clinic=st.sampled_from(CLINICS),
    channel=st.sampled_from(CHANNELS),
    people=PEOPLE,
    act=ACTS,
)
def test_an_audience_is_whom_the_check_at_sending_lets_through(
    rows: psycopg.Connection,
    clinic: str,
    channel: str,
    people: list[Person],
    act: Act,
) -> None:
    policy = COMPILED[clinic]
    put(rows, people, policy)
    facts = [one.facts(policy, act) for one in people]

    for kind in KINDS:
        sieve = policy.audience(kind, channel, act)
        said = {
            number: policy.may_send(kind, channel, known)
            for number, known in enumerate(facts)
        }
        assert_same(sieve, sifted(rows, sieve), said)


def test_the_people_drawn_are_let_through_by_some_and_refused_by_others(
    rows: psycopg.Connection,
) -> None:
    policy, act = COMPILED["ai-beauty"], Act(date(2026, 3, 1), frozenset({"skin"}))
    agreed = (Permission("marketing", "email", "given", True),)
    changed = (Permission("marketing", "email", "given", False),)
    people = [
        NOBODY,
        replace(NOBODY, permissions=agreed),
        replace(NOBODY, permissions=changed),
        replace(NOBODY, relation=frozenset({"customer"}), sold=frozenset({"skin"})),
        replace(NOBODY, relation=frozenset({"customer"}), sold=frozenset({"lips"})),
    ]
    put(rows, people, policy)

    sieve = policy.audience("offer", "email", act)

    allowed = {number: yes for number, (yes, _) in sifted(rows, sieve).items()}
    assert allowed == {0: False, 1: True, 2: False, 3: True, 4: False}


def test_a_question_to_which_the_answer_is_no_lets_nobody_through() -> None:
    policy, act = COMPILED["model"], Act(date(2026, 3, 1))

    for sieve in (
        policy.readers("marketing", "care", Reach.ALL, act),
        policy.readers("marketing", "no-such-purpose", Reach.ALL, act),
        policy.audience("offer", "wechat", act),
        policy.audience("no-such-kind", "email", act),
    ):
        assert sieve.allowed == "FALSE"
        assert sieve.refusals == (sieve.role,)
        assert not sieve.role.allowed


def test_no_value_stands_in_the_text_of_a_predicate() -> None:
    policy = COMPILED["ai-beauty"]
    act = Act(date(2026, 3, 1), frozenset({"it's; DROP TABLE"}))

    sieve = policy.audience("offer", "email", act)

    assert "DROP" not in sieve.allowed + sieve.refusal
    assert ["it's; DROP TABLE"] in sieve.params.values()
