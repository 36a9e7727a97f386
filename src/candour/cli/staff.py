"""`candour staff …`: who may sign in at the desk, and in which roles."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from candour.core import clock
from candour.core.errors import Conflict, NotFound
from candour.policy.vocabulary import Role

if TYPE_CHECKING:
    from candour.accounts.models import Staff

NOT_STAFF = {Role.PERSON, Role.VISITOR, Role.SYSTEM}
ROLES = [role.value for role in Role if role not in NOT_STAFF]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and what it can do."""
    staff = commands.add_parser("staff", help="say who may sign in at the desk")
    inside = staff.add_subparsers(required=True, metavar="WHAT")
    added = _command(inside, "add", run_add, "add a member of staff; print their link")
    added.add_argument("--name", required=True)
    added.add_argument(
        "--role",
        dest="roles",  # `role` is the database's, set for every command
        action="append",
        required=True,
        choices=ROLES,
        help="may be repeated",
    )
    _command(inside, "link", run_link, "print a new link to choose a password")
    _command(inside, "close", run_close, "close the account of somebody who left")
    listed = inside.add_parser("list", help="print who may sign in, and as what")
    listed.set_defaults(run=run_list, needs="django", role="runtime")


def _command(
    inside: Any, word: str, run: Callable[[argparse.Namespace], int], does: str
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = inside.add_parser(word, help=does)
    command.add_argument("email", metavar="EMAIL")
    command.set_defaults(run=run, needs="django", role="runtime")
    return command


def run_add(args: argparse.Namespace) -> int:
    """Add a member of staff. They choose a password, and then a second step."""
    from candour.accounts import actions, queries
    from candour.people.normal import email_key

    email = email_key(args.email)
    if queries.staff_by_email(email) is not None:
        raise Conflict(f"{email} has an account already. See `candour staff link`.")
    staff = actions.add_staff(
        email=email, name=args.name, roles=args.roles, at=clock.now()
    )
    print(f"{args.name} may sign in as {', '.join(args.roles)}.")
    return _print_link(staff)


def run_link(args: argparse.Namespace) -> int:
    """Print a link with which a member of staff chooses a new password."""
    return _print_link(_staff(args.email))


def run_close(args: argparse.Namespace) -> int:
    """Close an account: it is signed out everywhere at once, and holds no role."""
    from candour.accounts import actions

    actions.leave(staff=_staff(args.email), at=clock.now())
    print(f"{args.email} can no longer sign in.")
    return 0


def run_list(args: argparse.Namespace) -> int:
    """Print every account that can sign in."""
    from candour.accounts import queries

    now = clock.now()
    for staff in queries.working():
        roles = ", ".join(queries.roles_at(staff, at=now)) or "no role"
        print(f"{staff.user.email:<32} {staff.name:<24} {roles}")
    return 0


def _staff(email: str) -> "Staff":
    from candour.accounts import queries

    found = queries.staff_by_email(email)
    if found is None:
        raise NotFound(f"Nobody signs in as {email}.")
    return found


def _print_link(staff: "Staff") -> int:
    """Print a link that works once, for three days. It is as good as a password."""
    from django.conf import settings

    from candour.web import passwords

    days = settings.PASSWORD_RESET_TIMEOUT // 86400
    print(f"Give them this link. It works once, for {days} days:")
    print(f"  {passwords.link(staff.user)}")
    return 0
