import time

from hypothesis import given
from hypothesis import strategies as st

from candour.law.adverts import Advert, may_publish, medicine_named
from candour.law.numbers import holds_card_number, is_nhs_number, passes_luhn
from candour.law.parameters import PRESCRIPTION_ONLY_NAMES

digits = st.text("0123456789", min_size=9, max_size=9)


@given(digits)
def test_nine_digits_have_at_most_one_check_digit(nine: str) -> None:
    valid = [last for last in "0123456789" if is_nhs_number(nine + last)]

    assert len(valid) <= 1


@given(digits, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(nine: str, place: int, by: int) -> None:
    for last in "0123456789":
        number = nine + last
        if is_nhs_number(number):
            wrong = str((int(number[place]) + by) % 10)
            assert not is_nhs_number(number[:place] + wrong + number[place + 1 :])


@given(st.text("0123456789", min_size=14, max_size=14), st.sampled_from("23456"))
def test_a_card_number_is_found_in_any_sentence(rest: str, first: str) -> None:
    body = first + rest
    number = next(body + last for last in "0123456789" if passes_luhn(body + last))
    spaced = " ".join(number[at : at + 4] for at in range(0, 16, 4))

    assert holds_card_number(f"paid with {number}.")
    assert holds_card_number(f"card: {spaced}, exp 01/30")


@given(st.text(max_size=400))
def test_any_text_can_be_looked_at(text: str) -> None:
    holds_card_number(text)
    may_publish(Advert(text))


def test_a_very_long_text_is_looked_at_quickly() -> None:
    started = time.perf_counter()

    holds_card_number("4000 " * 20_000)
    medicine_named("b o t o " * 20_000)

    assert time.perf_counter() - started < 5


@given(
    st.sampled_from(sorted(PRESCRIPTION_ONLY_NAMES.value)), st.text(" -.*", max_size=2)
)
def test_a_medicine_is_seen_however_it_is_spaced(name: str, between: str) -> None:
    assert medicine_named(f"Ask for {between.join(name).upper()} today") is not None
