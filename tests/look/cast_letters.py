"""Letters, recipients and paper as a practice full of people would have them."""

from datetime import date
from typing import Any

from tests.look.cast import NOON, REF, Page, choices, field
from tests.look.cast_records import FILE, LONG
from tests.look.cast_requests import MENU, NOOR, OPENED

SAID: dict[str, Any] = {
    **FILE,
    "tabs": [{**tab, "current": False} for tab in FILE["tabs"]]
    + [{"label": "Letters", "url": "#Letters", "current": True}],
}
URL = "#"
BODY = (
    "Dear Doctor,\n\nI am writing about a patient you share with us.\n\n"
    "Name: Rosalind Achterberg\nBorn: 14 June 1981\nAllergy: Lidocaine. Swelling of "
    "the lips, 2019.\n\nمرحبا 🌿 #read(“x”) "
    + "averylongwordwithoutanybreak" * 4
    + "\n\nPlease tell us if anything here does not fit what you know."
)
WRITTEN = {
    "url": URL,
    "label": "To the GP",
    "to": "Larkmoor Surgery",
    "mark": "kept",
    "word": "Sent",
    "how": "Email",
    "at": NOON,
    "by": "Dr Ines Halloran",
    "pdf": URL,
}
CAME = {
    "sender": "Dr Foxglove Underhill",
    "kind": "A health professional",
    "on": date(2026, 11, 18),
    "how": "By post",
    "about": "Blood pressure over six months, and a change of tablets.",
    "told_by": date(2026, 12, 21),
    "url": URL,
    "by": LONG,
}
GIVEN = {
    "to": "Larkmoor Surgery",
    "at": NOON,
    "fields": ["name", "date of birth", "allergies"],
    "ground": "The patient said yes to this letter",
    "clause": "5.1",
    "told_at": NOON,
    "why_not": "",
    "law": "",
    "reason": "Shared care after the reaction in October.",
    "by": "Dr Ines Halloran",
}
PLACE = {
    "ref": REF,
    "label": "Study model or cast",
    "what": "Upper jaw, 2019",
    "where": "Cellar, cupboard 4, Box 12",
    "since": NOON,
}
LIST: dict[str, Any] = {
    **SAID,
    "done": "",
    "may": True,
    "openings": [
        {"label": label, "url": URL}
        for label in (
            "To the GP",
            "To a hospital or consultant",
            "To an insurer",
            "To the patient",
        )
    ],
    "written": [
        {**WRITTEN, "mark": "due", "word": "Being written", "pdf": ""},
        {**WRITTEN, "to": LONG, "mark": "due", "word": "To be posted", "how": "Post"},
        {**WRITTEN, "label": "To the patient", "to": "", "how": ""},
    ],
    "came": [CAME, {**CAME, "sender": None, "about": "", "told_by": None, "on": None}],
    "given": [
        GIVEN,
        {
            **GIVEN,
            "to": "Quill General Hospital",
            "ground": "The law requires it",
            "law": "Health and Social Care Act 2008, section 64",
            "told_at": None,
            "why_not": "It would put an inquiry at risk.",
            "reason": "",
        },
        {**GIVEN, "to": None},
    ],
    "places": [PLACE, {**PLACE, "what": "", "label": "Paper file or form"}],
    "came_url": URL,
    "paper_url": URL,
}
NONE: dict[str, Any] = {
    **LIST,
    "done": "The letter is put aside.",
    "written": [],
    "came": [],
    "given": [],
    "places": [],
}
CHOOSE: dict[str, Any] = {
    **SAID,
    "label": "To the GP",
    "recipients": [
        {"name": "Larkmoor Surgery", "where": "3 Mill Bank, Little Quill", "url": URL},
        {"name": LONG, "where": "", "url": URL},
    ],
    "register": URL,
    "back": URL,
}
LEFT_OUT = [
    {
        "label": "Phone",
        "why": "Phone number may not be given to gp.",
        "clause": "5.1",
    },
    {
        "label": "Note, 9 October 2026",
        "why": "Clinical notes may not be given to gp.",
        "clause": "5.1",
    },
]
GROUND = choices(
    "ground",
    "On what ground it goes to them",
    "The patient said yes to this letter",
    "The law requires it",
    kind="radio",
)
HOW = choices("how", "How it goes", "Email", "Post", kind="radio", across=True)
TOLD = choices(
    "told",
    "Is the patient told?",
    "Email them now: who got what, without the letter",
    "I have told them myself",
    "They are not told, for the reason below",
    kind="radio",
)
BEGIN: dict[str, Any] = {
    **SAID,
    "label": "To the GP",
    "to": "Larkmoor Surgery",
    "form": {
        "errors": [{"id": "ground", "text": "Choose on what ground it goes."}],
        "fields": choices(
            "fields",
            "What goes into it",
            "Name: Rosalind Achterberg",
            "Born: 14 June 1981",
            "Allergy: Lidocaine. Swelling of the lips, 2019. Use plain saline and ice.",
            "In your own words: your health",
        ),
        "ground": {**GROUND, "error": "Choose on what ground it goes."},
        "says": field("says", "What that rests on", type="textarea"),
        "reason": field("reason", "Why you write", type="textarea"),
        "how": HOW,
        "hidden": [],
    },
    "left_out": LEFT_OUT,
    "refusal": None,
    "action": URL,
    "to_patient": False,
    "back": URL,
}
SHUT: dict[str, Any] = {
    **BEGIN,
    "form": {},
    "refusal": {"why": "Larkmoor Surgery is not active.", "clause": "5.1"},
}
LETTER: dict[str, Any] = {
    **WRITTEN,
    "fields": GIVEN["fields"],
    "ground": GIVEN["ground"],
    "ground_says": "In the room, on 20 November.",
    "reason": GIVEN["reason"],
    "told": "Email them now: who got what, without the letter",
    "why_not": "",
    "body": BODY,
    "clause": "5.1",
    "preview": URL,
    "back": URL,
    "state": "sent",
    "by_post": False,
}
WRITE: dict[str, Any] = {
    **SAID,
    "letter": LETTER,
    "done": "",
    "form": {
        "errors": [],
        "body": {**field("body", "The letter", type="textarea"), "value": BODY},
        "how": HOW,
        "told": TOLD,
        "why_not": field("why_not", "Why they are not told", type="textarea"),
    },
    "seen": 2,
    "other": True,
    "theirs": "Dear Doctor,\n\nShe is well.",
}
PREVIEW: dict[str, Any] = {
    **SAID,
    "letter": LETTER,
    "preview": {
        "goes": [
            {"label": "Name", "text": "Rosalind Achterberg"},
            {"label": "Allergy", "text": "Lidocaine. Swelling of the lips. " * 8},
        ],
        "left_out": LEFT_OUT,
        "gone": 0,
        "changed": [],
        "refusal": None,
        "seen": "0" * 64,
    },
    "problem": "",
    "edit": URL,
}
STOPPED: dict[str, Any] = {
    **PREVIEW,
    "problem": "What would go is not what you saw. Look again, and then send it.",
    "preview": {
        **PREVIEW["preview"],
        "goes": [],
        "left_out": [],
        "gone": 2,
        "changed": ["Name"],
        "refusal": {"why": "Larkmoor Surgery is not active.", "clause": "5.1"},
    },
}
FILED: dict[str, Any] = {
    **SAID,
    "letter": {**LETTER, "state": "filed", "mark": "due", "word": "To be posted"},
    "done": "The letter is filed. Print it, post it, and then say that it was posted.",
}
CAME_FORM: dict[str, Any] = {
    **SAID,
    "form": {
        "errors": [{"id": "kind", "text": "Choose the scan or the file first."}],
        "kind": choices(
            "kind", "Who is it from?", "A health professional", "A solicitor"
        ),
        "sender": field("sender", "Their name"),
        "on": field("on", "It came on", type="date"),
        "channel": choices("channel", "How it came", "By post", across=True),
        "about": field("about", "What it is about", type="textarea"),
    },
    "back": URL,
}
PAPER: dict[str, Any] = {
    **SAID,
    "form": {
        "errors": [],
        "kind": choices("kind", "What is it?", "Paper file", "Study model"),
        "where": field("where", "Place"),
        "box": field("box", "Box or shelf"),
        "what": field("what", "What is in it"),
    },
    "back": URL,
}
DESK: dict[str, Any] = {"staff": NOOR, "menu": MENU, "opened": OPENED, "done": ""}
THING = {
    "ref": REF,
    "request_ref": REF,
    "medium": "paper",
    "place": "Cellar, cupboard 4, Box 12",
    "since": NOON,
}
DESTROY = {**DESK, "things": [THING, {**THING, "medium": "model", "place": LONG}]}
RECIPIENT = {
    "name": "Larkmoor Surgery",
    "url": URL,
    "class": "gp",
    "clause": "5.1",
    "where": "GB",
    "screened_at": NOON,
    "state": "kept",
    "word": "May get data",
}
RECIPIENTS: dict[str, Any] = {
    **DESK,
    "rows": [
        RECIPIENT,
        {**RECIPIENT, "name": LONG, "state": "wrong", "word": "Contract has run out"},
        {**RECIPIENT, "screened_at": None, "where": "", "state": "quiet"},
    ],
    "add": URL,
}
ONE: dict[str, Any] = {
    **DESK,
    "form": {
        "errors": [],
        "slug": choices("slug", "Who are they to us?", "Gp", "Hospital"),
        "name": field("name", "Name"),
        "address": field("address", "Postal address", type="textarea"),
        "email": field("email", "Email address", type="email"),
        "country": choices("country", "Country", "United Kingdom", across=True),
        "safeguard": choices("safeguard", "Safeguard outside the UK", "Adequacy"),
        "contract_until": field("contract_until", "Contract until", type="date"),
        "screened_how": field("screened_how", "How you made sure who they are"),
        "fields": choices("fields", "What they said they need", "Name"),
        "active": choices("active", "May data go there?", "Yes"),
    },
    "row": {"name": "Larkmoor Surgery", "version": 3},
    "clause": "5.1",
    "back": URL,
}

PAGES: dict[str, Page] = {
    "letters": ("desk/letters/list.html", LIST),
    "letters-none": ("desk/letters/list.html", NONE),
    "letters-choose": ("desk/letters/choose.html", CHOOSE),
    "letters-choose-none": (
        "desk/letters/choose.html",
        {**CHOOSE, "recipients": []},
    ),
    "letters-begin": ("desk/letters/begin.html", BEGIN),
    "letters-shut": ("desk/letters/begin.html", SHUT),
    "letters-write": ("desk/letters/write.html", WRITE),
    "letters-preview": ("desk/letters/preview.html", PREVIEW),
    "letters-stopped": ("desk/letters/preview.html", STOPPED),
    "letters-filed": ("desk/letters/sent.html", FILED),
    "letters-came": ("desk/letters/came.html", CAME_FORM),
    "letters-paper": ("desk/letters/paper.html", PAPER),
    "paper-destroy": ("desk/letters/destroy.html", DESTROY),
    "paper-none": ("desk/letters/destroy.html", {**DESK, "things": []}),
    "recipients": ("desk/letters/recipients.html", RECIPIENTS),
    "recipient": ("desk/letters/recipient.html", ONE),
}
