"""The pages of a patient's files as a busy file would fill them."""

from datetime import UTC, datetime
from typing import Any

from tests.look.cast import NOON, REF, Page, field
from tests.look.cast_records import FILE, LONG

DAY = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
WORDS = {
    "clean": ("kept", "Checked"),
    "quarantined": ("due", "Being checked"),
    "rejected": ("wrong", "Not kept"),
    "gone": ("quiet", "Deleted"),
}


def stored(title: str, label: str = "Photograph", **changes: Any) -> dict[str, Any]:
    """Return a file as desk/documents/list.html takes it."""
    state = changes.get("state", "clean")
    mark, word = WORDS[state]
    here = state == "clean"
    return {
        "ref": REF,
        "label": label,
        "title": title,
        "state": state,
        "mark": mark,
        "word": word,
        "why": "",
        "day": DAY,
        "form": "JPEG",
        "size": "4.2 MB" if here else "",
        "locator": "",
        "thumb": "/static/web/favicon.svg" if here and label != "Letter" else "",
        "url": f"/desk/files/{REF}/" if here else "",
        "opens": True,
        "moves": False,
        **changes,
    }


PICTURES: dict[str, Any] = {
    "title": "Photographs, clips and radiographs",
    "id": "pictures",
    "empty": "No picture yet.",
    "pictures": True,
    "add": [
        {"label": "Photograph", "url": "/desk/add/"},
        {"label": "Radiograph", "url": "/desk/add/"},
    ],
    "files": [
        stored("Left cheek, before"),
        stored(""),
        stored(LONG),
        stored("", "Video clip", form="MP4", thumb="", moves=True, size="212 MB"),
        stored("", "Radiograph", form="DICOM", opens=False),
        stored("Right cheek", state="quarantined"),
        stored(
            "",
            state="rejected",
            why="This file is damaged and cannot be read. Send it again, or ask for a "
            "new one.",
        ),
    ],
}
PAPERS: dict[str, Any] = {
    "title": "Letters, reports and forms",
    "id": "papers",
    "empty": "No letter or report yet.",
    "pictures": False,
    "add": [
        {"label": "Letter", "url": "/desk/add/"},
        {"label": "Report or result", "url": "/desk/add/"},
    ],
    "files": [
        stored("From Dr Foxglove Underhill", "Letter", form="PDF", size="82 kB"),
        stored(
            "Signed on the day",
            "Signed consent",
            form="",
            size="",
            url="",
            thumb="",
            locator="Cupboard 4, shelf B",
        ),
        stored(
            "",
            "Letter",
            form="PDF",
            state="rejected",
            why="This PDF contains a script, a form that acts or an attached file.",
        ),
    ],
}
LIST: dict[str, Any] = {
    **FILE,
    "tabs": [
        {"label": label, "url": f"#{label}", "current": label == "Documents"}
        for label in ("Summary", "Record", "Documents")
    ],
    "groups": [PICTURES, PAPERS],
    "refresh": 0,
    "done": "3 files are here, and will be shown in a moment.",
    "problems": [
        "This is an archive or an office document, whatever its name. We take JPEG."
    ],
    "other": {"url": "/desk/proofs/", "label": "Proofs of who they are"},
}
EMPTY: dict[str, Any] = {
    **LIST,
    "done": "",
    "problems": [],
    "groups": [{**PICTURES, "files": []}, {**PAPERS, "files": []}],
}
SHUT: dict[str, Any] = {**EMPTY, "groups": [], "other": {"url": "", "label": ""}}
PROOFS: dict[str, Any] = {
    **EMPTY,
    "groups": [
        {
            **PAPERS,
            "title": "Proofs of who they are",
            "files": [
                stored(
                    "",
                    "Proof of identity",
                    state="gone",
                    form="",
                    day=NOON,
                    why="Deleted once it had proved what it had to.",
                )
            ],
        }
    ],
}
SOURCES: dict[str, Any] = {
    "name": "source",
    "legend": "Where it came from",
    "kind": "radio",
    "hint": "",
    "error": "",
    "why": "",
    "clause": "",
    "across": False,
    "options": [
        {"value": "consultation", "label": "Made here", "hint": "", "checked": True},
        {"value": "email", "label": "Sent by email", "hint": "", "checked": False},
    ],
}
ADD: dict[str, Any] = {
    **LIST,
    "kind": "Photograph",
    "slug": "photograph",
    "several": True,
    "takes": "JPEG, HEIC, PNG, MP4 or MOV, up to 50 MB a picture and 500 MB a clip.",
    "accept": "image/jpeg,image/png",
    "title": field("title", "What it shows", hint="In a few words."),
    "sources": SOURCES,
    "problems": [],
    "action": "/desk/add/",
    "back": "/desk/documents/",
    "deleted_when_proved": False,
}
ADD_WRONG: dict[str, Any] = {
    **ADD,
    "several": False,
    "kind": "Proof of identity",
    "deleted_when_proved": True,
    "problems": ["This picture is larger than 50 MB. Send a smaller one."],
    "sources": {**SOURCES, "error": "Say where it came from."},
}

PAGES: dict[str, Page] = {
    "documents": ("desk/documents/list.html", LIST),
    "documents-none": ("desk/documents/list.html", EMPTY),
    "documents-shut": ("desk/documents/list.html", SHUT),
    "documents-proofs": ("desk/documents/list.html", PROOFS),
    "documents-add": ("desk/documents/add.html", ADD),
    "documents-add-wrong": ("desk/documents/add.html", ADD_WRONG),
}
