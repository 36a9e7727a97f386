"""How long data is kept, and what people may ask of the clinic."""

from typing import Annotated

from pydantic import Field

from candour.policy.language.slots import (
    Alone,
    Entry,
    Event,
    Keep,
    Many,
    Open,
    Part,
    PeriodText,
    Slug,
    Slugs,
    Text,
    Uses,
    words,
)


class AtLeast(Part):
    """A floor under a period: to an age, or for a time, in one case."""

    age: Annotated[int, Field(ge=1, le=120)] | None = None
    keep: PeriodText | None = None
    after: Event | None = None
    if_: Annotated[
        str | None,
        words("child-when-treated", "aged-17-at-end", "died", "claim-open"),
    ] = None


class Retention(Entry):
    """One rule of keeping: what it covers, from when, how long, and then what."""

    covers: Uses = ()
    keep: Annotated[Keep | None, Open()] = None
    criteria: Slugs = ()
    after: Annotated[Event | None, Open()] = None
    at_least: Annotated[Many[AtLeast], Alone(dict)] = ()
    at_most: PeriodText | None = None
    then: Annotated[
        str | None,
        words("erase", "anonymise", "erase-or-anonymise", "review"),
        Open(),
    ] = None
    review: Annotated[PeriodText | None, Open()] = None
    approve: Annotated[str | None, words("person", "nobody")] = None
    because: Annotated[Text | None, Open()] = None
    on_erasure: Annotated[str | None, words("erase", "keep", "assess"), Open()] = None


class Right(Entry):
    """One right. What is not said is as the law has it."""

    within: Annotated[PeriodText | None, Open()] = None
    at_most: Annotated[PeriodText | None, Open()] = None
    extension: Annotated[str | None, words("law", "never"), Open()] = None
    fee: Annotated[str | None, words("none", "law", "never"), Open()] = None
    grounds: Slugs = ()
    refusable: Annotated[str | None, words("with-reason", "law", "never"), Open()] = (
        None
    )
    consequence: Annotated[
        str | None, words("care-may-be-limited", "services-may-be-limited", "none")
    ] = None
    on_objection: Annotated[
        str | None, words("assess", "stop", published=("delete-all",)), Open()
    ] = None
    to: Annotated[str | None, words("person", "person-or-another")] = None
    as_: Annotated[str | None, words("stop-processing", "store-only")] = None
    marketing: Annotated[str | None, words("absolute")] = None
    other: Annotated[str | None, words("assess", "absolute")] = None
    any_time: bool = False
    shows: Many[Annotated[str, words("record-of-processing", "trail", "notice")]] = ()
    used: Annotated[str | None, words("never", "with-review"), Open()] = None
    human_review: bool = False
    tell_recipients: Annotated[str | None, words("where-possible", "always")] = None
    gives: Annotated[str | None, words("reason")] = None


class Rights(Part):
    """Every right, to whom requests go, and through whom else they may come."""

    to: Slugs = ()
    also_through: Many[
        Annotated[
            str, words("practitioner", "reception", "portal", "post", "phone", "form")
        ]
    ] = ()
    identity: Annotated[
        str | None, words("only-if-doubt", "always", "portal-is-enough"), Open()
    ] = None
    information: Right | None = None
    access: Right | None = None
    rectification: Right | None = None
    erasure: Right | None = None
    restriction: Right | None = None
    portability: Right | None = None
    objection: Right | None = None
    automated: Right | None = None
    withdrawal: Right | None = None
    complaint: Right | None = None
    refusal: Right | None = None


class Complaints(Entry):
    """Where a complaint goes, and in which order (DPA 2018 section 164A)."""

    to: Annotated[Slug | None, Open()] = None
    first: Annotated[str | None, words("clinic", "ico")] = None
    then: Annotated[str | None, words("ico")] = None
    regulator: Annotated[str | None, words("ico")] = None
    acknowledge: Annotated[PeriodText | None, Open()] = None
