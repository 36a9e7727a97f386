"""What is free where: one statement that brings all that a free time depends on."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import connection

from candour.appointments import slots, times
from candour.appointments.slots import Length, Office, Slot, Weekly
from candour.appointments.times import Span
from candour.catalogue.models import Service
from candour.register.permit import Permit

_KNOWN = """
WITH who AS (
    SELECT s.id, s.ref, s.name, s.profession,
           p.service_id IS NOT NULL AS practises
      FROM accounts_staff s
      LEFT JOIN accounts_practice p ON p.staff_id = s.id AND p.service_id = %(service)s
     WHERE s.left_on IS NULL
       AND EXISTS (SELECT FROM accounts_practice q WHERE q.staff_id = s.id))
SELECT jsonb_build_object(
  'staff', (SELECT jsonb_agg(jsonb_build_array(id, ref, name, practises) ORDER BY name)
              FROM who),
  'hours', (SELECT jsonb_agg(jsonb_build_array(
                       h.staff_id, h.weekday, h.opens, h.closes, h.valid_from,
                       h.valid_until))
              FROM appointments_hours h JOIN who ON who.id = h.staff_id
             WHERE h.site = %(site)s),
  'away', (SELECT jsonb_agg(jsonb_build_array(
                      a.staff_id, a.kind, extract(epoch FROM a.starts_at),
                      extract(epoch FROM a.ends_at)))
             FROM appointments_away a
            WHERE a.ends_at > %(since)s AND a.starts_at < %(until)s
              AND (a.staff_id IS NOT NULL OR a.site IN ('', %(site)s))
              AND (a.kind <> 'extra' OR a.site = %(site)s)),
  'rooms', (SELECT jsonb_agg(jsonb_build_array(r.id, r.name, r.kinds)
                             ORDER BY r.position, r.id)
              FROM catalogue_room r WHERE r.active AND r.site = %(site)s),
  'devices', (SELECT jsonb_agg(jsonb_build_array(d.id, d.name, d.kind) ORDER BY d.id)
                FROM catalogue_device d WHERE d.active AND d.site = %(site)s),
  'busy', (SELECT jsonb_agg(jsonb_build_array(
                      b.what, b.id, extract(epoch FROM b.starts_at),
                      extract(epoch FROM b.ends_at), b.visit))
             FROM appointments_busy(%(since)s, %(until)s) b))::text
"""


@dataclass(frozen=True, slots=True)
class Member:
    """One of those who see people, and whether they give the service asked about."""

    id: int
    ref: str
    name: str
    practises: bool


@dataclass(frozen=True, slots=True)
class Known:
    """A site over some days: who works when, what there is, and what is taken.

    `taken` has (what, id) -> spans with the number of the visit that takes them.
    """

    days: tuple[date, ...]
    staff: dict[int, Member]
    working: dict[int, list[Span]]
    rooms: dict[int, tuple[str, frozenset[str]]]
    devices: dict[int, tuple[str, str]]
    closed: tuple[Span, ...] = ()
    taken: dict[tuple[str, int], list[tuple[datetime, datetime, int]]] = field(
        default_factory=dict
    )

    @property
    def span(self) -> Span:
        """Return the first moment of the days and the first after them."""
        return times.whole_day(self.days[0])[0], times.whole_day(self.days[-1])[1]

    def office(
        self, service: Service, *, staff: Sequence[int] = (), visit: int | None = None
    ) -> Office:
        """Return what is asked for free times of a service.

        Of `staff`, or of all who give it; `visit` is one that may move, so that what
        it takes counts as free.
        """
        chosen = [
            one
            for one in self.working
            if (one in staff if staff else self.staff[one].practises)
        ]
        rooms = [
            one for one, (_, kinds) in self.rooms.items() if service.room_kind in kinds
        ]
        group = [
            one
            for one, (_, kind) in self.devices.items()
            if kind == service.device_kind
        ]
        return Office(
            working={one: self.working[one] for one in chosen},
            taken={
                key: [(since, until) for since, until, by in spans if by != visit]
                for key, spans in self.taken.items()
            },
            rooms=rooms if service.room_kind else None,
            devices=[group] if service.device_kind else [],
        )


def length_of(service: Service) -> Length:
    """Return how long a service takes, with its buffers."""
    return Length.of(service.minutes, service.buffer_before, service.buffer_after)


def known(
    *, site: str, since: date, count: int, service: Service | None, permit: Permit
) -> Known:
    """Return all that is known of a site over `count` days, in one statement."""
    permit.must_cover("appointments")
    days = times.days(since, count)
    begins, ends = times.whole_day(days[0])[0], times.whole_day(days[-1])[1]
    with connection.cursor() as cursor:
        cursor.execute(
            _KNOWN,
            {
                "service": service.pk if service else None,
                "site": site,
                "since": begins,
                "until": ends,
            },
        )
        said = {
            key: rows or [] for key, rows in json.loads(cursor.fetchone()[0]).items()
        }
    return _known(said, tuple(days))


def _known(said: dict[str, list[Any]], days: tuple[date, ...]) -> Known:
    staff = {row[0]: Member(*row) for row in said["staff"]}
    taken: dict[tuple[str, int], list[tuple[datetime, datetime, int]]] = defaultdict(
        list
    )
    for what, one, since, until, visit in said["busy"]:
        taken[what, one].append((_moment(since), _moment(until), visit))
    closed = [
        (_moment(since), _moment(until))
        for who, _, since, until in said["away"]
        if who is None
    ]
    return Known(
        days=days,
        staff=staff,
        working={one: _working(one, said, days, closed) for one in staff},
        rooms={one: (name, frozenset(kinds)) for one, name, kinds in said["rooms"]},
        devices={one: (name, kind) for one, name, kind in said["devices"]},
        closed=tuple(closed),
        taken=dict(taken),
    )


def _working(
    staff: int, said: dict[str, list[Any]], days: Sequence[date], closed: list[Span]
) -> list[Span]:
    weekly = [_weekly(row) for row in said["hours"] if row[0] == staff]
    own = [row for row in said["away"] if row[0] == staff]
    extra = [_span(row) for row in own if row[1] == "extra"]
    away = [_span(row) for row in own if row[1] != "extra"]
    return slots.working(weekly, days=days, extra=extra, away=[*away, *closed])


def _weekly(row: list[Any]) -> Weekly:
    _, weekday, opens, closes, valid_from, valid_until = row
    return Weekly(
        weekday,
        time.fromisoformat(opens),
        time.fromisoformat(closes),
        date.fromisoformat(valid_from),
        date.fromisoformat(valid_until) if valid_until else None,
    )


def _span(row: list[Any]) -> Span:
    return _moment(row[2]), _moment(row[3])


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(float(seconds), UTC)


def free_in(
    there: Known,
    service: Service,
    *,
    since: datetime,
    staff: Sequence[int] = (),
    visit: int | None = None,
) -> Iterator[Slot]:
    """Yield the free times in what is already known of a site's days."""
    yield from slots.free(
        there.office(service, staff=staff, visit=visit),
        length_of(service),
        since=since,
        until=there.span[1],
    )


def at_time(office: Office, length: Length, starts_at: datetime) -> Office | None:
    """Return the office with only who and what is free for a visit then, or None.

    Whoever does not work then, or is taken, is left out of it; None where a room or a
    device that is needed is lacking.
    """
    during = length.during(starts_at)

    def open_to(what: str, one: int) -> bool:
        spans = slots.merged(office.taken.get((what, one), []))
        return slots.is_free(spans, during)

    rooms = office.rooms
    if rooms is not None:
        rooms = [one for one in rooms if open_to("room", one)]
    groups = [
        [one for one in group if open_to("device", one)] for group in office.devices
    ]
    if rooms == [] or not all(groups):
        return None
    working = {
        one: spans
        for one, spans in office.working.items()
        if open_to("staff", one)
        and any(a <= during[0] and during[1] <= b for a, b in slots.merged(spans))
    }
    return replace(office, working=working, rooms=rooms, devices=groups)
