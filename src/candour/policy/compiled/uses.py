"""Compile what data is held, and each purpose with who may use what for it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from candour.policy import language
from candour.policy.compiled.origins import Origins
from candour.policy.compiled.rules import Collected, Purpose
from candour.policy.language import Document
from candour.policy.language.slots import EVERYTHING
from candour.policy.terms import Reach
from candour.policy.vocabulary import (
    ALWAYS_USED,
    BASIS_ARTICLES,
    CATEGORIES,
    CONDITION_ARTICLES,
    expand,
)

SPECIAL: Final = frozenset(slug for slug, is_ in CATEGORIES.items() if is_.special)
MARKETING_MESSAGES: Final = ("offer", "news", "newsletter")

OWN_RIGHTS: Final = frozenset(
    ("rights", "complaints", "incidents", "disclosures", "audit", "accounts")
)
STORAGE: Final = frozenset(("retention", "backups"))
ERASING: Final = frozenset(("rights", "retention", "backups", "audit", "disclosures"))
_CLAIMS: Final = frozenset(("legal-claims", "legal-claims-or-duty"))


def collected(document: Document, origins: Origins) -> Mapping[str, Collected]:
    """Return the categories held, in the order of the file."""
    return MappingProxyType(
        {
            slug: Collected(
                category=slug,
                about=entry.of,
                sources=entry.from_,
                need=entry.need or "",
                may=entry.may,
                clause=f"collects.{slug}",
                source=origins.source("collects", slug),
            )
            for slug, entry in document.collects.items()
        }
    )


def marketing_purpose(document: Document) -> str:
    """Return the purpose of marketing: as stated, or that of its messages."""
    if document.marketing is not None and document.marketing.purpose:
        return document.marketing.purpose
    for kind in MARKETING_MESSAGES:
        message = document.messages.get(kind)
        if message is not None and message.purpose:
            return message.purpose
    return ""


def marketing_purposes(document: Document) -> frozenset[str]:
    """Return every purpose an objection to marketing ends (Article 21(3))."""
    found = {
        message.purpose
        for kind, message in document.messages.items()
        if kind in MARKETING_MESSAGES and message.purpose
    }
    return frozenset(found | ({marketing_purpose(document)} - {""}))


def purposes(document: Document, origins: Origins) -> Mapping[str, Purpose]:
    """Return the purposes in the order of the file."""
    marketing = marketing_purposes(document)
    return MappingProxyType(
        {
            name: _purpose(document, origins, name, entry, name in marketing)
            for name, entry in document.purposes.items()
        }
    )


def _purpose(
    document: Document,
    origins: Origins,
    name: str,
    entry: language.Purpose,
    marketing: bool,
) -> Purpose:
    asked = _asked(document, entry, marketing)
    condition = entry.condition or ""
    withheld = frozenset() if condition else asked & SPECIAL
    basis = entry.basis or ""
    return Purpose(
        name=name,
        kind=entry.like or name,
        basis=basis,
        article=BASIS_ARTICLES.get(basis, ""),
        condition=condition,
        condition_article=CONDITION_ARTICLES.get(condition, ""),
        assessment=entry.assessment or "",
        because=entry.because or "",
        about=entry.about,
        named=entry.uses,
        uses=(asked - withheld) | expand(ALWAYS_USED),
        withheld=withheld,
        recipients=_recipients(document, name, entry),
        by=_by(entry),
        only_if=entry.only_if,
        any_of=entry.any_of,
        limited_to=entry.limited_to or "",
        anonymous=entry.yields == "anonymous",
        profiling=entry.profiling,
        serves=entry.serves or "",
        further_restricted=entry.access is not None,
        clause=f"purposes.{name}",
        source=origins.source("purposes", name),
    )


def _asked(
    document: Document, entry: language.Purpose, marketing: bool
) -> frozenset[str]:
    """Return what a purpose names, with what is inside, less what it may never use."""
    everything = EVERYTHING in entry.uses
    used = frozenset(CATEGORIES) if everything else expand(entry.uses)
    used -= expand(entry.excludes)
    never = document.marketing.never_uses if marketing and document.marketing else ()
    for word in never:
        used -= SPECIAL if word == "special" else expand((word,))
    return used


def _recipients(
    document: Document, name: str, entry: language.Purpose
) -> tuple[str, ...]:
    """Return those a purpose names and those that name it, in the order of the file."""
    return tuple(
        slug
        for slug, recipient in document.recipients.items()
        if slug in entry.with_ or name in recipient.for_
    )


def _by(entry: language.Purpose) -> Mapping[str, Reach]:
    """Return role → how far it may reach. `none` takes a role of the model away."""
    return MappingProxyType(
        {role: Reach(reach) for role, reach in entry.by.items() if reach != "none"}
    )


def despite_restriction(purpose: Purpose) -> bool:
    """Say whether a purpose goes on while use is restricted (Article 18(2)).

    Storage, legal claims, somebody's life, and the person's own rights. Nothing else.
    """
    return (
        purpose.kind in OWN_RIGHTS | STORAGE
        or purpose.basis == "vital-interests"
        or purpose.condition in _CLAIMS
    )


def despite_erasure(purpose: Purpose) -> bool:
    """Say whether a purpose goes on while the person is being erased."""
    return purpose.kind in ERASING or purpose.condition in _CLAIMS
