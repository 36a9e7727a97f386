"""Forms as a clinic fills them in and builds them, with what can go wrong on them."""

from typing import Any

from tests.look.cast import NOON, REF, Page, choices, field
from tests.look.cast_records import FILE
from tests.look.cast_requests import MENU, NOOR

ILL = {
    "key": "ill",
    "type": "choices",
    "hidden": False,
    "when": None,
    "theirs": None,
    "choices": choices(
        "q-ill", "Are you allergic to anything?", "Yes", "No", kind="radio",
        across=True, error="Choose an answer.", why="We need this to treat you.",
        clause="2.1",
    ),
}  # fmt: skip
WHAT = {
    "key": "what",
    "type": "field",
    "hidden": False,
    "when": {"question": "ill", "test": "is", "values": ["yes"]},
    "theirs": "Latex, since 2019",
    "field": field("q-what", "What are you allergic to?", type="textarea", max=4000),
}
READ = {
    "key": "read",
    "type": "statement",
    "hidden": False,
    "when": None,
    "asks": "What can happen",
    "help": "Bruising is common and passes.\nCall us for pain.",
}
STATE = {"withdrawn": True, "newer": True, "why": "A question was wrong.", "token": ""}
SECTION: dict[str, Any] = {
    **FILE,
    "form": {"title": "Medical history", "version": 3},
    "section": {"key": "you", "title": "Your health", "says": "Answer as you can."},
    "step": {"number": 2, "of": 4},
    "questions": [ILL, WHAT, READ],
    "errors": [
        {"id": "q-ill", "text": "Are you allergic to anything? Choose an answer."}
    ],
    "wrong": "Somebody else saved this form while you were at it.",
    "note": "Your answers bring up more questions. They are below.",
    "edition": 4,
    "shown": "ill what",
    "state": STATE,
    "ref": REF,
    "back": "first",
}
ROWS = [
    {"key": "ill", "asks": "Are you allergic to anything?", "says": "Yes",
     "withheld": False, "missing": "", "before": {"before": "No", "at": NOON}},
    {"key": "what", "asks": "To what?", "says": "حساسية من البنسلين\nand " + "W" * 90,
     "withheld": False, "missing": "", "before": None},
    {"key": "origin", "asks": "Your ethnic origin?", "says": None,
     "withheld": True, "missing": "", "before": None},
    {"key": "weight", "asks": "Your weight?", "says": None,
     "withheld": False, "missing": "This has to be answered.", "before": None},
]  # fmt: skip
PARTS = [{"key": "you", "title": "Your health", "rows": ROWS}]
FINISH: dict[str, Any] = {
    **FILE,
    "form": {"title": "Medical history", "version": 3},
    "parts": PARTS,
    "errors": [{"id": "row-weight", "text": "Your weight? This has to be answered."}],
    "wrong": "",
    "edition": 4,
    "state": {**STATE, "withdrawn": False},
    "ref": REF,
    "last": "you",
    "signature": {
        "asks": "What I say here is true.",
        "help": "",
        "drawn": "[[[20,80],[200,140],[420,60]]]",
        "name": field("signed-name", "Full name", error="Type your full name to sign."),
    },
}
FILLED: dict[str, Any] = {
    **FILE,
    "form": {"title": "Medical history", "version": 3},
    "parts": PARTS,
    "suggested": [{"kind": "allergy", "label": "Allergy", "asks": "Are you allergic?"}],
    "last": NOON,
    "changes": 1,
    "signed": {"name": "Rosalind Achterberg", "path": "M20 80L200 140", "at": NOON},
    "facts": {
        "completed_at": NOON,
        "mode": "Here, together",
        "by": "Ines Halloran",
        "consent": False,
        "exception": {"says": "A life may depend on it", "source": "Article 9(2)(c)"},
        "reason": "Fainted in the waiting room.",
    },
    "document": "/desk/",
    "again": "medical-history",
}
DRAFT: dict[str, Any] = {
    "staff": NOOR,
    "menu": {**MENU, "forms": True},
    "done": "",
    "error": "Somebody else changed this draft while you were at it.",
    "key": "medical-history",
    "number": 4,
    "edition": 9,
    "edited_at": NOON,
    "edited_by": "Ines Halloran",
    "title": "Medical history",
    "says": "Please answer as well as you can.",
    "about": "history",
    "treatment": "",
    "findings": 1,
    "before": 3,
    "sections": [
        {
            "key": "you",
            "title": "Your health",
            "says": "",
            "switch": "ethnic origin",
            "on": False,
            "asked": True,
            "questions": [
                {
                    "key": "origin",
                    "asks": "How would you describe your ethnic origin?",
                    "kind": "a line of text",
                    "collects": "ethnic origin",
                    "mandatory": True,
                    "when": "«Are you allergic?» is Yes",
                    "alert": "Allergy",
                    "against": "It asks for ethnic origin, which is not collected.",
                }
            ],
        }
    ],
}
PUBLISH: dict[str, Any] = {
    **{name: DRAFT[name] for name in ("staff", "menu", "key", "number", "title")},
    "error": "",
    "edition": 9,
    "before": 3,
    "changes": [
        {"how": how, "what": f"«Do you sleep well?» {how}"}
        for how in ("added", "removed", "changed")
    ],
    "findings": [
        {"text": "It asks for ethnic origin (ethnicity).", "category": "ethnicity",
         "clause": "2.1", "key": "collects", "question": "origin"},
    ],
    "collects": [{"label": "allergies", "clause": "2.1"}],
    "off": [{"title": "Infections", "why": "left out by the form"}],
    "empty": False,
    "signed": True,
    "policy": "model@2026-09",
}  # fmt: skip
PAGES: dict[str, Page] = {
    "form-section": ("desk/filling/section.html", SECTION),
    "form-finish": ("desk/filling/finish.html", FINISH),
    "form-filled": ("desk/filling/filled.html", FILLED),
    "form-draft": ("desk/building/draft.html", DRAFT),
    "form-publish": ("desk/building/publish.html", PUBLISH),
    "forms-none": (
        "desk/building/list.html",
        {"staff": NOOR, "menu": DRAFT["menu"], "done": "", "rows": []},
    ),
}
