"""Free times, against counting them minute by minute."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from candour.appointments import slots, times
from candour.appointments.slots import Length, Office, Slot, Weekly
from candour.appointments.times import Skipped, Span, Twice
from candour.core.clock import LONDON
from candour.core.errors import Invalid

MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)
QUARTER = 15
HOURS = 10  # the oracle's day


def minute(count: int) -> datetime:
    return MIDNIGHT + timedelta(minutes=count)


@st.composite
def spans(draw: st.DrawFn, most: int = 5) -> list[Span]:
    ends = st.integers(0, HOURS * 60)
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=most))
    return [(minute(min(a, b)), minute(max(a, b))) for a, b in pairs if a != b]


@st.composite
def offices(draw: st.DrawFn) -> Office:
    staff = range(1, draw(st.integers(1, 3)) + 1)
    rooms = draw(st.none() | st.integers(0, 2).map(lambda n: list(range(1, n + 1))))
    group = draw(st.none() | st.integers(0, 2).map(lambda n: list(range(1, n + 1))))
    keys = [
        *(("staff", one) for one in staff),
        *(("room", one) for one in rooms or ()),
        *(("device", one) for one in group or ()),
    ]
    return Office(
        working={one: draw(spans()) for one in staff},
        taken={key: draw(spans(3)) for key in keys},
        rooms=rooms,
        devices=[] if group is None else [group],
    )


lengths = st.builds(
    Length.of, st.integers(5, 120), st.integers(0, 20), st.integers(0, 20)
)


def meets(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def by_counting(office: Office, length: Length) -> set[tuple[datetime, int]]:
    """Return (time, practitioner) by asking every quarter of an hour everything."""
    found = set()
    for quarter in range(HOURS * 60 // QUARTER + 1):
        starts_at = minute(quarter * QUARTER)
        during = length.during(starts_at)
        if not any_free(office, "room", office.rooms, during):
            continue
        if not all(any_free(office, "device", g, during) for g in office.devices):
            continue
        for staff, hours in office.working.items():
            at_work = all(
                any(a <= moment < b for a, b in hours) for moment in each_minute(during)
            )
            if at_work and is_free(office, "staff", staff, during):
                found.add((starts_at, staff))
    return found


def each_minute(during: Span) -> list[datetime]:
    count = int((during[1] - during[0]) / timedelta(minutes=1))
    return [during[0] + timedelta(minutes=n) for n in range(count)]


def any_free(
    office: Office, what: str, ones: Sequence[int] | None, during: Span
) -> bool:
    return ones is None or any(is_free(office, what, one, during) for one in ones)


def is_free(office: Office, what: str, one: int, during: Span) -> bool:
    return not any(meets(during, span) for span in office.taken.get((what, one), []))


@settings(max_examples=300)
@given(offices(), lengths)
def test_what_is_free_is_what_counting_finds(office: Office, length: Length) -> None:
    found = list(
        slots.free(office, length, since=MIDNIGHT, until=minute(HOURS * 60 + 1))
    )

    assert {(slot.starts_at, slot.staff) for slot in found} == by_counting(
        office, length
    )
    assert found == sorted(found, key=lambda slot: slot.starts_at)
    for slot in found:
        takes_nothing_taken(office, length, slot)


def takes_nothing_taken(office: Office, length: Length, slot: Slot) -> None:
    during = length.during(slot.starts_at)
    assert (slot.room is None) == (office.rooms is None)
    if slot.room is not None:
        assert is_free(office, "room", slot.room, during)
    assert len(slot.devices) == len(office.devices)
    assert all(is_free(office, "device", one, during) for one in slot.devices)


@given(spans(), spans())
def test_time_less_time_is_what_is_left(some: list[Span], less: list[Span]) -> None:
    left = slots.without(slots.merged(some), slots.merged(less))

    for count in range(HOURS * 60):
        at = minute(count)
        assert any(a <= at < b for a, b in left) == (
            any(a <= at < b for a, b in some) and not any(a <= at < b for a, b in less)
        )


SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)


def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_change() -> None:
    hours = [Weekly(day, time(9), time(17), date(2026, 1, 1)) for day in range(7)]
    days = times.days(AUTUMN - times.DAY, 2)

    before, after = slots.working(hours, days=days)

    assert before[0] == datetime(2026, 10, 24, 8, tzinfo=UTC)
    assert after[0] == datetime(2026, 10, 25, 9, tzinfo=UTC)


def test_hours_over_the_change_are_as_long_as_they_really_are() -> None:
    [spring] = slots.working(
        [Weekly(6, time(0, 30), time(3), date(2026, 1, 1))], days=[SPRING]
    )
    [autumn] = slots.working(
        [Weekly(6, time(0, 30), time(3), date(2026, 1, 1))], days=[AUTUMN]
    )

    assert spring[1] - spring[0] == timedelta(hours=1, minutes=30)
    assert autumn[1] - autumn[0] == timedelta(hours=3, minutes=30)


def test_a_day_has_as_many_hours_as_its_clocks_give() -> None:
    lengths_ = [
        times.whole_day(day)[1] - times.whole_day(day)[0]
        for day in (SPRING, AUTUMN, date(2026, 11, 24))
    ]

    assert [length.total_seconds() / 3600 for length in lengths_] == [23, 25, 24]


def test_a_time_that_the_clocks_leave_out_is_refused_in_words() -> None:
    with pytest.raises(Skipped, match="That time does not exist"):
        times.instant(SPRING, time(1, 30))


def test_a_time_that_comes_twice_has_to_say_which() -> None:
    with pytest.raises(Twice, match="comes twice"):
        times.instant(AUTUMN, time(1, 30))

    first = times.instant(AUTUMN, time(1, 30), fold=0)
    second = times.instant(AUTUMN, time(1, 30), fold=1)

    assert second - first == timedelta(hours=1)


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.times())
def test_every_other_time_is_one_moment(day: date, clock: time) -> None:
    try:
        found = times.instant(day, clock).astimezone(LONDON)
    except (Skipped, Twice):
        return

    assert (found.date(), found.time()) == (day, clock)


def test_hours_hold_from_their_day_to_their_last() -> None:
    hours = Weekly(1, time(9), time(17), date(2026, 11, 24), date(2026, 12, 1))
    tuesdays = [date(2026, 11, 17) + timedelta(weeks=n) for n in range(4)]

    assert [hours.on(day) is not None for day in tuesdays] == [False, True, True, False]


def test_what_somebody_said_of_their_week_is_held_against_a_visit() -> None:
    evening = datetime(2026, 11, 24, 18, tzinfo=UTC)
    hour = timedelta(hours=1)

    assert times.suits([], evening, evening + hour)
    assert times.suits(["tue 17:00-20:00"], evening, evening + hour)
    assert not times.suits(["tue 17:00-18:30"], evening, evening + hour)
    assert not times.suits(["wed 17:00-20:00"], evening, evening + hour)


@pytest.mark.parametrize(
    "text", ["", "tue", "tue 9-10-11", "xxx 09:00-10:00", "tue 20:00-17:00"]
)
def test_a_span_of_the_week_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        times.span_of_week(text)
