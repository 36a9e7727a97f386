"""The privacy notice and the cookie notice."""

from datetime import date
from typing import Any

from candour.policy.render.words.browsers import HEAD, ROWS
from tests.look.cast import REF, Page


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
        {
            "title": "You can stop it",
            "text": "Change your mind about offers at any time.",
        },
    ],
    "sections": [
        {
            "number": "1",
            "title": "Who we are",
            "clauses": [
                clause(
                    "1.1",
                    "Who decides",
                    "Quillane Aesthetic Ltd decides how your data is used, and "
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
                    margin=[
                        {
                            "state": "quiet",
                            "word": "The law",
                            "text": "UK GDPR Article 6(1)(b)",
                        }
                    ],
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
                            [
                                "An enquiry that came to nothing",
                                "12 months",
                                "our reply",
                            ],
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
            "ref": REF,
            "shown": True,
            "summary": "Enquiries are kept for 12 months, not 24.",
        },
        {
            "version": "2026-03",
            "effective": date(2026, 3, 2),
            "current": False,
            "ref": REF,
            "shown": False,
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
        "paragraphs": [
            "You are not asked to agree, because nothing here waits for it."
        ],
        "help": ["Your browser can show, clear and block cookies."],
        "browsers": {"head": list(HEAD), "rows": [list(row) for row in ROWS]},
    },
    "cookies": [
        {
            "name": "csrftoken",
            "why": "Shows us that a form came from this site",
            "set_by": "Quillane",
            "lasts": "1 year",
            "needs": "Nothing: forms do not work without it",
            "reviewed": "Our data protection lead, 1 September 2026",
        },
        {
            "name": "sessionid",
            "why": "Keeps staff signed in",
            "set_by": "Quillane",
            "lasts": "Until you close the browser",
            "needs": "Nothing: only set when staff sign in",
            "reviewed": "Our data protection lead, 1 September 2026",
        },
    ],
    "planned": [
        {
            "name": "Statistics",
            "why": "Counts visits",
            "set_by": "Quillane",
            "lasts": "1 day",
            "needs": "Your yes",
            "reviewed": "No one yet",
        }
    ],
    "clause": "8.1",
}


PAGES: dict[str, Page] = {
    "notice": ("public/notice.html", NOTICE_PAGE),
    "notice-earlier": (
        "public/notice.html",
        {**NOTICE_PAGE, "current": False, "open_decisions": [], "pdf": False},
    ),
    "cookies": ("public/cookies.html", COOKIES),
    "cookies-none": ("public/cookies.html", {**COOKIES, "cookies": []}),
}
