"""The patient file as tests write it, through the real actions."""

from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID, uuid4

from candour import gate
from candour.core.actor import Actor, staff
from candour.core.ids import new_ref
from candour.records.actions import alerts, notes
from candour.register.permit import Permit
from tests.factories import NOON

DOCTOR = staff(new_ref(), "prescriber")
NURSE = staff(new_ref(), "practitioner")
DETAIL = "Lips swelled in 2019, Zephyrine says."
NOTE = "Glabella 20 units.\n\nAsked for less than last time. Zephyrine 🌿 مرحبا"


def care(
    person: int, *, by: Actor = DOCTOR, purpose: str = "care", verb: str = "t:t:t"
) -> AbstractContextManager[Permit]:
    """Open a unit of work about one person's file."""
    return gate.open(by=by, purpose=purpose, people=[person], verb=verb, at=NOON)


def raise_alert(person: int, **changes: Any) -> UUID:
    """Put an alert on a file; return its ref."""
    given: dict[str, Any] = {
        "kind": "allergy",
        "code": "Lidocaine",
        "weight": "danger",
        "detail": DETAIL,
        "token": uuid4(),
        "source": "consultation",
        "by": DOCTOR,
        "at": NOON,
        **changes,
    }
    with care(person, by=given["by"]) as permit:
        return alerts.raise_alert(permit=permit, person_id=person, **given)


def write_note(person: int, **changes: Any) -> UUID:
    """Write a note; return its ref."""
    given: dict[str, Any] = {
        "kind": "treatment",
        "mode": "in-person",
        "body": NOTE,
        "token": uuid4(),
        "source": "consultation",
        "by": DOCTOR,
        "at": NOON,
        **changes,
    }
    with care(person, by=given["by"]) as permit:
        return notes.write(permit=permit, person_id=person, **given)


def amend(person: int, ref: UUID, **changes: Any) -> int:
    """Add a version to a note; return its number."""
    given: dict[str, Any] = {
        "seen": 1,
        "body": NOTE.replace("20 units", "22 units"),
        "why": "A slip of the pen.",
        "by": DOCTOR,
        "at": NOON,
        **changes,
    }
    with care(person, by=given["by"]) as permit:
        return notes.amend(permit=permit, person_id=person, ref=ref, **given)


def keep_draft(person: int, **changes: Any) -> UUID:
    """Begin a note and leave it; return the token of its form."""
    given: dict[str, Any] = {
        "token": uuid4(),
        "body": "Only begun",
        "by": DOCTOR,
        "at": NOON,
        **changes,
    }
    with care(person, by=given["by"]) as permit:
        notes.keep_draft(permit=permit, person_id=person, **given)
    return UUID(str(given["token"]))
