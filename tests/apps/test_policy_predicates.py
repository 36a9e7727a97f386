"""A list and a single person get the same answer: function and SQL, on PostgreSQL.

The tables are copies of the migrated ones, columns and types, without their walls:
what is tested is the predicate, not who may run it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candour.law.ages import age_on
from candour.policy.compile import Policy, compile_pack
from candour.policy.conditions import (
    All,
    Atom,
    Bought,
    Not,
    Objected,
    Permitted,
    Refused,
    Relation,
    Shares,
    Standing,
    Tree,
    holds,
)
from candour.policy.conditions import Any as Some
from candour.policy.predicates import Act, Sieve, predicate
from candour.policy.terms import Decision, Facts, Reach
from candour.policy.vocabulary import Role

CLINICS = (
    "ai-beauty",
    "cm-london-medical",
    "dermaesthetics",
    "model",
    "private-clinic",
    "pro-aesthetics",
)
COMPILED = {name: compile_pack(name) for name in CLINICS}
PURPOSES = sorted({name for policy in COMPILED.values() for name in policy.purposes})
KINDS = sorted({kind for policy in COMPILED.values() for kind in policy.messages})
CHANNELS = ("email", "sms", "phone", "wechat")
TOPICS = ("skin", "lips", "lasers")
WORDS = ("treatment-needs-review", "treated-before", "reviewed-by-person", "reason")
SOMETIME = datetime(2026, 5, 1, tzinfo=UTC)
# Days that acts are drawn from, and eighteen years before them to the day: leap days.
DAYS = (date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 29))
BORN = st.sampled_from(
    (
        None,
        *(date(2008, 2, 27), date(2008, 2, 28), date(2008, 2, 29)),
        *(date(2008, 3, 1), date(2008, 3, 2)),
        *(date(2010, 2, 28), date(2010, 3, 1)),
    )
)

quick = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Permission:
    """One row of `consent_permission`. `same` is whether its purpose is unchanged."""

    purpose: str
    channel: str
    state: str
    same: bool


@dataclass(frozen=True)
class Person:
    """One row of `people_standing`, with the person's permissions."""

    restricted: bool
    locked: bool
    died: bool
    born: date | None
    relation: frozenset[str]
    sold: frozenset[str]
    interests: frozenset[str]
    permissions: tuple[Permission, ...]

    def facts(self, policy: Policy, act: Act) -> Facts:
        """Return the facts of this person, as the gate reads them from the rows."""
        rows = self.permissions
        return Facts(
            restricted=self.restricted,
            died=self.died,
            locked=self.locked,
            age=None if self.born is None else age_on(self.born, act.on),
            relation=self.relation,
            permissions=frozenset(
                (row.purpose, row.channel)
                for row in rows
                if row.state == "given" and row.same
            ),
            objections=frozenset(
                row.purpose for row in rows if row.state == "objected"
            ),
            refusals=frozenset(
                (row.purpose, row.channel)
                for row in rows
                if row.state in ("withdrawn", "objected")
            ),
            sold=self.sold,
            interests=self.interests,
            topics=act.topics,
            holds=act.holds,
        )


PERMISSIONS = st.lists(
    st.builds(
        Permission,
        st.sampled_from(["offers", "marketing", "feedback", "recall"])
        | st.sampled_from(PURPOSES),
        st.sampled_from(CHANNELS),
        st.sampled_from(["given", "given", "withdrawn", "objected", "lapsed"]),
        st.sampled_from([True, True, False]),
    ),
    max_size=4,
    unique_by=lambda row: (row.purpose, row.channel),
).map(tuple)
SUBJECTS = st.frozensets(st.sampled_from(TOPICS), max_size=2)
RARELY = st.sampled_from([False, False, False, True])
PEOPLE = st.lists(
    st.builds(
        Person,
        restricted=RARELY,
        locked=RARELY,
        died=RARELY,
        born=BORN,
        relation=st.frozensets(
            st.sampled_from(["enquirer", "patient", "customer"]), max_size=2
        ),
        sold=SUBJECTS,
        interests=SUBJECTS,
        permissions=PERMISSIONS,
    ),
    min_size=1,
    max_size=12,
)
ACTS = st.builds(
    Act,
    on=st.sampled_from(DAYS),
    topics=SUBJECTS,
    holds=st.frozensets(st.sampled_from(WORDS), max_size=3),
)
LEAVES = st.one_of(
    st.builds(Atom, st.just("adult")),
    st.builds(Atom, st.sampled_from(WORDS)),
    st.builds(Standing, st.sampled_from(["restricted", "died", "locked"])),
    st.builds(
        Relation, st.frozensets(st.sampled_from(["patient", "enquirer"]), min_size=1)
    ),
    st.builds(Permitted, st.just("offers"), st.none() | st.sampled_from(CHANNELS)),
    st.builds(Refused, st.just("offers"), st.none() | st.sampled_from(CHANNELS)),
    st.builds(Objected, st.just("offers")),
    st.builds(Bought),
    st.builds(Shares, st.sampled_from(["sold", "interests"])),
)
TREES: st.SearchStrategy[Tree] = st.recursive(
    LEAVES,
    lambda below: st.one_of(
        st.builds(Not, below),
        st.builds(All, st.lists(below, max_size=3).map(tuple)),
        st.builds(Some, st.lists(below, max_size=3).map(tuple)),
    ),
    max_leaves=8,
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


def put(rows: psycopg.Connection, people: list[Person], policy: Policy) -> None:
    """Write people and their permissions, numbered from 0."""
    rows.execute("TRUNCATE pg_temp.people_standing, pg_temp.consent_permission")
    with rows.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO pg_temp.people_standing (person_id, relation, restricted_at,"
            " locked_at, died_on, born_on, held, sold_topics, interests)"
            " VALUES (%s, %s, %s, %s, %s, %s, false, %s, %s)",
            [
                (
                    number,
                    sorted(one.relation),
                    SOMETIME if one.restricted else None,
                    SOMETIME if one.locked else None,
                    SOMETIME if one.died else None,
                    one.born,
                    sorted(one.sold),
                    sorted(one.interests),
                )
                for number, one in enumerate(people)
            ],
        )
        given = [
            (
                number,
                row.purpose,
                row.channel,
                row.state,
                SOMETIME,
                [],
                policy.fingerprint(row.purpose) if row.same else "0" * 64,
            )
            for number, one in enumerate(people)
            for row in one.permissions
        ]
        if given:
            cursor.executemany(
                "INSERT INTO pg_temp.consent_permission (person_id, purpose, channel,"
                " state, since, topics, fingerprint)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s)",
                given,
            )


def sifted(rows: psycopg.Connection, sieve: Sieve) -> dict[int, tuple[bool, Any]]:
    """Return what the SQL answers of each person: let through, and if not, why."""
    query = (
        f"SELECT s.person_id, {sieve.allowed}, {sieve.refusal} FROM people_standing s"
    )
    found = rows.execute(query, dict(sieve.params)).fetchall()
    return {number: (allowed, refusal) for number, allowed, refusal in found}


def assert_same(
    sieve: Sieve, answers: dict[int, tuple[bool, Any]], said: dict[int, Decision]
) -> None:
    """Check that SQL and function agree on everybody, and on what refuses."""
    assert answers.keys() == said.keys()
    for number, decision in said.items():
        allowed, refusal = answers[number]
        assert allowed is decision.allowed, decision
        if not decision.allowed:
            assert sieve.refusals[refusal] == decision


NOBODY = Person(
    restricted=False,
    locked=False,
    died=False,
    born=None,
    relation=frozenset(),
    sold=frozenset(),
    interests=frozenset(),
    permissions=(),
)
EVERY_KIND = [
    NOBODY,
    *(replace(NOBODY, **{fact: True}) for fact in ("restricted", "locked", "died")),
    *(replace(NOBODY, born=day) for day in (date(2008, 2, 29), date(2008, 3, 2))),
    *(replace(NOBODY, relation=frozenset({who})) for who in ("patient", "enquirer")),
    *(replace(NOBODY, sold=frozenset({topic})) for topic in TOPICS),
    *(replace(NOBODY, interests=frozenset({topic})) for topic in TOPICS),
    *(
        replace(NOBODY, permissions=(Permission(purpose, channel, state, same),))
        for purpose in ("offers", "feedback")
        for channel in ("email", "sms")
        for state in ("given", "withdrawn", "objected", "lapsed")
        for same in (True, False)
    ),
]
EVERY_LEAF: list[Tree] = [
    Atom("adult"),
    *(Standing("restricted"), Standing("died"), Standing("locked")),
    Relation(frozenset({"patient", "customer"})),
    *(Permitted("offers"), Permitted("offers", "sms")),
    *(Refused("offers"), Refused("offers", "sms")),
    *(Objected("offers"), Bought(), Shares("sold"), Shares("interests")),
]


@pytest.mark.parametrize("leaf", EVERY_LEAF, ids=str)
def test_each_condition_tells_the_same_people_apart(
    rows: psycopg.Connection, leaf: Tree
) -> None:
    policy, act = COMPILED["model"], Act(date(2026, 3, 1), frozenset({"skin"}))
    put(rows, EVERY_KIND, policy)

    for tree in (leaf, Not(leaf)):
        found = predicate(tree, act, policy.fingerprint)
        query = f"SELECT s.person_id, {found.sql} FROM people_standing s"
        answers = dict(rows.execute(query, dict(found.params)).fetchall())

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
    answers = dict(rows.execute(query, dict(found.params)).fetchall())

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
