from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from candour.law.ages import age_on
from candour.law.periods import Period, years
from candour.law.retention import (
    ChildCase,
    Kept,
    Life,
    Rule,
    Stops,
    financial_year_end,
    keeping,
    last_mutual_contact,
)

any_day = st.dates(date(1990, 1, 1), date(2060, 12, 31))
births = st.dates(date(1940, 1, 1), date(2026, 12, 31))
terms = st.integers(1, 30).map(years)
NHS = Rule(years(8), (ChildCase(26, at_age=17), ChildCase(25)))


@given(any_day, terms)
def test_a_record_may_go_only_the_day_after_its_period(
    ended: date, term: Period
) -> None:
    kept = keeping(Rule(term), ended)

    assert kept.until == term.after(ended)
    assert kept.until is not None
    assert not kept.may_dispose(kept.until)
    assert kept.may_dispose(kept.until + timedelta(1))


@given(any_day, terms)
def test_a_later_event_never_ends_earlier(ended: date, term: Period) -> None:
    first = keeping(Rule(term), ended).until
    second = keeping(Rule(term), ended + timedelta(1)).until

    assert first is not None
    assert second is not None
    assert first <= second


@given(births, st.integers(0, 30_000), terms)
def test_a_child_case_only_ever_keeps_longer(
    born: date, lived: int, term: Period
) -> None:
    ended = born + timedelta(lived)
    life = Life(born=born)

    plain = keeping(Rule(term), ended, life=life).until
    child = keeping(Rule(term, (ChildCase(25),)), ended, life=life).until

    assert plain is not None
    assert child is not None
    assert (
        child == max(plain, years(25).after(born))
        if age_on(born, ended) < 18
        else child == plain
    )


@given(births, st.integers(0, 10_000))
def test_who_was_seventeen_at_the_end_is_kept_until_twenty_six(
    born: date, lived: int
) -> None:
    ended = born + timedelta(lived)

    until = keeping(NHS, ended, life=Life(born=born)).until

    age = age_on(born, ended)
    birthday = {17: 26}.get(age, 25 if age < 18 else 0)
    assert until == max(years(8).after(ended), years(birthday).after(born))


def test_a_patient_first_seen_as_a_child_is_a_child_case_when_grown() -> None:
    born, ended = date(2006, 5, 5), date(2026, 5, 5)
    rule = Rule(years(1), (ChildCase(25),))

    grown = keeping(rule, ended, life=Life(born=born))
    since_childhood = keeping(
        rule, ended, life=Life(born=born, first_treated=date(2022, 3, 1))
    )

    assert grown.until == date(2027, 5, 5)
    assert since_childhood.until == date(2031, 5, 5)


@given(
    st.one_of(st.none(), any_day),
    st.builds(Stops, st.booleans(), st.booleans(), st.booleans()),
    st.sampled_from([NHS, Rule(None), Rule(None, indefinite=True)]),
)
def test_what_is_stopped_is_never_disposed_of(
    ended: date | None, stops: Stops, rule: Rule
) -> None:
    kept = keeping(rule, ended, stops=stops)

    stopped = stops.hold or stops.open_request or stops.ongoing
    if stopped or ended is None or rule.keep is None:
        assert not kept.may_dispose(date(9999, 12, 31))
    if stops.hold:
        assert kept.state is Kept.HELD
    elif stops.open_request:
        assert kept.state is Kept.SUSPENDED


def test_what_the_clinic_sends_by_itself_is_no_contact() -> None:
    sent = [(date(2025, 1, 1), "outbound_campaign"), (date(2026, 1, 1), "newsletter")]

    assert last_mutual_contact(sent) is None
    assert last_mutual_contact([*sent, (date(2024, 1, 1), "call")]) == date(2024, 1, 1)


@given(any_day, any_day)
def test_the_financial_year_holds_the_invoice(of: date, year_end: date) -> None:
    end = financial_year_end(of, year_end)

    assert end >= of
    assert end == year_end or end - of <= timedelta(366)
