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
LONG_ENOUGH = date(2034, 10, 9)

EVERYWHERE: dict[str, Any] = {
    "clinic": {
        "name": "Quillane",
        "phone": "020 7946 0418",
        "address_lines": ["14 Vesper Street", "London W1X 4QX"],
        "controller_line": "Quillane Aesthetic Medicine Ltd is responsible for your data.",
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
    ("Dermal filler", "Volume put back with care, after a pause to think.", "from £380", 60),
    ("Chemical peel", "A course of light peels, spaced to let it rest.", "from £140", 45),
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
        "lead": "The name on the door is ours alone, and no other patient waits with you.",
        "steps": [
            {"title": "You tell us a little", "text": "A name and one way to reach you."},
            {"title": "You meet a doctor", "text": "An hour, with a mirror and no sales."},
            {"title": "You take two weeks", "text": "Nothing is booked until you say so."},
        ],
    },
    "hours": [
        {"days": "Monday to Friday", "times": "9 am to 7 pm"},
        {"days": "Saturday", "times": "10 am to 4 pm"},
    ],
    "close": "You can see what we hold about you, and who has looked, at any time.",
}


def clause(number: str, title: str, *paragraphs: str, **more: Any) -> dict[str, Any]:
    """Return one clause of the notice, with what `more` adds to it."""
    plain: dict[str, Any] = {"items": [], "table": None, "margin": []}
    return {
        "number": number,
        "key": f"key-{number}",
        "title": title,
        "paragraphs": paragraphs,
        **plain,
        **more,
    }


NOTICE = {
    "title": "Privacy notice",
    "version": "2026-09",
    "effective": date(2026, 9, 1),
    "lead": "What we do with your data, clause by clause.",
    "short": [
        {"title": "To treat you", "text": "For your care and our accounts. No more."},
        {"title": "You can look", "text": "See what is held, and who has opened it."},
        {"title": "It ends", "text": "8 years after your last visit, it is erased."},
        {"title": "You can stop it", "text": "Change your mind about offers at any time."},
    ],
    "sections": [
        {
            "number": "1",
            "title": "Who we are",
            "clauses": [
                clause(
                    "1.1",
                    "Who decides",
                    "Quillane Aesthetic Medicine Ltd decides how your data is used, and "
                    "answers for it. Write to privacy@quillane.example.",
                )
            ],
        },
        {
            "number": "3",
            "title": "Why, and what allows it",
            "clauses": [
                clause(
                    "3.1",
                    "Answering your questions",
                    "When you ask us something we use what you wrote to answer it.",
                    "We stop when you say so.",
                    items=["your name", "how to reach you", "what you asked"],
                ),
                clause(
                    "3.12",
                    "News and offers",
                    "Only with your yes, for each way of reaching you.",
                    margin=[
                        {
                            "state": "due",
                            "word": "To be decided",
                            "text": "How often we may write. Until then, once a month.",
                        }
                    ],
                ),
            ],
        },
        {
            "number": "6",
            "title": "How long we keep it",
            "clauses": [
                clause(
                    "6.1",
                    "Periods",
                    "We count from the day that is named.",
                    table={
                        "head": ["What", "How long", "Counted from"],
                        "rows": [
                            ["An enquiry that came to nothing", "12 months", "our reply"],
                            ["Your patient file", "8 years", "your last visit"],
                            ["Bills", "6 years", "the end of the tax year"],
                        ],
                    },
                )
            ],
        },
    ],
}
NOTICE_PAGE: dict[str, Any] = {
    "notice": NOTICE,
    "current": True,
    "pdf": True,
    "versions": [
        {
            "version": "2026-09",
            "effective": date(2026, 9, 1),
            "current": True,
            "summary": "Enquiries are kept for 12 months, not 24.",
        },
        {
            "version": "2026-03",
            "effective": date(2026, 3, 2),
            "current": False,
            "summary": "",
        },
    ],
    "open_decisions": [
        {
            "clause": "3.12",
            "why": "How often offers may be sent is not said.",
            "meanwhile": "once a month",
        },
        {
            "clause": "6.1",
            "why": "Who approves what is erased is not named.",
            "meanwhile": "the data protection lead",
        },
    ],
}

COOKIES: dict[str, Any] = {
    "notice": {
        "title": "Cookies",
        "version": "2026-09",
        "effective": date(2026, 9, 1),
        "lead": "We set what the site cannot work without, and nothing else.",
        "paragraphs": ["You are not asked to agree, because nothing here waits for it."],
    },
    "cookies": [
        {
            "name": "csrftoken",
            "why": "Shows us that a form came from this site",
            "set_by": "Quillane",
            "lasts": "1 year",
            "needs": "Nothing: forms do not work without it",
        },
        {
            "name": "sessionid",
            "why": "Keeps staff signed in",
            "set_by": "Quillane",
            "lasts": "Until you close the browser",
            "needs": "Nothing: only set when staff sign in",
        },
    ],
    "clause": "8.1",
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
        "E-mail",
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
        hint="For a call instead of an e-mail.",
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
    "reply": choices("reply", "How may we reply?", "E-mail", "Phone call", "Text message"),
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
                "Quillane may send me news and offers by e-mail.",
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
            {"id": "email", "text": "Check your e-mail address"},
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
                choices(f"m-{slug}", topic, "E-mail", "Text", "WeChat", across=True)
                for slug, topic in (
                    ("treatments", "Treatments"),
                    ("products", "Products"),
                    ("offers", "Offers"),
                )
            ],
        },
    },
}

YOUR_DATA: dict[str, Any] = {
    "form": {
        "errors": [],
        "kind": choices(
            "kind",
            "What would you like?",
            "A copy of my data",
            "To be erased",
            kind="radio",
        ),
        "email": field(
            "email",
            "Your e-mail address",
            type="email",
            autocomplete="email",
            hint="The one you used with us.",
        ),
        "hidden": [],
    },
    "answer_by": date(2026, 12, 24),
    "within": "one month",
    "clause": "7.1",
    "other_ways": [
        {
            "label": "E-mail",
            "value": "privacy@quillane.example",
            "url": "mailto:privacy@quillane.example",
        },
        {"label": "Post", "value": "14 Vesper Street, London W1X 4QX", "url": ""},
        {"label": "Phone", "value": "020 7946 0418", "url": "tel:+442079460418"},
    ],
    "complain": {
        "us": "Write to our data protection lead. We answer within 30 days.",
        "regulator": "Information Commissioner’s Office",
        "url": "https://ico.org.uk/make-a-complaint/",
        "phone": "0303 123 1113",
    },
}

ASKED = {
    "ref": REF,
    "number": "R-118",
    "received_at": NOON,
    "answer_by": date(2026, 12, 24),
    "clause": "7.1",
}
CONFIRM: dict[str, Any] = {
    "action": "/your-data/confirm/",
    "hidden": [{"name": "token", "value": "one-time"}],
    "answer_by": date(2026, 12, 24),
    "expires_at": NOON,
}
IDENTITY: dict[str, Any] = {
    "reason": "More than one person uses this address.",
    "action": "/your-data/confirm/",
    "form": {
        "errors": [],
        "field": field("phone", "A phone number you gave us", type="tel", short=True),
        "hidden": [],
    },
    "clause": "7.2",
}
HOLDS = [
    {"name": "Your details", "count": "1"},
    {"name": "Your enquiries", "count": "2"},
    {"name": "Who has looked", "count": "14 entries"},
]
COPY: dict[str, Any] = {
    "asked": ASKED,
    "progress": {"says": "Your messages, 3 of 9", "done": 3, "of": 9},
    "download": {
        "expires_at": NOON,
        "size": "184 KB",
        "files": 6,
        "downloaded_at": None,
    },
    "holds": HOLDS,
}
ERASURE: dict[str, Any] = {
    "asked": {**ASKED, "number": "R-119"},
    "state": "open",
    "plan": {
        "goes": [
            {"name": "Your name and how to reach you", "count": "3 rows", "clause": ""},
            {"name": "Your enquiries", "count": "2 enquiries", "clause": "6.1"},
            {"name": "Offers and what you chose", "count": "4 choices", "clause": ""},
            {"name": "What we wrote to you", "count": "3 messages", "clause": ""},
        ],
        "stays": [
            {
                "name": "That you said stop",
                "count": "1 fingerprint",
                "why": "So that we never write to you by mistake.",
                "clause": "3.12",
                "until": None,
                "until_says": "As long as we send offers",
            },
            {
                "name": "Your treatment record",
                "count": "6 visits",
                "why": "A later doctor may need it to treat you safely. The law asks us.",
                "clause": "6.1",
                "until": LONG_ENOUGH,
                "until_says": "",
            },
        ],
        "gone_at": TODAY,
        "keys_by": date(2026, 12, 1),
        "backups_by": date(2026, 12, 29),
        "things": "these four",
    },
    "hidden": [{"name": "plan", "value": "8c1d"}],
}
NOTHING_GOES: dict[str, Any] = {
    **ERASURE,
    "plan": {**ERASURE["plan"], "goes": []},
}
CERTIFICATE: dict[str, Any] = {
    "certificate": {
        "number": "E-2026-0007",
        "state": "kept",
        "asked_on": TODAY,
        "issued_at": NOON,
        "read_at": NOON,
        "gone_at": NOON,
        "keys_by": date(2026, 12, 1),
        "backups_by": date(2026, 12, 29),
        "tables": [
            {"name": "Name and contacts", "erased": 3, "left": 0, "kept": "", "clause": ""},
            {"name": "Enquiries", "erased": 2, "left": 0, "kept": "", "clause": ""},
            {
                "name": "Addresses we must not write to",
                "erased": 0,
                "left": 1,
                "kept": "A fingerprint, so that we never write by mistake.",
                "clause": "3.12",
            },
        ],
        "tables_read": 27,
        "rows_erased": 12,
        "files_erased": 1,
        "keys_destroyed": 4,
        "policy": "2026-09",
        "seal": "sha256 4f1c 9a07 5b21 cc90 8e3d 7712 a0f4 6d58 19be 03c7 5af2 d1e8",
    }
}
MAILBOX: dict[str, Any] = {
    "messages": [
        {
            "id": "20261124-1",
            "to": "rosalind@post.example",
            "subject": "Your link from Quillane",
            "at": NOON,
        },
        {
            "id": "20261124-2",
            "to": "a.very.long.address.indeed@a-long-domain-name.example",
            "subject": "Our answer to your question",
            "at": NOON,
        },
    ],
    "page": None,
}
LETTER: dict[str, Any] = {
    "message": {
        "sender": "Quillane <hello@quillane.example>",
        "to": "rosalind@post.example",
        "subject": "Your link from Quillane",
        "at": NOON,
        "text": (
            "Hello,\n\nyou asked for a copy of your data. Open this link:\n"
            "http://localhost:8000/your-data/confirm/?t=" + "x" * 60 + "\n\nQuillane"
        ),
    }
}

PAGES: dict[str, Page] = {
    "home": ("public/home.html", HOME),
    "notice": ("public/notice.html", NOTICE_PAGE),
    "notice-earlier": (
        "public/notice.html",
        {**NOTICE_PAGE, "current": False, "open_decisions": [], "pdf": False},
    ),
    "cookies": ("public/cookies.html", COOKIES),
    "cookies-none": ("public/cookies.html", {**COOKIES, "cookies": []}),
    "enquiry": ("public/enquiry.html", ENQUIRY),
    "enquiry-wrong": ("public/enquiry.html", ENQUIRY_WRONG),
    "enquiry-thanks": ("public/enquiry_thanks.html", {"steps": STEPS}),
    "your-data": ("public/your_data.html", YOUR_DATA),
    "your-data-sent": (
        "public/your_data_sent.html",
        {"link_life": "24 hours", "answer_by": date(2026, 12, 24)},
    ),
    "confirm-copy": ("public/request_confirm.html", {**CONFIRM, "kind": "copy"}),
    "confirm-erasure": ("public/request_confirm.html", {**CONFIRM, "kind": "erasure"}),
    "identity": ("public/request_identity.html", IDENTITY),
    "copy-making": ("public/request_copy.html", {**COPY, "state": "making"}),
    "copy-ready": ("public/request_copy.html", {**COPY, "state": "ready"}),
    "copy-expired": ("public/request_copy.html", {**COPY, "state": "expired"}),
    "copy-failed": ("public/request_copy.html", {**COPY, "state": "failed"}),
    "erasure-plan": ("public/request_erasure_plan.html", ERASURE),
    "erasure-nothing": ("public/request_erasure_plan.html", NOTHING_GOES),
    "erasure-working": (
        "public/request_erasure_plan.html",
        {**ERASURE, "state": "working"},
    ),
    "certificate": ("public/certificate.html", CERTIFICATE),
    "certificate-wrong": (
        "public/certificate.html",
        {"certificate": {**CERTIFICATE["certificate"], "state": "wrong"}},
    ),
    "mailbox": ("public/mailbox.html", MAILBOX),
    "mailbox-empty": ("public/mailbox.html", {"messages": [], "page": None}),
    "mailbox-message": ("public/mailbox_message.html", LETTER),
}
