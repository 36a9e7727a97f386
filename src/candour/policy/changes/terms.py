"""One change, and whether it asks more of people or less."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from candour.policy.compiled import sayings
from candour.policy.render.words.purposes import purpose_words
from candour.policy.vocabulary import CATEGORIES


class Weight(StrEnum):
    """Whether a change asks more of people, gives them more, or neither."""

    MORE = "asks-more"
    LESS = "asks-less"
    SAME = "neither"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: at which key, what it is for a person, and how it weighs."""

    key: str
    sentence: str
    weight: Weight


def more(key: str, sentence: str) -> Change:
    """Return a change that asks more of people, or gives them less."""
    return Change(key, sentence, Weight.MORE)


def less(key: str, sentence: str) -> Change:
    """Return a change that asks less of people, or gives them more."""
    return Change(key, sentence, Weight.LESS)


def same(key: str, sentence: str) -> Change:
    """Return a change that is neither."""
    return Change(key, sentence, Weight.SAME)


def labels(words: Iterable[str]) -> str:
    """Name categories in a sentence, each once, wider ones for what is inside them."""
    slugs = frozenset(words)
    widest = [
        category.label
        for slug, category in CATEGORIES.items()
        if slug in slugs and category.parent not in slugs
    ]
    return sayings.listed(dict.fromkeys(widest))


def titled(purpose: str) -> str:
    """Name a purpose inside a sentence: 'to treat you'."""
    title = purpose_words(purpose).title
    return title[:1].lower() + title[1:]


def spaced(words: Iterable[str]) -> str:
    """List slugs as words."""
    return sayings.listed(map(sayings.spaced, words))
