"""Controls of the public site and the portal."""

from typing import Final

from candour.policy.promises.controls.control import Control

CONTROLS: Final = (
    Control(
        "marked-links",
        6,
        "candour.public",
        "a link that leaves the site is marked as one",
    ),
    Control(
        "site-forms",
        6,
        "candour.public",
        "each site has the forms the policy names",
    ),
    Control(
        "sign-up",
        6,
        "candour.public",
        "a sign-up for news keeps the words that were agreed to",
    ),
    Control(
        "referrals",
        6,
        "candour.public",
        "a friend who was named is told by whom and what for",
    ),
    Control(
        "picture-requests",
        6,
        "candour.public",
        "an upload says what it is for and the result follows its rules",
    ),
    Control(
        "concern-for-care",
        6,
        "candour.public",
        "a concern suggests treatments and enters no audience",
    ),
    Control(
        "promotion-check",
        6,
        "candour.public",
        "an offer on a page is checked as one in a mail is",
    ),
    Control(
        "under-age",
        6,
        "candour.public",
        "nothing is collected of a child below the promised age",
    ),
    Control(
        "cookie-register",
        6,
        "candour.public",
        "each thing stored on a device is on a register with purpose and reviewer",
    ),
    Control(
        "cookie-choice",
        6,
        "candour.public",
        "nothing optional is stored before a choice and no is as easy as yes",
    ),
    Control(
        "cookie-refusal",
        6,
        "candour.public",
        "every page works with all refused and what is lost is listed",
    ),
    Control(
        "visit-statistics",
        6,
        "candour.public",
        "counts of visits hold the listed columns and no person",
    ),
    Control(
        "advert-tags",
        6,
        "candour.public",
        "an advert loads after a choice and never on pages about health",
    ),
    Control(
        "mail-beacons",
        6,
        "candour.public",
        "a mail counts its opening only for those who agreed",
    ),
    Control(
        "portal-sign-in",
        6,
        "candour.portal",
        "what is personal is behind a sign-in",
    ),
    Control(
        "portal-withdrawal",
        6,
        "candour.portal",
        "a yes is taken back as easily as it was given",
    ),
    Control(
        "preferences",
        6,
        "candour.portal",
        "a grid of channels and topics is the person's own",
    ),
    Control(
        "checkout-notice",
        6,
        "candour.portal",
        "who takes the payment is named before the site is left",
    ),
    Control(
        "consequences-shown",
        6,
        "candour.portal",
        "what an objection costs is said before it is made",
    ),
    Control(
        "processing-shown",
        6,
        "candour.portal",
        "what is done with a person's data is shown to them",
    ),
    Control(
        "yes-when-needed",
        6,
        "candour.web",
        "a yes is asked where and when it is needed",
    ),
    Control(
        "need-stated",
        6,
        "candour.web",
        "each question says why it must be answered and what follows if not",
    ),
    Control(
        "publishing",
        6,
        "candour.notices",
        "a new version replaces the page at once and says what changed",
    ),
    Control(
        "yes-asked-again",
        6,
        "candour.notices",
        "a yes lapses when its purpose grows and a visit is none",
    ),
    Control(
        "change-mail",
        6,
        "candour.notices",
        "people are written to about a change as the clinic promised",
    ),
)
