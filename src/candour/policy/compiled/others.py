"""Compile who data goes to, and whether anything may go there yet."""

from typing import Final

from candour.policy import language
from candour.policy.compiled import sayings
from candour.policy.compiled.clinic import given
from candour.policy.compiled.origins import Origins
from candour.policy.compiled.rules import Recipient
from candour.policy.compiled.uses import SPECIAL
from candour.policy.language import Document
from candour.policy.vocabulary import expand

ADEQUATE: Final = frozenset(
    (
        *("GB", "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR"),
        *("HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI"),
        *("ES", "SE", "IS", "LI", "NO", "CH", "GI", "AD", "AR", "CA", "FO", "GG", "IM"),
        *("IL", "JE", "JP", "KR", "NZ", "UY"),
    )
)
"""Where data may go without a safeguard: home, or adequate by regulations.

Data Protection Act 2018 Schedule 21 paragraphs 4 and 5; SI 2022/1213 for Korea. For the
United States only certified companies, so a safeguard has to be stated.
"""


def recipients(document: Document, origins: Origins) -> tuple[Recipient, ...]:
    """Return the recipients in the order of the file."""
    return tuple(
        _recipient(slug, entry, origins) for slug, entry in document.recipients.items()
    )


def _recipient(slug: str, entry: language.Recipient, origins: Origins) -> Recipient:
    why_not = _why_not(slug, entry, origins)
    gets = expand(word for word in entry.gets if word not in ("anonymous", "declared"))
    never = expand(word for word in entry.never if word != "special")
    never |= SPECIAL if "special" in entry.never else frozenset()
    return Recipient(
        slug=slug,
        name=entry.name or "",
        kind=entry.kind or "",
        role=given(entry.role),
        purposes=entry.for_,
        gets=gets - never,
        anonymous="anonymous" in entry.gets,
        declared="declared" in entry.gets,
        never=never,
        only_if=entry.only_if,
        needs=entry.needs,
        country=given(entry.country),
        safeguard=given(entry.safeguard),
        classes=entry.classes,
        active=not why_not,
        why_not=why_not,
        clause=f"recipients.{slug}",
        source=origins.source("recipients", slug),
    )


def _why_not(slug: str, entry: language.Recipient, origins: Origins) -> str:
    """Return why nothing may go to a recipient yet, or the empty text."""
    for key, value in (
        ("role", entry.role),
        ("country", entry.country),
        ("safeguard", entry.safeguard),
    ):
        if value == "inactive":
            why = origins.why("recipients", slug, key)
            return f"To be decided first: {why}." if why else f"No {key} is set."
    if entry.country and entry.country not in ADEQUATE and not entry.safeguard:
        said = sayings.spaced(slug)
        return f"No safeguard is stated for sending data abroad to {said} (Article 46)."
    return ""
