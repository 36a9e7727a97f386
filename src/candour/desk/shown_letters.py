"""What the pages of letters show, put together from rows inside one unit of work."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from candour.accounts.queries import names_of
from candour.desk import wording
from candour.desk.patient import Opened
from candour.desk.wording_letters import (
    CAME,
    GROUNDS,
    HOW,
    PAPER,
    SENDERS,
    STATES,
    TOLD,
)
from candour.disclosures import queries
from candour.disclosures.deciding import LeftOut
from candour.disclosures.fields import labelled
from candour.disclosures.preview import Preview
from candour.disclosures.templates import OPENINGS
from candour.register.permit import WITHHELD, Row
from candour.web import words


def listed(opened: Opened) -> dict[str, Any]:
    """Return the context of desk/letters/list.html."""
    permit, ref = opened.permit, opened.ref
    written = queries.letters(opened.pk, permit=permit)
    given = queries.given(opened.pk, permit=permit)
    came = queries.received(opened.pk, permit=permit)
    places = queries.places(opened.pk, permit=permit)
    names = _names([*written, *given, *came])
    return {
        "may": permit.covers("correspondence"),
        "openings": [
            {"label": one.label, "url": _url("letters-write", ref, one.slug)}
            for one in OPENINGS.values()
        ],
        "written": [_written(row, ref, names) for row in written],
        "given": [_given(row, opened, names) for row in given],
        "came": [_came(row, names) for row in came],
        "places": [_place(row) for row in places],
        "came_url": _url("letters-came", ref),
        "paper_url": _url("letters-paper", ref),
    }


def _names(rows: list[Row]) -> dict[str, str]:
    return names_of({row.by.partition(":")[2] for row in rows if ":" in row.by})


def _by(row: Row, names: dict[str, str]) -> str:
    return names.get(row.by.partition(":")[2], "Our system")


def _url(name: str, *args: object) -> str:
    return reverse(f"desk:patient-{name}", args=args)


def _written(row: Row, ref: UUID, names: dict[str, str]) -> dict[str, Any]:
    opening = OPENINGS.get(wording.given(row.template) or "")
    mark, word = STATES.get(wording.given(row.state) or "", ("quiet", "Withheld"))
    return {
        "url": _url("letters-one", ref, row.ref),
        "label": opening.label if opening else "Letter",
        "to": row.recipient__name or "",
        "mark": mark,
        "word": word,
        "how": HOW.get(wording.given(row.how) or "", ""),
        "at": wording.given(row.sent_at) or wording.given(row.changed_at),
        "by": _by(row, names),
        "pdf": reverse("desk:file", args=[row.document]) if row.document else "",
    }


def _given(row: Row, opened: Opened, names: dict[str, str]) -> dict[str, Any]:
    policy = opened.permit.policy
    held = row.to is not WITHHELD
    return {
        "to": row.to if held else None,
        "at": row.at if held else None,
        "fields": labelled(policy, row.fields) if held else [],
        "ground": GROUNDS.get(row.ground, "") if held else "",
        "clause": words.number(policy, row.clause),
        "told_at": wording.given(row.told_at),
        "why_not": wording.given(row.why_not) or "",
        "law": wording.given(row.law) or "",
        "reason": wording.given(row.reason) or "",
        "by": _by(row, names),
    }


def _came(row: Row, names: dict[str, str]) -> dict[str, Any]:
    return {
        "sender": wording.given(row.sender),
        "kind": SENDERS.get(wording.given(row.sender_kind) or "", ""),
        "on": wording.given(row.received_on),
        "how": CAME.get(wording.given(row.channel) or "", ""),
        "about": wording.given(row.about) or "",
        "told_by": wording.given(row.told_by),
        "url": reverse("desk:file", args=[row.document]),
        "by": _by(row, names),
    }


def _place(row: Row) -> dict[str, Any]:
    medium, kind = wording.given(row.medium), wording.given(row.kind)
    return {
        "ref": row.ref,
        "label": PAPER.get("model" if medium == "model" else str(kind), "Paper"),
        "what": wording.given(row.title) or "",
        "where": wording.given(row.locator),
        "since": row.made_at,
    }


def letter(opened: Opened, row: Row) -> dict[str, Any]:
    """Return what every page of one letter says of it."""
    names = _names([row])
    policy = opened.permit.policy
    return {
        **_written(row, opened.ref, names),
        "fields": labelled(policy, wording.given(row.fields) or ()),
        "ground": GROUNDS.get(wording.given(row.ground) or "", ""),
        "ground_says": wording.given(row.ground_says) or "",
        "reason": wording.given(row.reason) or "",
        "told": TOLD.get(wording.given(row.told) or "", ""),
        "why_not": wording.given(row.why_not) or "",
        "body": wording.given(row.body),
        "clause": words.number(policy, row.clause),
        "preview": _url("letters-preview", opened.ref, row.ref),
        "back": _url("letters", opened.ref),
        "state": wording.given(row.state),
        "by_post": wording.given(row.how) == "post",
    }


def preview(opened: Opened, found: Preview) -> dict[str, Any]:
    """Return what a preview says: what goes, what is left out, what stops it."""
    policy, refusal = opened.permit.policy, found.refusal
    return {
        "goes": [
            {"label": field.label, "text": field.text or "In your own words"}
            for field in found.goes
        ],
        "left_out": [left_out(one, opened) for one in found.left_out],
        "gone": len(found.gone),
        "changed": [field.label for field in found.changed],
        "refusal": {
            "why": refusal.reason,
            "clause": words.number(policy, refusal.clause),
        }
        if refusal
        else None,
        "seen": found.fingerprint,
    }


def left_out(one: LeftOut, opened: Opened) -> dict[str, Any]:
    """Return one thing that may not go, and why."""
    return {
        "label": one.field.label,
        "why": one.why,
        "clause": words.number(opened.permit.policy, one.clause),
    }
