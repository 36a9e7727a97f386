"""Conditions over what is known of a person, each a tree compiled to a function.

A tree is data: `predicates` compiles the same one to SQL, for a list or an audience.
`All`, `Any` and `Not` combine; every other kind reads one thing of a person.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from candour.policy.terms import Facts

Answer = TypeVar("Answer")
Undo = Callable[[Facts], Answer | None]
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
class Refused:
    """A permission for a purpose that the person took back, by this channel or any."""

    purpose: str
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Bought:
    """Something was sold to the person, with a way to say no (PECR reg 22(3))."""


@dataclass(frozen=True, slots=True)
class Shares:
    """A subject of the act is among what the person bought, or asked about."""

    what: Literal["sold", "interests"]


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


Tree = (
    Atom
    | Standing
    | Relation
    | Permitted
    | Objected
    | Refused
    | Bought
    | Shares
    | Not
    | All
    | Any
)


def of_atom(word: str, purpose: str, channel: str | None = None) -> Tree:
    """Return what a word of the policy means for one purpose and channel."""
    if word in ("consent", "explicit-consent", "choice"):
        return Any((Permitted(purpose, channel), Atom(word)))
    if word == "dialogue-invited":
        return Any((Relation(frozenset(("enquirer",))), Atom(word)))
    if word == "soft-opt-in":
        said_no = Any((Refused(purpose, channel), Objected(purpose)))
        return Any((All((Bought(), Not(said_no))), Atom(word)))
    if word == "similar-to-sold":
        return Any((Shares("sold"), Atom(word)))
    if word == "interest-declared":
        return Any((Shares("interests"), Atom(word)))
    return Atom(word)


def every(words: tuple[str, ...], purpose: str, channel: str | None = None) -> Tree:
    """Return the tree of an `only-if`: all of the words."""
    return All(tuple(of_atom(word, purpose, channel) for word in words))


def some(words: tuple[str, ...], purpose: str, channel: str | None = None) -> Tree:
    """Return the tree of an `any-of`: one of the words."""
    return Any(tuple(of_atom(word, purpose, channel) for word in words))


def holds(tree: Tree, facts: Facts) -> bool:
    """Say whether a tree holds, by walking it: what `undoing` must equal."""
    if isinstance(tree, All):
        return all(holds(part, facts) for part in tree.of)
    if isinstance(tree, Any):
        return any(holds(part, facts) for part in tree.of)
    if isinstance(tree, Not):
        return not holds(tree.of, facts)
    if isinstance(tree, Atom):
        if tree.word == "adult":
            return facts.age is not None and facts.age >= ADULT
        return tree.word in facts.holds
    if isinstance(tree, Standing):
        return bool(getattr(facts, tree.name))
    if isinstance(tree, Relation):
        return not tree.kinds.isdisjoint(facts.relation)
    if isinstance(tree, Objected):
        return tree.purpose in facts.objections
    if isinstance(tree, Bought):
        return bool(facts.sold)
    if isinstance(tree, Shares):
        return not getattr(facts, tree.what).isdisjoint(facts.topics)
    rows = facts.refusals if isinstance(tree, Refused) else facts.permissions
    if tree.channel is not None:
        return (tree.purpose, tree.channel) in rows
    return any(purpose == tree.purpose for purpose, _ in rows)


def undoing(rules: Sequence[tuple[Tree, Answer]]) -> Undo[Answer]:
    """Compile trees to one function: it returns the answer of the first that holds.

    It is written out as Python and compiled, because a page of two hundred people
    asks two hundred times. Only words of the closed lists and names that the language
    has checked get into the text, each as a quoted literal.
    """
    lines = ["def undo(facts):"]
    for number, (tree, _) in enumerate(rules):
        lines += [f"    if {_python(tree)}:", f"        return answer_{number}"]
    lines.append("    return None")
    names: dict[str, object] = {"agreed": _agreed}
    names |= {f"answer_{number}": answer for number, (_, answer) in enumerate(rules)}
    exec("\n".join(lines), names)  # noqa: S102  # see the docstring
    undo: Undo[Answer] = names["undo"]  # type: ignore[assignment]  # made by the exec
    return undo


def _python(tree: Tree) -> str:
    """Write a tree as a Python expression over `facts`."""
    if isinstance(tree, All | Any):
        word = " and " if isinstance(tree, All) else " or "
        parts = [_python(part) for part in tree.of]
        return f"({word.join(parts)})" if parts else str(isinstance(tree, All))
    if isinstance(tree, Not):
        return f"not {_python(tree.of)}"
    if isinstance(tree, Atom):
        if tree.word == "adult":
            return f"(facts.age is not None and facts.age >= {ADULT})"
        return f"({tree.word!r} in facts.holds)"
    if isinstance(tree, Standing):
        return f"facts.{tree.name}"
    if isinstance(tree, Relation):
        kinds = [f"{kind!r} in facts.relation" for kind in sorted(tree.kinds)]
        return f"({' or '.join(kinds)})"
    if isinstance(tree, Objected):
        return f"({tree.purpose!r} in facts.objections)"
    if isinstance(tree, Bought):
        return "bool(facts.sold)"
    if isinstance(tree, Shares):
        return f"(not facts.{tree.what}.isdisjoint(facts.topics))"
    rows = f"facts.{'refusals' if isinstance(tree, Refused) else 'permissions'}"
    if tree.channel is not None:
        return f"({(tree.purpose, tree.channel)!r} in {rows})"
    return f"agreed({rows}, {tree.purpose!r})"


def _agreed(permissions: frozenset[tuple[str, str]], purpose: str) -> bool:
    for given, _ in permissions:  # noqa: SIM110  # half the time of any()
        if given == purpose:
            return True
    return False
