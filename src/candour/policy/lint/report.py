"""Write findings for people: lines for a terminal, tables for a page of the docs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from candour.policy.compiled.policy import Policy
from candour.policy.lint.terms import Finding, Severity

_TITLES: Final = {
    Severity.ERROR: "Stops publishing",
    Severity.WARNING: "To be looked at",
    Severity.NOTE: "Worth knowing",
}


def line(finding: Finding) -> str:
    """Return a finding as two lines: what and where, then why and what to do."""
    law = f" [{finding.article}]" if finding.article else ""
    head = f"{finding.severity.value:<8}{finding.rule}  {finding.clause}"
    return f"{head}{law}\n        {finding.message} {finding.fix}"


def counted(findings: Iterable[Finding]) -> str:
    """Return how many there are of each severity: 1 error, 2 warnings, 0 notes."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(
        f"{counts[level]} {level.value}{'s' * (counts[level] != 1)}"
        for level in Severity
    )


def markdown(policy: Policy, findings: Sequence[Finding]) -> str:
    """Return the report of one policy as tables of facts."""
    return "\n".join(_page(policy, findings)) + "\n"


def _page(policy: Policy, findings: Sequence[Finding]) -> Iterator[str]:
    published = [one for one in findings if one.says]
    own = [one for one in findings if not one.says]
    yield f"# Lint: {policy.clinic}"
    yield ""
    yield f"Policy `{policy.name}`, version {policy.version}: {counted(findings)}."
    yield ""
    if published:
        yield "## Published, and not done"
        yield ""
        yield (
            "What the public notice says was put back at its key, and a rule objected. "
            "The clinic keeps to what the policy says; the notice has to be written "
            "anew."
        )
        yield ""
        yield from _table(
            ("Row", "Key", "Rule", "Article", "Finding"),
            (
                (f.says, _code(f.clause), f.rule, f.article, f.message)
                for f in published
            ),
        )
    for level, title in _TITLES.items():
        rows = [one for one in own if one.severity is level]
        if rows:
            yield f"## {title}"
            yield ""
            yield from _table(
                ("Key", "Rule", "Article", "Finding", "What to do"),
                ((_code(f.clause), f.rule, f.article, f.message, f.fix) for f in rows),
            )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
    yield ""


def _code(key: str) -> str:
    return f"`{key}`"
