"""`candour trail …`: check that the trail is whole, seal it, and read from it."""

import argparse
import sys
from datetime import datetime
from typing import Any
from uuid import UUID

from candour.core import clock
from candour.core.actor import system
from candour.core.errors import Invalid

NEWEST = (
    "SELECT at, actor, role, verb, purpose, outcome, clause, cardinality(people)"
    " FROM trail_event ORDER BY id DESC LIMIT %s"
)
OF_PERSON = (
    "SELECT at, actor, role, verb, purpose, outcome, clause, alone"
    " FROM trail_of_person(%s)"
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and what it can do."""
    trail = commands.add_parser("trail", help="check, seal and read the trail")
    inside = trail.add_subparsers(required=True, metavar="WHAT")
    # Only the owner of the database may read the trail.
    verify = inside.add_parser("verify", help="check every row of every batch")
    verify.set_defaults(run=run_verify, needs="django", role="owner")
    seal = inside.add_parser("seal", help="seal what is new, without waiting")
    seal.set_defaults(run=run_seal, needs="django", role="runtime")
    show = inside.add_parser("show", help="print the newest acts, or those of a person")
    show.add_argument("--person", metavar="REF", help="every act about this person")
    show.add_argument("--limit", type=int, default=20, metavar="N")
    show.set_defaults(run=run_show, needs="django", role="owner")


def run_verify(args: argparse.Namespace) -> int:
    """Check the whole trail. Return 1 when anything is not as it was sealed."""
    from django.db import connection

    from candour.trail.verify import verify

    connection.ensure_connection()
    report = verify(connection.connection)
    sealed = _count(report.rows - report.unsealed, "row is", "rows are")
    waiting = _count(report.unsealed, "row waits", "rows wait")
    batches = _count(report.batches, "batch", "batches")
    print(f"{sealed} sealed in {batches}; {waiting} to be sealed.")
    for problem in report.problems:
        print(f"  {problem}")
    if report.problems:
        found = _count(len(report.problems), "problem", "problems")
        print(f"The trail is not whole: {found}.")
        return 1
    print("The trail is whole: every row is as it was sealed, and none is missing.")
    return 0


def run_seal(args: argparse.Namespace) -> int:
    """Seal what finished since the last batch."""
    from candour.trail.seal import seal

    batch = seal(at=clock.now())
    if batch is None:
        print("There is nothing new to seal.")
    else:
        acts = _count(batch.events, "act", "acts")
        changes = _count(batch.changes, "change", "changes")
        print(f"Batch {batch.id} holds {acts} and {changes}.")
    return 0


def run_show(args: argparse.Namespace) -> int:
    """Print acts, newest last. What is printed of a person is itself on the trail."""
    rows = _of_person(args.person) if args.person else _newest(args.limit)
    for at, actor, role, verb, purpose, outcome, clause, whom in rows:
        print(
            f"{_moment(at)}  {outcome:<6}  {verb:<28}  {actor} as {role or 'no role'}"
            f"  for {purpose}  by {clause}  {whom}"
        )
    if not rows:
        print("There is nothing on the trail.", file=sys.stderr)
    return 0


def _newest(limit: int) -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [max(1, limit)])
        rows = cursor.fetchall()
    return [(*row[:-1], _count(row[-1], "person", "people")) for row in reversed(rows)]


def _of_person(ref: str) -> list[Any]:
    from django.db import connection

    from candour import gate

    person = gate.person_of(_ref(ref))
    with (
        gate.open(
            by=system("trail-show"),
            purpose="audit",
            people=[person],
            verb="cli:trail:show",
            at=clock.now(),
        ),
        connection.cursor() as cursor,
    ):
        cursor.execute(OF_PERSON, [person])
        rows = cursor.fetchall()
    return [(*row[:-1], "this person" if row[-1] else "among others") for row in rows]


def _ref(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(f"{text!r} is not the ref of a person.") from None


def _moment(at: datetime) -> str:
    return f"{at.astimezone(clock.LONDON):%Y-%m-%d %H:%M:%S}"


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
