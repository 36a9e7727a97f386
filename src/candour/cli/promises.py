"""`candour promises`: every promise of the packs, and how each stands.

Reads files alone: no clinic has to be running, nothing is changed.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from candour.core.errors import CandourError
from candour.policy.compile import compile_pack
from candour.policy.promises import (
    Promise,
    State,
    packs,
    promises_of,
    read_sheet,
    untested,
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    does = "say how each promise of a notice stands"
    command = commands.add_parser("promises", help=does, description=f"S{does[1:]}.")
    command.add_argument("--policy", metavar="NAME", help="one pack only")
    command.add_argument("--json", action="store_true", help="print a JSON list")
    command.add_argument(
        "--root", type=Path, metavar="DIR", help="the folder of the packs"
    )
    command.set_defaults(run=run, needs="nothing", role="runtime")


def run(args: argparse.Namespace) -> int:
    """Print the promises. A table that is badly written is told, and 2 returned."""
    try:
        found = _all([args.policy] if args.policy else packs(args.root), args.root)
    except CandourError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if args.json:
        json.dump([_row(one) for one in found], sys.stdout, indent=2)
        sys.stdout.write("\n")
    else:
        _table(found)
    return 0


def _all(names: Sequence[str], root: Path | None) -> list[Promise]:
    missing = untested()
    found: list[Promise] = []
    for name in names:
        policy = compile_pack(name, root)
        found += promises_of(policy, read_sheet(policy, root), missing)
    return found


def _row(promise: Promise) -> dict[str, str]:
    return {
        "id": promise.id,
        "clinic": promise.clinic,
        "clause": promise.clause,
        "control": promise.control,
        "state": promise.state.value,
        "why": promise.why,
    }


def _table(found: Sequence[Promise]) -> None:
    """Print a table a clinic, then how many stand how."""
    widths = [
        max((len(getattr(one, part)) for one in found), default=0)
        for part in ("id", "state", "clause", "control")
    ]
    clinic = ""
    for one in found:
        if one.clinic != clinic:
            clinic = one.clinic
            mine = [other for other in found if other.clinic == clinic]
            sys.stdout.write(f"\n{clinic}: {_counts(mine)}\n\n")
        cells = (one.id, one.state, one.clause, one.control)
        line = "  ".join(
            f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)
        )
        sys.stdout.write(f"{line}  {one.why}\n")
    sys.stdout.write(f"\nAll: {_counts(found)}\n")


def _counts(found: Sequence[Promise]) -> str:
    states = Counter(one.state for one in found)
    told = ", ".join(f"{states[state]} {state}" for state in State)
    return f"{len(found)} promises: {told}"
