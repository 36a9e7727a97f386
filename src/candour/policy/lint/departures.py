"""Prove each departure: put back what the notice says, and see a rule object.

A clinic that keeps less than its notice says has to show why it may. The proof is that
the published value, in place of the kept one, makes a rule object at that very key.
What is proven is a warning that the notice must be written anew; what is not is stale.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from candour.policy import crossref
from candour.policy.compiled.origins import said
from candour.policy.compiled.rules import Departure
from candour.policy.language.slots import is_decide
from candour.policy.lint.terms import Case, Finding, Hit, Rule, Severity
from candour.policy.lint.variants import UNLISTED, with_value
from candour.policy.load import Parsed, examine
from candour.policy.problems import Path
from candour.policy.reading import Node


def _found_below(_: Case) -> Iterator[Hit]:
    """Yield nothing: these two are found by `findings`, with the others at hand."""
    yield from ()


STALE: Final = Rule(
    "departure-stale",
    Severity.ERROR,
    "UK GDPR Article 5(2)",
    "What a departure departs from breaks a rule.",
    _found_below,
)
UNTRUE: Final = Rule(
    "departure-untrue",
    Severity.ERROR,
    "UK GDPR Article 5(2)",
    "What a departure says is kept is what the policy has.",
    _found_below,
)
RULES: Final = (STALE, UNTRUE)
PRESENT: Final = "present"
"""What `kept` says of a key that is there, whatever its value."""

_REWRITE: Final = "Write the public notice anew, as it is done."


def findings(
    case: Case, rules: Iterable[Rule], known: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield one finding or more for each departure of a policy.

    `known` is what the rules found in the policy as it is kept: an objection that is
    there either way does not prove a departure.
    """
    if not case.policy.departures:
        return
    parsed = examine(case.policy.sources)
    already = frozenset((one.rule, one.clause) for one in known)
    for index, departure in enumerate(case.policy.departures):
        path = crossref.find(parsed.root, departure.key)
        if path is None:
            continue
        yield from _untrue(parsed, departure, index, path)
        yield from _proven(case, tuple(rules), already, parsed, departure, index, path)


def _proven(
    case: Case,
    rules: tuple[Rule, ...],
    already: frozenset[tuple[str, str]],
    parsed: Parsed,
    departure: Departure,
    index: int,
    path: Path,
) -> Iterator[Finding]:
    """Yield the objections to what is published, or that there are none."""
    stated = _at(parsed.root, ("departures", index, "stated"))
    value = None if departure.stated == UNLISTED else stated
    policy = with_value(parsed, case.policy.sources, path, value)
    if policy is None:
        yield _stale(departure, "is no value that this key can have")
        return
    variant = Case(policy, case.baselines, case.on)
    objections = [
        finding
        for rule in rules
        for finding in rule(variant)
        if _stands_at(finding.clause, departure.key)
        and finding.severity is not Severity.NOTE
        and (finding.rule, finding.clause) not in already
    ]
    if not objections:
        yield _stale(departure, "breaks no rule when it is put back")
    for objection in objections:
        yield replace(
            objection,
            severity=Severity.WARNING,
            message=f"{_told(departure)} {objection.message}",
            fix=_REWRITE,
            says=departure.says,
        )


def _untrue(
    parsed: Parsed, departure: Departure, index: int, path: Path
) -> Iterator[Finding]:
    """Yield a finding where `kept` is not what the policy has at the key."""
    kept = _at(parsed.root, ("departures", index, "kept")).plain()
    has = _at(parsed.root, path).plain()
    if kept in (PRESENT, has) or is_decide(kept):
        return
    if is_decide(has) and has.get("meanwhile") == kept:
        return
    yield Finding(
        UNTRUE.id,
        UNTRUE.severity,
        departure.key,
        UNTRUE.article,
        f"The departure from {departure.says} says that {said(kept)} is kept, and the "
        f"policy has {said(has)}.",
        "Say in 'kept' what the policy has, or change the policy.",
        departure.says,
    )


def _stale(departure: Departure, why: str) -> Finding:
    return Finding(
        STALE.id,
        STALE.severity,
        departure.key,
        "; ".join(departure.why),
        f"What {departure.says} says, {said(departure.stated)}, {why}.",
        "Take the departure out, or say what the notice really says.",
        departure.says,
    )


def _told(departure: Departure) -> str:
    """Say what is published, and what is done instead."""
    if departure.stated == UNLISTED:
        return f"The published notice ({departure.says}) leaves this out."
    return f"The published notice ({departure.says}) says {said(departure.stated)}."


def _stands_at(clause: str, key: str) -> bool:
    return clause == key or clause.startswith((f"{key}.", f"{key}["))


def _at(root: Node, path: Path) -> Node:
    node, _ = root.nearest(path)
    return node
