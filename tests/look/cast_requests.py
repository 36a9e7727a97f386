"""Data requests at the desk: the list, one of them, and the letter that says no."""

from datetime import date
from typing import Any

from tests.look.cast import NOON, REF, TODAY, Page, choices, field

NOOR = {"name": "Noor Haddad", "role": "Reception"}
MENU = {"enquiries": True, "requests": True}
OPENED = {
    "purpose": "answering enquiries",
    "clause": "3.1",
    "note": "They can see that you opened this.",
}

REQUEST_ROWS = [
    ("R-117", "Erasure", "wrong", "3 days late", 31, 31),
    ("R-118", "Copy of data", "wrong", "Due today", 30, 31),
    ("R-121", "Erasure", "due", "13 days left", 18, 31),
    ("R-124", "Copy of data", "quiet", "27 days left", 4, 31),
]
COLUMNS = [
    {"label": "Request", "url": "?sort=number", "sort": ""},
    {"label": "Kind", "url": "", "sort": ""},
    {"label": "From", "url": "", "sort": ""},
    {"label": "Came", "url": "?sort=came", "sort": ""},
    {"label": "Due", "url": "?sort=-due", "sort": "ascending"},
    {"label": "Where it stands", "url": "", "sort": ""},
    {"label": "Clock", "url": "", "sort": ""},
]


def rows(stage: str, name: str | None) -> list[dict[str, Any]]:
    """Return requests as the list takes them, all at one stage."""
    return [
        {
            "ref": REF,
            "number": number,
            "kind": kind,
            "from_": name if used < 30 else None,
            "came_on": TODAY,
            "due_on": date(2026, 12, 24),
            "stage": stage,
            "state": state,
            "word": word,
            "used": used,
            "of": of,
        }
        for number, kind, state, word, used, of in REQUEST_ROWS
    ]


WAITING = rows("Waiting for the link to be opened", "Perhaps Rosalind Achterberg")[2:]
REQUESTS: dict[str, Any] = {
    "to_destroy": 2,
    "staff": NOOR,
    "menu": MENU,
    "opened": {**OPENED, "purpose": "answering data requests", "clause": "7.1"},
    "filter": {
        "state": "open",
        "states": [
            {"value": "open", "label": "To answer"},
            {"value": "link", "label": "Waiting for their link"},
            {"value": "all", "label": "All"},
        ],
        "kind": "",
        "kinds": [{"value": "", "label": "All kinds"}],
        "sort": "due",
        "active": False,
    },
    "title": "To answer",
    "counts": {"open": 4, "late": 1, "link": 9, "all": 31},
    "columns": COLUMNS,
    "rows": rows("Waiting to know who asks", "O. Farrant"),
    "page": {
        "number": 2,
        "pages": 4,
        "first": 51,
        "last": 100,
        "count": 191,
        "previous_url": "?page=1",
        "next_url": "?page=3",
        "things": "requests",
    },
    "empty": {"title": "Nothing to answer", "text": "Requests appear here."},
    "waiting": {
        "rows": WAITING,
        "columns": [{**column, "url": "", "sort": ""} for column in COLUMNS],
        "more": 7,
        "url": "?state=link",
    },
}
NO_REQUESTS: dict[str, Any] = {
    **REQUESTS,
    "rows": [],
    "waiting": None,
    "counts": {"open": 0, "late": 0, "link": 0, "all": 0},
    "filter": {**REQUESTS["filter"], "state": "link", "active": True},
}
REQUEST: dict[str, Any] = {
    "staff": NOOR,
    "menu": MENU,
    "opened": REQUESTS["opened"],
    "done": "",
    "code": "",
    "asked": {
        "ref": REF,
        "number": "R-121",
        "kind": "erasure",
        "from_": "C. Verhaege",
        "came_on": TODAY,
        "due_on": date(2026, 12, 7),
        "law_by": date(2026, 12, 24),
        "clause": "7.1",
        "state": "due",
        "word": "13 days left",
        "used": 18,
        "of": 31,
        "stage": "Plan shown, not decided",
    },
    "asks": None,
    "tries_left": 5,
    "events": [
        {"at": NOON, "title": "They looked at what would go", "text": ""},
        {"at": NOON, "title": "Link opened", "text": "By the address we hold."},
        {"at": NOON, "title": "Asked on the public site", "text": ""},
    ],
    "facts": [{"label": "Identity", "value": "Link to their address", "clause": "7.2"}],
    "nothing_goes": False,
    "letter": "",
    "refuse_url": "/desk/requests/refuse/",
}
PEOPLE = choices(
    "people",
    "Which records are of the person who asks?",
    "Rosalind Achterberg",
    "R. Achterberg-Wolfeschlegelsteinhausenbergerdorff",
    "No name",
    hint="Somebody who wrote to us twice may have two records.",
)
PEOPLE["options"][0]["hint"] = "rosalind@post.example, 07700 900461"
PEOPLE["options"][1]["hint"] = "rosalind@post.example"
PEOPLE["options"][2]["hint"] = "Nothing to reach them by"
HOW = choices(
    "how",
    "How did you make sure?",
    "I called a number that we held before",
    "I saw an identity document, and kept no copy",
    kind="radio",
)
UNSURE: dict[str, Any] = {
    **REQUEST,
    "asks": {"errors": [], "people": PEOPLE, "how": HOW},
    "tries_left": 0,
}
UNSURE_WRONG: dict[str, Any] = {
    **UNSURE,
    "asks": {
        "errors": [{"id": "how", "text": "Say how you made sure."}],
        "people": PEOPLE,
        "how": {**HOW, "error": "Say how you made sure."},
    },
}
SETTLED: dict[str, Any] = {
    **REQUEST,
    "done": "It is settled who asks. The request goes on as theirs.",
    "code": "K4WQ-7HZD",
}
SAID_NO = """Hello,

On 24 November 2026 you asked us to erase what we hold about you (request R-121). We do
not erase it. A person decided this: the data protection lead.

The reason, in the words of the person who decided:

Your record is part of a claim that is before the county court until spring.

If you do not agree

You can complain to us. Write to privacy@quillane.example.

Information Commissioner’s Office, https://ico.org.uk/make-a-complaint/."""
REFUSAL: dict[str, Any] = {
    "staff": NOOR,
    "menu": MENU,
    "opened": REQUESTS["opened"],
    "asked": REQUEST["asked"],
    "changed": "",
    "form": {
        "errors": [],
        "ground": choices(
            "ground",
            "On what ground?",
            "A law makes us keep it",
            "Needed for a legal claim",
            kind="radio",
            hint="The law has no other grounds.",
        ),
        "reason": field(
            "reason", "Why, in your own words", type="textarea", max=2000, hint="As is."
        ),
    },
    "draft": None,
}
REFUSAL["form"]["ground"]["options"][0]["hint"] = "UK GDPR Art 17(3)(b). Name the law."
REFUSAL_WRONG: dict[str, Any] = {
    **REFUSAL,
    "form": {
        **REFUSAL["form"],
        "errors": [{"id": "reason", "text": "Write why."}],
        "reason": {**REFUSAL["form"]["reason"], "error": "Write why."},
    },
}
REFUSAL_LETTER: dict[str, Any] = {
    **REFUSAL,
    "changed": "The letter is not the one you looked at.",
    "draft": {
        "to": "rosalind.achterberg@a-rather-long-domain.example",
        "subject": "Our answer from Quillane",
        "body": SAID_NO,
        "late": True,
        "hidden": [{"name": "seen", "value": "8c1d"}],
    },
}

PAGES: dict[str, Page] = {
    "requests": ("desk/requests.html", REQUESTS),
    "requests-none": ("desk/requests.html", NO_REQUESTS),
    "desk-request": ("desk/request.html", REQUEST),
    "desk-request-stays": ("desk/request.html", {**REQUEST, "nothing_goes": True}),
    "desk-request-unsure": ("desk/request.html", UNSURE),
    "desk-request-wrong": ("desk/request.html", UNSURE_WRONG),
    "desk-request-settled": ("desk/request.html", SETTLED),
    "desk-request-refused": (
        "desk/request.html",
        {**REQUEST, "letter": SAID_NO, "refuse_url": ""},
    ),
    "refuse": ("desk/refuse.html", REFUSAL),
    "refuse-wrong": ("desk/refuse.html", REFUSAL_WRONG),
    "refuse-letter": ("desk/refuse.html", REFUSAL_LETTER),
}
