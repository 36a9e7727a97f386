"""Patients for the tests of their file, and its addresses."""

from datetime import date
from typing import Any

from candour.people.models import Person, Standing
from tests.factories import NOON, make_enquiry
from tests.surfaces.desk import reading

PATIENTS = "/desk/patients/"


def make_person(born_on: date | None = None, **changes: Any) -> Person:
    """Make somebody who asked a question and is not registered; return them."""
    enquiry = make_enquiry(**changes)
    with reading():
        Standing.objects.filter(person=enquiry.person_id).update(born_on=born_on)
        return Person.objects.get(pk=enquiry.person_id)


def file_of(person: Person, part: str = "") -> str:
    """Return the address of a person's file, or of a part of it."""
    return f"{PATIENTS}{person.ref}/{part}"


def restrict(person: Person) -> None:
    """Restrict the use of a person's data, as the law lets them ask for."""
    with reading():
        Standing.objects.filter(person=person.pk).update(restricted_at=NOON)
