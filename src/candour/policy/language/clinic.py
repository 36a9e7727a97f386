"""Who the clinic is: brands, sites, controllers, and who to write to."""

from typing import Annotated

from pydantic import Field

from candour.policy.language.slots import (
    Colour,
    Email,
    Host,
    Many,
    Open,
    Part,
    Region,
    Slug,
    Slugs,
    Text,
    words,
)


class Theme(Part):
    """The six colours of a brand. The rest of its look is mixed from them."""

    paper: Colour
    ink: Colour
    accent: Colour
    accent_night: Colour
    wash: Colour
    night: Colour


class Brand(Part):
    """A name the clinic trades under, with the sites' host names it answers to."""

    name: Text
    hosts: Many[Host] = ()
    tagline: Text | None = None
    strapline: Text | None = None
    phone: Text | None = None
    email: Email | None = None
    theme: Theme | None = None


class Site(Part):
    """A place where patients are seen."""

    brand: Slug
    name: Text | None = None
    address: Text | None = None
    phone: Text | None = None
    hours: Text | None = None
    region: Region | None = None


class Clinic(Part):
    """The clinic as a patient knows it."""

    name: Text
    region: Region
    regulators: Many[
        Annotated[
            str,
            words(
                "CQC", "HIS", "HIW", "RQIA", "GMC", "GDC", "NMC", "GPhC", "HCPC", "ICO"
            ),
        ]
    ] = ()
    invented: bool = False
    brands: Annotated[dict[Slug, Brand], Field(min_length=1)]
    sites: dict[Slug, Site] = Field(default_factory=dict)


class Parent(Part):
    """The company that owns a controller."""

    name: Text
    company: Text | None = None


class Controller(Part):
    """Who answers in law for what is done with the data (UK GDPR Article 4(7))."""

    name: Text
    address: Annotated[Text | None, Open(("unpublished",))] = None
    company: Annotated[Text | None, Open(("unpublished",))] = None
    ico: Annotated[Text | None, Open(("unpublished",))] = None
    parent: Parent | None = None
    dpo: Annotated[Slug | None, Open(("none",))] = None
    represented_at: Slug | None = None
    brands: Slugs = ()


class Contact(Part):
    """Where to write, and about what. A role, never a person's name."""

    email: Annotated[Many[Email] | None, Open()] = None
    post: Annotated[Text | None, Open()] = None
    phone: Annotated[Text | None, Open()] = None
    for_: Many[
        Annotated[str, words("questions", "rights", "complaints", "marketing-stop")]
    ] = ()
