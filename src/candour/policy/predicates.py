"""Conditions as SQL: the same trees as in `conditions`, over a list or an audience.

A predicate is a boolean over `people_standing s`, with `consent_permission` looked up
by `s.person_id`. It is never null: what is not known of a person is false, as it is in
the function. Only our own words stand in the text; every value is a parameter.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from candour.policy.conditions import (
    ADULT,
    All,
    Any,
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
from candour.policy.terms import Decision

_COLUMNS: Final = MappingProxyType(
    {"restricted": "restricted_at", "died": "died_on", "locked": "locked_at"}
)
_ARRAYS: Final = MappingProxyType({"sold": "sold_topics", "interests": "interests"})


@dataclass(frozen=True, slots=True)
class Act:
    """What is the same for everybody in a list.

    `on` is the local date, by which ages count; `topics` the subjects of what is
    sent; `holds` the condition words that are true of the act.
    """

    on: date
    topics: frozenset[str] = frozenset()
    holds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Predicate:
    """A boolean in SQL, with its parameters by name (`%(may_0)s`)."""

    sql: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sieve:
    """Who is let through, and by which decision each other person is kept out.

    `allowed` is a boolean over `people_standing s`. `refusal` is the number, from 0, of
    the first of `refusals` that keeps a person out, and null for who is let through.
    `role` is the answer about the role alone: where it denies, nobody is let through.
    """

    role: Decision
    allowed: str
    refusal: str
    params: Mapping[str, object]
    refusals: tuple[Decision, ...]


Fingerprint = Callable[[str], str]


def predicate(tree: Tree, act: Act, fingerprint: Fingerprint) -> Predicate:
    """Compile one tree. `fingerprint` says what a permission must have been given for.

    A permission whose fingerprint differs was given for something else, and does not
    count (UK GDPR Article 4(11)).
    """
    writer = _Writer(act, fingerprint)
    return Predicate(writer.sql(tree), MappingProxyType(writer.params))


def sieve(
    role: Decision,
    rules: Sequence[tuple[Tree, Decision]],
    act: Act,
    fingerprint: Fingerprint,
) -> Sieve:
    """Compile a decision's rules: the first that holds is the one that refuses."""
    if not role.allowed:
        return Sieve(role, "FALSE", "0", MappingProxyType({}), (role,))
    writer = _Writer(act, fingerprint)
    allowed = writer.contrary(Any(tuple(tree for tree, _ in rules)))
    cases = " ".join(
        f"WHEN {writer.sql(tree)} THEN {place}" for place, (tree, _) in enumerate(rules)
    )
    return Sieve(
        role,
        allowed,
        f"CASE {cases} END" if rules else "NULL::int",
        MappingProxyType(writer.params),
        tuple(decision for _, decision in rules),
    )


class _Writer:
    """Writes trees as SQL, collecting their parameters: the same value once."""

    def __init__(self, act: Act, fingerprint: Fingerprint) -> None:
        self.act = act
        self.fingerprint = fingerprint
        self.params: dict[str, object] = {}

    def sql(self, tree: Tree) -> str:
        if isinstance(tree, All):
            return _joined(" AND ", self.parts(tree))
        if isinstance(tree, Any):
            return _joined(" OR ", self.parts(tree))
        if isinstance(tree, Not):
            return self.contrary(tree.of)
        if isinstance(tree, Atom):
            return self.atom(tree.word)
        if isinstance(tree, Standing):
            return f"(s.{_COLUMNS[tree.name]} IS NOT NULL)"
        if isinstance(tree, Relation):
            kinds = self.param(sorted(tree.kinds))
            return f"(s.relation && {kinds}::varchar[])"
        if isinstance(tree, Bought):
            return "(s.sold_topics <> '{}')"
        if isinstance(tree, Shares):
            topics = self.param(sorted(self.act.topics))
            return f"(s.{_ARRAYS[tree.what]} && {topics}::varchar[])"
        return self.permission(tree)

    def parts(self, tree: All | Any) -> list[str]:
        """Write the parts of a tree, each once; a part like the tree is taken apart."""
        found: list[str] = []
        for part in map(_turned, tree.of):
            if isinstance(part, All | Any) and type(part) is type(tree):
                found += self.parts(part)
            else:
                found.append(self.sql(part))
        return list(dict.fromkeys(found))

    def contrary(self, tree: Tree) -> str:
        """Write that a tree does not hold, with the NOT as far in as it goes.

        The planner turns [NOT] EXISTS into a join only where it stands bare.
        """
        turned = _turned(Not(tree))
        if not isinstance(turned, Not):
            return self.sql(turned)
        if isinstance(tree, Atom) and tree.word != "adult":
            return _constant(tree.word not in self.act.holds)
        return f"NOT {self.sql(tree)}"

    def atom(self, word: str) -> str:
        if word == "adult":
            on = self.param(self.act.on)
            years = f"interval '{ADULT} years'"
            return f"coalesce(s.born_on <= ({on}::date - {years})::date, FALSE)"
        return _constant(word in self.act.holds)

    def permission(self, tree: Permitted | Objected | Refused) -> str:
        wants = [
            "c.person_id = s.person_id",
            f"c.purpose = {self.param(tree.purpose)}",
        ]
        if isinstance(tree, Permitted):
            given = self.param(self.fingerprint(tree.purpose))
            wants += ["c.state = 'given'", f"c.fingerprint = {given}"]
        elif isinstance(tree, Objected):
            wants.append("c.state = 'objected'")
        else:
            wants.append("c.state IN ('withdrawn', 'objected')")
        if not isinstance(tree, Objected) and tree.channel is not None:
            wants.append(f"c.channel = {self.param(tree.channel)}")
        found = " AND ".join(wants)
        return f"EXISTS (SELECT FROM consent_permission c WHERE {found})"

    def param(self, value: object) -> str:
        for name, known in self.params.items():
            if type(known) is type(value) and known == value:
                return f"%({name})s"
        name = f"may_{len(self.params)}"
        self.params[name] = value
        return f"%({name})s"


def _turned(tree: Tree) -> Tree:
    """Return the tree with a NOT over All, Any or Not moved to what is inside."""
    if not isinstance(tree, Not):
        return tree
    if isinstance(tree.of, Not):
        return _turned(tree.of.of)
    if isinstance(tree.of, All):
        return Any(tuple(Not(part) for part in tree.of.of))
    if isinstance(tree.of, Any):
        return All(tuple(Not(part) for part in tree.of.of))
    return tree


def _constant(value: bool) -> str:
    return "TRUE" if value else "FALSE"


def _joined(word: str, parts: list[str]) -> str:
    """Join parts, leaving out constants that say nothing and stopping at one that does.

    What is left alone stands bare, so that the planner sees an EXISTS for what it is.
    """
    neutral, decisive = ("TRUE", "FALSE") if word == " AND " else ("FALSE", "TRUE")
    if decisive in parts:
        return decisive
    left = [part for part in parts if part != neutral]
    if not left:
        return neutral
    return f"({word.join(left)})" if len(left) > 1 else left[0]
