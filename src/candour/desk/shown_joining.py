"""What the pages show that join two files."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from candour.desk import shown_people, wording
from candour.desk.forms_people import PeopleFilter
from candour.desk.patient import Opened
from candour.people import parting, sought
from candour.people import queries as people
from candour.register.permit import Row
from candour.rights.identity import METHODS
from candour.rights.joining import Preview
from candour.web.answers import Chosen, mistakes


def how() -> Chosen:
    """Return the question how staff made sure that the two are one human being."""
    return Chosen(
        name="how",
        legend="How did you make sure that they are one human being?",
        options=list(METHODS.items()),
        kind="radio",
        missing="Say how you made sure. It is written down, with your name.",
    )


def survivor(one: UUID, other: UUID) -> Chosen:
    """Return the question which of the two files goes on."""
    return Chosen(
        name="survivor",
        legend="Which file goes on?",
        options=[(str(one), "This file"), (str(other), "The other file")],
        kind="radio",
        hint="Where the two differ, its details hold. A no, a restriction or a hold of"
        " either holds in any case.",
        missing="Choose the file that goes on.",
        values=[str(one)],
    )


def candidates(
    found: people.Found | None, asked: PeopleFilter, *, but: UUID, this: UUID
) -> dict[str, Any]:
    """Return whom a search for the other file found, each with a link to the look."""
    rows = []
    if found is not None:
        because: dict[int, list[str]] = {row.person: [] for row in found.rows}
        rows = shown_people.alike(found, because, but=but)
    for row in rows:
        row["url"] = reverse("desk:patient-join-with", args=[this, row["ref"]])
    return {
        "filter": {"q": asked.text, "active": bool(asked.text)},
        "rows": rows,
    }


def joined(merges: list[parting.Joined], *, now: datetime) -> list[dict[str, Any]]:
    """Return what was joined to a file, and until when it can be undone."""
    return [
        {
            "ref": merge.ref,
            "at": merge.at,
            "until": merge.at + parting.FOR,
            "may": merge.can_part and now <= merge.at + parting.FOR,
            "how": METHODS.get(merge.how, wording.plainly(merge.how)),
        }
        for merge in merges
    ]


def preview(
    seen: Preview, opened: Opened, facing: Row, *, how: Chosen, holds: Chosen
) -> dict[str, Any]:
    """Return the context of desk/patient/join_with.html."""
    return {
        "other": {
            "name": wording.given(facing.name),
            "number": sought.patient_number(wording.given(facing.patient__number)),
        },
        "moves": [{"what": what, "rows": rows} for what, rows in seen.moves],
        "table": {
            "head": ["What", "This file", "The other", "What will hold"],
            "rows": [[d.what, d.one, d.other, d.holds] for d in seen.differs],
        },
        "barred": seen.barred,
        "errors": mistakes([holds, how]),
        "how": how.shown(),
        "survivor": holds.shown(),
        "back": reverse("desk:patient-join", args=[opened.ref]),
    }
