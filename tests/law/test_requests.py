from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.law.periods import days, months
from candour.law.regions import Region
from candour.law.requests import (
    Extension,
    Fee,
    Identity,
    Promise,
    RequestState,
    Right,
    indirect_notice_due,
    refusal,
    request_clock,
    request_due,
)
from candour.law.workdays import is_working_day

any_day = st.dates(date(2020, 1, 1), date(2060, 12, 31))
regions = st.sampled_from(Region)
gaps = st.integers(0, 60)
COMPLEX = frozenset({"complexity"})


@given(any_day, regions)
def test_the_answer_is_due_a_month_on_and_on_a_working_day(
    received: date, region: Region
) -> None:
    due = request_due(received, region)

    assert is_working_day(due, region)
    assert due >= months(1).after(received)
    assert due <= months(1).after(received) + timedelta(6)


@given(any_day, regions)
def test_a_later_request_is_never_due_earlier(received: date, region: Region) -> None:
    assert request_due(received, region) <= request_due(received + timedelta(1), region)


@given(any_day, regions, gaps)
def test_identity_without_doubt_never_delays(
    received: date, region: Region, gap: int
) -> None:
    known = Identity(in_doubt=False, received=received + timedelta(gap))

    clock = request_clock(received, region=region, identity=known)

    assert clock.due == request_due(received, region)


@given(any_day, regions, gaps)
def test_doubt_resolved_starts_the_clock_that_day(
    received: date, region: Region, gap: int
) -> None:
    day = received + timedelta(gap)

    clock = request_clock(received, region=region, identity=Identity(True, day))

    assert clock.due == request_due(day, region)


@given(any_day, regions, st.sampled_from(["", "too_much_work", "complexity"]))
def test_a_fee_without_its_ground_never_delays(
    received: date, region: Region, ground: str
) -> None:
    clock = request_clock(received, region=region, fee=Fee(ground))

    assert clock.due == request_due(received, region)


def test_a_fee_with_its_ground_waits_until_paid() -> None:
    fee = Fee("manifestly_unfounded")

    clock = request_clock(date(2026, 9, 1), region=Region.ENGLAND, fee=fee)

    assert (clock.state, clock.due) == (RequestState.WAITING_FEE, None)


@given(any_day, regions, gaps, gaps)
def test_each_day_of_a_question_moves_the_end_by_one_day(
    received: date, region: Region, gap: int, length: int
) -> None:
    asked = received + timedelta(1 + gap % 20)
    answered = asked + timedelta(length)

    clock = request_clock(received, region=region, clarifications=[(asked, answered)])

    assert clock.days_excluded == length + 1
    assert clock.statutory is not None
    assert is_working_day(clock.statutory, region)
    assert clock.statutory >= months(1).after(received) + timedelta(length + 1)


def test_questions_that_overlap_count_each_day_once() -> None:
    september = [date(2026, 9, day) for day in range(1, 31)]
    asked = [(september[7], september[11]), (september[9], september[13])]

    clock = request_clock(september[0], region=Region.ENGLAND, clarifications=asked)

    assert clock.days_excluded == 7


def test_a_question_after_the_end_moves_nothing() -> None:
    late = [(date(2026, 10, 5), None)]

    clock = request_clock(date(2026, 9, 1), region=Region.ENGLAND, clarifications=late)

    assert clock.due == date(2026, 10, 1)


@pytest.mark.parametrize("right", set(Right) - {Right.ACCESS})
def test_only_a_request_for_a_copy_is_paused_by_a_question(right: Right) -> None:
    clock = request_clock(
        date(2026, 9, 1),
        region=Region.ENGLAND,
        right=right,
        clarifications=[(date(2026, 9, 8), None)],
    )

    assert clock.due == date(2026, 10, 1)


@given(any_day, regions, st.integers(0, 120))
def test_an_extension_holds_only_if_told_within_the_first_month(
    received: date, region: Region, gap: int
) -> None:
    told = received + timedelta(gap)

    clock = request_clock(received, region=region, extension=Extension(told, COMPLEX))

    first = request_due(received, region)
    assert clock.extension_valid is (told <= first)
    assert clock.statutory is not None
    assert (clock.statutory > first) is clock.extension_valid
    assert is_working_day(clock.statutory, region)


@given(any_day, regions, st.integers(1, 60), st.booleans())
def test_a_promise_can_only_bring_the_day_forward(
    received: date, region: Region, promised: int, extensible: bool
) -> None:
    promise = Promise(limit=days(promised), extensible=extensible)
    told = Extension(received, COMPLEX)

    clock = request_clock(received, region=region, extension=told, promise=promise)

    assert clock.due is not None
    assert clock.statutory is not None
    assert clock.due <= received + timedelta(promised)
    assert clock.due <= clock.statutory
    assert clock.extension_valid is extensible


def test_a_moment_counts_as_the_day_it_is_in_london() -> None:
    before_midnight = datetime(2026, 8, 31, 22, 59, tzinfo=UTC)
    after_midnight = datetime(2026, 8, 31, 23, 0, tzinfo=UTC)
    winter = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)

    assert request_due(before_midnight, Region.ENGLAND) == date(2026, 9, 30)
    assert request_due(after_midnight, Region.ENGLAND) == date(2026, 10, 1)
    assert request_due(winter, Region.ENGLAND) == date(2027, 2, 1)


@given(any_day, regions, st.integers(-5, 5))
def test_a_refusal_is_late_the_day_after_the_answer_was_due(
    received: date, region: Region, offset: int
) -> None:
    clock = request_clock(received, region=region)
    assert clock.due is not None

    judged = refusal(clock, sent=clock.due + timedelta(offset))

    assert judged.in_time is (offset <= 0)


@given(any_day, regions, gaps, gaps)
def test_notice_is_due_by_the_earliest_of_month_contact_and_disclosure(
    obtained: date, region: Region, contact: int, disclosure: int
) -> None:
    met = obtained + timedelta(contact)
    passed_on = obtained + timedelta(disclosure)

    due = indirect_notice_due(
        obtained, region=region, first_contact=met, first_disclosure=passed_on
    )

    assert due == min(met, passed_on, indirect_notice_due(obtained, region=region))
