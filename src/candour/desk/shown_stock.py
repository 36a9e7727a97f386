"""What the pages of stock show."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from candour.desk.shown_treatments import number
from candour.desk.wording import given
from candour.people import queries as people
from candour.records.places import PLACES
from candour.records.treated import Recipients
from candour.register.permit import Permit

if TYPE_CHECKING:
    from candour.catalogue.models import Batch

SOON = timedelta(days=30)


def listed(batches: "Iterable[Batch]", today: date) -> list[dict[str, Any]]:
    """Return the batches, each with how it stands today."""
    return [
        {
            "product": one.product.name,
            "maker": one.product.maker,
            "number": one.number,
            "expires_on": one.expires_on,
            "url": reverse("desk:batch", args=[one.ref]),
            **_standing(one, today),
        }
        for one in batches
    ]


def _standing(one: "Batch", today: date) -> dict[str, str]:
    if one.recalled_at is not None:
        return {"state": "wrong", "word": "Recalled"}
    if one.expires_on < today:
        return {"state": "quiet", "word": "Expired"}
    if one.expires_on < today + SOON:
        return {"state": "due", "word": "Expires soon"}
    return {"state": "kept", "word": "May be given"}


def recipients(batch: "Batch", found: Recipients, *, permit: Permit) -> dict[str, Any]:
    """Return who received a batch, with how to reach each of them."""
    who = sorted({row.person for row in found.rows})
    held = people.found(who, permit=permit).contacts
    reach = {
        person: [value for one in points if (value := given(one.value)) is not None]
        for person, points in held.items()
    }
    return {
        "batch": {
            "ref": batch.ref,
            "product": batch.product.name,
            "number": batch.number,
            "expires_on": batch.expires_on,
            "recalled_at": batch.recalled_at,
            "note": batch.recall_note,
        },
        "rows": [
            {
                "url": reverse("desk:patient", args=[row.person__ref]),
                "name": given(row.person__name),
                "at": row.given_at,
                "dose": f"{number(row.dose)} {row.unit}",
                "place": PLACES[row.place].label if row.place in PLACES else "",
                "reach": reach.get(row.person, [])[:3],
            }
            for row in found.rows
        ],
        "people": len(who),
        "hidden": found.hidden,
    }


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
