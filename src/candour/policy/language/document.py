"""The whole file, in the order of an Article 13 notice."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from candour.policy.language.clinic import Clinic, Contact, Controller
from candour.policy.language.conduct import (
    Breach,
    Children,
    Cookies,
    Feedback,
    Identity,
    Links,
    Notice,
    Ownership,
    Payments,
    Premises,
    Security,
)
from candour.policy.language.data import Collected, Forms, Need, Purpose
from candour.policy.language.keeping import Complaints, Retention, Rights
from candour.policy.language.messages import (
    Advertising,
    Marketing,
    Message,
    Photographs,
)
from candour.policy.language.others import Disclosures, Recipient
from candour.policy.language.slots import (
    Basis,
    Category,
    Many,
    MessageKind,
    Open,
    Part,
    Slug,
    Slugs,
    Text,
    words,
)
from candour.policy.language.website import Terms, Website


class Departure(Part):
    """What the published notice says and the clinic lawfully cannot do.

    `says` is the row of the source notice; `stated` is put back by the linter, which
    must then object; `kept` is what the clinic does instead.
    """

    says: Text
    key: Text
    stated: Any
    kept: Annotated[Any, Open()]
    why: Annotated[Many[Text], Field(min_length=1)]


class Arrangement(Part):
    """Who of two controllers answers for what (Article 26)."""

    contact: Annotated[Slug | None, Open()] = None
    rights: Annotated[Slug | None, Open()] = None
    stated: Annotated[Text | None, Open()] = None


class Document(Part):
    """One policy, as written and completed from what it extends."""

    candour: Literal[1]
    policy: Slug
    kind: Annotated[str, words("clinic", "baseline")] = "clinic"
    extends: Slug | None = None
    version: Text
    effective: date
    language: Annotated[str, words("en-GB")] = "en-GB"

    clinic: Clinic | None = None
    controllers: dict[Slug, Controller] = Field(default_factory=dict)
    arrangement: Annotated[Arrangement | None, Open()] = None
    contacts: dict[Slug, Contact] = Field(default_factory=dict)

    collects: dict[Category, Collected] = Field(default_factory=dict)
    need: Need | None = None
    forms: Forms = Forms()
    bases: Many[Basis] = ()
    purposes: dict[Slug, Purpose] = Field(default_factory=dict)

    messages: dict[MessageKind, Message] = Field(default_factory=dict)
    marketing: Marketing | None = None
    advertising: Advertising | None = None
    photographs: Photographs | None = None

    recipients: dict[Slug, Recipient] = Field(default_factory=dict)
    disclosures: Disclosures | None = None
    retention: dict[Slug, Retention] = Field(default_factory=dict)

    rights: Rights = Rights()
    complaints: Complaints | None = None
    cookies: Cookies | None = None
    links: Links | None = None
    website: Website | None = None
    terms: Terms | None = None

    children: Children | None = None
    identity: Identity | None = None
    payments: Payments | None = None
    feedback: Feedback | None = None
    premises: Premises | None = None
    security: Security | None = None
    breach: Breach | None = None
    ownership: Ownership | None = None
    notice: Notice | None = None
    commitments: Slugs = ()

    departures: Many[Departure] = ()
    words: dict[Text, Text] = Field(default_factory=dict)
