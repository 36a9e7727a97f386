"""The public pages with everything on them that a real visit could bring.

Each page is a name, its template and a context as the template's first comment asks.
People and figures are invented.
"""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

Page = tuple[str, dict[str, Any]]

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
REF = UUID("0193a0b0-7c11-7d55-9c1a-2f6d0b8a1e11")

EVERYWHERE: dict[str, Any] = {
    "clinic": {
        "name": "Quillane",
        "phone": "020 7946 0418",
        "address_lines": ["14 Vesper Street", "London W1X 4QX"],
        "controller_line": "Quillane Aesthetic Ltd is responsible for your data.",
    },
    "brand": {"slug": "window", "name": "Quillane", "tagline": "Skin medicine"},
    "policy_banner": (
        "This is a demonstration with an invented clinic. Its policy is not published: "
        "2 decisions are still to be made."
    ),
    "mailbox": True,
    "staff": None,
    "csrf_token": "a-token",
}

SERVICES = [
    ("First consultation", "An unhurried talk about what is sensible.", "£90", 45),
    (
        "Dermal filler",
        "Volume put back with care, after a pause to think.",
        "from £380",
        60,
    ),
    (
        "Chemical peel",
        "A course of light peels, spaced to let it rest.",
        "from £140",
        45,
    ),
    ("Hair transplant", "Follicles moved one by one over a day.", "", 420),
    ("Yearly skin review", "Photographs, notes and advice once a year.", "£120", 40),
]

HOME: dict[str, Any] = {
    "hero": {
        "title": "Skin medicine, honestly done",
        "lead": (
            "A small clinic of doctors and nurses. We start with a long talk, and we "
            "say what we would not do."
        ),
    },
    "services": [
        {"name": name, "text": text, "price": price, "minutes": minutes}
        for name, text, price, minutes in SERVICES
    ],
    "services_lead": "Done by doctors and nurses. Prices are what you pay.",
    "promise": {
        "title": "Photographs",
        "text": (
            "We use your photographs to treat you. Anything else, we ask first, each "
            "time, and you can say stop."
        ),
        "clause": "4.1",
        "proof": "",
        "proof_title": "",
    },
    "visit": {
        "lead": "The name on the door is ours alone. No other patient waits with you.",
        "steps": [
            {
                "title": "You tell us a little",
                "text": "A name and one way to reach you.",
            },
            {
                "title": "You meet a doctor",
                "text": "An hour, with a mirror and no sales.",
            },
            {
                "title": "You take two weeks",
                "text": "Nothing is booked until you say so.",
            },
        ],
    },
    "hours": {
        "now": "Open now, until 7 pm.",
        "rows": [
            {"day": day, "times": list(times), "today": day == "Tuesday"}
            for day, *times in (
                ("Monday", "9 am to noon", "2 pm to 7 pm"),
                ("Tuesday", "9 am to 7 pm"),
                ("Wednesday", "9 am to 7 pm"),
                ("Thursday", "9 am to 7 pm"),
                ("Friday", "9 am to 7 pm"),
                ("Saturday", "10 am to 4 pm, every other week"),
                ("Sunday",),
            )
        ],
    },
    "place": {
        "address": "14 Vesper Street, London W1",
        "phone": "020 7946 0418",
        "others": "Bath and Leeds",
    },
    "close": "You can see what we hold about you, and who has looked, at any time.",
}


def field(name: str, label: str, **more: Any) -> dict[str, Any]:
    """Return a field as web/partials/field.html takes it."""
    plain: dict[str, Any] = {
        "type": "text",
        "value": "",
        "required": True,
        "hint": "",
        "error": "",
        "why": "",
        "clause": "",
        "autocomplete": "",
        "inputmode": "",
        "short": False,
        "max": 0,
    }
    return {"name": name, "label": label, **plain, **more}


def choices(name: str, legend: str, *labels: str, **more: Any) -> dict[str, Any]:
    """Return choices as web/partials/choices.html takes them, none of them ticked."""
    plain: dict[str, Any] = {
        "kind": "checkbox",
        "hint": "",
        "error": "",
        "why": "",
        "clause": "",
        "across": False,
    }
    options = [
        {"value": str(n), "label": label, "hint": "", "checked": False}
        for n, label in enumerate(labels)
    ]
    return {"name": name, "legend": legend, "options": options, **plain, **more}


STEPS = [
    {"when": "Now", "text": "Reception sees your question.", "clause": ""},
    {
        "when": "Within one working day",
        "text": "We answer in the way you chose.",
        "clause": "3.1",
    },
    {
        "when": "After 12 months",
        "text": "If you have not become a patient, all of this is erased.",
        "clause": "6.1",
    },
]

FIELDS = [
    field("name", "Your name", autocomplete="name"),
    field(
        "email",
        "Email",
        type="email",
        autocomplete="email",
        why="To answer you, and for nothing else unless you say so below.",
        clause="3.1",
    ),
    field(
        "phone",
        "Mobile number",
        type="tel",
        autocomplete="tel",
        required=False,
        short=True,
        hint="For a call instead of an email.",
    ),
]
MESSAGE = field(
    "message",
    "Your question",
    type="textarea",
    hint="Please leave out your health history. We ask for it later, in private.",
    max=4000,
)
ENQUIRY_FORM: dict[str, Any] = {
    "errors": [],
    "fields": FIELDS,
    "message": MESSAGE,
    "topics": choices(
        "topics", "What is it about?", "Skin", "Lines", "Laser", "Hair", across=True
    ),
    "reply": choices(
        "reply", "How may we reply?", "Email", "Phone call", "Text message"
    ),
    "marketing": {
        "legend": "Would you like news and offers?",
        "hint": "Nothing is chosen for you. Leave these empty and we send none.",
        "why": "We send offers only to people who said yes.",
        "clause": "3.12",
        "error": "",
        "groups": [
            choices(
                "marketing",
                "",
                "Quillane may send me news and offers by email.",
                "Quillane may send me news and offers by text message.",
                "Quillane may send me news and offers by post.",
            )
        ],
    },
    "hidden": [{"name": "notice", "value": "2026-09"}],
}
ENQUIRY: dict[str, Any] = {
    "lead": "A few short answers. A person replies within one working day.",
    "form": ENQUIRY_FORM,
    "steps": STEPS,
}
ENQUIRY_WRONG: dict[str, Any] = {
    **ENQUIRY,
    "form": {
        **ENQUIRY_FORM,
        "errors": [
            {"id": "email", "text": "Check your email address"},
            {"id": "reply", "text": "Choose how we may reply"},
        ],
        "fields": [
            {**FIELDS[0], "value": "Rosalind “R.” Achterberg <b>"},
            {
                **FIELDS[1],
                "value": "rosalind@post",
                "error": (
                    "This address has no ending. Add what comes after the @, such as "
                    ".com or .co.uk."
                ),
            },
            {**FIELDS[2], "value": "07700 900461"},
        ],
        "message": {
            **MESSAGE,
            "value": "Do you treat redness on the cheeks?\n</textarea> مرحبا",
        },
        "reply": {
            **ENQUIRY_FORM["reply"],
            "error": "Choose at least one, so that we can answer.",
        },
        "marketing": {
            **ENQUIRY_FORM["marketing"],
            "groups": [
                choices(f"m-{slug}", topic, "Email", "Text", "WeChat", across=True)
                for slug, topic in (
                    ("treatments", "Treatments"),
                    ("products", "Products"),
                    ("offers", "Offers"),
                )
            ],
        },
    },
}

PAGES: dict[str, Page] = {
    "home": ("public/home.html", HOME),
    "enquiry": ("public/enquiry.html", ENQUIRY),
    "enquiry-wrong": ("public/enquiry.html", ENQUIRY_WRONG),
    "enquiry-thanks": ("public/enquiry_thanks.html", {"steps": STEPS}),
}
