"""Who else gets data, and on what terms."""

from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from candour.policy.language.slots import (
    Alone,
    Atoms,
    Entry,
    Many,
    OneOf,
    Open,
    RecipientKind,
    Slugs,
    Text,
    words,
)
from candour.policy.language.website import Reviewed
from candour.policy.vocabulary import CATEGORIES

DECLARED = "declared"


def _country(value: str) -> str:
    """Take a two-letter country code, as ISO 3166-1 has it, or `varies`."""
    if value == "varies" or (len(value) == 2 and value.isascii() and value.isupper()):
        return value
    raise PydanticCustomError(
        "pattern",
        "'{value}' is not {says}",
        {"value": value, "says": "a country as two capitals (GB, IE, US)"},
    )


class Recipient(Entry):
    """A company, body or class of them that is given data (Article 13(1)(e), (f))."""

    name: Text | None = None
    kind: RecipientKind | None = None
    role: Annotated[
        str | None,
        words(
            "processor",
            "controller",
            "joint-controller",
            published=("own-terms-apply",),
        ),
        Open(("inactive",)),
    ] = None
    for_: Slugs = ()
    gets: Annotated[
        Many[Annotated[str, OneOf((*CATEGORIES, "anonymous", DECLARED))]],
        Alone(),
    ] = ()
    never: Many[Annotated[str, OneOf((*CATEGORIES, "special"))]] = ()
    only_if: Atoms = ()
    any_of: Atoms = ()
    needs: Atoms = ()
    country: Annotated[
        Annotated[str, AfterValidator(_country)] | None, Open(("inactive",))
    ] = None
    safeguard: Annotated[
        str | None,
        words(
            "adequacy",
            "idta",
            "addendum",
            "bcr",
            "derogation",
            "none-needed",
            published=("deemed-consent",),
        ),
        Open(("inactive",)),
    ] = None
    contract: Annotated[
        Many[
            Annotated[
                str,
                words(
                    "specified-purposes-only",
                    "confidentiality",
                    "security",
                    "return-or-delete",
                    "same-purposes-only",
                ),
            ]
        ]
        | None,
        Open(),
    ] = None
    screened: Annotated[
        str | None,
        words("due-diligence", "security-questionnaire", "not-yet"),
        Open(),
    ] = None
    reviewed: Reviewed | None = None
    named: Annotated[str | None, words("all", "classes"), Open()] = None
    classes: Many[RecipientKind] = ()
    covers: Slugs = ()
    because: Annotated[Text | None, Open()] = None


class Disclosures(Entry):
    """The rule for giving data to anybody: refuse, unless."""

    otherwise: Annotated[str, words("refuse")] = "refuse"
    unless: Atoms = ()
    amount: Annotated[
        str | None, words("need-to-know", "what-the-service-needs", "least-needed")
    ] = None
    tell_person: Annotated[
        str | None, words("where-possible", "always", "as-law-requires"), Open()
    ] = None
    confidentiality: Annotated[str | None, words("recipient-bound")] = None
