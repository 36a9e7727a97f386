"""How each promise stands, worked out from its policy, its control and its tests."""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from candour.policy.compiled.origins import said
from candour.policy.compiled.policy import Policy
from candour.policy.compiled.rules import Departure, Leaf, OpenDecision
from candour.policy.language.slots import DECIDE
from candour.policy.promises.controls import CONTROLS, PARTS
from candour.policy.promises.sheet import Row, Sheet

OMITTED: Final = "unlisted"
"""What a departure says was stated, where the published notice leaves it out."""


class State(StrEnum):
    """How a promise stands, by what the packs and the code say.

    A running clinic says more from live evidence: that a promise is at risk, broken,
    or has not been called on yet.
    """

    KEPT = "kept"
    PLANNED = "planned"
    DECISION = "decision"
    UNLAWFUL = "unlawful"


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of one clinic and how it stands. `why` is one plain sentence."""

    id: str
    clinic: str
    clause: str
    control: str
    check: str
    state: State
    why: str


def promises_of(
    policy: Policy, sheet: Sheet, untested: Set[str] = frozenset()
) -> tuple[Promise, ...]:
    """Return how each row of a pack's table stands, in the order of the table.

    What the clinic cannot lawfully do as published is `unlawful`, whatever is built;
    what a person has to decide first is a `decision`; the rest is `kept` where its
    control is built and its tests are there, and `planned` where not. `untested` are
    the controls whose tests could be looked for and were not all found.
    """
    departures = {departure.says: departure for departure in policy.departures}
    return tuple(
        _promise(name, row, policy, departures.get(name), untested)
        for name, row in sheet.promises.items()
    )


def _promise(
    name: str,
    row: Row,
    policy: Policy,
    departure: Departure | None,
    untested: Set[str],
) -> Promise:
    state, why = _standing(row, policy, departure, untested)
    return Promise(name, policy.name, row.clause, row.control, row.check, state, why)


def _standing(
    row: Row, policy: Policy, departure: Departure | None, untested: Set[str]
) -> tuple[State, str]:
    if departure is not None:
        return State.UNLAWFUL, _departed(departure)
    if row.lawful is not None:
        return State.UNLAWFUL, f"Done instead: {row.lawful}."
    undecided = [one for one in policy.open_decisions if _touches(row.clause, one.key)]
    if undecided:
        return State.DECISION, "; ".join(map(_undecided, undecided)) + "."
    control = CONTROLS[row.control]
    looked_at = f"{row.check[:1].upper()}{row.check[1:]}"
    if not control.built:
        part = f"part {control.part}, {PARTS[control.part]}"
        return State.PLANNED, f"{looked_at}: to come in {part}."
    if control.id in untested:
        return State.PLANNED, f"{looked_at}: built, but a test of it is missing."
    return State.KEPT, f"{looked_at}: {control.keeps}, by {control.tests[0]}."


def _touches(clause: str, key: str) -> bool:
    """Say whether an open decision is at a clause, inside it, or around it."""
    one, other = f"{clause}.", f"{key}."
    return one.startswith(other) or other.startswith(one)


def _departed(departure: Departure) -> str:
    """Say what was published, what is done instead, and by which law."""
    stated = "nothing" if departure.stated == OMITTED else said(departure.stated)
    decide = _decide(departure.kept)
    instead = (
        f"still to decide: {decide}" if decide else f"kept: {said(departure.kept)}"
    )
    why = "; ".join(departure.why)
    return f"At {departure.key}, published: {stated}; {instead} ({why})."


def _decide(kept: Leaf) -> str:
    """Return what a departure leaves to be decided, or the empty text."""
    pairs = kept if isinstance(kept, tuple) else ()
    for pair in pairs:
        if isinstance(pair, tuple) and len(pair) == 2 and pair[0] == DECIDE:
            return str(pair[1])
    return ""


def _undecided(decision: OpenDecision) -> str:
    meanwhile = decision.meanwhile or "nothing is done"
    return f"To decide at {decision.key}: {decision.why} (meanwhile {meanwhile})"
