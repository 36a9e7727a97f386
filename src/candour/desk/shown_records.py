"""What the record pages show, put together from rows inside one unit of work."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse

from candour.accounts import queries as accounts
from candour.desk import wording
from candour.desk.wording_records import ALERTS, MODES, NOTES, WEIGHT_MARKS
from candour.records import queries, words
from candour.records.starts import STARTS
from candour.register.permit import Permit, Row

SOMEBODY = "Somebody who has left"
SHUT = {
    "state": "quiet",
    "title": "Alerts are not shown here",
    "text": "There may be some. What this page was opened for does not cover health:"
    " ask a practitioner.",
}


def strip(person_id: int, permit: Permit) -> list[dict[str, str]]:
    """Return the alerts above every tab, or that they are not shown.

    Where the purpose does not cover health it says so: silence would read as none.
    """
    if not queries.is_open(permit) or not permit.covers("health"):
        return [SHUT]
    return [
        {
            "state": WEIGHT_MARKS[row.weight],
            "title": f"{ALERTS[row.kind]}: {row.code}",
            "text": row.detail or "",
        }
        for row in queries.alerts(person_id, permit=permit)
    ]


class Names:
    """Who did things, by name: read at once for all that a page shows."""

    def __init__(self, *marks: Iterable[str]) -> None:
        refs = {mark.partition(":")[2] for some in marks for mark in some}
        self._names = accounts.names_of({ref for ref in refs if ref})

    def of(self, mark: str) -> str:
        """Return the name of whoever did it."""
        return self._names.get(mark.partition(":")[2], SOMEBODY)


def alerts(person_id: int, *, permit: Permit) -> dict[str, Any]:
    """Return the alerts that hold and those that ended, as alerts.html takes them."""
    active = queries.alerts(person_id, permit=permit)
    ended = queries.ended_alerts(person_id, permit=permit)
    names = Names((r.by for r in active), (r.by for r in ended), _enders(ended))
    return {
        "active": [_alert(row, names) for row in active],
        "ended": [_ended(row, names) for row in ended],
    }


def _enders(rows: list[Row]) -> list[str]:
    return [row.ended_by for row in rows]


def _alert(row: Row, names: Names) -> dict[str, Any]:
    kind = wording.given(row.kind)
    return {
        "ref": row.ref,
        "kind": ALERTS[kind] if kind else None,
        "code": wording.given(row.code),
        "state": WEIGHT_MARKS[row.weight] if kind else "quiet",
        "detail": wording.given(row.detail) or "",
        "at": wording.given(row.made_at),
        "by": names.of(row.by),
    }


def _ended(row: Row, names: Names) -> dict[str, Any]:
    return {
        **_alert(row, names),
        "ended_at": wording.given(row.ended_at),
        "ended_by": names.of(row.ended_by),
        "reason": wording.given(row.end_reason),
    }


def one_alert(person_id: int, ref: UUID, *, permit: Permit) -> dict[str, Any]:
    """Return one alert, for the page that ends it."""
    row = queries.alert(person_id, ref, permit=permit)
    return {"alert": _alert(row, Names([row.by])), "active": row.active}


def notes(person_id: int, *, permit: Permit) -> list[dict[str, Any]]:
    """Return the notes of a file, newest first, each with the text that holds now."""
    rows = queries.notes(person_id, permit=permit)
    names = Names((r.by for r in rows), (r.text.by for r in rows))
    return [
        {
            **_head(row, names),
            "body": wording.given(row.text.body),
            "changed_at": row.text.at if row.version > 1 else None,
            "changed_by": names.of(row.text.by),
        }
        for row in rows
    ]


def _head(row: Row, names: Names) -> dict[str, Any]:
    kind, mode = wording.given(row.kind), wording.given(row.mode)
    return {
        "ref": row.ref,
        "kind": NOTES[kind] if kind else None,
        "mode": MODES[mode] if mode else None,
        "at": wording.given(row.made_at),
        "by": names.of(row.by),
        "version": row.version,
    }


def note(person_id: int, ref: UUID, *, permit: Permit) -> dict[str, Any]:
    """Return a note with what each change changed, the last one first."""
    found = queries.note(person_id, ref, permit=permit)
    names = Names([found.note.by], (row.by for row in found.versions))
    before, changes = "", []
    for row in found.versions:
        if row.version > 1:
            changes.append(
                {
                    "version": row.version,
                    "at": row.at,
                    "by": names.of(row.by),
                    "why": row.why,
                    "pieces": words.changed(before, row.body),
                }
            )
        before = row.body
    return {
        "note": {**_head(found.note, names), "body": found.last.body},
        "first": found.versions[0].body,
        "changes": changes[::-1],
    }


def overtaken(
    person_id: int, ref: UUID, seen: int, *, permit: Permit
) -> dict[str, Any]:
    """Return what somebody else made of a note after its version `seen`."""
    found = queries.note(person_id, ref, permit=permit)
    before = next((r.body for r in found.versions if r.version == seen), "")
    last = found.last
    return {
        "version": last.version,
        "by": Names([last.by]).of(last.by),
        "at": last.at,
        "why": last.why or "",
        "body": last.body,
        "pieces": words.changed(before, last.body),
    }


def starts(ref: UUID, chosen: str) -> list[dict[str, Any]]:
    """Return the beginnings a note can have, each a link to the page with it."""
    address = reverse("desk:patient-record-write", args=[ref])
    return [
        {"label": one.label, "url": f"{address}?start={slug}", "on": slug == chosen}
        for slug, one in STARTS.items()
    ]
