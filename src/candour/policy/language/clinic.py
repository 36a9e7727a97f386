"""Who the clinic is: brands, sites, controllers, and who to write to."""

from typing import Annotated

from pydantic import Field
from pydantic.functional_validators import AfterValidator
from pydantic_core import PydanticCustomError

from candour.policy.language.slots import (
    CalendarDate,
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
from candour.policy.vocabulary.registers import COMPANIES, ICO, REGISTERS

REGULATED = tuple(name for name in REGISTERS if name not in (COMPANIES, ICO))
_UNPUBLISHED = "unpublished"


def _on(register: str) -> AfterValidator:
    """Return the check that a number has the form its register gives."""
    known = REGISTERS[register]

    def check(number: str) -> str:
        if known.fits(number):
            return number
        raise PydanticCustomError(
            "register_number",
            "'{number}' is not a number of the register kept by {body}",
            {"number": number, "body": known.body, "like": known.like},
        )

    return AfterValidator(check)


CompanyNumber = Annotated[Text, _on(COMPANIES)]
Regulator = Annotated[str, words(*REGULATED, "ICO")]


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
    regulators: Many[Regulator] = ()
    invented: bool = False
    brands: Annotated[dict[Slug, Brand], Field(min_length=1)]
    sites: dict[Slug, Site] = Field(default_factory=dict)


class Parent(Part):
    """The company that owns a controller."""

    name: Text
    company: CompanyNumber | None = None


class Registrations(Part):
    """The numbers under which the bodies that check on it have a controller."""

    CQC: Annotated[Annotated[Text, _on("CQC")] | None, Open((_UNPUBLISHED,))] = None
    HIS: Annotated[Annotated[Text, _on("HIS")] | None, Open((_UNPUBLISHED,))] = None
    HIW: Annotated[Annotated[Text, _on("HIW")] | None, Open((_UNPUBLISHED,))] = None
    RQIA: Annotated[Annotated[Text, _on("RQIA")] | None, Open((_UNPUBLISHED,))] = None
    GMC: Annotated[Annotated[Text, _on("GMC")] | None, Open((_UNPUBLISHED,))] = None
    GDC: Annotated[Annotated[Text, _on("GDC")] | None, Open((_UNPUBLISHED,))] = None
    NMC: Annotated[Annotated[Text, _on("NMC")] | None, Open((_UNPUBLISHED,))] = None
    GPhC: Annotated[Annotated[Text, _on("GPhC")] | None, Open((_UNPUBLISHED,))] = None
    HCPC: Annotated[Annotated[Text, _on("HCPC")] | None, Open((_UNPUBLISHED,))] = None

    def given(self) -> dict[str, str]:
        """Return the numbers that were given, by the short name of the register."""
        return {
            name: number
            for name in REGULATED
            if (number := getattr(self, name)) not in (None, _UNPUBLISHED)
        }


class Controller(Part):
    """Who answers in law for what is done with the data (UK GDPR Article 4(7))."""

    name: Text
    address: Annotated[Text | None, Open((_UNPUBLISHED,))] = None
    company: Annotated[CompanyNumber | None, Open((_UNPUBLISHED,))] = None
    ico: Annotated[Annotated[Text, _on(ICO)] | None, Open((_UNPUBLISHED,))] = None
    ico_renews: CalendarDate | None = None
    registrations: Registrations | None = None
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
