"""What a clinic's own site shows, and the terms it links to."""

from typing import Annotated

from candour.policy.language.slots import (
    CalendarDate,
    Many,
    Open,
    Part,
    RoleName,
    Slugs,
    Text,
    words,
)


class Reviewed(Part):
    """Who last looked at something, and when."""

    by: RoleName
    on: CalendarDate


class Website(Part):
    """What the site shows, as somebody saw it: the linter holds the notice against it.

    `companies` are the firms it names; `places` where it says there are clinics.
    """

    seen: CalendarDate | None = None
    shows: Many[
        Annotated[
            str,
            words(
                "finance",
                "insurance",
                "before-and-after",
                "patient-stories",
                "reviews-elsewhere",
                "live-chat",
                "shop",
            ),
        ]
    ] = ()
    companies: Many[Text] = ()
    places: Slugs = ()


class Terms(Part):
    """The terms and conditions a notice refers to: where they are, and which version.

    `uses_words` says that the notice takes the meaning of its words from them.
    """

    page: Annotated[Text | None, Open(("unpublished",))] = None
    version: Text | None = None
    effective: CalendarDate | None = None
    uses_words: bool = False
