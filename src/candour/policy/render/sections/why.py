"""Why we use data, and what lets us: one clause a purpose."""

from collections.abc import Container

from candour.policy.language import Document
from candour.policy.language.data import Purpose
from candour.policy.language.slots import EVERYTHING
from candour.policy.render.doc import Clause, Section
from candour.policy.render.words.labels import labels
from candour.policy.render.words.people import HOLDS, ROLES
from candour.policy.render.words.plain import in_full, listed, unique
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

SOFT = (
    "We send offers and news to those who said yes to them. If you have bought from us,"
    " we may write to you about things like those you had."
)
SOFT_BASIS = (
    "We do this only if you say yes, or if you bought from us and did not say no. You"
    " can change your mind at any time."
)


def why(document: Document, inactive: Container[str] = ()) -> Section:
    """Return what Articles 13(1)(c) and (d) ask for, purpose by purpose.

    `inactive` are the recipients to whom nothing may go yet: they take no part.
    """
    clauses = tuple(
        _purpose(document, name, purpose, inactive)
        for name, purpose in document.purposes.items()
    )
    return Section("Why we use it, and what allows it", clauses, ("purposes", "bases"))


def _purpose(
    document: Document, name: str, purpose: Purpose, inactive: Container[str]
) -> Clause:
    words = purpose_words(name)
    soft = name == _marketing(document) and soft_opt_in(document)
    said = [SOFT if soft else words.text, *_limits(purpose)]
    said.append(SOFT_BASIS if soft else _basis(name, purpose))
    if purpose.condition and _special(purpose):
        said.append(CONDITION[purpose.condition])
    uses = _uses(purpose)
    if uses:
        said.append(uses)
    said += _people(document, purpose, inactive)
    return Clause(
        f"purposes.{name}",
        words.title,
        _paragraphs(said),
        law=_law(purpose),
    )


def _marketing(document: Document) -> str:
    """Return the purpose that offers are sent for."""
    message = document.messages.get("offer") or document.messages.get("newsletter")
    return (message.purpose if message else None) or ""


def soft_opt_in(document: Document) -> bool:
    """Say whether customers hear of like things without a fresh yes.

    Privacy and Electronic Communications Regulations, regulation 22(3).
    """
    audience = document.marketing.permission if document.marketing else None
    customer = audience.customer if audience else None
    return customer is not None and "soft-opt-in" in customer.any_of


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
    return tuple(in_full(one) for one in law)


def _basis(name: str, purpose: Purpose) -> str:
    if purpose.basis is None:
        return ""
    return BASIS[purpose.basis].format(interest=purpose_words(name).interest)


def _uses(purpose: Purpose) -> str:
    if EVERYTHING in purpose.uses:
        return "This may need any data that we hold about you."
    names = [name for name in purpose.uses if name not in purpose.excludes]
    said = f"What we use for it: {listed(labels(names))}." if names else ""
    if purpose.excludes:
        said += f" What we never use for it: {listed(labels(purpose.excludes))}."
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
        said.append("What comes out of this names no one and points to no one.")
    if purpose.profiling:
        said.append("This builds a picture of what you may like.")
    if purpose.serves:
        title = purpose_words(purpose.serves).title
        said.append(f"It is part of something wider: {title[0].lower()}{title[1:]}.")
    if purpose.access == "further-restricted":
        said.append("Fewer of our staff can open this data.")
    if purpose.ends and purpose.ends.by == "person" and purpose.basis != "consent":
        said.append("You can end this at any time.")
    return said


def _people(
    document: Document, purpose: Purpose, inactive: Container[str]
) -> list[str]:
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
        if name in document.recipients and name not in inactive
    ]
    named = [name for name in firms if name]
    if named:
        part = "takes part" if len(named) == 1 else "take part"
        said.append(f"{listed(named)} {part}: see who else gets your data.")
    return said
