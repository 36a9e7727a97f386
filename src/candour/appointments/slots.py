"""Free times: arithmetic on spans, with nothing of a database in it.

A time is free when the whole visit, buffers included, lies within the hours of one
practitioner who is not taken, while a room that fits and every device that is needed
are not taken either.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from candour.appointments import times
from candour.appointments.times import Span

STEP = timedelta(minutes=15)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
Taken = Mapping[tuple[str, int], Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Length:
    """How long a visit takes, and what stands free before and after it."""

    visit: timedelta
    before: timedelta = timedelta(0)
    after: timedelta = timedelta(0)

    @classmethod
    def of(cls, minutes: int, before: int = 0, after: int = 0) -> "Length":
        """Return a length given in minutes."""
        return cls(*(timedelta(minutes=part) for part in (minutes, before, after)))

    def during(self, starts_at: datetime) -> Span:
        """Return all the time that a visit takes, buffers included."""
        return starts_at - self.before, starts_at + self.visit + self.after


@dataclass(frozen=True, slots=True)
class Weekly:
    """Hours of one weekday, by the wall clock, from a day until another or for good."""

    weekday: int
    opens: time
    closes: time
    valid_from: date
    valid_until: date | None = None

    def on(self, day: date) -> Span | None:
        """Return when these hours begin and end on a day, or None on other days."""
        ended = self.valid_until is not None and day > self.valid_until
        if day.weekday() != self.weekday or day < self.valid_from or ended:
            return None
        since, until = times.opens(day, self.opens), times.closes(day, self.closes)
        return (since, until) if since < until else None


@dataclass(frozen=True, slots=True)
class Office:
    """What must be known to say what is free: by practitioner, in their order.

    `rooms` None means that no room is needed; an empty one, that there is none that
    fits. `devices` has one group for each kind of device that is needed.
    """

    working: Mapping[int, Sequence[Span]]
    taken: Taken = field(default_factory=dict)
    rooms: Sequence[int] | None = None
    devices: Sequence[Sequence[int]] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A free time, who is free then, and the room and devices kept for it."""

    starts_at: datetime
    ends_at: datetime
    staff: int
    room: int | None
    devices: tuple[int, ...]


def working(
    weekly: Iterable[Weekly],
    *,
    days: Sequence[date],
    extra: Iterable[Span] = (),
    away: Iterable[Span] = (),
) -> list[Span]:
    """Return when somebody works: the hours of each day, more, less what is away."""
    hours = [span for row in weekly for day in days if (span := row.on(day))]
    return without(merged([*hours, *extra]), merged(away))


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the same time in order, with spans that touch or overlap made one."""
    whole: list[Span] = []
    for since, until in sorted(spans):
        if whole and since <= whole[-1][1]:
            whole[-1] = whole[-1][0], max(until, whole[-1][1])
        elif since < until:
            whole.append((since, until))
    return whole


def without(spans: Sequence[Span], less: Sequence[Span]) -> list[Span]:
    """Return `spans` less the others; both in order and without overlaps."""
    left: list[Span] = []
    for begin, until in spans:
        since = begin
        for start, end in less:
            if end <= since or start >= until:
                continue
            if since < start:
                left.append((since, start))
            since = end
        if since < until:
            left.append((since, until))
    return left


def free(
    office: Office,
    length: Length,
    *,
    since: datetime,
    until: datetime,
    step: timedelta = STEP,
) -> Iterator[Slot]:
    """Yield every free time that begins in [since, until), soonest first.

    Times stand on the quarter hour. At one time each practitioner who is free comes
    once, in the order of `office.working`.
    """
    taken = {key: merged(spans) for key, spans in office.taken.items()}
    room = {one: taken.get(("room", one), []) for one in office.rooms or ()}
    groups = [
        {one: taken.get(("device", one), []) for one in group}
        for group in office.devices
    ]
    found: list[tuple[datetime, int, int]] = []
    for order, (staff, spans) in enumerate(office.working.items()):
        open_to = without(merged(spans), taken.get(("staff", staff), []))
        for starts_at in _starts(open_to, length, since, until, step):
            found.append((starts_at, order, staff))
    for starts_at, _, staff in sorted(found):
        during = length.during(starts_at)
        where = _first(room, during) if office.rooms is not None else None
        with_ = _each(groups, during)
        if with_ is None or (office.rooms is not None and where is None):
            continue
        yield Slot(starts_at, starts_at + length.visit, staff, where, with_)


def _starts(
    spans: Sequence[Span],
    length: Length,
    since: datetime,
    until: datetime,
    step: timedelta,
) -> Iterator[datetime]:
    for begin, end in spans:
        starts_at = _ceiling(max(begin + length.before, since), step)
        while starts_at < until and length.during(starts_at)[1] <= end:
            yield starts_at
            starts_at += step


def _ceiling(at: datetime, step: timedelta) -> datetime:
    return EPOCH - (EPOCH - at) // step * step


def _each(
    groups: Sequence[Mapping[int, Sequence[Span]]], during: Span
) -> tuple[int, ...] | None:
    """Return one free device of each group, or None when one has none."""
    chosen: list[int] = []
    for group in groups:
        found = _first({k: v for k, v in group.items() if k not in chosen}, during)
        if found is None:
            return None
        chosen.append(found)
    return tuple(chosen)


def _first(things: Mapping[int, Sequence[Span]], during: Span) -> int | None:
    return next((one for one, busy in things.items() if is_free(busy, during)), None)


def is_free(busy: Sequence[Span], during: Span) -> bool:
    """Say whether nothing of `busy` (in order, without overlaps) meets a span."""
    place = bisect_right(busy, during[1], key=lambda span: span[0])
    while place and busy[place - 1][0] >= during[1]:
        place -= 1
    return place == 0 or busy[place - 1][1] <= during[0]
