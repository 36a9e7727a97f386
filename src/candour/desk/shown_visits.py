"""What the pages of one visit show: booking it, moving it, what becomes of it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.urls import reverse

from candour.appointments import sites, times
from candour.appointments.actions.visits import NEXT
from candour.appointments.office import Known
from candour.appointments.queries import Visit
from candour.appointments.slots import Slot
from candour.catalogue import queries as catalogue
from candour.core.clock import LONDON, local_date
from candour.desk import shown_diary, wording
from candour.desk.forms_diary import VisitForm, number_of, slot_value
from candour.desk.wording_diary import (
    AGE_PROOFS,
    CANCELLED_BY,
    CANCELLED_WHY,
    SOURCES,
    STEPS,
)
from candour.outbox import queries as outbox
from candour.policy.compile import Policy
from candour.register.permit import Permit, Row

SHOWN_SLOTS = 60  # free times on one page
AHEAD = 14  # days that a page of free times covers


def free_times(slots: Iterable[Slot], names: dict[int, str]) -> list[dict[str, Any]]:
    """Return free times by day, for a form to choose one of."""
    shown = []
    for day, found in groupby(slots, key=lambda slot: local_date(slot.starts_at)):
        options = [
            {
                "value": slot_value(slot.starts_at, slot.staff),
                "at": slot.starts_at,
                "who": names.get(slot.staff, ""),
            }
            for slot in found
        ]
        shown.append({"day": day, "options": options})
    return shown


def form(
    sent: VisitForm,
    policy: Policy,
    known: Known | None,
    *,
    today: date,
) -> dict[str, Any]:
    """Return what the form offers to choose, and what was chosen so far."""
    chosen = next((s for s in catalogue.menu() if str(s.ref) == sent.service), None)
    staff = list(known.staff.values()) if known else []
    return {
        "sent": sent,
        "errors": sent.mistakes(),
        "services": [
            {"value": str(one.ref), "label": one.name, "minutes": one.minutes}
            for one in catalogue.menu()
        ],
        "sites": [{"value": s.slug, "label": s.name} for s in sites.of(policy)],
        "staff": [
            {"value": str(one.id), "label": one.name, "gives": one.practises}
            for one in staff
        ],
        "rooms": [
            {"value": str(one), "label": name}
            for one, (name, _) in (known.rooms if known else {}).items()
        ],
        "since": sent.since or today.isoformat(),
        "adults_only": bool(chosen and chosen.law_calls_it),
        "talk_first": bool(chosen and chosen.consultation_first),
        "proofs": list(AGE_PROOFS.items()),
        "sources": [
            (slug, words)
            for slug, words in SOURCES.items()
            if slug in policy.collected_from
        ],
        "chosen": chosen.name if chosen else "",
        "minutes": chosen.minutes if chosen else 0,
        "twice": "fold" in sent.errors,
    }


def visit(found: Visit, *, permit: Permit) -> dict[str, Any]:
    """Return the context of desk/diary/visit.html."""
    row = found.row
    said = shown_diary.line(found, permit.policy)
    return {
        "visit": {
            **said,
            "person_ref": row.person__ref,
            "note": wording.given(row.note) or "",
            "note_withheld": wording.given(row.note) is None and row.note is not None,
            "link": wording.given(row.video_link) or "",
            "cancelled_by": CANCELLED_BY.get(row.cancelled_by, ""),
            "enough_time": row.enough_time is True,
            "age_proof": AGE_PROOFS.get(row.age_proof, ""),
            "made_at": row.made_at,
            "may_move": row.status in ("booked", "arrived"),
            "steps": [
                {"value": step, "label": _step(row, step)}
                for step in NEXT.get(row.status, ())
            ],
            "day_url": reverse("desk:calendar")
            + f"?day={local_date(row.starts_at)}&site={row.site}",
            "again_url": reverse("desk:visit-new")
            + f"?person={row.person__ref}&service={_service_ref(row)}&site={row.site}",
        },
        "by": list(CANCELLED_BY.items()),
        "whys": list(CANCELLED_WHY.items()),
        "messages_sent": _messages(row, permit),
    }


def _step(row: Row, step: str) -> str:
    if row.status == "cancelled":
        return "Book it again at the same time"
    return STEPS[step]


def _service_ref(row: Row) -> str:
    return next(
        (str(one.ref) for one in catalogue.everything() if one.pk == row.service), ""
    )


def _messages(row: Row, permit: Permit) -> list[dict[str, Any]]:
    told = []
    for message in outbox.thread(row.ref, permit=permit):
        state, word = wording.SENT[message.state]
        told.append(
            {
                "subject": wording.given(message.subject) or "A message",
                "at": message.sent_at or message.send_after,
                "state": state,
                "word": word,
            }
        )
    return told


def patient(
    found: Sequence[Visit],
    waiting: Sequence[Row],
    recalls: Sequence[Row],
    *,
    permit: Permit,
) -> dict[str, Any]:
    """Return the tab of a patient's visits: those to come, and those that were."""
    lines = [shown_diary.line(one, permit.policy, steps=False) for one in found]
    coming = [
        line
        for line, one in zip(lines, found, strict=True)
        if one.row.ends_at > permit.at and one.row.status in ("booked", "arrived")
    ]
    return {
        "coming": coming[::-1],
        "past": [line for line in lines if line not in coming],
        "waiting": waiting,
        "recalls": recalls,
    }


def moment_of(at: datetime) -> tuple[str, str]:
    """Return the day and time of a moment as a form's boxes hold them."""
    local = at.astimezone(LONDON)
    return local.date().isoformat(), f"{local:%H:%M}"


def since_of(sent: VisitForm, now: datetime) -> datetime:
    """Return from when free times are looked for: never before now."""
    try:
        begun = times.whole_day(date.fromisoformat(sent.since))[0]
    except ValueError:
        return now
    return max(begun, now)


def staff_of(sent: VisitForm) -> list[int]:
    """Return whose free times are asked for; nobody chosen is everybody."""
    one = number_of(sent.staff)
    return [one] if one is not None else []
