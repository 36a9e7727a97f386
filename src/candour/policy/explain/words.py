"""Finding the policy's own names in a question asked in words."""

import re
from collections.abc import Iterable, Mapping

from candour.core.errors import Invalid
from candour.policy.terms import Facts
from candour.policy.vocabulary import CATEGORIES


class NotUnderstood(Invalid):
    """The question names no role or no purpose of this policy."""

    code = "not_understood"


def plain(words: Iterable[str]) -> str:
    """Return a question in small letters, its signs taken out."""
    text = " ".join(words).lower().replace("'", "").replace("’", "")
    return " ".join(re.findall(r"[a-z0-9]+(?:[-.][a-z0-9]+)*", text))


def found(text: str, known: Iterable[str], *, last: bool = False) -> str | None:
    """Return the known name that stands first or last in a text; the longest wins."""
    hits = []
    for name in map(str, known):
        for spelling in {name, name.replace("-", " "), name.replace("_", " ")}:
            pattern = rf"(?<![\w-]){re.escape(spelling)}s?(?![\w-])"
            for match in re.finditer(pattern, text):
                hits.append((match.start(), len(spelling), name))
    if not hits:
        return None
    edge = max(hits)[0] if last else min(hits)[0]
    return max(hit for hit in hits if hit[0] == edge)[2]


def any_of(text: str, words: Iterable[str]) -> bool:
    """Say whether one of the words stands in a text."""
    either = "|".join(map(re.escape, words))
    return re.search(rf"(?<![\w-])(?:{either})(?![\w-])", text) is not None


def category_in(text: str) -> str | None:
    """Return the category a text names, by its slug, its last part, or its label."""
    spellings: dict[str, str] = {}
    for slug, category in CATEGORIES.items():
        for spelling in (slug, slug.rpartition(".")[2], category.label):
            spellings.setdefault(spelling.lower().removeprefix("your "), slug)
    hit = found(text, sorted(spellings, key=len, reverse=True))
    return spellings[hit] if hit is not None else None


_SAYS_YES = ("agreed", "has agreed", "said yes", "consented", "accepted", "opted in")
_SAYS_NO = (
    *("said no", "objected", "unsubscribed", "opted out", "said stop", "stopped"),
    *("refused", "rejected", "declined"),
)
_RELATIONS: Mapping[str, str] = {
    "patient": "patient",
    "customer": "customer",
    "enquirer": "enquirer",
}


def said_yes(text: str) -> bool:
    """Say whether the question is about somebody who agreed."""
    return any_of(text, _SAYS_YES)


def said_no(text: str) -> bool:
    """Say whether the question is about somebody who refused."""
    return any_of(text, _SAYS_NO)


def told_of(text: str, facts: Facts) -> Facts:
    """Return the facts with what the question itself says of the person."""
    known = {name: getattr(facts, name) for name in Facts.__slots__}
    known["restricted"] |= any_of(text, ("restricted",))
    known["died"] |= any_of(text, ("died", "dead", "deceased"))
    known["relation"] |= {
        kind for word, kind in _RELATIONS.items() if found(text, (word,)) is not None
    }
    for word, atom in (
        ("court order", "court-order"),
        ("required by law", "required-by-law"),
        ("permission", "permission-for-this"),
    ):
        if any_of(text, (word,)):
            known["holds"] |= {atom}
    return Facts(**known)
