"""`candour maintain`: write tables anew, so that what was erased is gone from the disk.

To be run once a week, in the quiet hours: each table is locked while it is written.
"""

import argparse

from candour.core import clock


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    maintain = commands.add_parser(
        "maintain", help="rewrite tables, so that erased data leaves the disk (weekly)"
    )
    maintain.set_defaults(run=run, needs="django", role="owner")


def run(args: argparse.Namespace) -> int:
    """Rewrite what may hold personal data; end with 1 when something was left."""
    from django.db import connection

    from candour.disposal.rewrite import rewrite

    connection.ensure_connection()
    report = rewrite(connection.connection, at=clock.now())
    for one in report.done:
        print(f"{one.table}: rewritten, {_kb(one.before)} before, {_kb(one.after)} now")
    for table, why in report.left.items():
        print(f"{table}: left for next time, {why}")
    if report.checkpointed:
        print("Flushed: the old pages are off the disk.")
    else:
        print("The server removes the old pages at its next checkpoint, in minutes.")
    print("The write-ahead log and backups follow within 35 days.")
    return 1 if report.left else 0


def _kb(size: int) -> str:
    return f"{-(-size // 1024)} KB"
