"""Numbers that are checked before they are kept: NHS numbers, payment cards."""

import re
import unicodedata
from collections.abc import Iterator

from candour.law.parameters import CARD_FIRST_DIGITS, CARD_LENGTHS, NHS_WEIGHTS

_NHS = re.compile(r"\d{3}([ -]?)\d{3}\1\d{4}", re.ASCII)
_RUN = re.compile(r"\d+(?:[\s\-._/]{1,3}\d+)*", re.ASCII)
_SECURITY_CODE = re.compile(
    r"\b(?:cvv2?|cvc2?|cv2|security\s+code)\b\W{0,3}(?:is\W{1,3})?\d{3,4}\b",
    re.IGNORECASE,
)
_GROUPS = re.compile(r"\d+", re.ASCII)
_CARD_FIRST_GROUP = 4
_CARD_LONGEST = max(CARD_LENGTHS.value)
_CARD_LATER_GROUP = range(3, 8)


def is_nhs_number(text: str) -> bool:
    """Say whether ten digits, plain or spaced 3 3 4, end in their check digit.

    The first nine are weighted ten down to two; eleven less the remainder by eleven
    is the last, with eleven written as nought, and ten never issued.
    """
    if _NHS.fullmatch(text) is None:
        return False
    *digits, check = (int(digit) for digit in text if digit.isdigit())
    total = sum(w * digit for w, digit in zip(NHS_WEIGHTS.value, digits, strict=True))
    return (11 - total % 11) % 11 == check


def passes_luhn(digits: str) -> bool:
    """Say whether the digits end in the check digit that payment cards use."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def holds_card_number(text: str) -> bool:
    """Say whether free text seems to hold a payment card number (PCI DSS 3).

    Thirteen to nineteen digits that pass the check, whole or in groups as on a card.
    An NHS number (ten digits), a telephone number or a date is not taken for one.
    """
    plain = unicodedata.normalize("NFKC", text)
    return any(
        passes_luhn(number)
        for run in _RUN.finditer(plain)
        for number in _card_like(_GROUPS.findall(run.group()))
    )


def _card_like(groups: list[str]) -> Iterator[str]:
    for first, head in enumerate(groups):
        if head[0] not in CARD_FIRST_DIGITS.value:
            continue
        number = head
        if len(number) in CARD_LENGTHS.value:
            yield number
        if len(head) != _CARD_FIRST_GROUP:
            continue
        for group in groups[first + 1 :]:
            number += group
            if len(group) not in _CARD_LATER_GROUP or len(number) > _CARD_LONGEST:
                break
            if len(number) in CARD_LENGTHS.value:
                yield number


def holds_security_code(text: str) -> bool:
    """Say whether free text seems to hold a card's security code (PCI DSS 3.3)."""
    return _SECURITY_CODE.search(unicodedata.normalize("NFKC", text)) is not None
