"""What the clinic writes to people, and what it advertises."""

from typing import Annotated

from candour.policy.language.data import Permission, Publish
from candour.policy.language.slots import (
    Atoms,
    Categories,
    Channels,
    Entry,
    Many,
    OneOf,
    Open,
    Part,
    PeriodText,
    Short,
    Slug,
    Slugs,
    words,
)
from candour.policy.vocabulary import CATEGORIES

CategoryOrSpecial = Annotated[str, OneOf((*CATEGORIES, "special"))]


class Message(Entry):
    """A kind of message: for which purpose, by which channels, and after a stop."""

    purpose: Slug | None = None
    channels: Channels = ()
    only_if: Atoms = ()
    limited_to: Annotated[
        str | None,
        words(
            "subject-of-enquiry",
            "care",
            "account",
            published=("targeted-relevant-information",),
        ),
    ] = None
    carries: Many[Annotated[str, words("art-14-notice", "stop-link", "notice")]] = ()
    once_per: Annotated[
        str | None, words("request", "person", "enquiry", "appointment")
    ] = None
    after_stop: Annotated[str | None, words("sent", "stopped"), Open()] = None


class Audience(Part):
    """Who marketing may reach, by what they are to the clinic."""

    customer: Permission | None = None
    not_customer: Permission | None = None


class Ask(Part):
    """How agreement is asked for: the box, and for what each one stands."""

    box: Annotated[str, words("unticked", published=("ticked", "deemed"))]
    where: Slugs = ()
    by: Annotated[str, words("channel", "topic", "topic-and-channel", "once")]


class Stop(Part):
    """How a person stops marketing, and how soon it stops (Article 21(3))."""

    by: Many[
        Annotated[
            str, words("link", "reply", "form", "email", "phone", "post", "portal")
        ]
    ] = ()
    link_at: Many[Annotated[str, words("top", "bottom")]] = ()
    to: Slug | None = None
    effect: Annotated[
        str, words("at-once", published=("a-few-days", "when-next-due"))
    ] = "at-once"
    in_flight: Annotated[PeriodText | None, Open()] = None
    across: Annotated[str | None, words("controller", "brand")] = None


class Return(Part):
    """How somebody who stopped may come back."""

    needs: Atoms = ()
    started_by: Many[Annotated[str, words("phone", "staff", "person")]] = ()


class Marketing(Entry):
    """Marketing as a whole: what about, to whom, how it is asked for and stopped."""

    purpose: Slug | None = None
    channels: Channels = ()
    topics: Slugs = ()
    permission: Audience | None = None
    interests: Annotated[str | None, words("declared-only", "declared-or-shown")] = None
    never_uses: Many[CategoryOrSpecial] = ()
    tailored_by: Categories = ()
    ask: Ask | None = None
    stop: Stop | None = None
    return_: Return | None = None


class Reach(Part):
    """Lists given to advertising platforms to find the same people there."""

    any_of: Atoms = ()
    fields: Categories = ()
    described_as: Annotated[
        str | None, words("pseudonymous", published=("anonymous",))
    ] = None


class Advertising(Entry):
    """Adverts on other sites: where, when a tag may load, on what it rests."""

    platforms: Slugs = ()
    loads: Annotated[
        str | None,
        words(
            "after-choice",
            "after-choice-and-click",
            "never",
            published=("at-once", "outside-our-control"),
        ),
        Open(),
    ] = None
    based_on: Many[
        Annotated[
            str,
            words(
                "browsing", "usage-data", "network-data", "public-content", "context"
            ),
        ]
    ] = ()
    audiences: Reach | None = None


class Photographs(Entry):
    """Whether, and when, pictures of patients may be shown in public."""

    publish: Annotated[
        Publish | None, Short("never", "never", "not-decided"), Open()
    ] = None
