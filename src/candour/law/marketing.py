"""Whether a marketing message may go to someone: by mail, electronic mail or call.

Privacy and Electronic Communications Regulations 2003 (PECR) regulations 19 to 24 and
UK GDPR Article 21. The law is asked first; a clinic that promised more is then held
to it; the person's own objection beats both. Ask again at the moment of sending.
"""

from dataclasses import dataclass
from enum import StrEnum

from candour.law.consents import Consent
from candour.law.parameters import (
    CALL_LIST_GRACE_DAYS,
    MARKETING_MIN_AGE,
    NOT_ELECTRONIC_MAIL,
)
from candour.law.verdicts import Verdict, allow, deny

PROMISE = "the clinic's notice"


class Obtained(StrEnum):
    """How a clinic came by someone's address (PECR reg 22(3)(a))."""

    SALE = "sale"
    NEGOTIATION = "negotiation"
    OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftOptIn:
    """The facts of the exception for existing customers (PECR reg 22(3)).

    `topics` are what was sold or negotiated; empty means not recorded.
    """

    obtained: Obtained
    opt_out_offered: bool
    refused: bool = False
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """What is known of the person, for one channel.

    `objection` is the code of what they said against it, None if nothing. `interests`
    None means they were never asked.
    """

    consent: Consent = Consent.NONE
    objection: str | None = None
    restricted: bool = False
    age: int | None = None
    corporate: bool = False
    customer: bool = False
    soft_opt_in: SoftOptIn | None = None
    interests: frozenset[str] | None = None
    call_list_days: int | None = None
    caller_permission: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What would be sent. Every marketing message names its sender and a way out."""

    topic: str | None = None
    way_out: bool = True
    sender_shown: bool = True


PLAIN_MESSAGE = Message()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketingPromise:
    """What a clinic's notice promises about marketing beyond the law.

    `consent_only` is the reason given where electronic mail needs consent whatever
    the law allows; `customers_only` where the soft opt-in is kept to customers.
    `everything` extends `consent_only` to post and calls. `channels` None: any.
    """

    consent_only: str | None = None
    customers_only: str | None = None
    everything: bool = False
    channels: frozenset[str] | None = None
    declared_interests: bool = False
    similar_to_customers: bool = False


NO_MARKETING_PROMISE = MarketingPromise()


def may_market(
    channel: str,
    to: Recipient,
    message: Message = PLAIN_MESSAGE,
    promise: MarketingPromise = NO_MARKETING_PROMISE,
) -> Verdict:
    """Say whether one marketing message may go to one person by one channel.

    An unknown channel is taken for electronic mail, the stricter of the rules.
    """
    if (barred := _barred(to)) is not None:
        return barred
    if is_electronic_mail(channel):
        verdict = electronic_mail(to, message)
    elif channel == "live_call":
        verdict = live_call(to)
    elif channel == "automated_call":
        verdict = _needs_consent(to, "PECR reg 19")
    else:
        verdict = allow("legitimate_interests", "UK GDPR Art 6(1)(f), Recital 47")
    return _keep_promise(channel, to, message, promise, verdict)


def _barred(to: Recipient) -> Verdict | None:
    if to.objection is not None:
        return deny(to.objection, "UK GDPR Art 21(3)")
    if to.restricted:
        return deny("processing_restricted", "UK GDPR Art 18(2)")
    if to.age is not None and to.age < MARKETING_MIN_AGE.value:
        return deny("under_18", MARKETING_MIN_AGE.source)
    return None


def _needs_consent(to: Recipient, source: str) -> Verdict:
    reasons = {
        Consent.NONE: "no_consent",
        Consent.ELSEWHERE: "no_consent_for_channel",
        Consent.VOID: "invalid_consent",
        Consent.WITHDRAWN: "consent_withdrawn",
    }
    if to.consent is Consent.GIVEN:
        return allow("consent", source)
    return deny(reasons[to.consent], source)


def electronic_mail(to: Recipient, message: Message) -> Verdict:
    """Say whether the law allows electronic mail (PECR reg 22, 23).

    An individual subscriber must have consented, or the soft opt-in must hold in all
    its parts. A company's own address needs no consent.
    """
    if not message.sender_shown:
        return deny("sender_concealed", "PECR reg 23(a)")
    asked = _needs_consent(to, "PECR reg 22(2)")
    if not asked.allowed and to.consent not in {Consent.VOID, Consent.WITHDRAWN}:
        if to.corporate:
            asked = allow("corporate_subscriber", "PECR reg 22(1)")
        elif to.soft_opt_in is not None:
            asked = soft_opt_in(to.soft_opt_in, message)
    if asked.allowed and not message.way_out:
        return deny("no_opt_out_in_message", "PECR reg 22(3)(c), 23(b)")
    return asked


def soft_opt_in(facts: SoftOptIn, message: Message) -> Verdict:
    """Say whether the exception for existing customers holds (PECR reg 22(3))."""
    source = "PECR reg 22(3)"
    if facts.obtained is Obtained.OTHERWISE:
        return deny("no_sale_or_negotiation", f"{source}(a)")
    if not facts.opt_out_offered:
        return deny("no_opt_out_at_collection", f"{source}(c)")
    if facts.refused:
        return deny("refused_at_collection", f"{source}(c)")
    if _dissimilar(facts.topics, message.topic):
        return deny("not_similar", f"{source}(b)")
    return allow("soft_opt_in", source)


def _dissimilar(topics: frozenset[str], topic: str | None) -> bool:
    return topic is not None and bool(topics) and topic not in topics


def live_call(to: Recipient) -> Verdict:
    """Say whether the law allows a live marketing call (PECR reg 21).

    Not to a number on the preference register for 28 days or more, unless its holder
    told this caller that calls are welcome. Show the number and say who calls (24).
    """
    if to.caller_permission:
        return allow("caller_permission", "PECR reg 21(4)")
    if to.call_list_days is None:
        return allow("not_listed", "PECR reg 21(1)")
    if to.call_list_days < CALL_LIST_GRACE_DAYS.value:
        return allow("tps_grace", "PECR reg 21(3)")
    return deny("tps_listed", "PECR reg 21(1)(b)")


def _keep_promise(
    channel: str,
    to: Recipient,
    message: Message,
    promise: MarketingPromise,
    law: Verdict,
) -> Verdict:
    """Hold the clinic to what it promised beyond what the law allows."""
    if not law.allowed:
        return law
    written = is_electronic_mail(channel)
    agreed = to.consent is Consent.GIVEN or (
        channel == "live_call" and to.caller_permission
    )
    if promise.consent_only and (written or promise.everything) and not agreed:
        return deny(promise.consent_only, PROMISE)
    if promise.customers_only and written and not (agreed or to.customer):
        return deny(promise.customers_only, PROMISE)
    if written and promise.channels is not None and channel not in promise.channels:
        return deny("channel_not_promised", PROMISE)
    sold = to.soft_opt_in.topics if to.soft_opt_in else frozenset()
    if (
        promise.similar_to_customers
        and written
        and to.customer
        and _dissimilar(sold, message.topic)
    ):
        return deny("not_similar", PROMISE)
    if promise.declared_interests and _unwanted(to.interests, message.topic):
        return deny("topic_not_of_interest", PROMISE)
    return law


def _unwanted(interests: frozenset[str] | None, topic: str | None) -> bool:
    return interests is not None and topic is not None and topic not in interests


def is_electronic_mail(channel: str) -> bool:
    """Say whether a channel is electronic mail: email, texts, direct messages.

    So is any channel not known, since it is the strictest (PECR reg 2(1), 22).
    """
    return channel not in NOT_ELECTRONIC_MAIL.value
