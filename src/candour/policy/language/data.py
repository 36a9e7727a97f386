"""What is collected, by which form, and what for."""

from typing import Annotated

from pydantic import ConfigDict, Field

from candour.policy.language.slots import (
    Alone,
    Atoms,
    Basis,
    Categories,
    Condition,
    Entry,
    Many,
    OneOf,
    Open,
    Part,
    People,
    ReachName,
    RoleName,
    Slug,
    Slugs,
    Sources,
    Text,
    Uses,
    words,
)
from candour.policy.language.website import Reviewed
from candour.policy.vocabulary import ATOMS

_NEED = words("statutory", "contractual", "optional")


class Collected(Entry):
    """One category of data: whose, and where it comes from (Articles 13 and 14)."""

    of: People = ()
    from_: Sources = ()
    need: Annotated[str | None, _NEED] = None
    when: Many[
        Annotated[
            str,
            words("past", "current", "law-requires", "clinic-requires", "asked"),
        ]
    ] = ()
    medium: Annotated[str | None, words("electronic", "paper", "physical")] = None
    may: bool = False
    holds: Slugs = ()
    needs: Atoms = ()
    only_if: Atoms = ()
    keep: Annotated[str | None, words("until-verified")] = None


class Need(Part):
    """Whether a person has to give the data, and what follows if not (13(2)(e))."""

    stated: Many[Annotated[str, _NEED]] = ()
    consequence: Annotated[
        str | None,
        words("services-may-be-limited", "care-may-be-limited", "none"),
        Open(),
    ] = None


class Form(Entry):
    """What a form asks, what it insists on, and the purposes it serves."""

    asks: Categories = ()
    requires: Categories = ()
    for_: Slugs = ()


class Forms(Part):
    """The forms by name, and the doors by which people come in."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Form] = Field(init=False)

    entry_points: Slugs = ()


class Ends(Part):
    """Who may end a use, and when."""

    by: Annotated[str, words("person", "clinic")]
    at: Annotated[str, words("any-time", "end-of-care")]


class Purpose(Entry):
    """One use of data: its basis (Article 6), what it uses, and who may do it."""

    basis: Annotated[Basis | None, Open()] = None
    condition: Annotated[Condition | None, Open()] = None
    assessment: Annotated[Slug | None, Open()] = None
    assessed: Reviewed | None = None
    because: Annotated[Text | None, Open()] = None
    about: People = ()
    uses: Uses = ()
    excludes: Categories = ()
    with_: Slugs = ()
    by: dict[RoleName, ReachName] = Field(default_factory=dict)
    only_if: Atoms = ()
    any_of: Atoms = ()
    limited_to: Annotated[
        str | None, words("subject-of-enquiry", "care", "account")
    ] = None
    ends: Ends | None = None
    yields: Annotated[str | None, words("anonymous")] = None
    profiling: bool = False
    access: Annotated[str | None, words("further-restricted")] = None
    serves: Slug | None = None


WaysIn = Annotated[
    Many[Annotated[str, OneOf(tuple(ATOMS), published=("contact-made",))]],
    Alone(),
]


class Permission(Part):
    """What lets marketing reach one kind of person: alternatives, and conditions."""

    any_of: WaysIn = ()
    only_if: Atoms = ()


class Publish(Part):
    """When a photograph may be shown in public."""

    any_of: Atoms = ()
    only_if: Atoms = ()
    never: Text | None = None
