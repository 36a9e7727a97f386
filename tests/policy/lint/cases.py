"""Policies that say something else at some keys: the model's, changed in the test."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from candour.policy.compile import Policy, compile_pack
from candour.policy.lint import RULES, Baseline, Finding, baseline, lint
from candour.policy.lint.terms import Case
from candour.policy.lint.variants import replaced, with_value
from candour.policy.load import Parsed, examine, read_pack, undecided
from candour.policy.problems import Path
from candour.policy.reading import Node, read

TODAY = date(2026, 11, 22)
CLINICS = (
    "ai-beauty",
    "cm-london-medical",
    "dermaesthetics",
    "private-clinic",
    "pro-aesthetics",
)


@cache
def yardsticks() -> tuple[Baseline, ...]:
    """Return the two baselines that clinics are held against."""
    names = ("baseline-law", "baseline-nhs-code")
    return tuple(baseline(examine(read_pack(name))) for name in names)


@cache
def linted(name: str) -> tuple[Finding, ...]:
    """Return what is found in a pack today."""
    return lint(compile_pack(name), yardsticks(), TODAY)


def model_with(*changes: str) -> Policy:
    """Return the model changed: `retention/clinical/keep: P7Y`; `-` takes one out."""
    sources = read_pack("model")
    parsed = examine(sources)
    policy = None
    for change in changes:
        path, value = _change(change)
        policy = with_value(parsed, sources, path, value)
        assert policy is not None, f"no such value: {change}"
        root = replaced(parsed.root, path, value)
        parsed = Parsed(policy.document, root, parsed.head, undecided(root))
    assert policy is not None
    return policy


def _change(change: str) -> tuple[Path, Node | None]:
    key, _, text = change.partition(": ")
    path = tuple(key.split("/"))
    return path, None if text == "-" else read(f"value: {text}\n", "t").child("value")


def found_in(policy: Policy, on: date | None = TODAY) -> Iterator[Finding]:
    """Yield what the rules find, departures apart."""
    case = Case(policy, yardsticks(), on)
    for rule in RULES:
        yield from rule(case)
