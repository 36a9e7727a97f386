"""`candour demo …`: furnish an invented clinic, and the digits to sign in to it.

Nothing here is for real patients. The password is random for each installation and kept
in the data folder, where only the account that runs Candour can read it.
"""

import argparse
import json
import secrets
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from candour.cli import demo_people, furnish, furnish_diary, furnish_records
from candour.core import clock
from candour.core.actor import system
from candour.core.errors import Misconfigured, NotFound

if TYPE_CHECKING:
    from candour.policy.compile import Policy

DOMAIN = "demo.example"
STAFF = {
    "reception": "Noor Haddad",
    "practitioner": "Ines Falk",
    "prescriber": "Hedda Quarrington",
    "manager": "Tomas Brandt",
    "marketing": "Max Ferro",
    "finance": "Wilhelmina Crane",
    "data-protection-lead": "Abel Lindqvist",
}
SOURCE = "website-form"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and what it can do."""
    demo = commands.add_parser("demo", help="an invented clinic to try things in")
    inside = demo.add_subparsers(required=True, metavar="WHAT")
    setup = inside.add_parser("setup", help="furnish it; print the sign-ins")
    setup.add_argument("--policy", metavar="NAME", default="model")
    setup.set_defaults(run=run_setup, needs="django", role="runtime")
    code = inside.add_parser("code", help="print the six digits of this half minute")
    code.add_argument("who", choices=list(STAFF), metavar="ROLE")
    code.set_defaults(run=run_code, needs="django", role="runtime")
    demo_people.add(inside)


def run_setup(args: argparse.Namespace) -> int:
    """Furnish the demonstration and print how to sign in."""
    for line in prepare(policy=args.policy):
        print(line)
    return 0


def run_code(args: argparse.Namespace) -> int:
    """Print what the authenticator app of a role would show now."""
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    kept = read(path_of())
    if args.who not in kept.get("totp", {}):
        raise NotFound("There is no demonstration here. Start one with `./run`.")
    *_, counter = yield_hotp_counters_from_time()
    print(format_hotp_value(hotp_value(kept["totp"][args.who], counter)))
    return 0


def prepare(*, policy: str) -> list[str]:
    """Furnish the demonstration of a pack; return what a newcomer wants to know.

    Done again it changes only what differs: another policy takes the last one's place,
    the staff and the questions stay. Raises Misconfigured where a real clinic is.
    """
    from candour.catalogue.actions import replace_menu, replace_window
    from candour.notices.actions import publish
    from candour.policy.compile import compile_pack

    _refuse_a_real_clinic()
    now, path = clock.now(), path_of()
    kept = read(path)
    compiled = compile_pack(policy)
    write(path, kept)  # from here on this folder is known to hold a demonstration
    if not _in_force(compiled):
        publish(policy=compiled, by="system:demo", at=now, demo=True)
    if kept.get("window") != policy:
        replace_menu(furnish.menu(policy))
        replace_window(**furnish.window(policy))
    if kept.get("forms") != compiled.hash:
        _forms(compiled, now)
    kept = _staff(kept, path, now)
    furnish_diary.furnish(
        policy=compiled,
        practitioner=address("practitioner"),
    )
    furnish_records.furnish(
        prescriber=address("prescriber"), practitioner=address("practitioner"), at=now
    )
    if not kept.get("questions"):
        _ask(compiled, now)
    write(path, {**kept, "window": policy, "questions": True, "forms": compiled.hash})
    return _told(compiled, kept)


def _refuse_a_real_clinic() -> None:
    from candour.notices import queries

    if queries.versions() and not path_of().exists():
        raise Misconfigured(
            "A real clinic is kept in this folder: open it with --no-demo, or give "
            "another --data for a demonstration."
        )


def _in_force(policy: "Policy") -> bool:
    """Say whether these texts are in force, published for a demonstration or not."""
    from candour.notices import queries

    return [version.hash for version in queries.versions()[:1]] == [policy.hash]


def path_of() -> Path:
    """Return where a demonstration keeps its sign-ins; no real clinic has one."""
    from django.conf import settings

    return Path(settings.DATA_DIR) / "demo.json"


def read(path: Path) -> dict[str, Any]:
    """Return what was kept of the demonstration, or nothing before the first time."""
    if not path.exists():
        return {}
    kept: dict[str, Any] = json.loads(path.read_text())
    return kept


def write(path: Path, kept: dict[str, Any]) -> None:
    """Keep the demonstration's password and secrets, for this account's eyes only."""
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(kept, indent=2))
    fresh.replace(path)


def _staff(kept: dict[str, Any], path: Path, now: datetime) -> dict[str, Any]:
    """Make the staff that are missing; what signs them in is kept before they can."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from candour.accounts import actions, queries

    secret = {role: generate_totp_secret() for role in STAFF} | kept.get("totp", {})
    password = kept.get("password") or _password()
    kept = {**kept, "password": password, "totp": secret}
    write(path, kept)
    present = {staff.user.email for staff in queries.working()}
    for role, name in STAFF.items():
        if address(role) not in present:
            staff = actions.add_staff(
                email=address(role), name=name, roles=[role], at=now, password=password
            )
            TOTP.activate(staff.user, secret[role])
    return kept


def _password() -> str:
    """Return twelve letters and digits in threes of four, none alike on paper."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    groups = ("".join(secrets.choice(letters) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def address(role: str) -> str:
    """Return the sign-in address of a role's member of staff."""
    return f"{role}@{DOMAIN}"


def _ask(policy: "Policy", now: datetime) -> None:
    services = [service["code"] for service in furnish.menu(policy.name)]
    for question in reversed(furnish.QUESTIONS):
        _ask_one(policy, question, services, now)


def _ask_one(
    policy: "Policy", asked: furnish.Question, services: list[str], now: datetime
) -> None:
    """Take one invented enquiry by the actions that real ones are taken by.

    The trail says truly that the system wrote it, and when; only the enquiry says that
    it came earlier.
    """
    from candour import gate
    from candour.enquiries import actions as enquiries
    from candour.notices import actions as notices
    from candour.people import actions as people

    brand, came = policy.brands[0].slug, now - asked.ago
    contacts = [("email", asked.email), ("phone", asked.phone)]
    person = people.allocate()
    with gate.open(
        by=system("demo"),
        purpose="enquiry",
        people=[person],
        verb="cli:demo:ask",
        at=now,
    ) as permit:
        people.add_person(
            permit=permit,
            person_id=person,
            name=asked.name,
            contacts=[contact for contact in contacts if contact[1]],
            relation="enquirer",
            source=SOURCE,
            brand=brand,
            at=came,
        )
        enquiries.receive(
            permit=permit,
            person_id=person,
            token=uuid4(),
            topics=[services[asked.topic % len(services)]] if services else [],
            message=asked.text,
            reply_by=[way for way in asked.reply_by if way in policy.reply_channels],
            source=SOURCE,
            brand=brand,
            at=came,
        )
        notices.shown(
            permit=permit, person_id=person, layer="form", place="enquiry", at=came
        )


def _forms(policy: "Policy", now: datetime) -> None:
    """Put the first forms of the clinic in use, as its policy lets them be asked."""
    from candour import gate
    from candour.questionnaires import building, shelf

    by = system("demo")
    with gate.open(by=by, purpose="care", verb="cli:demo:forms", at=now) as permit:
        for name in shelf.names():
            building.replace(
                permit=permit, key=name, form=shelf.fitted(name, policy), by=by, at=now
            )


def _told(policy: "Policy", kept: dict[str, Any]) -> list[str]:
    lines = [
        f"A demonstration of {policy.clinic}: staff, questions and prices are made up.",
        f"Sign in at the desk with any of these, and the password {kept['password']}",
    ]
    lines += [f"  {address(role):<38} {name}" for role, name in STAFF.items()]
    return [*lines, "Then six digits: ./candour demo code ROLE, such as reception."]
