"""The desk's pages as a working day would fill them."""

from datetime import date
from typing import Any

from tests.look import cast_requests
from tests.look.cast import NOON, REF, TODAY, Page, field
from tests.look.cast_requests import MENU, NOOR, OPENED

TODAY_PAGE: dict[str, Any] = {
    "staff": NOOR,
    "menu": MENU,
    "today": TODAY,
    "notice": "Policy 2026-09, in force since 1 September 2026",
    "tally": [
        {"label": "New enquiries", "value": 3, "note": "", "url": "/desk/enquiries/"},
        {"label": "Requests open", "value": 4, "note": "1 due this week", "url": ""},
        {"label": "Refused today", "value": 2, "note": "by clause 3.12", "url": ""},
    ],
    "late": 2,
    "more": 12,
    "due": [
        {
            "url": "/desk/requests/",
            "number": "R-118",
            "what": "Copy of data",
            "due_on": TODAY,
            "state": "wrong",
            "word": "Due today",
        },
        {
            "url": "/desk/requests/",
            "number": "R-121",
            "what": "Erasure",
            "due_on": date(2026, 12, 7),
            "state": "due",
            "word": "13 days left",
        },
    ],
    "may": [
        {"words": "Answering enquiries", "clause": "3.1"},
        {"words": "Running the day", "clause": "3.2"},
    ],
}

ROWS = [
    ("Rosalind Achterberg", "Do you treat redness on the cheeks?", "quiet", "New"),
    (
        "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh",
        "A very long question about laser treatment, and whether the wait between "
        "visits can be shorter than the six weeks that are written on the page, and "
        "what happens if one is missed.",
        "kept",
        "Answered",
    ),
    (None, None, "due", "Due today"),
    ("", "مرحبا، هل تعالجون الندوب؟", "quiet", "Closed"),
]
ENQUIRIES: dict[str, Any] = {
    "staff": NOOR,
    "menu": MENU,
    "opened": OPENED,
    "filter": {
        "q": "",
        "status": "new",
        "active": False,
        "statuses": [
            {"value": "", "label": "All"},
            {"value": "new", "label": "New"},
            {"value": "answered", "label": "Answered"},
        ],
    },
    "columns": [
        {"label": "From", "url": "?sort=name", "sort": ""},
        {"label": "Asked", "url": "", "sort": ""},
        {"label": "About", "url": "", "sort": ""},
        {"label": "Reply by", "url": "", "sort": ""},
        {"label": "Received", "url": "?sort=received", "sort": "descending"},
        {"label": "Status", "url": "?sort=status", "sort": ""},
    ],
    "rows": [
        {
            "ref": REF,
            "name": name,
            "message": message,
            "topics": "Skin, laser",
            "reply_by": "Email",
            "received_at": NOON,
            "state": state,
            "word": word,
        }
        for name, message, state, word in ROWS
    ],
    "page": {
        "number": 2,
        "pages": 4,
        "first": 26,
        "last": 50,
        "count": 91,
        "previous_url": "?page=1",
        "next_url": "?page=3",
        "things": "enquiries",
    },
    "closest": 50,
    "own": True,
    "left_out": {"count": 2, "clause": "3.1"},
}
NO_ENQUIRIES: dict[str, Any] = {**ENQUIRIES, "rows": [], "left_out": None}
NO_MATCH: dict[str, Any] = {
    **NO_ENQUIRIES,
    "filter": {**ENQUIRIES["filter"], "q": "Zephyrine", "active": True},
}

ENQUIRY: dict[str, Any] = {
    "staff": NOOR,
    "menu": MENU,
    "opened": OPENED,
    "done": "",
    "enquiry": {
        "ref": REF,
        "received_at": NOON,
        "state": "quiet",
        "word": "New",
        "source": "Enquiry form, quillane.example",
        "topics": "Skin, laser",
        "reply_by": "Email, phone call",
        "message": "Do you treat redness on the cheeks?\n\nAnd how long is a visit?",
        "notice": "2026-09",
        "notice_url": "/privacy/versions/2026-09/",
        "keep_until": "12 months after our answer",
        "keep_clause": "6.1",
    },
    "person": {
        "ref": REF,
        "registered": False,
        "name": "Rosalind Achterberg",
        "contacts": [
            {
                "label": "Email",
                "value": "rosalind.achterberg@a-rather-long-domain.example",
                "url": "mailto:rosalind.achterberg@a-rather-long-domain.example",
            },
            {"label": "Mobile", "value": "07700 900461", "url": "tel:+447700900461"},
        ],
    },
    "permissions": [
        {
            "label": "Offers by email",
            "state": "kept",
            "word": "Yes",
            "note": "24 November 2026, on this form",
        },
        {"label": "Offers by text", "state": "quiet", "word": "Not chosen", "note": ""},
    ],
    "withheld": [{"label": "Health", "clause": "3.1"}],
    "thread": [
        {
            "who": "Noor Haddad",
            "role": "Reception",
            "at": NOON,
            "text": "We do.\n\nA first visit is 45 minutes.",
            "state": "kept",
            "word": "Sent",
        }
    ],
    "reply": {
        "errors": [],
        "text": field(
            "text",
            "Your answer",
            type="textarea",
            hint="Say nothing about health in an email.",
            max=8000,
        ),
        "hidden": [],
        "to": "rosalind.achterberg@a-rather-long-domain.example",
    },
    "no_reply": "",
    "actions": [
        {"value": "close", "label": "Close without an answer", "danger": False},
    ],
}
ENQUIRY_SHUT: dict[str, Any] = {
    **ENQUIRY,
    "done": "Your answer is on its way.",
    "enquiry": {**ENQUIRY["enquiry"], "message": None},
    "person": {"ref": REF, "registered": True, "name": None, "contacts": []},
    "reply": None,
    "no_reply": "They asked not to be answered by email. Call instead.",
    "permissions": [],
    "thread": [],
    "actions": [],
}
ENQUIRY_WRONG: dict[str, Any] = {
    **ENQUIRY,
    "reply": {
        **ENQUIRY["reply"],
        "errors": [{"id": "text", "text": "Write an answer first"}],
        "text": {**ENQUIRY["reply"]["text"], "error": "There is no answer here yet."},
    },
}

REFUSED: dict[str, Any] = {
    "staff": {"name": "Max Ferro", "role": "Marketing"},
    "refusal": {
        "heading": "h1",
        "title": "Marketing cannot open enquiries",
        "says": "When you ask us something we use what you wrote to answer it.",
        "clause": "3.1",
        "why": "Enquiries are for those who answer them. Your role is not among them.",
        "instead": {
            "text": "Ask reception how many enquiries named a topic. Counts are yours.",
            "label": "See the counts",
            "url": "/desk/",
        },
        "disagree": {
            "text": "The data protection lead can look at the clause with you.",
            "label": "Write to them",
            "url": "mailto:privacy@quillane.example",
        },
    },
}


PAGES: dict[str, Page] = {
    "today": ("desk/today.html", TODAY_PAGE),
    "today-quiet": (
        "desk/today.html",
        {**TODAY_PAGE, "tally": [], "due": [], "late": 0, "more": 0, "may": []},
    ),
    "today-reception": (
        "desk/today.html",
        {**TODAY_PAGE, "due": None, "late": 0, "menu": {"enquiries": True}},
    ),
    "enquiries": ("desk/enquiries.html", ENQUIRIES),
    "enquiries-none": ("desk/enquiries.html", NO_ENQUIRIES),
    "enquiries-no-match": ("desk/enquiries.html", NO_MATCH),
    "desk-enquiry": ("desk/enquiry.html", ENQUIRY),
    "desk-enquiry-shut": ("desk/enquiry.html", ENQUIRY_SHUT),
    "desk-enquiry-wrong": ("desk/enquiry.html", ENQUIRY_WRONG),
    **cast_requests.PAGES,
    "refused": ("desk/refused.html", REFUSED),
}
