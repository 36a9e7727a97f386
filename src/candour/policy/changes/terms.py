"""One change, and whether it asks more of people or less."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from candour.policy.compiled import sayings
from candour.policy.render.words import people
from candour.policy.render.words.messages import KINDS
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
    return lowered(purpose_words(purpose).title)


CHANNELS: Final = MappingProxyType(people.CHANNELS)
STOPS: Final = MappingProxyType(
    {
        "link": "a link in the email",
        "reply": "a reply",
        "form": "our form",
        "portal": "your account",
    }
)
"""Ways to stop that are no channel."""


def lowered(text: str) -> str:
    """Return the text with a small first letter, to stand inside a sentence."""
    return text[:1].lower() + text[1:]


def kind(message: str) -> str:
    """Name a kind of message inside a sentence: 'a receipt'."""
    return lowered(KINDS.get(message, sayings.spaced(message)))


def channels(words: Iterable[str]) -> str:
    """List channels as a person would say them."""
    return sayings.listed(CHANNELS.get(word, sayings.spaced(word)) for word in words)


def stops(words: Iterable[str]) -> str:
    """List the ways to stop marketing."""
    ways = {**CHANNELS, **STOPS}
    return sayings.listed(ways.get(word, sayings.spaced(word)) for word in words)


def spaced(words: Iterable[str]) -> str:
    """List slugs as words."""
    return sayings.listed(map(sayings.spaced, words))
