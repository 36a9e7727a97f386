"""What of a person's file can be put in a letter, each thing under its category.

A layer above adds what it keeps (alerts, notes): a surface gathers both and hands them
down. What the purpose does not cover is there as withheld, and cannot be chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from candour.people import queries as people
from candour.people import registering, sought
from candour.policy.compile import Policy
from candour.policy.vocabulary import CATEGORIES
from candour.register.permit import WITHHELD, Permit

LONGEST = 2_000  # characters of one thing in a letter
OWN_WORDS = ("health", "treatment", "prescription", "images")
CONTACTS = {
    "address": ("contact.address", "Address"),
    "phone": ("contact.phone", "Phone"),
    "email": ("contact.email", "Email"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing of the file: its key on the form, its category, what it says.

    `text` is empty for what the writer says in their own words, and where it is
    withheld.
    """

    key: str
    category: str
    label: str
    text: str = ""
    withheld: bool = False


def of_person(person_id: int, *, permit: Permit) -> list[Field]:
    """Return what is held of who the person is and how they are reached."""
    row = people.header(person_id, permit=permit)
    held = registering.values(person_id, permit=permit)
    found = [
        _field("name", "identity.name", "Name", row.name, permit),
        _field("born", "identity.birth-date", "Born", row.standing__born_on, permit),
        _field(
            "nhs",
            "identity.nhs-number",
            "NHS number",
            held.get("nhs_number", ""),
            permit,
        ),
        _field(
            "number",
            "identity.patient-number",
            "Our file",
            sought.patient_number(row.patient__number),
            permit,
        ),
        *_contacts(person_id, permit),
        _field(
            "occupation",
            "lifestyle.occupation",
            "Occupation",
            held.get("occupation", ""),
            permit,
        ),
    ]
    return [one for one in found if one.withheld or one.text]


def _contacts(person_id: int, permit: Permit) -> list[Field]:
    found: dict[str, Field] = {}
    for row in people.contacts(person_id, permit=permit):
        if row.channel in CONTACTS and row.wrong_at is None:
            category, label = CONTACTS[row.channel]
            field = _field(row.channel, category, label, row.value, permit)
            found.setdefault(row.channel, field)
    return list(found.values())


def _field(key: str, category: str, label: str, value: object, permit: Permit) -> Field:
    if value is WITHHELD or not permit.covers(category):
        return Field(key, category, label, withheld=True)
    return Field(key, category, label, str(value or "")[:LONGEST])


def in_own_words(permit: Permit) -> list[Field]:
    """Return what a writer may speak of in their own words, where the purpose can."""
    return [
        Field(f"words:{category}", category, CATEGORIES[category].label)
        for category in OWN_WORDS
        if permit.covers_part(category)
    ]


def categories(chosen: Sequence[Field]) -> list[str]:
    """Return the categories of what was chosen, each once, in order."""
    return list(dict.fromkeys(field.category for field in chosen))


def labelled(policy: Policy, slugs: Sequence[str]) -> list[str]:
    """Return categories in the words that a person is told them in."""
    return [CATEGORIES[slug].label if slug in CATEGORIES else slug for slug in slugs]
