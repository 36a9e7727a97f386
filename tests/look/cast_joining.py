"""Two files of one person at the desk, before they are joined."""

from collections.abc import Callable
from datetime import timedelta

from tests.look.cast import NOON, REF
from tests.look.cast_people import ROW, SHELL, Context

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
    "desk-join": ("desk/patient/join.html", JOIN),
    "desk-join-with": ("desk/patient/join_with.html", join_with),
    "desk-join-barred": ("desk/patient/join_with.html", join_barred),
}
