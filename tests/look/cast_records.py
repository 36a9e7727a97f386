"""The record of a patient as a practice full of people would fill it."""

from datetime import UTC, date, datetime
from typing import Any

from tests.look.cast import NOON, REF, Page, choices, field
from tests.look.cast_requests import MENU, NOOR

BEFORE = datetime(2026, 10, 9, 13, 58, tzinfo=UTC)
LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh"
FILE: dict[str, Any] = {
    "staff": {**NOOR, "name": "Ines Halloran", "role": "Prescriber"},
    "menu": MENU,
    "opened": {
        "purpose": "treating this person",
        "clause": "3.1",
        "note": "That you opened this is on the trail, and the person can see it.",
    },
    "patient": {
        "ref": REF,
        "name": "Rosalind Achterberg",
        "preferred": "Rosa",
        "pronouns": "she/her",
        "born_on": date(1981, 6, 14),
        "age": 45,
        "number": "P-20417",
        "died_on": None,
        "restricted_at": None,
        "alerts": [
            {
                "state": "wrong",
                "title": "Allergy: Lidocaine",
                "text": "Swelling of the lips, 2019. Use plain saline and ice.",
            },
            {
                "state": "due",
                "title": "Medicine: Fish oil",
                "text": "Bruises easily since spring.",
            },
        ],
        "next": {"when": "Tue 1 December, 2.30 pm", "what": "review", "url": "#"},
    },
    "tabs": [
        {"label": label, "url": f"#{label}", "current": label == "Record"}
        for label in ("Summary", "Forms", "Record", "Photographs", "Timeline")
    ],
}
LINKS = [
    {"label": label, "url": f"#{label}", "current": label == "Notes"}
    for label in ("Notes", "Alerts")
]


def here(label: str) -> list[dict[str, Any]]:
    """Return the pages of the record, one of them open."""
    return [{**link, "current": link["label"] == label} for link in LINKS]


def note(**changes: Any) -> dict[str, Any]:
    """Return a note as desk/records/record.html takes it."""
    return {
        "ref": REF,
        "kind": "Treatment",
        "mode": "In person",
        "body": "Glabella 20 units, crow’s feet 12 units each side.\n\nAsked for “less"
        " than last time”; agreed and reduced by 6. Lidocaine avoided.",
        "at": BEFORE,
        "by": "Dr Ines Halloran",
        "version": 1,
        "changed_at": None,
        "changed_by": "",
        **changes,
    }


RECORD: dict[str, Any] = {
    **FILE,
    "done": "",
    "links": LINKS,
    "may": {"notes": True},
    "draft": {"at": NOON, "url": "#"},
    "notes": [
        note(
            kind="Review",
            mode="Video",
            at=NOON,
            by=LONG,
            body="Day 45. Reports a small bruise above the left brow, no pain.",
            version=2,
            changed_at=NOON,
            changed_by="Priya Kaul",
        ),
        note(),
        note(body="مرحبا 🌿 " + "averylongwordwithoutanybreak" * 6),
        note(kind=None, mode=None, body=None, at=BEFORE),
    ],
}
EMPTY: dict[str, Any] = {**RECORD, "notes": [], "draft": None}
PIECES = [
    {"what": "same", "text": "Left brow "},
    {"what": "removed", "text": "20"},
    {"what": "added", "text": "22"},
    {"what": "same", "text": " units.\n\nNo "},
    {"what": "removed", "text": "pain, no droop"},
    {"what": "added", "text": "pain"},
    {"what": "same", "text": "."},
]
NOTE: dict[str, Any] = {
    **FILE,
    "done": "The note is saved.",
    "note": note(version=2),
    "first": "Left brow 20 units.\n\nNo pain, no droop.",
    "changes": [
        {
            "version": 2,
            "at": NOON,
            "by": "Dr Ines Halloran",
            "why": "Misread the syringe.",
            "pieces": PIECES,
        }
    ],
}
BODY = field("body", "Note", type="textarea", hint="Saved for good.", max=20000)
KIND = choices("kind", "What is it about?", "Consultation", "Treatment", kind="radio")
MODE = choices("mode", "How did you meet?", "In person", "Video", kind="radio")
WRITE: dict[str, Any] = {
    **FILE,
    "begun": None,
    "saving": "#",
    "starts": [
        {"label": label, "url": "#", "on": label == "Botulinum toxin"}
        for label in ("Empty page", "First consultation", "Botulinum toxin", "Review")
    ],
    "form": {
        "errors": [{"id": "body", "text": "There seems to be a card number in this"}],
        "kind": {**KIND, "across": True},
        "mode": {**MODE, "across": True},
        "body": {
            **BODY,
            "value": "Muscles and units:\n4111 1111 1111 1111",
            "error": "There seems to be a payment card number in this.",
        },
        "hidden": [],
    },
}
AMEND: dict[str, Any] = {
    **FILE,
    "note": note(),
    "begun": NOON,
    "saving": "#",
    "other": {
        "version": 2,
        "by": "Priya Kaul",
        "at": NOON,
        "why": "Misread the syringe",
        "body": "",
        "pieces": PIECES,
    },
    "form": {
        "errors": [],
        "body": {**BODY, "value": "Right brow 20 units."},
        "why": field("why", "Why you change it"),
        "hidden": [],
    },
}
ALERT: dict[str, Any] = {
    "ref": REF,
    "kind": "Allergy",
    "code": "Lidocaine",
    "state": "wrong",
    "detail": "Swelling of the lips, 2019.",
    "at": BEFORE,
    "by": "Dr Ines Halloran",
}
ALERT_FORM: dict[str, Any] = {
    "errors": [],
    "kind": choices(
        "kind", "What kind of alert?", "Allergy", "Medicine", kind="radio", across=True
    ),
    "code": field("code", "What it is", hint="As it stands on top of every page."),
    "weight": choices(
        "weight", "How much does it weigh?", "Danger", "Take care", kind="radio"
    ),
    "detail": field("detail", "What happened", type="textarea", required=False),
    "hidden": [],
}
ALERTS: dict[str, Any] = {
    **FILE,
    "done": "",
    "links": here("Alerts"),
    "active": [ALERT, {**ALERT, "state": "due", "code": LONG, "detail": ""}],
    "ended": [
        {
            **ALERT,
            "code": "Latex",
            "ended_at": NOON,
            "ended_by": "Priya Kaul",
            "reason": "Tested on 3 March, not allergic.",
        }
    ],
    "form": ALERT_FORM,
}
END: dict[str, Any] = {
    **FILE,
    "alert": ALERT,
    "form": {
        "errors": [{"id": "reason", "text": "Say why it no longer holds."}],
        "reason": field(
            "reason",
            "Why it no longer holds",
            type="textarea",
            error="Say why it no longer holds.",
        ),
    },
}

PAGES: dict[str, Page] = {
    "record": ("desk/records/record.html", RECORD),
    "record-none": ("desk/records/record.html", EMPTY),
    "record-note": ("desk/records/note.html", NOTE),
    "record-write": ("desk/records/write.html", WRITE),
    "record-amend": ("desk/records/amend.html", AMEND),
    "record-alerts": ("desk/records/alerts.html", ALERTS),
    "record-alerts-none": (
        "desk/records/alerts.html",
        {**ALERTS, "active": [], "ended": []},
    ),
    "record-alert-end": ("desk/records/alert_end.html", END),
}
