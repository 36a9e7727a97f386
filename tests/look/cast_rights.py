"""Asking for a copy or to be erased, and what comes of it; the demonstration's post."""

from datetime import date
from typing import Any

from tests.look.cast import NOON, REF, TODAY, Page, choices, field

LONG_ENOUGH = date(2034, 10, 9)

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
            "Your email address",
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
            "label": "Email",
            "value": "TheDataProtectionLead@quillane-aesthetics.example",
            "url": "mailto:TheDataProtectionLead@quillane-aesthetics.example",
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
REMEDIES: dict[str, Any] = {
    "heading": "If you do not agree",
    "again": "You can ask us again at any time, free of charge.",
    "us": "We let you know within 30 days that we have it. We look into it.",
    "ways": YOUR_DATA["other_ways"],
    "clause": "9.1",
    "independent": "You can complain to the regulator, which is independent of us.",
    "regulator": {
        "regulator": "Information Commissioner’s Office",
        "url": "https://ico.org.uk/make-a-complaint/",
        "phone": "0303 123 1113",
        "post": "Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF",
        "note": "It is moving to Manchester, so look at its site before you write.",
    },
    "regulator_clause": "9.2",
    "court": "You can ask a court to order us to do what the law asks of us.",
}
CLOSED: dict[str, Any] = {
    "asked": ASKED,
    "kind": "erasure",
    "ended_at": NOON,
    "says": "",
    "article": "",
    "reason": "",
    "remedies": REMEDIES,
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
        "fields": [
            field("name", "Your full name"),
            field("detail", "Something we know about you"),
        ],
        "hidden": [],
    },
    "clause": "7.2",
}
STAFF_GO_ON = {"form": None, "asked": ASKED, "remedies": REMEDIES}
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
                "why": "A later doctor may need it. The law asks us to keep it.",
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
    "remedies": REMEDIES,
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
            {
                "name": "Name and contacts",
                "erased": 3,
                "left": 0,
                "kept": "",
                "clause": "",
            },
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
        "remedies": REMEDIES,
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
    "your-data": ("public/your_data.html", YOUR_DATA),
    "your-data-sent": (
        "public/your_data_sent.html",
        {"link_life": "24 hours", "answer_by": date(2026, 12, 24)},
    ),
    "confirm-copy": ("public/request_confirm.html", {**CONFIRM, "kind": "copy"}),
    "confirm-erasure": ("public/request_confirm.html", {**CONFIRM, "kind": "erasure"}),
    "identity": ("public/request_identity.html", IDENTITY),
    "identity-staff": ("public/request_identity.html", {**IDENTITY, **STAFF_GO_ON}),
    "request-kept": (
        "public/request_closed.html",
        {**CLOSED, "state": "withdrawn"},
    ),
    "request-refused": (
        "public/request_closed.html",
        {
            **CLOSED,
            "state": "refused",
            "says": "What we hold is needed to bring or to answer a legal claim.",
            "article": "UK GDPR Art 17(3)(e)",
            "reason": "Your record is part of a claim.\n\nIt is before a court.",
        },
    ),
    "request-lapsed": (
        "public/request_closed.html",
        {
            **CLOSED,
            "state": "expired",
            "kind": "access",
            "says": "The link we sent you was not opened in time.",
        },
    ),
    "copy-making": ("public/request_copy.html", {**COPY, "state": "making"}),
    "copy-ready": ("public/request_copy.html", {**COPY, "state": "ready"}),
    "copy-expired": (
        "public/request_copy.html",
        {**COPY, "state": "expired", "remedies": REMEDIES},
    ),
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
