"""The site, people who need more care, security, and changes to come."""

from typing import Annotated

from pydantic import Field

from candour.policy.language.slots import (
    Atoms,
    CalendarDate,
    Entry,
    Many,
    Open,
    Part,
    PeriodText,
    RoleName,
    Slug,
    Slugs,
    Text,
    words,
)
from candour.policy.language.website import Reviewed


class Banner(Part):
    """What the cookie banner says and offers."""

    states: Annotated[str | None, words("purposes", "providers", "both")] = None
    buttons: Many[Annotated[str, words("accept", "refuse", "choose")]] = ()


class Refuse(Part):
    """How cookies are refused, and what refusing costs."""

    as_easy_as_accept: bool = False
    also: Annotated[str | None, words("browser-setting")] = None
    harms: Annotated[Text | None, Open()] = None


class InEmails(Part):
    """Beacons in emails."""

    beacons: bool
    needs: Atoms = ()


class CookieUse(Entry):
    """One use of storage on a person's device (PECR regulation 6)."""

    purpose: Slug | None = None
    party: Annotated[str | None, words("first", "third")] = None
    needs: Annotated[str | None, words("choice", "nothing", "objection"), Open()] = None
    exception: Annotated[
        str | None,
        words(
            "transmission",
            "strictly-necessary",
            "statistical",
            "appearance",
            "emergency",
        ),
    ] = None
    providers: Slugs = ()
    life: Annotated[str | None, Open()] = None
    loads: Annotated[str | None, words("on-click", "after-choice", "at-once")] = None
    names: Many[Text] = ()
    reviewed: Reviewed | None = None


class Cookies(Entry):
    """What is stored on a person's device, and what must be asked first."""

    before_choice: Annotated[
        str | None,
        words("strictly-necessary", published=("everything", "browser-setting")),
        Open(),
    ] = None
    banner: Banner | None = None
    refuse: Refuse | None = None
    page: bool = False
    in_emails: InEmails | None = None
    uses: dict[Slug, CookieUse] = Field(default_factory=dict)


class Links(Entry):
    """Links to other people's sites."""

    third_party: Annotated[str | None, words("disclaimed", "listed")] = None
    advice: Annotated[str | None, words("read-their-notice")] = None
    affiliates: bool = False


class Guardian(Part):
    """What somebody who acts for a child must show, and may do."""

    proof: Annotated[str | None, words("relationship", "required")] = None
    may: Many[
        Annotated[
            str,
            words("access", "erasure", "rectification", "restriction", "objection"),
        ]
    ] = ()


class Treated(Part):
    """What must be so before a child is treated."""

    needs: Atoms = ()
    proof: Annotated[str | None, words("required")] = None
    where: Annotated[str | None, words("law-requires")] = None


class Children(Entry):
    """Children: what is not collected, and what is done when it was."""

    not_collected_under: int | None = None
    if_found: Annotated[str | None, words("child-case", "erase")] = None
    guardian: Guardian | None = None
    treated: Treated | None = None
    legitimate_interests: Annotated[str | None, words("balance-each")] = None


class Identity(Entry):
    """How the clinic makes sure who somebody is."""

    callers: Annotated[str | None, words("checked")] = None
    proves: Many[Annotated[str, words("age", "identity", "relationship")]] = ()
    copies: Annotated[str | None, words("deleted-when-verified", "never-kept")] = None


class Refunds(Part):
    """Where a refund goes, and who must agree."""

    to: Annotated[str, words("original-method")]
    second_person: bool = False


class Payments(Entry):
    """Payments. Card numbers are never held."""

    cards: Annotated[str | None, words("provider-only", published=("held",))] = None
    providers: Slugs = ()
    refunds: Refunds | None = None
    deposits: bool = False


class ReferAFriend(Part):
    """What a friend is told when a patient names them (Article 14)."""

    friend: Annotated[str, words("art-14-on-first-contact")]


class Feedback(Entry):
    """Reviews, surveys, and friends brought along."""

    reviews: bool = False
    surveys: bool = False
    comments_book: bool = False
    refer_a_friend: ReferAFriend | None = None


class Cctv(Entry):
    """Cameras on the premises."""

    purpose: Slug | None = None
    areas: Slugs = ()
    signs: bool = False


class Calls(Entry):
    """Recording of phone calls."""

    purpose: Slug | None = None
    recorded: Annotated[str | None, words("may", "always", "never")] = None
    announced: bool = False
    pause_for_card: bool = False


class Premises(Part):
    """The building and its phones."""

    cctv: Cctv | None = None
    calls: Calls | None = None


class SpecialAccess(Entry):
    """What it takes to open special category data."""

    access: Annotated[str | None, words("further-restricted")] = None
    needs: Many[
        Annotated[str, words("role", "second-factor", "reason", "reviewed-by-person")]
    ] = ()


class Trail(Entry):
    """What is written down about every look and change."""

    reads: bool = False
    writes: bool = False
    tamper_evident: bool = False


class Backups(Entry):
    """Copies kept against loss, and the drill that proves them."""

    every: Annotated[PeriodText | None, Open()] = None
    drill: Annotated[PeriodText | None, Open()] = None
    kept: Annotated[PeriodText | None, Open()] = None
    where: Annotated[str | None, words("UK", "EEA"), Open()] = None


class Storage(Entry):
    """Where data is kept."""

    where: Annotated[str | None, words("UK", "EEA", "anywhere"), Open()] = None
    outside: Annotated[
        str | None, words("never", "safeguarded", "adequate-only"), Open()
    ] = None


class SecurityControl(Entry):
    """One thing that guards data, and the role that answers for it (Article 32)."""

    says: Text | None = None
    owner: RoleName | None = None
    reviewed: Reviewed | None = None


class Security(Part):
    """How data is guarded (Article 32)."""

    media: Many[Annotated[str, words("electronic", "paper", "physical")]] = ()
    access: Annotated[str | None, words("authorised-staff")] = None
    special: SpecialAccess | None = None
    trail: Trail | None = None
    backups: Backups | None = None
    storage: Storage | None = None
    monitoring: Annotated[str | None, words("continuous")] = None
    measures: Slugs = ()
    controls: dict[Slug, SecurityControl] = Field(default_factory=dict)
    promise: Annotated[
        str | None, words("appropriate", published=("disclaimed", "absolute"))
    ] = None


class Breach(Entry):
    """Who is told of a breach (Articles 33 and 34)."""

    covers: Slugs = ()
    tell_people: Annotated[str | None, words("law", "any"), Open()] = None
    tell_ico: Annotated[str | None, words("law", "any"), Open()] = None


class Ownership(Entry):
    """What happens to data when the clinic changes hands. It is never for sale."""

    sale_of_data: Annotated[str | None, words("never"), Open()] = None
    change_of_control: Annotated[
        str | None,
        words(
            "tell-people-first",
            "same-purposes-only",
            "tell-people-after",
            published=("not-told",),
        ),
        Open(),
    ] = None


class Changes(Part):
    """How people learn that the notice changed."""

    publish: Annotated[str | None, words("same-page")] = None
    email: Annotated[str | None, words("optional", "if-significant", "never")] = None
    announce_last_change: bool = False
    review: Annotated[str | None, words("encouraged")] = None
    accepted_by: Annotated[
        str | None, words("nothing", "asking-again", published=("using-the-site",))
    ] = None


class Notice(Entry):
    """The notice itself: for whom, in what parts, and how it changes."""

    audience: Many[Annotated[str, words("patients", "visitors", "enquirers")]] = ()
    scope: Many[Annotated[str, words("clinic", "website")]] = ()
    sections: Slugs = ()
    text: Annotated[str | None, words("final", published=("draft-marks",))] = None
    reviewed: CalendarDate | None = None
    changes: Changes | None = None
    laws_cited: Many[Text] = ()
