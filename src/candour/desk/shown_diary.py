"""What the pages of the diary show, put together inside one unit of work."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.urls import reverse

from candour.appointments import sites, times
from candour.appointments.office import Known
from candour.appointments.queries import Diary, Visit
from candour.core.clock import LONDON, local_date
from candour.desk import grid, wording
from candour.desk.forms_diary import Which, slot_value
from candour.desk.grid import Box, Column
from candour.desk.wording_diary import (
    BOXES,
    CANCELLED_WHY,
    STATUSES,
    STEPS,
    room,
)
from candour.policy.compile import Policy
from candour.register.permit import Permit
from candour.web import words
from candour.web.templatetags.look import weekday

OPENS, CLOSES = time(8), time(18)  # shown where nobody works longer
HOLDING = ("booked", "arrived", "in-room", "done")
FOLLOWS = {
    "booked": ("arrived", "did-not-attend"),
    "arrived": ("in-room",),
    "in-room": ("done",),
}


def head(which: Which, policy: Policy, *, today: date, page: str) -> dict[str, Any]:
    """Return what stands above each page of the diary: the day, links, the filter."""
    here = reverse(page)
    return {
        "which": which,
        "today": today,
        "is_today": which.day == today,
        "before": {
            "day": which.day - times.DAY,
            "url": here + which.query(day=which.day - times.DAY),
        },
        "after": {
            "day": which.day + times.DAY,
            "url": here + which.query(day=which.day + times.DAY),
        },
        "today_url": here + which.query(day=today),
        "grid_url": reverse("desk:calendar") + which.query(),
        "list_url": reverse("desk:calendar-list") + which.query(),
        "book_url": reverse("desk:visit-new") + which.query(),
        "sites": [{"slug": s.slug, "name": s.name} for s in sites.of(policy)],
    }


def line(
    visit: Visit, policy: Policy, *, steps: bool = True, mine: Collection[int] = ()
) -> dict[str, Any]:
    """Return one visit as the list shows it."""
    row = visit.row
    state, word = STATUSES.get(row.status, ("quiet", ""))
    is_mine = row.person in mine
    return {
        "ref": row.ref,
        "url": "" if is_mine else reverse("desk:visit", args=[row.ref]),
        "patient_url": reverse("desk:patient", args=[row.person__ref]),
        "name": "Your own visit" if is_mine else wording.given(row.person__name),
        "what": "" if is_mine else wording.given(row.what),
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "who": ", ".join(one.name for one in visit.staff),
        "where": room(
            [one.name for one in visit.devices], visit.room.name if visit.room else ""
        ),
        "site": site_name(row.site, policy),
        "state": state,
        "word": word,
        "why": CANCELLED_WHY.get(row.cancelled_why, ""),
        "video": bool(row.video_link),
        "movable": row.status in ("booked", "arrived") and not is_mine,
        "version": row.version,
        "steps": [
            {"value": step, "label": STEPS[step]}
            for step in (FOLLOWS.get(row.status, ()) if steps and not is_mine else ())
        ],
    }


def slot(visit: Visit) -> str:
    """Return when a visit is and whose, as a form sends a free time."""
    return slot_value(visit.row.starts_at, visit.staff[0].id)


def site_name(slug: str, policy: Policy) -> str:
    """Return what a site is called."""
    found = next((site.name for site in sites.of(policy) if site.slug == slug), "")
    return found or wording.plainly(slug)


def tally(diary: Diary) -> dict[str, int]:
    """Return how many visits there are and how they stand, those cancelled apart."""
    found = [visit.row.status for visit in diary.visits]
    return {
        "visits": sum(status in HOLDING for status in found),
        "arrived": sum(status in ("arrived", "in-room") for status in found),
        "hidden": diary.hidden,
    }


def day(
    diary: Diary,
    known: Known,
    which: Which,
    *,
    permit: Permit,
    mine: Collection[int] = (),
) -> dict[str, Any]:
    """Return the grid of one day, by practitioner or by room."""
    columns = _columns(diary, known, which)
    shown = {visit.row.pk for visit in diary.visits}
    clause = words.number(permit.policy, permit.decision.clause)
    for column in columns:
        what, _, one = column.key.partition(":")
        thing = (what, int(one))
        column.boxes += [
            _box(visit, permit.policy, mine)
            for visit in diary.visits
            if visit.row.status in HOLDING and _is_in(visit, *thing)
        ]
        column.boxes += [
            Box(since, until, {"is": "taken", "clause": clause})
            for since, until, taker in known.taken.get(thing, [])
            if taker not in shown and _meets(since, until, which.day)
        ]
        if what == "staff":
            column.boxes += _shut(known, int(one), which.day, column.boxes)
    since, until = _hours(columns, which.day, known)
    return {
        "columns": columns,
        "rows": grid.table(columns, since=since, until=until, now=permit.at),
        "caption": f"Visits on {weekday(which.day)}",
    }


def _columns(diary: Diary, known: Known, which: Which) -> list[Column]:
    """Return a column for each room, or for each who works then or sees somebody."""
    if which.by == "rooms":
        return [
            Column(title=name, key=f"room:{one}")
            for one, (name, _) in known.rooms.items()
        ]
    busy = {who.id: who.name for v in diary.visits for who in v.staff}
    names = busy | {one: member.name for one, member in known.staff.items()}
    return [
        Column(
            title=name,
            small=_works(known, one, which.day),
            key=f"staff:{one}",
            url=reverse("desk:calendar-week", args=[known.staff[one].ref])
            + which.query()
            if one in known.staff
            else "",
        )
        for one, name in sorted(names.items(), key=lambda item: item[1])
        if one in busy or _works(known, one, which.day)
    ]


def _works(known: Known, staff: int, on: date) -> str:
    spans = [s for s in known.working.get(staff, []) if _meets(*s, on)]
    if not spans:
        return ""
    since, until = spans[0][0].astimezone(LONDON), spans[-1][1].astimezone(LONDON)
    return f"{since:%H:%M} to {until:%H:%M}"


def _meets(since: datetime, until: datetime, on: date) -> bool:
    begins, ends = times.whole_day(on)
    return since < ends and until > begins


def _is_in(visit: Visit, what: str, one: int) -> bool:
    if what == "room":
        return visit.room is not None and visit.room.id == one
    return any(who.id == one for who in visit.staff)


def _box(visit: Visit, policy: Policy, mine: Collection[int]) -> Box:
    said = line(visit, policy, steps=False, mine=mine)
    return Box(
        visit.row.starts_at,
        visit.row.ends_at,
        {**said, "is": BOXES.get(visit.row.status, "")},
    )


def _shut(known: Known, staff: int, on: date, boxes: Iterable[Box]) -> list[Box]:
    """Return the pauses between the hours of a day: lunch, or being away."""
    spans = [span for span in known.working.get(staff, []) if _meets(*span, on)]
    taken = [(box.starts_at, box.ends_at) for box in boxes]
    return [
        Box(before[1], after[0], {"is": "shut", "text": "Away"})
        for before, after in pairwise(spans)
        if not any(a < after[0] and before[1] < b for a, b in taken)
    ]


def _hours(
    columns: Iterable[Column], on: date, known: Known
) -> tuple[datetime, datetime]:
    """Return from when to when a day is shown: full hours that hold all there is."""
    begins, ends = times.whole_day(on)
    held = [
        (box.starts_at - column.shift, box.ends_at - column.shift)
        for column in columns
        for box in column.boxes
    ]
    held += [s for spans in known.working.values() for s in spans if _meets(*s, on)]
    held = held or [(times.opens(on, OPENS), times.closes(on, CLOSES))]
    since = max(begins, min(one for one, _ in held))
    until = min(ends, max(one for _, one in held))
    return (
        since.replace(minute=0, second=0, microsecond=0),
        until + (-(until - begins)) % timedelta(hours=1),
    )


def week(
    diary: Diary,
    known: Known,
    staff: int,
    monday: date,
    *,
    permit: Permit,
    mine: Collection[int] = (),
) -> dict[str, Any]:
    """Return the grid of one practitioner's week: a column a day."""
    shown = {visit.row.pk for visit in diary.visits}
    clause = words.number(permit.policy, permit.decision.clause)
    noon = times.opens(monday, time(12))
    columns = []
    for on in times.days(monday, 7):
        column = Column(
            title=f"{on:%A}",
            small=f"{on.day} {on:%B}",
            key=f"staff:{staff}",
            # Of the wall clock: on the days after a change, nine stays beside nine.
            shift=times.opens(on, time(12)) - noon,
        )
        column.boxes = [
            _box(visit, permit.policy, mine)
            for visit in diary.visits
            if visit.row.status in HOLDING and local_date(visit.row.starts_at) == on
        ] + [
            Box(since, until, {"is": "taken", "clause": clause})
            for since, until, taker in known.taken.get(("staff", staff), [])
            if taker not in shown and local_date(since) == on
        ]
        columns.append(column)
    since, until = _hours(columns, monday, known)
    return {
        "columns": columns,
        "rows": grid.table(columns, since=since, until=until),
        "caption": f"The week of {weekday(monday)}",
    }
