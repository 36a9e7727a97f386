"""`candour vectors FILE`: run worked cases through the law and print what differs."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from candour.law.vectors import UnreadableCase, compare


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command. It needs no clinic and no database."""
    command = commands.add_parser(
        "vectors",
        help="run a file of worked cases in law",
        description="Answer every case of FILE and print each answer that differs.",
    )
    command.add_argument(
        "file", type=Path, metavar="FILE", help="JSON list of id, area, given, expected"
    )
    command.add_argument(
        "--json", action="store_true", help="print id, expected and got of every case"
    )
    command.set_defaults(run=run, needs="nothing", role="runtime")


def run(args: argparse.Namespace) -> int:
    """Run the cases. Return 1 if any answer differs, 2 if the file cannot be read."""
    try:
        rows = _read(args.file)
    except (OSError, UnreadableCase) as error:
        sys.stderr.write(f"{args.file}: {error}\n")
        return 2
    results = [_answer(row) for row in rows]
    wrong = [result for result in results if not result.pop("same")]
    if args.json:
        json.dump(results, sys.stdout, indent=2, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        _show(wrong, total=len(results))
    return 1 if wrong else 0


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise UnreadableCase(f"not JSON: {error}") from None
    if not isinstance(rows, list):
        raise UnreadableCase("expected a list of cases")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or not isinstance(row.get("given"), dict):
            raise UnreadableCase(f"case {number} is not an object with `given`")
        if not isinstance(row.get("area"), str):
            raise UnreadableCase(f"case {number} has no `area`")
        if not isinstance(row.get("expected", {}), dict):
            raise UnreadableCase(f"case {number}: `expected` is not an object")
    return rows


def _answer(row: dict[str, Any]) -> dict[str, Any]:
    expected = row.get("expected", {})
    try:
        got, same = compare(row["area"], row["given"], expected)
    except UnreadableCase as error:
        got, same = {"error": str(error)}, False
    return {"id": row.get("id"), "expected": expected, "got": got, "same": same}


def _show(wrong: list[dict[str, Any]], *, total: int) -> None:
    for result in wrong:
        sys.stdout.write(f"{result['id']} differs\n")
        for word in ("expected", "got"):
            said = json.dumps(result[word], ensure_ascii=False)
            sys.stdout.write(f"  {word:<9}{said}\n")
    sys.stdout.write(f"{total - len(wrong)} of {total} cases as expected\n")
