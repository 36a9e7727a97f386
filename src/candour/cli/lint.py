"""`candour policy lint`: what the law asks of a policy and does not find there."""

import argparse
import dataclasses
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from candour.core.clock import local_date, now
from candour.policy.compile import Policy
from candour.policy.lint import Baseline, Finding, Severity, baseline, lint
from candour.policy.lint.places import Places, places
from candour.policy.lint.report import counted, line, markdown
from candour.policy.lint.sarif import log
from candour.policy.load import examine, names, read_pack

BASELINES: Final = ("baseline-law", "baseline-nhs-code")
FORMATS: Final = ("text", "json", "sarif", "markdown")

Shown = Callable[[str], str]


def arguments(command: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    command.add_argument("name", metavar="NAME", help="a pack, or a file")
    command.add_argument("--format", choices=FORMATS, default="text")
    command.add_argument(
        "--on",
        type=date.fromisoformat,
        metavar="DATE",
        help="as it will be on that day (2026-12-31) instead of today",
    )


def run(args: argparse.Namespace, policy: Policy, shown: Shown) -> int:
    """Print what is found, and return 1 where something stops publishing.

    `shown` turns the name of a source's file into its path from here.
    """
    on = args.on or local_date(now())
    findings = lint(policy, baselines(args.root), on)
    where = places(policy)
    if args.format == "json":
        _print([_row(finding, where, shown) for finding in findings])
    elif args.format == "sarif":
        _print(log(findings, where, lambda file: _uri(shown(file))))
    elif args.format == "markdown":
        sys.stdout.write(markdown(policy, findings))
    else:
        for finding in findings:
            sys.stdout.write(f"{line(finding)}\n")
        sys.stdout.write(f"{args.name}: {counted(findings)}\n")
    return 1 if any(one.severity is Severity.ERROR for one in findings) else 0


def baselines(root: Path | None) -> tuple[Baseline, ...]:
    """Return the yardsticks among the packs."""
    there = names(root)
    return tuple(
        baseline(examine(read_pack(name, root))) for name in BASELINES if name in there
    )


def _row(finding: Finding, where: Places, shown: Shown) -> dict[str, Any]:
    place = where.of(finding.clause)
    at = f"{shown(place.file)}:{place.line}:{place.column}"
    return dataclasses.asdict(finding) | {"place": at}


def _uri(path: str) -> str:
    """Return a path as SARIF wants it: relative to where one is, or a file address."""
    if Path(path).is_absolute():
        return Path(path).as_uri()
    return quote(Path(path).as_posix())


def _print(value: Any) -> None:
    json.dump(value, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")
