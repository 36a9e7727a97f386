"""People, acts and conditions to draw from, and the tables their rows are put in.

The tables are copies of the migrated ones, columns and types, without their walls:
what is tested is the predicate, not who may run it.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import psycopg
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
)
from candour.policy.conditions import Any as Some
from candour.policy.predicates import Act, Sieve
from candour.policy.terms import Decision, Facts

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
        given: list[tuple[Any, ...]] = [
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
    replace(NOBODY, restricted=True),
    replace(NOBODY, locked=True),
    replace(NOBODY, died=True),
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
