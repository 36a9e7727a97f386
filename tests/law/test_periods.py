from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.law.periods import NotAPeriod, Period, days, months, months_before, years
from candour.law.regions import Region
from candour.law.workdays import is_working_day, next_working_day

any_day = st.dates(date(1990, 1, 1), date(2090, 12, 31))
regions = st.sampled_from(Region)
periods = st.builds(
    Period, st.integers(0, 120), st.integers(0, 40), st.integers(0, 400)
)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P1M", months(1)),
        ("P30D", days(30)),
        ("P11Y", years(11)),
        ("P2W", days(14)),
        ("P1Y6M3D", Period(1, 6, 3)),
        ("P0D", Period()),
    ],
)
def test_a_period_is_read(text: str, period: Period) -> None:
    assert Period.parse(text) == period


@pytest.mark.parametrize(
    "text",
    ["", "P", "1M", "P1", "PT72H", "P1MT", "-P1M", "P-1M", "P1.5M", "p1m", " P1M",
     "P1M\n", "P1D1M", "P٣M", "P9999Y", "P" + "9" * 30 + "D"],
)  # fmt: skip
def test_what_is_not_a_period_is_refused(text: str) -> None:
    with pytest.raises(NotAPeriod):
        Period.parse(text)


@given(periods)
def test_a_period_reads_back_as_it_was_written(period: Period) -> None:
    assert Period.parse(str(period)) == period


def test_a_missing_day_is_the_last_of_the_month() -> None:
    assert months(1).after(date(2026, 1, 31)) == date(2026, 2, 28)
    assert months(1).after(date(2028, 1, 31)) == date(2028, 2, 29)
    assert years(7).after(date(2020, 2, 29)) == date(2027, 2, 28)
    assert years(8).after(date(2020, 2, 29)) == date(2028, 2, 29)


@given(periods, any_day)
def test_a_later_start_never_ends_earlier(period: Period, day: date) -> None:
    assert period.after(day) <= period.after(day + timedelta(1))


@given(any_day, st.integers(1, 24))
def test_the_months_that_end_with_a_day_begin_where_months_say(
    end: date, count: int
) -> None:
    first = months_before(end, count)

    assert months(count).after(first - timedelta(1)) <= end
    assert months(count).after(first) > end or first.day == 1


@given(any_day, regions)
def test_rolling_stops_at_the_first_working_day(day: date, region: Region) -> None:
    rolled = next_working_day(day, region)

    assert is_working_day(rolled, region)
    assert rolled - day <= timedelta(6)
    assert not any(
        is_working_day(day + timedelta(n), region) for n in range((rolled - day).days)
    )


@pytest.mark.parametrize(
    ("day", "open_in"),
    [
        (date(2026, 8, 31), {Region.SCOTLAND}),
        (date(2026, 8, 3), set(Region) - {Region.SCOTLAND}),
        (date(2026, 11, 30), set(Region) - {Region.SCOTLAND}),
        (date(2026, 4, 6), {Region.SCOTLAND}),
        (date(2026, 1, 2), set(Region) - {Region.SCOTLAND}),
        (date(2026, 7, 13), set(Region) - {Region.NORTHERN_IRELAND}),
        (date(2026, 3, 17), set(Region) - {Region.NORTHERN_IRELAND}),
        (date(2026, 6, 15), set(Region) - {Region.SCOTLAND}),
        (date(2026, 12, 28), set()),
        (date(2026, 12, 29), set(Region)),
        (date(2026, 12, 27), set()),
    ],
)
def test_public_holidays_differ_by_region(day: date, open_in: set[Region]) -> None:
    assert {region for region in Region if is_working_day(day, region)} == open_in
