"""From the clinic's wall clock to moments, on the nights when the clocks change too.

London's clocks skip an hour on the last Sunday of March and repeat one on the last
Sunday of October. A visit asked for in the skipped hour is refused in words; one in the
repeated hour has to say which. Lengths are counted in real minutes.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from candour.core.clock import LONDON, local_date
from candour.core.errors import Invalid

DAY = timedelta(days=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Span = tuple[datetime, datetime]


class Skipped(Invalid):
    """That time does not exist: the clocks go forward that night. Choose another."""

    code = "time_skipped"


class Twice(Invalid):
    """That time comes twice: the clocks go back that night. Say which of the two."""

    code = "time_twice"


def instant(day: date, clock: time, *, fold: int | None = None) -> datetime:
    """Return the moment of a day and wall-clock time, in UTC.

    Raises Skipped for a time that the change to summer time leaves out, and Twice for
    one that the change back repeats, unless `fold` says the first (0) or second (1).
    """
    first = datetime.combine(day, clock, LONDON).replace(fold=0)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if first.astimezone(UTC).astimezone(LONDON).replace(fold=0) != first:
        raise Skipped
    if fold is None:
        raise Twice
    return (second if fold else first).astimezone(UTC)


def opens(day: date, clock: time) -> datetime:
    """Return when hours that begin then begin: of a repeated time, the first."""
    return datetime.combine(day, clock, LONDON).replace(fold=0).astimezone(UTC)


def closes(day: date, clock: time) -> datetime:
    """Return when hours that end then end: of a repeated time, the second."""
    local = datetime.combine(day, clock, LONDON)
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return local.astimezone(UTC)
    skipped = local.replace(fold=0).astimezone(UTC).astimezone(LONDON).time() != clock
    return local.replace(fold=0 if skipped else 1).astimezone(UTC)


def whole_day(day: date) -> Span:
    """Return the first moment of a local day and of the next: 23, 24 or 25 hours."""
    return opens(day, time()), opens(day + DAY, time())


def days(since: date, count: int) -> list[date]:
    """Return `count` days from `since` on."""
    return [since + n * DAY for n in range(count)]


def monday(of: date) -> date:
    """Return the Monday of a day's week."""
    return of - timedelta(days=of.weekday())


def span_of_week(text: str) -> tuple[int, time, time]:
    """Read a span such as "tue 17:00-20:00". Raises Invalid for anything else."""
    name, _, hours = text.partition(" ")
    since, _, until = hours.partition("-")
    try:
        found = (
            WEEKDAYS.index(name),
            time.fromisoformat(since),
            time.fromisoformat(until),
        )
    except ValueError as cause:
        raise Invalid("Say when as a weekday and two times.") from cause
    if found[1] >= found[2]:
        raise Invalid("The time until which they can come is before the time from.")
    return found


def suits(available: Sequence[str], starts_at: datetime, ends_at: datetime) -> bool:
    """Say whether a visit lies within one of the spans; no spans are any time."""
    since, until = starts_at.astimezone(LONDON), ends_at.astimezone(LONDON)
    if not available:
        return True
    if local_date(starts_at) != local_date(ends_at):
        return False
    for text in available:
        weekday, start, end = span_of_week(text)
        if weekday == since.weekday() and start <= since.time() and until.time() <= end:
            return True
    return False
