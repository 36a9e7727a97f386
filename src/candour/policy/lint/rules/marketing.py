"""What is written to people: messages, marketing, adverts, pictures of patients."""

from collections.abc import Iterator
from typing import Final

from candour.policy.compiled.uses import MARKETING_MESSAGES
from candour.policy.lint.rules.purposes import ADVERTISING
from candour.policy.lint.terms import Case, Hit, error, note, warning

ELECTRONIC: Final = frozenset(
    (
        *("email", "sms", "whatsapp", "wechat", "facebook", "instagram", "skype"),
        *("live-chat", "other-shared"),
    )
)
"""Channels that PECR regulation 22 asks consent for. Calls have regulation 21."""

AGREED: Final = frozenset(("consent", "explicit-consent", "confirmed-by-email"))
_AFTER_CHOICE: Final = frozenset(("after-choice", "after-choice-and-click", "never"))
_LIMITS: Final = frozenset(("subject-of-enquiry", "care", "account"))


@note("UK GDPR Article 13(1)(c)")
def message_without_channel(case: Case) -> Iterator[Hit]:
    """A kind of message has a channel to go by."""
    for rule in case.policy.messages.values():
        if not rule.channels:
            yield Hit(
                rule.clause,
                "No channel is stated, so it is not sent.",
                "Add 'channels'.",
            )


@error("PECR regulation 22; DPA 2018 section 122(5)")
def offer_as_service_message(case: Case) -> Iterator[Hit]:
    """What promotes is marketing, whatever it is called."""
    for kind in MARKETING_MESSAGES:
        message = case.policy.messages.get(kind)
        purpose = case.policy.purposes.get(message.purpose) if message else None
        if purpose is None or purpose.basis not in ("contract", "legal-obligation"):
            continue
        yield Hit(
            f"messages.{kind}.purpose",
            f"It promotes, and is sent for {purpose.name} on {purpose.basis}.",
            "Send it under the purpose of marketing, to those who agreed.",
        )


@error("PECR regulation 22")
def reply_becomes_marketing(case: Case) -> Iterator[Hit]:
    """An answer stays with what was asked."""
    for kind, message in case.document.messages.items():
        if message.limited_to is not None and message.limited_to not in _LIMITS:
            yield Hit(
                f"messages.{kind}.limited-to",
                "It may carry more than an answer, and that can be marketing.",
                "Limit it to the subject of the enquiry.",
            )


@error("UK GDPR Articles 4(11) and 7")
def deemed_consent(case: Case) -> Iterator[Hit]:
    """Agreement is a box that starts empty and that the person ticks."""
    marketing = case.document.marketing
    if marketing is None or marketing.ask is None:
        return
    if marketing.ask.box != "unticked":
        how = "by using the site" if marketing.ask.box == "deemed" else "unless undone"
        yield Hit(
            "marketing.ask.box",
            f"People would be taken to agree {how}, and that is no consent.",
            "Ask with a box that starts empty.",
        )


@error("PECR regulation 22(2)")
def auto_subscribe(case: Case) -> Iterator[Hit]:
    """Who is no customer gets marketing only after agreeing to it."""
    if not _reaches(case):
        return
    ways = case.policy.marketing.other.any_of
    loose = [way for way in ways if way not in AGREED]
    if loose:
        yield Hit(
            "marketing.permission.not-customer.any-of",
            f"Somebody new would get marketing by {', '.join(loose)}, which is no "
            "consent.",
            "State [consent].",
        )


@error("PECR regulation 22(3)(b)")
def soft_opt_in_unbounded(case: Case) -> Iterator[Hit]:
    """The soft opt-in is for one's own, similar things."""
    customer = case.policy.marketing.customer
    if "soft-opt-in" in customer.any_of and "similar-to-sold" not in customer.only_if:
        yield Hit(
            "marketing.permission.customer.only-if",
            "Customers would get offers of any kind without having agreed.",
            "Add 'similar-to-sold'.",
        )


@warning("PECR regulation 22(3)(a) and (b)")
def soft_opt_in_unmeasured(case: Case) -> Iterator[Hit]:
    """What was sold is on record, or nothing can be similar to it."""
    customer = case.policy.marketing.customer
    if "similar-to-sold" not in customer.only_if:
        return
    if "sold-topics" not in case.policy.collected:
        yield Hit(
            "marketing.permission.customer.only-if",
            "Offers must be similar to what was sold, and that is not collected.",
            "Add 'sold-topics' to 'collects', or ask for consent alone.",
        )


@error("PECR regulation 22; UK GDPR Article 6(1)(a)")
def marketing_needs_consent(case: Case) -> Iterator[Hit]:
    """Marketing by email, text or chat rests on consent."""
    for name in sorted(case.policy.marketing.purposes):
        purpose = case.policy.purposes.get(name)
        if purpose is None or purpose.basis in ("consent", ""):
            continue
        channels = {
            channel
            for rule in case.policy.messages.values()
            if rule.purpose == name and rule.kind in MARKETING_MESSAGES
            for channel in rule.channels
        }
        if channels & ELECTRONIC:
            yield Hit(
                f"{purpose.clause}.basis",
                f"It goes by {', '.join(sorted(channels & ELECTRONIC))} and rests on "
                f"{purpose.basis}.",
                "State 'basis: consent'.",
            )


@error("UK GDPR Article 21(2) and (3); PECR regulation 23")
def marketing_without_stop(case: Case) -> Iterator[Hit]:
    """Whoever gets marketing can stop it, and is told how."""
    if _reaches(case) and not case.policy.marketing.stop_by:
        yield Hit(
            "marketing.stop",
            "Nothing says how somebody stops marketing.",
            "Add 'stop: {by: [link, …]}'.",
        )


@error("UK GDPR Article 21(3)")
def stop_too_slow(case: Case) -> Iterator[Hit]:
    """A no to marketing holds at once."""
    marketing = case.document.marketing
    stop = marketing.stop if marketing else None
    if stop is not None and stop.effect != "at-once":
        yield Hit(
            "marketing.stop.effect",
            "Marketing would go on after the person said no.",
            "State 'effect: at-once'.",
        )


@warning("UK GDPR Article 5(1)(d)")
def interests_uncollected(case: Case) -> Iterator[Hit]:
    """Who is written to by interest has told one."""
    marketing = case.document.marketing
    if not _reaches(case) or marketing is None or marketing.interests is None:
        return
    if "interests" not in case.policy.collected:
        yield Hit(
            "marketing.interests",
            "Marketing goes by interests, and nobody is asked for them.",
            "Add 'interests' to 'collects'.",
        )


@error("PECR regulation 6")
def advertising_not_controlled(case: Case) -> Iterator[Hit]:
    """A tag that the clinic puts on its page is the clinic's to answer for."""
    advertising = case.document.advertising
    if advertising is None or not advertising.platforms:
        return
    if case.open("advertising.loads"):
        return
    if advertising.loads in (None, "at-once", "outside-our-control"):
        yield Hit(
            "advertising.loads",
            "Advertisers' cookies would not wait for the person's choice.",
            "State 'loads: after-choice'.",
        )


@error("UK GDPR Article 4(1) and (5)")
def hashed_is_not_anonymous(case: Case) -> Iterator[Hit]:
    """A scrambled address that finds the same person is still personal data."""
    advertising = case.document.advertising
    audiences = advertising.audiences if advertising else None
    if audiences is not None and audiences.described_as == "anonymous":
        yield Hit(
            "advertising.audiences.described-as",
            "A hashed email address is called anonymous, and it is not.",
            "Call it pseudonymous.",
        )


@error("UK GDPR Article 6(1)(a); PECR regulation 6")
def audience_without_consent(case: Case) -> Iterator[Hit]:
    """A list goes to an advertising platform only of those who agreed."""
    advertising = case.document.advertising
    audiences = advertising.audiences if advertising else None
    if audiences is not None and not AGREED & {*audiences.any_of}:
        yield Hit(
            "advertising.audiences.any-of",
            "People would be on a list for advertisers without having agreed.",
            "State [consent].",
        )


@warning("PECR regulation 6")
def advertiser_without_choice(case: Case) -> Iterator[Hit]:
    """What an advertising platform learns of a visit waits for a choice."""
    waiting = _waiting(case)
    for recipient in case.policy.recipients:
        of_visits = any(word.partition(".")[0] == "web" for word in recipient.gets)
        if recipient.kind not in ADVERTISING or not of_visits:
            continue
        if "choice" not in recipient.needs and recipient.slug not in waiting:
            yield Hit(
                f"{recipient.clause}.needs",
                "It learns of visits to the site without a choice.",
                "Add 'needs: choice'.",
            )


def _waiting(case: Case) -> frozenset[str]:
    """Return the recipients whose tags or cookies wait for a choice elsewhere."""
    advertising, cookies = case.document.advertising, case.document.cookies
    waiting: set[str] = set()
    if advertising is not None and advertising.loads in _AFTER_CHOICE:
        waiting.update(advertising.platforms)
    for use in cookies.uses.values() if cookies else ():
        if use.needs == "choice":
            waiting.update(use.providers)
    return frozenset(waiting)


@error("UK GDPR Article 9(2)(a)")
def photograph_without_consent(case: Case) -> Iterator[Hit]:
    """A picture of a patient is shown only with their explicit consent."""
    photographs = case.document.photographs
    publish = photographs.publish if photographs else None
    if publish is None or publish.never is not None:
        return
    if "explicit-consent" not in (*publish.any_of, *publish.only_if) or (
        len(publish.any_of) > 1 and "explicit-consent" not in publish.only_if
    ):
        yield Hit(
            "photographs.publish",
            "Pictures of patients could be shown without explicit consent.",
            "State 'any-of: [explicit-consent]'.",
        )


@warning("UK GDPR Articles 5(1)(a) and 9(2)(a)")
def gallery_not_covered(case: Case) -> Iterator[Hit]:
    """Patients that the site shows, the notice speaks of."""
    website = case.document.website
    photographs = case.document.photographs
    publish = photographs.publish if photographs else None
    allowed = publish is not None and publish.never is None
    for index, word in enumerate(website.shows if website else ()):
        what = _OF_PATIENTS.get(word)
        if what is not None and not allowed:
            yield Hit(
                f"website.shows[{index}]",
                f"The site shows {what}, and the policy lets nothing of patients be "
                "shown.",
                "Take them down, or ask each patient and change 'photographs.publish'.",
            )


_OF_PATIENTS: Final = {
    "before-and-after": "pictures of patients before and after treatment",
    "patient-stories": "patients' stories",
}


def _reaches(case: Case) -> bool:
    """Say whether there is marketing that is sent at all."""
    return bool(case.policy.marketing.purpose and case.policy.marketing.channels)
