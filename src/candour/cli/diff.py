"""`candour policy diff`: what changes for a person, and whether they must be told."""

import argparse
import dataclasses
import json
import sys

from candour.policy.changes import Weight, between, must_tell
from candour.policy.compile import Policy

_SIGNS = {Weight.MORE: "!", Weight.LESS: " ", Weight.SAME: " "}
LAW = "UK GDPR Articles 5(1)(a), 13(3) and 14(4)"


def arguments(command: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    command.add_argument("old", metavar="A", help="the policy as it is: a pack or file")
    command.add_argument("new", metavar="B", help="the policy as it will be")
    command.add_argument("--json", action="store_true", help="print a JSON object")


def run(args: argparse.Namespace, old: Policy, new: Policy) -> int:
    """Print the changes; return 1 where people have to be told of one, else 0."""
    changes = between(old, new)
    told = must_tell(changes)
    if args.json:
        rows = [dataclasses.asdict(change) for change in changes]
        told_of = {"changes": rows, "tell": bool(told), "article": LAW}
        json.dump(told_of, sys.stdout, indent=2, ensure_ascii=False)
        sys.stdout.write("\n")
        return 1 if told else 0
    for change in changes:
        sys.stdout.write(f"{_SIGNS[change.weight]} {change.sentence} [{change.key}]\n")
    if not changes:
        sys.stdout.write("Nothing changes for anybody.\n")
    elif told:
        count = f"{len(told)} of {len(changes)} changes, marked '!'"
        sys.stdout.write(f"People must be told of {count} ({LAW}).\n")
    else:
        sys.stdout.write("Nobody has to be told: publishing the notice is enough.\n")
    return 1 if told else 0
