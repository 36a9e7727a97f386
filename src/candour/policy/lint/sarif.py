"""Write findings as SARIF 2.1.0, the form that code hosts and editors read.

OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, 2020.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from candour.policy.lint.departures import RULES as OF_DEPARTURES
from candour.policy.lint.places import Places
from candour.policy.lint.rules import RULES
from candour.policy.lint.terms import Finding, Rule

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
VERSION: Final = "2.1.0"


def log(
    findings: Iterable[Finding], where: Places, uri: Callable[[str], str]
) -> dict[str, Any]:
    """Return the log of one run. `uri` turns a source's file name into an address."""
    rules = (*RULES, *OF_DEPARTURES)
    return {
        "$schema": SCHEMA,
        "version": VERSION,
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Candour",
                        "fullName": "Candour policy linter",
                        "rules": [_rule(rule) for rule in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(one, rules, where, uri) for one in findings],
            }
        ],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": rule.says},
        "defaultConfiguration": {"level": rule.severity.value},
    }
    if rule.article:
        described["properties"] = {"article": rule.article}
    return described


def _result(
    finding: Finding,
    rules: Sequence[Rule],
    where: Places,
    uri: Callable[[str], str],
) -> dict[str, Any]:
    place = where.of(finding.clause)
    ids = [rule.id for rule in rules]
    kept = {
        "clause": finding.clause,
        "article": finding.article,
        "fix": finding.fix,
        "says": finding.says,
    }
    return {
        "ruleId": finding.rule,
        "ruleIndex": ids.index(finding.rule),
        "level": finding.severity.value,
        "message": {"text": f"{finding.message} {finding.fix}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri(place.file)},
                    "region": {"startLine": place.line, "startColumn": place.column},
                },
                "logicalLocations": [{"fullyQualifiedName": finding.clause}],
            }
        ],
        "partialFingerprints": {"candourFinding/v1": _fingerprint(finding)},
        "properties": {key: value for key, value in kept.items() if value},
    }


def _fingerprint(finding: Finding) -> str:
    """Return what stays the same when lines move: rule, clause, and the words."""
    said = "\n".join((finding.rule, finding.clause, finding.says, finding.message))
    return hashlib.sha256(said.encode()).hexdigest()
