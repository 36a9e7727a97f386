"""People at the desk: finding, registering, and each part of their file."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.http import QueryDict

from candour.desk.forms_details import all_forms
from candour.desk.forms_registration import Registration
from candour.desk.forms_timeline import NewNote
from candour.policy.compile import compile_pack
from candour.web.answers import hidden
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


def _form(sent: str = "", *, changing: bool = False) -> Registration:
    policy = compile_pack("model")
    covered = policy.decide("practitioner", "care").categories
    form = Registration(policy, covered, changing=changing)
    form.fill({"name": "Rosalind Achterberg", "born_on": date(1981, 6, 14)})
    if sent:
        form.read(QueryDict(sent))
    return form


def registering() -> Context:
    """Return the empty form."""
    return {
        **{k: SHELL[k] for k in ("staff", "menu", "opened")},
        "form": _form().shown(),
        "hidden": hidden(token=REF),
        "alike": [],
        "action": "/desk/patients/new/",
    }


def registering_wrong() -> Context:
    """Return the form as it comes back with mistakes."""
    sent = "name=&born_on=31+February&nhs_number=123&phone=12&by_whom=somebody-else"
    return {**registering(), "form": _form(sent).shown()}


def registering_alike() -> Context:
    """Return the form with people who may be the same."""
    alike = [
        {**ROW, "because": "the same mobile number and the same NHS number"},
        {
            **ROW,
            "name": None,
            "because": "something of theirs; their file is restricted",
        },
    ]
    return {**registering(), "alike": alike}


def registering_known() -> Context:
    """Return the form for somebody who is on record."""
    return {**SHELL, **registering(), "held": CONTACTS}


def _at(tab: str) -> Context:
    """Return the shell with one of its tabs open."""
    tabs = [{**one, "current": one["label"] == tab} for one in SHELL["tabs"]]
    return {**SHELL, "tabs": tabs}


def timeline(sent: str = "") -> Context:
    """Return the timeline, or as it comes back with mistakes."""
    form = NewNote(NOON)
    if sent:
        form.read(QueryDict(sent))
    return {**_at("Timeline"), "events": _events(), "form": form.shown()}


def timeline_wrong() -> Context:
    """Return the timeline with a note that held a card number."""
    return timeline("kind=call&text=4242+4242+4242+4242&at=now")


def timeline_empty() -> Context:
    """Return the timeline of somebody with whom nothing happened."""
    return {**timeline(), "events": []}


def details() -> Context:
    """Return the details with something in every part."""
    policy = compile_pack("model")
    covered = frozenset(policy.decide("practitioner", "care").categories)
    forms = all_forms(policy, covered)
    at: datetime = NOON
    kept = {"state": "kept", "word": "Proved 4 March 2022"}
    return {
        **_at("Details"),
        "facts": [
            {"label": "Full name", "value": "Rosalind Achterberg"},
            {"label": "NHS number", "value": "9434765919"},
            {"label": "GP", "value": "Dr Foxglove, Wharf Lane"},
        ],
        "registered": True,
        "contacts": [
            {**CONTACTS[0], "ref": REF, "wrong": False, **kept},
            {
                **CONTACTS[1],
                "ref": REF,
                "wrong": True,
                "state": "wrong",
                "word": "Not theirs",
            },
        ],
        "permissions": PERMISSIONS,
        "ties": [
            {
                "ref": REF,
                "kind": "Parent or guardian",
                "name": "Ottoline Achterberg",
                "phone": "020 7946 0111",
                "state": "due",
                "word": "May not act yet: no proof seen",
                "provable": True,
            },
        ],
        "checks": [
            {
                "ref": REF,
                "what": "Their age",
                "method": "Passport",
                "at": at,
                "state": "kept",
                "word": "It fits",
                "copy": True,
            }
        ],
        "given": [
            {
                "ref": REF,
                "giver": "Dr Foxglove",
                "at": at,
                "due_on": date(2026, 12, 24),
                "told_at": None,
                "state": "due",
                "word": "To be told",
            }
        ],
        "changes": [
            {
                "at": at,
                "by": "Noor Haddad",
                "was": [
                    {"label": "GP", "value": "Dr Nettle"},
                    {"label": "Pronouns", "value": "empty"},
                ],
            }
        ],
        "forms": {name: form.shown() for name, form in forms.items()},
        "failed": "",
        "errors": [],
        "here": "/desk/patients/x/details/",
    }


def insurer() -> Context:
    """Return the page of an insurer."""
    from candour.desk.views.insurer import _form

    form = _form(compile_pack("model"))
    form.read(QueryDict("insurer_name=Harbour+Mutual&insurer_source=clinic-form"))
    return {**_at("Details"), "form": form.shown(), "errors": [], "here": "/desk/"}


def change() -> Context:
    """Return the form of somebody who comes second."""
    return {
        **SHELL,
        "form": _form(
            "name=Rosalind&source=phone&by_whom=themselves", changing=True
        ).shown(),
        "hidden": hidden(seen=2),
        "overtaken": [{"label": "GP", "value": "Dr Nettle Thornbury"}],
        "action": "/desk/patients/x/details/change/",
        "back": "/desk/patients/x/details/",
    }


JOIN: Context = {
    **SHELL,
    "filter": {"q": "achterberg", "active": True},
    "rows": [ROW],
    "joined": [
        {
            "ref": REF,
            "at": NOON,
            "until": NOON + timedelta(days=30),
            "may": True,
            "how": "We saw them in the clinic and know them",
        },
        {"ref": REF, "at": NOON, "until": NOON, "may": False, "how": "By letter"},
    ],
}


def join_with() -> Context:
    """Return what joining two files would do."""
    from candour.desk import shown_joining

    return {
        **SHELL,
        "other": {"name": "Rosa Achterburg", "number": "P-20488"},
        "moves": [
            {"what": "What you asked us", "rows": 2},
            {"what": "Visits", "rows": 3},
        ],
        "table": {
            "head": ["What", "This file", "The other", "What will hold"],
            "rows": [
                [
                    "Name",
                    "Rosalind Achterberg",
                    "Rosa Achterburg",
                    "Rosalind Achterberg",
                ],
                ["Offers by email", "given", "withdrawn", "withdrawn"],
            ],
        },
        "barred": "",
        "errors": [],
        "how": shown_joining.how().shown(),
        "survivor": shown_joining.survivor(REF, REF).shown(),
        "action": "/desk/",
        "back": "/desk/",
    }


def join_barred() -> Context:
    """Return two files that are of two people."""
    why = "These records have different birth dates, so they are not joined."
    return {
        **join_with(),
        "barred": why,
        "moves": [],
        "table": {"head": [], "rows": []},
    }


PAGES: dict[str, tuple[str, Context | Callable[[], Context]]] = {
    "desk-patients": ("desk/patients.html", LIST),
    "desk-patients-found": ("desk/patients.html", FOUND),
    "desk-patients-none": ("desk/patients.html", NOT_FOUND),
    "desk-patients-empty": ("desk/patients.html", EMPTY),
    "desk-register": ("desk/patient/register.html", registering),
    "desk-register-wrong": ("desk/patient/register.html", registering_wrong),
    "desk-register-alike": ("desk/patient/register.html", registering_alike),
    "desk-register-known": ("desk/patient/register_known.html", registering_known),
    "desk-patient": ("desk/patient/summary.html", SUMMARY),
    "desk-patient-nobody": ("desk/patient/summary.html", NOBODY),
    "desk-patient-restricted": ("desk/patient/restricted.html", RESTRICTED),
    "desk-timeline": ("desk/patient/timeline.html", timeline),
    "desk-timeline-wrong": ("desk/patient/timeline.html", timeline_wrong),
    "desk-timeline-empty": ("desk/patient/timeline.html", timeline_empty),
    "desk-details": ("desk/patient/details.html", details),
    "desk-insurer": ("desk/patient/insurer.html", insurer),
    "desk-change": ("desk/patient/change.html", change),
    "desk-join": ("desk/patient/join.html", JOIN),
    "desk-join-with": ("desk/patient/join_with.html", join_with),
    "desk-join-barred": ("desk/patient/join_with.html", join_barred),
}
