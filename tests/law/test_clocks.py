"""Complaints, breaches, records of the dead, opinions: properties of every clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.law.breaches import Risk, breach_duty, commissioner_due, outer_bound
from candour.law.complaints import complaint_clock
from candour.law.deceased import deceased_clock
from candour.law.regions import Region
from candour.law.serious_harm import (
    Opinion,
    earliest_valid_opinion,
    release_gate,
    withhold_gate,
)
from candour.law.treatments import reflection
from candour.law.workdays import is_working_day

since = st.dates(date(2026, 6, 19), date(2060, 12, 31))
any_day = st.dates(date(2000, 1, 1), date(2060, 12, 31))
regions = st.sampled_from(Region)
zones = st.sampled_from([UTC, ZoneInfo("Europe/London"), ZoneInfo("Asia/Tokyo")])
moments = st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1), timezones=zones)  # noqa: DTZ001 - hypothesis wants naive bounds
NEW_YEAR_2027 = datetime(2027, 1, 1, tzinfo=UTC)


@given(since, regions)
def test_a_complaint_is_acknowledged_thirty_days_on_or_the_next_working_day(
    received: date, region: Region
) -> None:
    due = complaint_clock(received, region=region).acknowledge_by

    assert due is not None
    assert is_working_day(due, region)
    assert timedelta(30) <= due - received <= timedelta(36)


@given(since, regions)
def test_a_later_complaint_is_never_acknowledged_earlier(
    received: date, region: Region
) -> None:
    first = complaint_clock(received, region=region).acknowledge_by
    second = complaint_clock(received + timedelta(1), region=region).acknowledge_by

    assert first is not None
    assert second is not None
    assert first <= second


@given(st.dates(date(2018, 1, 1), date(2026, 6, 18)), regions)
def test_before_the_section_commenced_no_day_binds(
    received: date, region: Region
) -> None:
    clock = complaint_clock(received, region=region)

    assert (clock.statutory, clock.acknowledge_by) == (False, None)


def test_silence_past_the_day_is_a_broken_promise() -> None:
    received = date(2026, 10, 1)

    clock = complaint_clock(received, region=Region.ENGLAND)
    due = clock.acknowledge_by
    assert due is not None

    on_the_day = complaint_clock(received, region=Region.ENGLAND, on=due)
    day_after = complaint_clock(received, region=Region.ENGLAND, on=due + timedelta(1))
    assert (clock.kept, on_the_day.kept, day_after.kept) == (None, None, False)


@given(moments)
def test_seventy_two_hours_pass_whatever_the_clocks_do(aware: datetime) -> None:
    due = commissioner_due(aware)

    assert due.astimezone(UTC) - aware.astimezone(UTC) == timedelta(hours=72)
    assert due.tzinfo is not None
    assert timedelta(0) < outer_bound(aware) - due <= timedelta(hours=1)


@given(moments, st.sampled_from(Risk), st.booleans(), st.booleans(), st.booleans())
def test_a_promise_only_ever_tells_more_people(
    aware: datetime, risk: Risk, sealed: bool, removed: bool, complete: bool
) -> None:
    by_law = breach_duty(
        aware,
        risk,
        unintelligible=sealed,
        risk_removed=removed,
        facts_complete=complete,
    )
    promised = breach_duty(aware, risk, unintelligible=sealed, promised_to_people=True)

    assert promised.tell_people
    assert promised.tell_commissioner is by_law.tell_commissioner
    assert by_law.tell_people is (risk is Risk.HIGH and not sealed and not removed)
    assert by_law.tell_commissioner is (risk is not Risk.UNLIKELY)
    assert by_law.phased is (by_law.tell_commissioner and not complete)


def test_one_second_past_the_hours_is_late() -> None:
    due = commissioner_due(NEW_YEAR_2027)

    in_time = breach_duty(NEW_YEAR_2027, Risk.LIKELY, notified=due)
    late = breach_duty(NEW_YEAR_2027, Risk.LIKELY, notified=due + timedelta(seconds=1))

    assert (in_time.late, late.late) == (False, True)


@given(any_day, st.booleans(), st.integers(0, 40), st.integers(0, 90))
def test_asking_for_more_restarts_the_forty_days_only_in_the_first_fortnight(
    applied: date, recent: bool, asked: int, waited: int
) -> None:
    received = applied + timedelta(asked + waited)

    plain = deceased_clock(applied, all_entries_recent=recent)
    clock = deceased_clock(
        applied,
        all_entries_recent=recent,
        more_asked=applied + timedelta(asked),
        more_received=received,
    )

    assert clock.starts == (received if asked < 14 else applied)
    assert plain.due == applied + timedelta(20 if recent else 39)
    assert clock.due is not None
    assert plain.due is not None
    assert clock.due >= plain.due


@given(any_day)
def test_an_opinion_is_fresh_for_six_months_to_the_day(relied_on: date) -> None:
    earliest = earliest_valid_opinion(relied_on)

    fresh = Opinion(earliest, harm=True)
    stale = Opinion(earliest - timedelta(1), harm=True)

    assert withhold_gate(fresh, relied_on=relied_on).ok
    assert withhold_gate(stale, relied_on=relied_on).flaw == "opinion_too_old"
    assert timedelta(180) <= relied_on - earliest <= timedelta(184)
    assert earliest <= earliest_valid_opinion(relied_on + timedelta(1))


@pytest.mark.parametrize("harm", [True, False])
def test_no_opinion_serves_both_to_withhold_and_to_release(harm: bool) -> None:
    today = date(2026, 9, 1)
    opinion = Opinion(today, harm)

    assert withhold_gate(opinion, relied_on=today).ok is harm
    assert release_gate(opinion, relied_on=today).ok is not harm


@given(any_day, st.integers(1, 60), st.integers(0, 90))
def test_the_days_to_think_are_full_days(consulted: date, wait: int, gap: int) -> None:
    treated = consulted + timedelta(gap)

    waited = reflection(consulted, treated, wait_days=wait, surgical=True)

    assert waited.allowed is (gap >= wait)
    assert waited.earliest - consulted == timedelta(wait)
