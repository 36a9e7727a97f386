"""`candour policy …`: check, show, explain, lint and print a policy.

All but `publish` read files alone: no clinic has to be running, nothing is changed.
"""

import argparse
import dataclasses
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from candour.cli import diff, lint, new, publish, render
from candour.cli.explain import told
from candour.core.clock import local_date, now
from candour.core.errors import CandourError
from candour.policy import schema as schemas
from candour.policy.compile import Policy, compile_sources
from candour.policy.compiled.origins import said
from candour.policy.compiled.rules import Fact
from candour.policy.load import (
    Parsed,
    Sources,
    default_root,
    examine,
    names,
    not_yet,
    read_file,
    read_pack,
)
from candour.policy.problems import Place, PolicyErrors, Problem
from candour.policy.terms import Facts, Reach, Source


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and what it can do."""
    policy = commands.add_parser("policy", help="check, show and explain policies")
    inside = policy.add_subparsers(dest="what", required=True, metavar="WHAT")
    check = _command(inside, "check", _check, "say whether policies are well written")
    check.add_argument("names", nargs="*", metavar="NAME", help="a pack, or a file")
    show = _command(inside, "show", _show, "print values with where they come from")
    show.add_argument("name", metavar="NAME", help="a pack, or a file")
    show.add_argument("key", nargs="?", default="", metavar="KEY")
    show.add_argument("--json", action="store_true", help="print a JSON list")
    _explain_arguments(
        _command(inside, "explain", _explain, "say whether somebody may do something")
    )
    render.arguments(
        _command(inside, "render", _render, "print the notice, or another paper of it")
    )
    looks = _command(inside, "lint", _lint, "look for what the law asks and lacks")
    lint.arguments(looks)
    diff.arguments(
        _command(inside, "diff", _diff, "say what changes for a person between two")
    )
    new.arguments(
        _command(inside, "new", new.run, "write a first policy from a few questions")
    )
    _command(inside, "schema", _schema, "print the JSON Schema of a policy file")
    publish.arguments(
        _command(inside, "publish", publish.run, "put a policy in force on this clinic")
    )


def _command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], does: str
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=does, description=f"{does[0].upper()}{does[1:]}."
    )
    command.add_argument(
        "--root", type=Path, metavar="DIR", help="the folder of the packs"
    )
    command.set_defaults(run=_careful(run), needs="nothing", role="runtime")
    return command


def _explain_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME", help="a pack, or a file")
    command.add_argument(
        "question",
        nargs="+",
        metavar="QUESTION",
        help='ROLE PURPOSE, or words: see "candour explain --help"',
    )
    command.add_argument("--reach", choices=[r.value for r in Reach], default="one")
    command.add_argument(
        "--permission",
        action="append",
        default=[],
        metavar="PURPOSE:CHANNEL",
        help="the person agreed to this (may be repeated)",
    )
    command.add_argument(
        "--relation", action="append", default=[], help="patient, enquirer…"
    )
    command.add_argument(
        "--holds", action="append", default=[], metavar="WORD", help="a condition is so"
    )
    command.add_argument("--objected", action="append", default=[], metavar="PURPOSE")
    for fact in ("restricted", "died", "locked"):
        command.add_argument(f"--{fact}", action="store_true")


def _careful(
    run: Callable[[argparse.Namespace], int],
) -> Callable[[argparse.Namespace], int]:
    """Print a mistake in a policy as lines, and return 2. The rest is for the edge."""

    def careful(args: argparse.Namespace) -> int:
        try:
            return run(args)
        except PolicyErrors as error:
            _complain(error, args.root)
        except CandourError as error:
            sys.stderr.write(f"{error}\n")
        return 2

    return careful


def _complain(error: PolicyErrors, root: Path | None) -> None:
    for problem in error.problems:
        shown = dataclasses.replace(problem, file=_path(problem.file, root))
        sys.stderr.write(f"{shown}\n")


def _path(file: str, root: Path | None) -> str:
    """Return a file's name as one would open it from here."""
    path = (root or default_root()) / file
    if not os.path.isfile(path):  # false, too, for a name no system would take
        return file
    near = os.path.relpath(path)
    return str(path) if near.startswith("..") else near


def _sources(name: str, root: Path | None) -> Sources:
    is_file = name.endswith((".yaml", ".yml")) or os.sep in name
    return read_file(Path(name), root) if is_file else read_pack(name, root)


def _policy(args: argparse.Namespace) -> Policy:
    return compile_sources(_sources(args.name, args.root))


def _check(args: argparse.Namespace) -> int:
    wrong = 0
    slugs: dict[str, Place] = {}
    for name in args.names or names(args.root):
        try:
            parsed = examine(_sources(name, args.root))
            _only_one(parsed, slugs)
            _in_force(parsed)
        except PolicyErrors as error:
            wrong += 1
            _complain(error, args.root)
            count = len(error.problems)
            sys.stdout.write(f"{name}: {_count(count, 'mistake')}\n")
        else:
            sys.stdout.write(f"{name}: {_summary(parsed)}\n")
    return 1 if wrong else 0


def _only_one(parsed: Parsed, slugs: dict[str, Place]) -> None:
    """Refuse a second policy of the same name, naming both places."""
    node, slug = parsed.root.child("policy"), parsed.document.policy
    place = node.place if node is not None else Place(parsed.head)
    first = slugs.setdefault(slug, place)
    if first.file != place.file:
        say = f"'{slug}' is already the name of the policy at {first}"
        raise PolicyErrors([Problem.at(place, "policy", say, "Give it another name.")])


def _in_force(parsed: Parsed) -> None:
    """Refuse a policy that begins on a later day."""
    later = not_yet(parsed, local_date(now()))
    if later:
        raise PolicyErrors(later)


def _summary(parsed: Parsed) -> str:
    parts = ["well written"]
    if parsed.undecided:
        parts.append(f"{len(parsed.undecided)} still to decide before it is published")
    if parsed.document.departures:
        parts.append(_count(len(parsed.document.departures), "departure"))
    return ", ".join(parts)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' * (number != 1)}"


def _show(args: argparse.Namespace) -> int:
    found = _policy(args).under(args.key)
    if not found:
        sys.stderr.write(f"There is no '{args.key}' in {args.name}.\n")
        return 1
    if args.json:
        json.dump([_row(fact, args.root) for fact in found], sys.stdout, indent=2)
        sys.stdout.write("\n")
        return 0
    width = max(len(fact.key) for fact in found)
    for fact in found:
        row = _row(fact, args.root)
        why = f" (to decide: {fact.why})" if fact.why else ""
        value = said(fact.value) or "nothing"
        sys.stdout.write(
            f"{fact.key:<{width}}  {value}  [{row['source']}, {row['place']}]{why}\n"
        )
    return 0


def _row(fact: Fact, root: Path | None) -> dict[str, Any]:
    place = fact.place
    if fact.source is not Source.LAW:
        file, line, column = fact.place.rsplit(":", 2)
        place = f"{_path(file, root)}:{line}:{column}"
    value = fact.value
    if value is not None and not isinstance(value, str | int | bool | tuple):
        value = said(value)
    row = {"key": fact.key, "value": value, "source": fact.source.value, "place": place}
    return row | ({"decide": fact.why} if fact.why else {})


def _explain(args: argparse.Namespace) -> int:
    said, status = told(_policy(args), args.question, args.reach, _facts(args))
    sys.stdout.write(f"{said}\n")
    return status


def _facts(args: argparse.Namespace) -> Facts | None:
    """Return what the command line says of the person, or None for nobody."""
    permissions = []
    for text in args.permission:
        purpose, _, channel = text.partition(":")
        permissions.append((purpose, channel or "email"))
    facts = Facts(
        restricted=args.restricted,
        died=args.died,
        locked=args.locked,
        relation=frozenset(args.relation),
        permissions=frozenset(permissions),
        objections=frozenset(args.objected),
        holds=frozenset(args.holds),
    )
    return None if facts == Facts() else facts


def _render(args: argparse.Namespace) -> int:
    return render.run(args, _policy(args))


def _lint(args: argparse.Namespace) -> int:
    return lint.run(args, _policy(args), lambda file: _path(file, args.root))


def _diff(args: argparse.Namespace) -> int:
    was, will = (
        compile_sources(_sources(name, args.root)) for name in (args.old, args.new)
    )
    return diff.run(args, was, will)


def _schema(args: argparse.Namespace) -> int:
    sys.stdout.write(schemas.written())
    return 0
