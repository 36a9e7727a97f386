"""Why we use data, and what lets us: one clause a purpose."""

from candour.policy.language import Document
from candour.policy.language.data import Purpose
from candour.policy.language.slots import EVERYTHING
from candour.policy.render.doc import Clause, Section
from candour.policy.render.words.labels import labels
from candour.policy.render.words.people import HOLDS, ROLES
from candour.policy.render.words.plain import listed, unique
from candour.policy.render.words.purposes import (
    BASIS,
    CONDITION,
    LIMITS,
    purpose_words,
)
from candour.policy.vocabulary import (
    BASIS_ARTICLES,
    CONDITION_ARTICLES,
    is_special,
)


def why(document: Document) -> Section:
    """Return what Articles 13(1)(c) and (d) ask for, purpose by purpose."""
    clauses = tuple(
        _purpose(document, name, purpose) for name, purpose in document.purposes.items()
    )
    return Section("Why we use it, and what allows it", clauses, ("purposes", "bases"))


def _purpose(document: Document, name: str, purpose: Purpose) -> Clause:
    words = purpose_words(name)
    said = [words.text, *_limits(purpose), _basis(name, purpose)]
    if purpose.condition and _special(purpose):
        said.append(CONDITION[purpose.condition])
    uses = _uses(purpose)
    if uses:
        said.append(uses)
    said += _people(document, purpose)
    return Clause(
        f"purposes.{name}",
        words.title,
        _paragraphs(said),
        law=_law(purpose),
    )


def _paragraphs(said: list[str]) -> tuple[str, ...]:
    """Put what it is for first, then the rest."""
    head, rest = said[0], [part for part in said[1:] if part]
    return (head, " ".join(rest)) if rest else (head,)


def _special(purpose: Purpose) -> bool:
    return any(name == EVERYTHING or is_special(name) for name in purpose.uses)


def _law(purpose: Purpose) -> tuple[str, ...]:
    law = [BASIS_ARTICLES[purpose.basis]] if purpose.basis else []
    if purpose.condition and _special(purpose):
        law.append(CONDITION_ARTICLES[purpose.condition])
    if purpose.because and purpose.because != "inactive":
        law.append(purpose.because)
    return tuple(law)


def _basis(name: str, purpose: Purpose) -> str:
    if purpose.basis is None:
        return ""
    return BASIS[purpose.basis].format(interest=purpose_words(name).interest)


def _uses(purpose: Purpose) -> str:
    if EVERYTHING in purpose.uses:
        return "It may need any data that we hold about you."
    names = [name for name in purpose.uses if name not in purpose.excludes]
    said = f"It uses {listed(labels(names))}." if names else ""
    if purpose.excludes:
        said += f" It never uses {listed(labels(purpose.excludes), 'or')}."
    return said


def _limits(purpose: Purpose) -> list[str]:
    said = []
    if purpose.limited_to:
        said.append(LIMITS[purpose.limited_to])
    if purpose.only_if:
        said.append(f"We do it only if {listed(HOLDS[a] for a in purpose.only_if)}.")
    if purpose.any_of:
        said.append(f"We do it if {listed((HOLDS[a] for a in purpose.any_of), 'or')}.")
    if purpose.yields == "anonymous":
        said.append("What comes out of it names no one and points to no one.")
    if purpose.profiling:
        said.append("It builds a picture of what you may like.")
    if purpose.serves:
        title = purpose_words(purpose.serves).title
        said.append(f"It is part of this: {title[0].lower()}{title[1:]}.")
    if purpose.access == "further-restricted":
        said.append("Fewer of our staff can open this data.")
    if purpose.ends and purpose.ends.by == "person" and purpose.basis != "consent":
        said.append("You can end this at any time.")
    return said


def _people(document: Document, purpose: Purpose) -> list[str]:
    roles = [
        ROLES[role]
        for role, reach in purpose.by.items()
        if reach != "none" and role in ROLES and role != "system"
    ]
    said = []
    if roles:
        said.append(f"With us, this is done by {listed(unique(roles))}.")
    elif "system" in purpose.by:
        said.append("Our systems do this, not people.")
    firms = [
        document.recipients[name].name
        for name in purpose.with_
        if name in document.recipients
    ]
    named = [name for name in firms if name]
    if named:
        said.append(f"{listed(named)} may take part. See who else gets your data.")
    return said
