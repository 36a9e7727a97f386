"""`candour mail status`: how messages leave, and what waits."""

import argparse

QUEUE = "SELECT state, count(*), min(send_after) FROM outbox_message GROUP BY state"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    mail = commands.add_parser("mail", help="see how messages leave, and what waits")
    inside = mail.add_subparsers(required=True, metavar="WHAT")
    status = inside.add_parser("status", help="count messages by state")
    # Counting everybody's messages is maintenance: no message is opened.
    status.set_defaults(run=run, needs="django", role="owner")


def run(args: argparse.Namespace) -> int:
    """Print where mail goes and how many messages are in which state."""
    from django.conf import settings
    from django.db import connection

    mail = settings.MAIL
    if mail.host:
        print(f"Mail leaves by {mail.host}:{mail.port}, from {mail.sender}.")
    elif _is_demonstration():
        print(f"Mail goes to the demonstration's mailbox, {settings.MAILBOX_DIR}.")
    else:
        print("No mail server is set: messages wait. Set SMTP_HOST.")
    with connection.cursor() as cursor:
        cursor.execute(QUEUE)
        rows = cursor.fetchall()
    for state, count, oldest in sorted(rows):
        since = f", the oldest due {oldest:%Y-%m-%d %H:%M}" if state == "queued" else ""
        print(f"  {state:<8} {count}{since}")
    if not rows:
        print("  No message was ever queued.")
    return 0


def _is_demonstration() -> bool:
    """Say whether mail stays in the mailbox; a real clinic's waits for a server."""
    from candour.notices import queries

    return any(version.demo for version in queries.versions()[:1])
