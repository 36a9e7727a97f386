"""People at the desk: finding them, the front of their file, their timeline."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict

from candour.desk.forms_timeline import NewNote
from tests.look.cast import NOON, REF, TODAY
from tests.look.cast_requests import MENU, NOOR, OPENED

Context = dict[str, Any]
EVERY = {**MENU, "patients": True}
SHELL: Context = {
    "staff": NOOR,
    "menu": EVERY,
    "opened": {**OPENED, "purpose": "visits and the diary", "clause": "3.2"},
    "done": "",
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
                "title": "Allergy: lidocaine. Swelling of the lips, 2019.",
                "text": "Use plain saline and ice.",
            },
            {"state": "due", "title": "Bruises easily. Takes fish oil.", "text": ""},
        ],
        "next": {
            "when": "Tuesday 1 December, 2.30 pm",
            "what": "review with Dr Ines Halloran, room 1",
            "url": "/desk/diary/",
        },
    },
    "tabs": [
        {"label": label, "url": f"?{label}", "current": label == "Summary"}
        for label in ("Summary", "Record", "Letters", "Timeline", "Details")
    ],
}
PERMISSIONS = [
    {
        "label": "News and offers: email",
        "note": "Since 4 March 2022",
        "state": "kept",
        "word": "Yes",
        "channel": "email",
        "may_yes": True,
    },
    {
        "label": "News and offers: text message",
        "note": "Since 4 March 2022",
        "state": "wrong",
        "word": "Stopped",
        "channel": "sms",
        "may_yes": False,
    },
]
EMAIL = "rosalind.achterberg@a-rather-long-domain.example"
CONTACTS = [
    {"label": "Email", "value": EMAIL, "url": f"mailto:{EMAIL}"},
    {"label": "Mobile", "value": "07700 900461", "url": "tel:07700900461"},
]


def _events() -> list[Context]:
    told = [
        (
            "Phone call (phone, from them)",
            "",
            "Noor Haddad",
            "Asked about the wait.",
            "",
        ),
        ("Letter (email, to them)", "Enquiry reply", "By itself", "", "Sent"),
        ("Conversation (in person, from them)", "", "Dr Ines Halloran", None, ""),
        ("A question to us (enquiry form, from them)", "", "By itself", "", ""),
    ]
    return [
        {
            "at": NOON - timedelta(days=days),
            "title": title,
            "what": what,
            "by": by,
            "note": note,
            "state": "kept",
            "word": word,
        }
        for days, (title, what, by, note, word) in enumerate(told)
    ]


SUMMARY: Context = {
    **SHELL,
    "registered_on": NOON - timedelta(days=900),
    "last_on": NOON,
    "contacts": CONTACTS,
    "permissions": PERMISSIONS,
    "ties": [
        {
            "kind": "Parent or guardian",
            "name": "Ottoline Achterberg",
            "phone": "020 7946 0111",
            "state": "due",
            "word": "May not act yet: no proof seen",
        }
    ],
    "events": _events(),
    "timeline": "?timeline",
    "join": "?join",
}
NOBODY: Context = {
    **SHELL,
    "done": "They are registered.",
    "patient": {
        **SHELL["patient"],
        "name": None,
        "preferred": "",
        "pronouns": "",
        "born_on": None,
        "age": None,
        "number": "",
        "died_on": TODAY,
        "alerts": [],
        "next": None,
    },
    "registered_on": None,
    "last_on": None,
    "contacts": [],
    "permissions": [],
    "ties": [],
    "events": [],
    "timeline": "?timeline",
    "join": "",
}
RESTRICTED: Context = {
    **SHELL,
    "restricted": True,
    "tabs": [],
    "opened": {**OPENED, "purpose": "an emergency", "clause": "3.11"},
    "refusal": {
        "title": "This file is restricted",
        "says": "You can ask us to set your data aside. We then store it only.",
        "clause": "7.5",
        "why": "Use of this person’s data is restricted: it may be stored, and used to"
        " protect a life.",
        "instead": None,
        "disagree": {
            "text": "Talk to the data protection lead.",
            "label": "",
            "url": "",
        },
        "heading": "h2",
    },
}

ROW: Context = {
    "url": "/desk/patients/x/",
    "name": "Rosalind Achterberg",
    "preferred": "Rosa",
    "born_on": date(1981, 6, 14),
    "number": "P-20417",
    "reach": ["07700 900461", EMAIL],
    "seen_on": TODAY,
    "state": "kept",
    "word": "Patient",
}
LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh"
LIST: Context = {
    "staff": NOOR,
    "menu": EVERY,
    "opened": SHELL["opened"],
    "filter": {"q": "", "active": False},
    "rows": [
        ROW,
        {**ROW, "name": LONG, "preferred": "", "state": "quiet", "word": "Died"},
        {
            **ROW,
            "name": "",
            "born_on": None,
            "number": "",
            "reach": [],
            "seen_on": None,
        },
    ],
    "shut": [],
    "shut_clause": "7.5",
    "capped": 0,
}
FOUND: Context = {
    **LIST,
    "filter": {"q": "achterberg", "active": True},
    "shut": ["/desk/patients/y/", "/desk/patients/z/"],
    "capped": 50,
}
NOT_FOUND: Context = {**FOUND, "rows": [], "shut": [], "capped": 0}
EMPTY: Context = {**LIST, "rows": []}


def at_tab(tab: str) -> Context:
    """Return the shell with one of its tabs open."""
    tabs = [{**one, "current": one["label"] == tab} for one in SHELL["tabs"]]
    return {**SHELL, "tabs": tabs}


def timeline(sent: str = "") -> Context:
    """Return the timeline, or as it comes back with mistakes."""
    form = NewNote(NOON)
    if sent:
        form.read(QueryDict(sent))
    return {**at_tab("Timeline"), "events": _events(), "form": form.shown()}


def timeline_wrong() -> Context:
    """Return the timeline with a note that held a card number."""
    return timeline("kind=call&text=4242+4242+4242+4242&at=now")


def timeline_empty() -> Context:
    """Return the timeline of somebody with whom nothing happened."""
    return {**timeline(), "events": []}


PAGES: dict[str, tuple[str, Context | Callable[[], Context]]] = {
    "desk-patients": ("desk/patients.html", LIST),
    "desk-patients-found": ("desk/patients.html", FOUND),
    "desk-patients-none": ("desk/patients.html", NOT_FOUND),
    "desk-patients-empty": ("desk/patients.html", EMPTY),
    "desk-patient": ("desk/patient/summary.html", SUMMARY),
    "desk-patient-nobody": ("desk/patient/summary.html", NOBODY),
    "desk-patient-restricted": ("desk/patient/restricted.html", RESTRICTED),
    "desk-timeline": ("desk/patient/timeline.html", timeline),
    "desk-timeline-wrong": ("desk/patient/timeline.html", timeline_wrong),
    "desk-timeline-empty": ("desk/patient/timeline.html", timeline_empty),
}
