"""Small pieces of English: lists, periods, first letters."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from candour.law.periods import Period


def listed(parts: Iterable[str], joint: str = "and") -> str:
    """Join words as a person would: a, b and c."""
    words = [part for part in parts if part]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def capital(text: str) -> str:
    """Return the text with its first letter large, and the rest as it was."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return the text as a sentence: a large first letter, a full stop at the end."""
    text = text.strip()
    return capital(text) + ("" if text.endswith((".", "?", "!")) else ".")


_SHORT = (
    (re.compile(r"\bArts (?=\d)"), "Articles "),
    (re.compile(r"\bArt (?=\d)"), "Article "),
    (re.compile(r"\bSch (?=\d)"), "Schedule "),
    (re.compile(r"\bparas (?=\d)"), "paragraphs "),
    (re.compile(r"\bpara (?=\d)"), "paragraph "),
    (re.compile(r"\bss? ?(?=\d)"), "section "),
    (re.compile(r"\bDPA 2018\b"), "Data Protection Act 2018"),
)


def in_full(law: str) -> str:
    """Return a citation without its short forms: Article for Art, section for s."""
    for short, long in _SHORT:
        law = short.sub(long, law)
    return law


def period(text: str) -> str:
    """Write an ISO 8601 period in words: `P11Y` is 11 years, `P1M` one month."""
    length = Period.parse(text)
    parts = (
        (length.years, "year"),
        (length.months, "month"),
        (length.days, "day"),
    )
    return listed(_count(number, unit) for number, unit in parts if number) or "no time"


def every(text: str) -> str:
    """Write how often in words: `P1D` is every day, `P3M` every 3 months."""
    words = period(text)
    return "every " + words.removeprefix("one ")


def _count(number: int, unit: str) -> str:
    return f"one {unit}" if number == 1 else f"{number} {unit}s"


def day(value: date) -> str:
    """Write a day as 9 October 2034."""
    return f"{value.day} {value:%B %Y}"


def unique(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words once each, in their first order."""
    return tuple(dict.fromkeys(word for word in words if word))
