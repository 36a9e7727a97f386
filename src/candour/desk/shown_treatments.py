"""What the pages of treatments and consents show, from rows in one unit of work."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse

from candour.desk.shown_records import Names
from candour.desk.wording import given as open_value
from candour.desk.wording_treatments import (
    ADVICE,
    EVENTS,
    EXCEPTIONS,
    GRAVITY,
    SEVERITIES,
    YELLOW_CARD,
)
from candour.records import treated
from candour.records.places import PLACES
from candour.register.permit import Permit, Row


def number(value: Decimal) -> str:
    """Return a dose without the noughts behind it: 20, 0.5."""
    return f"{value.normalize():f}"


def pounds(pence: Any) -> str:
    """Return pence as pounds: £350, £89.50; "" for none."""
    if not isinstance(pence, int):
        return ""
    return f"£{pence // 100:,}" + (f".{pence % 100:02d}" if pence % 100 else "")


def overview(person_id: int, *, permit: Permit) -> dict[str, Any]:
    """Return everything that was planned and done, for desk/records/treatments.html."""
    rows = treated.treatments(person_id, permit=permit)
    courses = treated.courses(person_id, permit=permit)
    return {
        "rows": [_done(row) for row in rows],
        "courses": [_course(row) for row in courses],
        "implants": [
            _portion(row) for row in treated.implants(person_id, permit=permit)
        ],
        "events": events(person_id, permit=permit),
    }


def _done(row: Row) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "what": row.what,
        "at": row.done_at,
        "by": row.staff__name,
        "cost": pounds(open_value(row.cost_pence)),
        "given": [_portion(one) for one in row.given],
        "excepted": bool(row.exception),
    }


def _portion(one: Row) -> dict[str, Any]:
    place = PLACES.get(one.place)
    return {
        "product": one.product_name,
        "batch": one.batch_number,
        "expires_on": one.batch__expires_on,
        "dose": number(one.dose),
        "unit": one.unit,
        "place": place.label if place else one.place,
        "at": one.given_at,
    }


def _course(row: Row) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "what": row.what,
        "done": row.done,
        "planned": row.planned,
        "plan": row.plan or "",
        "cost": pounds(open_value(row.cost_pence)),
        "begun_on": row.begun_on,
        "ended_on": row.ended_on,
        "reason": row.end_reason or "",
    }


def events(person_id: int, *, permit: Permit) -> list[dict[str, Any]]:
    """Return what went wrong, with what is still to be done about it."""
    rows = treated.events(person_id, permit=permit)
    names = Names(row.by for row in rows)
    return [
        {
            "ref": row.ref,
            "what": EVENTS[row.kind],
            "state": GRAVITY[row.severity],
            "word": SEVERITIES[row.severity].partition(":")[0],
            "account": row.account,
            "on": row.noticed_on,
            "by": names.of(row.by),
            "due": row.reportable and row.reported_at is None,
            "report": row.report,
            "reported_at": row.reported_at,
            "settled_on": row.settled_on,
            "outcome": row.outcome or "",
        }
        for row in rows
    ]


def treatment(person_id: int, ref: UUID, *, permit: Permit) -> dict[str, Any]:
    """Return one treatment, with the maps that its points are on."""
    row = treated.treatment(person_id, ref, permit=permit)
    agreed = (
        {one.pk: one for one in treated.agreements(person_id, permit=permit)}
        if permit.covers("consent-to-treatment")
        else {}
    )
    consent = agreed.get(row.agreement)
    return {
        "treatment": {
            **_done(row),
            "narrative": row.narrative or "",
            "exception": EXCEPTIONS.get(row.exception, ""),
            "reason": row.exception_reason or "",
            "approval": row.approval or "",
            "advice": [ADVICE[one] for one in row.advice],
            "recorded_by": Names([row.by]).of(row.by),
            "consent": consent and {"ref": consent.ref, "at": consent.signed_at},
        },
        "maps": maps(row.given),
    }


def maps(given: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the drawn maps that something was given on, with a mark for each spot."""
    marks: dict[str, list[dict[str, Any]]] = {}
    count = 0
    for one in given:
        place = PLACES.get(one.place)
        if place is None:
            continue
        for x, y, dose in one.points or [[place.x, place.y, number(one.dose)]]:
            count += 1
            mark = {
                "n": count,
                "x": x,
                "y": y,
                "label": f"{place.label}: {dose} {one.unit}, {one.product_name}",
            }
            marks.setdefault(place.map, []).append(mark)
    return [{"name": name, "marks": found} for name, found in marks.items()]


def consents(person_id: int, *, permit: Permit) -> list[dict[str, Any]]:
    """Return the consents to treatment on a file, and how each stands."""
    rows = treated.agreements(person_id, permit=permit)
    return [_consent(row) for row in rows]


def _consent(row: Row) -> dict[str, Any]:
    state, word = "kept", "Given"
    if row.archived_at is not None:
        state, word = "quiet", "Put away"
    if row.withdrawn_at is not None:
        state, word = "wrong", "Taken back"
    return {
        "ref": row.ref,
        "what": row.what,
        "title": row.form__title,
        "version": row.form__version,
        "at": row.signed_at,
        "by": row.taken_by__name,
        "sign": row.sign,
        "consulted_on": row.consulted_on,
        "enough": row.enough_time,
        "state": state,
        "word": word,
        "open": state == "kept",
        "withdrawn_at": row.withdrawn_at,
        "archived_at": row.archived_at,
        "reason": row.archive_reason or "",
    }


def consent(person_id: int, ref: UUID, *, permit: Permit) -> dict[str, Any]:
    """Return one consent with its words and its signature."""
    found = treated.agreement(person_id, ref, permit=permit)
    row = found.row
    return {
        "consent": {
            **_consent(row),
            "text": found.text,
            "alternatives": found.alternatives,
            "risks": row.discussed,
            "asked": row.asked or "",
            "typed": row.signature if row.sign == "typed" else "",
            "strokes": strokes(row.signature) if row.sign == "drawn" else [],
        }
    }


def strokes(drawn: str) -> list[str]:
    """Return a drawn signature as lines of points, each point "x,y", and no more.

    What was sent is not trusted: only numbers between 0 and 1000 are kept.
    """
    lines = []
    for stroke in drawn.split(";")[:400]:
        points = []
        for point in stroke.split(" ")[:2000]:
            x, comma, y = point.partition(",")
            if comma and x.isdecimal() and y.isdecimal() and len(x + y) < 9:
                points.append(f"{min(int(x), 1000)},{min(int(y), 1000)}")
        if len(points) > 1:
            lines.append(" ".join(points))
    return lines


def address(name: str, ref: UUID, *more: UUID) -> str:
    """Return the address of a page of the record."""
    return reverse(f"desk:patient-record-{name}", args=[ref, *more])


def yellow_card() -> str:
    """Return what has to be done about a reportable event."""
    return YELLOW_CARD
