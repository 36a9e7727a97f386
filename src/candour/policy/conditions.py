"""Conditions over what is known of a person, each a tree compiled to a function.

A tree is data, so the same one can be compiled to something else, such as SQL. `All`,
`Any` and `Not` combine; every other kind reads one thing of a person.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from candour.policy.terms import Facts

Test = Callable[[Facts], bool]
ADULT: Final = 18


@dataclass(frozen=True, slots=True)
class Atom:
    """A word of the closed list that must hold of the person or the act."""

    word: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing fact of the person."""

    name: Literal["restricted", "died", "locked"]


@dataclass(frozen=True, slots=True)
class Relation:
    """What the person is to the clinic: patient, customer, enquirer."""

    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Permitted:
    """A permission in force for a purpose, by a channel or (None) by any."""

    purpose: str
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Objected:
    """An objection to a purpose (Article 21)."""

    purpose: str


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    of: "Tree"


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds. An empty one holds."""

    of: "tuple[Tree, ...]"


@dataclass(frozen=True, slots=True)
class Any:
    """Some part holds. An empty one does not."""

    of: "tuple[Tree, ...]"


Tree = Atom | Standing | Relation | Permitted | Objected | Not | All | Any


def of_atom(word: str, purpose: str, channel: str | None = None) -> Tree:
    """Return what a word of the policy means for one purpose and channel."""
    if word in ("consent", "explicit-consent", "choice"):
        return Any((Permitted(purpose, channel), Atom(word)))
    if word == "dialogue-invited":
        return Any((Relation(frozenset(("enquirer",))), Atom(word)))
    return Atom(word)


def every(words: tuple[str, ...], purpose: str, channel: str | None = None) -> Tree:
    """Return the tree of an `only-if`: all of the words."""
    return All(tuple(of_atom(word, purpose, channel) for word in words))


def some(words: tuple[str, ...], purpose: str, channel: str | None = None) -> Tree:
    """Return the tree of an `any-of`: one of the words."""
    return Any(tuple(of_atom(word, purpose, channel) for word in words))


def compiled(tree: Tree) -> Test:
    """Return the function that says whether a tree holds of a person."""
    return _COMPILERS[type(tree)](tree)


def _atom(tree: Atom) -> Test:
    word = tree.word
    if word == "adult":
        return lambda facts: facts.age is not None and facts.age >= ADULT
    return lambda facts: word in facts.holds


def _standing(tree: Standing) -> Test:
    if tree.name == "restricted":
        return lambda facts: facts.restricted
    if tree.name == "died":
        return lambda facts: facts.died
    return lambda facts: facts.locked


def _relation(tree: Relation) -> Test:
    kinds = tree.kinds
    return lambda facts: not kinds.isdisjoint(facts.relation)


def _permitted(tree: Permitted) -> Test:
    purpose, channel = tree.purpose, tree.channel
    if channel is not None:
        return lambda facts: (purpose, channel) in facts.permissions

    def test(facts: Facts) -> bool:
        for given, _ in facts.permissions:  # noqa: SIM110  # faster than any()
            if given == purpose:
                return True
        return False

    return test


def _objected(tree: Objected) -> Test:
    purpose = tree.purpose
    return lambda facts: purpose in facts.objections


def _not(tree: Not) -> Test:
    test = compiled(tree.of)
    return lambda facts: not test(facts)


def _all(tree: All) -> Test:
    tests = tuple(compiled(part) for part in tree.of)
    if len(tests) == 1:
        return tests[0]

    def test(facts: Facts) -> bool:
        for part in tests:  # noqa: SIM110  # faster than all()
            if not part(facts):
                return False
        return True

    return test


def _any(tree: Any) -> Test:
    tests = tuple(compiled(part) for part in tree.of)
    if len(tests) == 1:
        return tests[0]

    def test(facts: Facts) -> bool:
        for part in tests:  # noqa: SIM110  # faster than any()
            if part(facts):
                return True
        return False

    return test


_COMPILERS: Final[Mapping[type, Callable[..., Test]]] = MappingProxyType(
    {
        Atom: _atom,
        Standing: _standing,
        Relation: _relation,
        Permitted: _permitted,
        Objected: _objected,
        Not: _not,
        All: _all,
        Any: _any,
    }
)
