"""What the pages of people show, put together from rows inside one unit of work."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from candour.core.clock import local_date
from candour.desk import shown, shown_details, shown_timeline, wording
from candour.desk.forms_people import PeopleFilter
from candour.desk.patient import RESTRICTED, Opened
from candour.people import interactions, sought
from candour.people import queries as people
from candour.register.permit import Permit, Row
from candour.web import words

RELATIONS = {
    "patient": ("kept", "Patient"),
    "customer": ("quiet", "Customer"),
    "enquirer": ("quiet", "Asked us something"),
    "claimant": ("quiet", "Asked for data"),
}


def listed(
    found: people.Found, asked: PeopleFilter, *, permit: Permit
) -> dict[str, Any]:
    """Return the context of desk/patients.html."""
    return {
        "filter": {"q": asked.text, "active": bool(asked.text)},
        "rows": [_row(row, found.contacts.get(row.person, [])) for row in found.rows],
        "shut": [reverse("desk:patient", args=[ref]) for ref in found.shut],
        "shut_clause": words.number(permit.policy, RESTRICTED),
        "capped": people.MOST if asked.text and found.capped else 0,
    }


def _row(row: Row, contacts: list[Row]) -> dict[str, Any]:
    relation = next((r for r in RELATIONS if r in row.relation), "claimant")
    state, word = RELATIONS[relation]
    if wording.given(row.died_on):
        state, word = "quiet", "Died"
    preferred = wording.given(row.person__preferred_name) or ""
    return {
        "url": reverse("desk:patient", args=[row.person__ref]),
        "name": wording.given(row.person__name),
        "preferred": preferred if preferred != row.person__name else "",
        "born_on": wording.given(row.born_on),
        "number": sought.patient_number(wording.given(row.person__patient__number)),
        "reach": [
            value
            for point in contacts[:2]
            if (value := wording.given(point.value)) is not None
        ],
        "seen_on": row.last_interaction_at and local_date(row.last_interaction_at),
        "state": state,
        "word": word,
    }


BECAUSE = {
    "nhs-number": "the same NHS number",
    "name-and-birth": "a name like it and the same birth date",
    "email": "the same email",
    "phone": "the same phone number",
    "sms": "the same mobile number",
    "whatsapp": "the same WhatsApp number",
    "address": "the same address",
}


def held(contacts: list[Row]) -> dict[str, Any]:
    """Return the ways to reach somebody that need not be asked again."""
    return {"held": [shown.contact(point) for point in contacts]}


def alike(
    known: people.Found, because: dict[int, list[str]], *, but: UUID | None
) -> list[dict[str, Any]]:
    """Return who may be the same human being, with what makes them alike."""
    rows = [
        {
            **_row(row, known.contacts.get(row.person, [])),
            "ref": row.person__ref,
            "because": _because(because[row.person]),
        }
        for row in known.rows
        if row.person__ref != but
    ]
    shut = [
        {
            "url": reverse("desk:patient", args=[ref]),
            "name": None,
            "ref": ref,
            "because": "something of theirs; their file is restricted",
        }
        for ref in known.shut
        if ref != but
    ]
    return rows + shut


def _because(reasons: list[str]) -> str:
    said = [BECAUSE.get(r, f"the same {wording.plainly(r).lower()}") for r in reasons]
    return words.listed(sorted(set(said)))


LATELY = 5  # dealings on the first page of a file


def summary(opened: Opened) -> dict[str, Any]:
    """Return what the first tab of a file shows beside its header."""
    row, permit = opened.person, opened.permit
    dealings = interactions.timeline(opened.pk, permit=permit, most=LATELY)
    return {
        "registered_on": row.patient__registered_at,
        "contacts": [
            shown.contact(point) for point in people.contacts(opened.pk, permit=permit)
        ],
        "last_on": row.standing__last_interaction_at,
        "permissions": shown.permissions(opened.pk, permit),
        "ties": shown_details.tied(opened.pk, permit),
        **shown_timeline.listed(dealings, permit=permit),
        "timeline": reverse("desk:patient-timeline", args=[opened.ref]),
    }
