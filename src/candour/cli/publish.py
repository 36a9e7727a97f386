"""`candour policy publish`: put a policy in force on this clinic.

The running clinic reads its policy from its database and never from the file, so a
mistake in the file, a decision still open, or an error that the linter finds leaves the
last good policy in force.
"""

import argparse
import getpass
import sys

from candour.core import clock
from candour.policy.compile import Policy, compile_pack
from candour.policy.load import examine, not_yet
from candour.policy.problems import PolicyErrors


def arguments(command: argparse.ArgumentParser) -> None:
    """Add what `publish` takes to its command."""
    command.add_argument("name", metavar="NAME", help="a pack: a folder of policies/")
    command.add_argument(
        "--demo",
        action="store_true",
        help="publish for a demonstration, although things are undecided",
    )
    command.set_defaults(needs="django", role="runtime")


def run(args: argparse.Namespace) -> int:
    """Publish. Return 1 while a decision is open or the linter finds an error.

    Raises PolicyErrors for mistakes.
    """
    from candour.notices.actions import publish

    before = in_force()
    try:
        policy = compile_pack(args.name, args.root)
        later = not_yet(examine(policy.sources), clock.local_date(clock.now()))
        if later and not args.demo:
            raise PolicyErrors(later)
    except PolicyErrors:
        sys.stderr.write(f"Nothing was published. {_kept(before)}\n")
        raise
    if policy.open_decisions and not args.demo:
        sys.stderr.write("\n".join([*undecided(policy), _kept(before)]) + "\n")
        return 1
    wrong = [] if args.demo else errors(policy)
    if wrong:
        sys.stderr.write("\n".join([*wrong, _kept(before)]) + "\n")
        return 1
    published = publish(
        policy=policy, by=f"cli:{getpass.getuser()}", at=clock.now(), demo=args.demo
    )
    name = f"{published.name} {published.version}"
    if before is not None and before[0] == published.pk:
        print(f"{name} is in force already. Nothing changed.")
    else:
        print(f"{name} is in force" + (", for a demonstration." if args.demo else "."))
    return 0


def in_force() -> tuple[int, str] | None:
    """Return the number and name of the version in force, or None before the first."""
    from candour.core.errors import Unavailable
    from candour.notices import current, queries

    try:
        version = queries.version(current.current_id())
    except Unavailable:
        return None
    return version.id, f"{version.name} {version.version}"


def undecided(policy: Policy) -> list[str]:
    """Return what a person has to decide before this policy can be published."""
    count = len(policy.open_decisions)
    things = "1 decision is" if count == 1 else f"{count} decisions are"
    lines = [f"{policy.name} cannot be published: {things} still to be made.", ""]
    for decision in policy.open_decisions:
        lines += [f"  {decision.key}", f"    {decision.why}"]
        lines += [f"    Until then: {decision.meanwhile}"] if decision.meanwhile else []
    return [*lines, ""]


def errors(policy: Policy) -> list[str]:
    """Return what the linter finds that stops publishing: each with its way out."""
    from candour.policy.lint import Severity, lint

    found = [
        one
        for one in lint(policy, (), clock.local_date(clock.now()))
        if one.severity is Severity.ERROR
    ]
    if not found:
        return []
    things = "1 thing has" if len(found) == 1 else f"{len(found)} things have"
    lines = [f"{policy.name} cannot be published: {things} to be put right.", ""]
    for one in found:
        lines += [f"  {one.clause}", f"    {one.message} {one.fix}"]
    return [*lines, ""]


def _kept(before: tuple[int, str] | None) -> str:
    if before is None:
        return "No policy is in force yet."
    return f"{before[1]} stays in force."
