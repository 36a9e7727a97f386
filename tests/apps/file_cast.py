"""A person's file with something in every part of it."""

from datetime import date
from typing import Any

from candour import gate
from candour.core.actor import staff, system
from candour.core.ids import new_ref
from candour.people import contacts, interactions, registering, ties
from candour.people.models import Insurance
from candour.people.registering import Details
from tests.factories import NOON

PRACTITIONER = staff(new_ref(), "practitioner")
BORN = date(1981, 6, 14)
NHS = "943 476 5919"  # from the public range of test numbers
SOURCE = "clinic-form"
PHONE = "020 7946 0999"
TEXT = {
    "preferred_name": "Zeph",
    "pronouns": "she/her",
    "gp": "Dr Foxglove Underhill",
    "gp_address": "4 Wharf Lane, Little Quill",
    "nhs_number": NHS,
}


def caring(person: int, *, at: Any = NOON, by: Any = PRACTITIONER) -> Any:
    """Open somebody's file for care."""
    return gate.open(by=by, purpose="care", people=[person], verb="t:t:t", at=at)


def register(person: int, *, at: Any = NOON, **text: str) -> int:
    """Register somebody who is on record; return their number."""
    with caring(person, at=at) as permit:
        return registering.register_known(
            permit=permit,
            person_id=person,
            ref=new_ref(),
            details=Details(
                text={**TEXT, **text},
                born_on=BORN,
                contacts=[("phone", PHONE)],
            ),
            source=SOURCE,
            by=permit.by,
            at=at,
        )


def fill(person: int) -> None:
    """Put something in each table of a file that goes when its person is erased."""
    register(person)
    with caring(person) as permit:
        by, told = permit.by, {"permit": permit, "person_id": person, "at": NOON}
        ties.add(
            **told,
            kind="guardian",
            name="Ottoline Quillfeather",
            phone="",
            other_ref=None,
            source=SOURCE,
            by=by,
        )
        [link] = ties.links(person, permit=permit)
        ties.prove(
            **told,
            ref=link.ref,
            proof="birth-certificate",
            until=None,
            source=SOURCE,
            by=by,
        )
        ties.given_by(
            **told,
            giver="Dr Foxglove Underhill",
            what="registration",
            source=SOURCE,
            by=by,
        )
        contacts.add(
            permit=permit,
            person_id=person,
            channel="whatsapp",
            value="07700 900461",
            source=SOURCE,
            at=NOON,
        )
        interactions.note(
            **told,
            kind="call",
            channel="phone",
            direction="in",
            text="Asked about aftercare for Zephyrine.",
            happened_at=NOON,
            source="phone",
            by=by,
        )
        registering.change(
            **told,
            details=Details(text={"pronouns": "they/them"}),
            seen=registering.version(person),
            source=SOURCE,
            by=by,
        )


def fill_kept(person: int) -> None:
    """Put something in each table of a file that the law has the clinic keep."""
    register(person, occupation="Lighthouse keeper", lifestyle="Smokes a pipe.")
    with gate.open(
        by=system("test"), purpose="payment", people=[person], verb="t:t:t", at=NOON
    ):
        Insurance.objects.create(
            person_id=person, insurer="Harbour Mutual", source=SOURCE, made_at=NOON
        )
