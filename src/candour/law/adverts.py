"""What a clinic may not say to the public. CAP Code rule 12.12; GMC 2016."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from candour.law.parameters import (
    ADVERT_MIN_AGE,
    PRESCRIPTION_ONLY_IMPLIED,
    PRESCRIPTION_ONLY_NAMES,
    PRIZE_WORDS,
)
from candour.law.verdicts import Verdict, allow, deny

_LOOKALIKES = str.maketrans("013457@$", "oieastas")


@dataclass(frozen=True, slots=True)
class Advert:
    """A text for the public and, where it is aimed at an age, the youngest of it."""

    text: str
    min_age: int | None = None


def _folded(text: str) -> str:
    """Return the text in plain small letters, invisible characters taken out."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(
        letter for letter in plain if unicodedata.category(letter) not in {"Cf", "Mn"}
    )


@cache
def _pattern(words: frozenset[str]) -> tuple[tuple[str, ...], re.Pattern[str]]:
    ordered = tuple(sorted(words, key=lambda word: (-len(word), word)))
    loose = (
        "(" + r"[\W_]{0,2}".join(re.escape(at) for at in word if at != " ") + ")"
        for word in ordered
    )
    whole = rf"(?<![^\W_])(?:{'|'.join(loose)})(?:s|ed|ing)?(?![^\W_])"
    return ordered, re.compile(whole)


def _said(words: frozenset[str], text: str) -> str | None:
    """Return the first of the words that the text says, joined up or spelt askew."""
    ordered, pattern = _pattern(words)
    folded = _folded(text)
    found = pattern.search(folded) or pattern.search(folded.translate(_LOOKALIKES))
    if found is None:
        return None
    return next(
        word for word, group in zip(ordered, found.groups(), strict=True) if group
    )


def medicine_named(text: str) -> str | None:
    """Return the prescription-only medicine that the text names, or None."""
    return _said(PRESCRIPTION_ONLY_NAMES.value, text)


def may_publish(advert: Advert) -> Verdict:
    """Say whether an advert may go to the public.

    No prescription-only medicine, by name or by what it plainly stands for; nobody
    under eighteen aimed at; no treatment as a prize. A consultation may be offered.
    """
    if medicine_named(advert.text) is not None:
        return deny("pom_named", PRESCRIPTION_ONLY_NAMES.source)
    if _said(PRESCRIPTION_ONLY_IMPLIED.value, advert.text) is not None:
        return deny("pom_implied", PRESCRIPTION_ONLY_IMPLIED.source)
    if advert.min_age is not None and advert.min_age < ADVERT_MIN_AGE.value:
        return deny("under_18_targeting", ADVERT_MIN_AGE.source)
    if _said(PRIZE_WORDS.value, advert.text) is not None:
        return deny("prize", PRIZE_WORDS.source)
    return allow("nothing_against", PRESCRIPTION_ONLY_NAMES.source)
