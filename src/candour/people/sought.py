"""What somebody who searches may have typed: a name, a number, an address, a date.

How a file's number is written stands here too, since it is read here again.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from candour.core.errors import Invalid
from candour.law.numbers import is_nhs_number
from candour.people.normal import phone_key, words_key
from candour.register.permit import WITHHELD

NUMBER = re.compile(r"[pP]-?(\d{1,12})")
PHONE = re.compile(r"[\d\s()+./-]{3,}")
DATES = (
    "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d %m %Y",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sought:
    """What was typed, as the search function takes it."""

    words: str = ""
    number: int | None = None
    born_on: date | None = None
    nhs_key: str | None = None


def read(text: str) -> Sought:
    """Return what `text` may mean. What has ten digits may be two things at once."""
    plain = " ".join(text.split())
    if found := NUMBER.fullmatch(plain):
        return Sought(number=int(found[1]))
    if day := day_of(plain):
        return Sought(born_on=day)
    if not PHONE.fullmatch(plain):
        return Sought(words=words_key(plain))
    nhs = nhs_key(plain) if is_nhs_number(plain) else None
    digits = "".join(filter(str.isdecimal, plain))
    number = int(digits) if len(digits) <= 7 else None
    return Sought(words=_phone(plain), number=number, nhs_key=nhs)


def _phone(text: str) -> str:
    """Return a number as it is kept; of a part of one, the digits in a row."""
    try:
        return phone_key(text)
    except Invalid:
        return "".join(filter(str.isdecimal, text)).lstrip("0")


def patient_number(number: Any) -> Any:
    """Return what a file is called: "P-10042"; nothing before they are a patient.

    What is withheld stays so.
    """
    if number is WITHHELD:
        return number
    return f"P-{number}" if number else ""


def day_of(text: str) -> date | None:
    """Return the day that `text` writes in one of the usual ways, or None."""
    for form in DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day, no time
        except ValueError:
            continue
    return None


def nhs_key(number: str) -> str:
    """Return the keyed hash by which an NHS number is found without being readable."""
    digits = "".join(filter(str.isdecimal, number))
    key = (Path(settings.KEYS_DIR) / "scope").read_bytes()
    own = hmac.new(key, b"candour-nhs-number", hashlib.sha256).digest()
    return hmac.new(own, digits.encode(), hashlib.sha256).hexdigest()
