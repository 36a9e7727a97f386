"""What of a file can be put in a letter: who they are, alerts, notes, and more.

The layer that keeps letters lies under the record: both are brought together here.
"""

from collections.abc import Callable

from candour.core.clock import local_date
from candour.desk.wording_records import ALERTS, NOTES
from candour.disclosures import fields
from candour.disclosures.fields import LONGEST, Field
from candour.records import queries as records
from candour.register.permit import WITHHELD, Permit, Row

MOST_NOTES = 10
KIND_OF_ALERT = {
    "allergy": "health.allergies",
    "medicine": "health.medication",
    "pregnancy": "health.pregnancy",
    "infection": "health.screening",
}
# What other parts of the record put beside these: functions of (person id, permit).
MORE: list[Callable[[int, Permit], list[Field]]] = []


def held(person_id: int, *, permit: Permit) -> list[Field]:
    """Return all of a file that could be put in a letter, and what is withheld."""
    found = fields.of_person(person_id, permit=permit)
    if records.is_open(permit):
        found += [_alert(row) for row in records.alerts(person_id, permit=permit)]
        notes = records.notes(person_id, permit=permit, most=MOST_NOTES)
        found += [_note(row) for row in notes]
    for more in MORE:
        found += more(person_id, permit)
    return [*found, *fields.in_own_words(permit)]


def _alert(row: Row) -> Field:
    key = f"alert:{row.ref}"
    if row.kind is WITHHELD:
        return Field(key, "health", "An alert", withheld=True)
    text = f"{row.code}. {row.detail}" if row.detail else str(row.code)
    category = KIND_OF_ALERT.get(row.kind, "health.conditions")
    return Field(key, category, ALERTS.get(row.kind, "Alert"), text[:LONGEST])


def _note(row: Row) -> Field:
    key, on = f"note:{row.ref}", row.made_at
    if row.kind is WITHHELD or row.text.body is WITHHELD:
        return Field(key, "notes.clinical", "A note", withheld=True)
    day = local_date(on)
    label = f"{NOTES.get(row.kind, 'Note')}, {day.day} {day:%B %Y}"
    return Field(key, "notes.clinical", label, str(row.text.body)[:LONGEST])
