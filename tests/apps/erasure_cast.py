"""What tests of erasing do again and again: a full life, a yes, the end of it."""

from typing import Any

import psycopg

from candour import gate
from candour.consent import actions as consent
from candour.core.actor import VISITOR, staff, system
from candour.core.ids import new_ref
from candour.disposal import certify, erase, queries
from candour.enquiries import actions as enquiries
from candour.outbox.models import Attempt, Message
from candour.rights import erasure
from candour.rights.actions import Asked
from tests.apps import diary_cast, files_office
from tests.apps.file_cast import fill
from tests.apps.rights_cast import LATER, plan_of, prove, themselves, work
from tests.factories import NOON, make_enquiry

Owner = psycopg.Connection[Any]
RECEPTION = staff(new_ref(), "reception")


def full_life() -> int:
    """Make somebody with rows in every table there is; return their id."""
    enquiry = make_enquiry()
    person = enquiry.person_id
    with gate.open(
        by=RECEPTION, purpose="enquiry", people=[person], verb="t:t:t", at=NOON
    ) as permit:
        enquiries.reply(
            permit=permit,
            ref=enquiry.ref,
            subject="Our answer",
            body="Dear Zephyrine, yes we do.",
            by=RECEPTION,
            at=NOON,
        )
        message = Message.objects.get(origin_ref=enquiry.ref)
        Attempt.objects.create(
            message=message, person_id=person, at=NOON, outcome="unreachable"
        )
    with gate.open(
        by=system("test"), purpose="enquiry", people=[person], verb="t:t:t", at=NOON
    ) as permit:
        for given in (consent.give, consent.withdraw):
            words = {"wording": "Write to me."} if given is consent.give else {}
            given(
                permit=permit,
                person_id=person,
                purpose="offers",
                channel="email",
                how="form",
                by=VISITOR,
                at=NOON,
                **words,  # type: ignore[arg-type]
            )
    diary_cast.live(person)
    fill(person)
    files_office.prove(person)
    return person


def asked_to_erase(owner: Owner) -> Asked:
    """Ask to be erased and prove the address; return the request."""
    return prove(owner, "erasure")


def confirm(asked: Asked, seen: str | None = None, *, at: Any = LATER) -> None:
    """Say yes to the plan that was seen, by default to the one of today."""
    seen = seen or plan_of(asked, at=at).fingerprint
    erasure.confirm(ref=asked.ref, seen=seen, by=themselves(asked), at=at)


def not_now(**kwargs: object) -> erase.Outcome:
    """Stand in for the erasing itself: nothing is done yet."""
    return erase.Outcome.NOTHING


def resume() -> None:
    """Do what the hourly job does."""
    for ref in queries.waiting():
        erase.run(erasure=ref, at=LATER)
    for ref in queries.uncertified():
        certify.finish(erasure=ref, at=LATER)


def finish(asked: Asked, *, at: Any = LATER) -> queries.Certified:
    """Do what follows an erasure; return its certificate."""
    [entry] = queries.uncertified()
    certify.finish(erasure=entry, at=at)
    work(at=at)
    found = queries.certificate(asked.ref)
    assert found is not None
    return found


def count(owner: Owner, table: str) -> int:
    """Return how many rows a table has."""
    [[found]] = owner.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(found)
