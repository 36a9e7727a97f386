"""What the details of a file show, put together inside one unit of work."""

from typing import Any

from django.urls import reverse

from candour.accounts import queries as accounts
from candour.consent import queries as consent
from candour.core.clock import local_date
from candour.desk import shown, wording
from candour.desk.forms_details import CHECKS, TIES, Small
from candour.desk.forms_registration import CARE, WHO, Registration
from candour.desk.patient import Opened
from candour.people import history, registering, ties
from candour.people import queries as people
from candour.register.permit import Permit, Row

LABELS = {name: box.label for name, box in {**WHO, **CARE}.items()}
NOES = ("withdrawn", "objected")


def details(opened: Opened, forms: dict[str, Small], failed: str) -> dict[str, Any]:
    """Return the context of desk/patient/details.html."""
    permit, pk = opened.permit, opened.pk
    return {
        "facts": _facts(registering.values(pk, permit=permit)),
        "registered": registering.version(pk) > 0,
        "contacts": [_contact(row) for row in people.contacts(pk, permit=permit)],
        "permissions": permissions(pk, permit),
        "ties": tied(pk, permit),
        "checks": [_check(row) for row in ties.checks(pk, permit=permit)],
        "given": [_given(row, permit) for row in ties.given(pk, permit=permit)],
        "changes": _changes(history.changes(pk, permit=permit)),
        "forms": {name: form.shown() for name, form in forms.items()},
        "failed": failed,
        "errors": forms[failed].errors if failed in forms else [],
        "here": reverse("desk:patient-details", args=[opened.ref]),
    }


def tied(person: int, permit: Permit) -> list[dict[str, Any]]:
    """Return who belongs to a person, as the page shows them."""
    return [_tie(row) for row in ties.links(person, permit=permit)]


def differing(form: Registration, held: dict[str, Any]) -> list[dict[str, str]]:
    """Return where what is written now differs from what was typed."""
    found = []
    for name, box in form.boxes.items():
        if name not in held:
            continue
        now = held[name]
        typed: Any = form.born_on if name == "born_on" else box.answer
        if typed != now:
            day = f"{now.day} {now:%B %Y}" if hasattr(now, "day") else str(now or "")
            found.append({"label": box.label, "value": day or "empty"})
    return found


def _facts(held: dict[str, Any]) -> list[dict[str, str]]:
    facts = []
    for name, label in LABELS.items():
        value = held.get(name)
        if value:
            day = f"{value.day} {value:%B %Y}" if hasattr(value, "day") else str(value)
            facts.append({"label": label, "value": day})
    return facts


def _contact(row: Row) -> dict[str, Any]:
    if row.wrong_at:
        state, word = "wrong", "Not theirs"
    elif row.verified_at:
        state, word = "kept", f"Proved {local_date(row.verified_at):%-d %B %Y}"
    else:
        state, word = "quiet", "Not proved"
    return {
        **shown.contact(row),
        "ref": row.ref,
        "state": state,
        "word": word,
        "wrong": bool(row.wrong_at),
    }


def permissions(person: int, permit: Permit) -> list[dict[str, Any]]:
    """Return each channel that offers may use, its state, and what can be said now."""
    marketing = permit.policy.marketing
    held = {
        row.channel: row
        for row in consent.permissions(person, permit=permit)
        if row.purpose in marketing.purposes
    }
    told = []
    for item, channel in zip(
        shown.permissions(person, permit), marketing.channels, strict=True
    ):
        row = held.get(channel)
        said_no = row is not None and row.state in NOES
        told.append({**item, "channel": channel, "may_yes": not said_no})
    return told


def _tie(row: Row) -> dict[str, Any]:
    provable = row.kind in ties.PROVABLE
    until = wording.given(row.until)
    if row.verified_at:
        said = f"Proved: {ties.PROOFS.get(row.proof, row.proof)}"
        said += f", until {until.day} {until:%B %Y}" if until else ""
        state = "kept"
    else:
        state, said = (
            ("due", "May not act yet: no proof seen") if provable else ("", "")
        )
    return {
        "ref": row.ref,
        "kind": TIES.get(str(wording.given(row.kind)), "Somebody"),
        "name": wording.given(row.name),
        "phone": wording.given(row.phone) or "",
        "state": state,
        "word": said,
        "provable": provable and not row.verified_at,
    }


def _check(row: Row) -> dict[str, Any]:
    methods = {**ties.METHODS, **ties.PROOFS}
    kinds = {**CHECKS, "relationship": "That they may act for them"}
    return {
        "ref": row.ref,
        "what": kinds.get(row.kind, row.kind),
        "method": methods.get(row.method, row.method),
        "at": row.at,
        "state": "kept" if row.passed else "wrong",
        "word": "It fits" if row.passed else "It does not fit",
        "copy": row.document_gone_at is None,
    }


def _given(row: Row, permit: Permit) -> dict[str, Any]:
    late = row.told_at is None and row.due_on < local_date(permit.at)
    return {
        "ref": row.ref,
        "giver": wording.given(row.giver),
        "at": row.at,
        "due_on": row.due_on,
        "told_at": row.told_at,
        "state": "kept" if row.told_at else "wrong" if late else "due",
        "word": "Told" if row.told_at else "Late" if late else "To be told",
    }


def _changes(rows: list[history.Changed]) -> list[dict[str, Any]]:
    refs = {row.by.removeprefix("staff:") for row in rows}
    names = accounts.names_of(refs) if refs else {}
    return [
        {
            "at": row.at,
            "by": names.get(row.by.removeprefix("staff:"), "Staff"),
            "was": [
                {"label": _label(name), "value": value or "empty"}
                for name, value in row.was.items()
            ],
        }
        for row in rows
    ]


def _label(name: str) -> str:
    if name.startswith("contact-"):
        channel = name.removeprefix("contact-")
        return wording.CONTACTS.get(channel, wording.plainly(channel))
    return {"born_on": "Date of birth", "died_on": "Death"}.get(
        name, LABELS.get(name, wording.plainly(name))
    )
