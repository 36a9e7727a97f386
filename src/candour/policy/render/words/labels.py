"""What a category is called in a sentence: a group by its own name."""

from collections.abc import Iterable

from candour.policy.language.slots import EVERYTHING
from candour.policy.render.words.plain import unique
from candour.policy.vocabulary import CATEGORIES


def labels(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of categories in words, once each, in order."""
    return unique(
        [
            "all that we hold about you"
            if name == EVERYTHING
            else CATEGORIES[name].label
            for name in names
        ]
    )
