"""Look for what the law asks of a policy and does not find there.

Reading says whether a policy is well written; this says whether it may be published. A
rule is a small function that finds where something is not so; `RULES` is all of them.
What a notice publishes and the clinic does not do is put back, one departure at a time,
to see a rule object.
"""

from datetime import date

from candour.policy.compiled.policy import Policy
from candour.policy.lint import departures
from candour.policy.lint.rules import RULES
from candour.policy.lint.terms import (
    Baseline,
    Baselines,
    Case,
    Finding,
    Rule,
    Severity,
    baseline,
)

__all__ = [
    "RULES",
    "Baseline",
    "Finding",
    "Rule",
    "Severity",
    "baseline",
    "lint",
]


def lint(
    policy: Policy, baselines: Baselines = (), on: date | None = None
) -> tuple[Finding, ...]:
    """Return what every rule finds, in the order of the rules, then the departures.

    `on` is today. Without it nothing is too old, and nothing is to come.
    """
    case = Case(policy, baselines, on)
    found = tuple(dict.fromkeys(finding for rule in RULES for finding in rule(case)))
    return (*found, *departures.findings(case, RULES, found))
