"""Who else gets data, where they are, and on what terms."""

from collections.abc import Iterator
from typing import Final

from candour.policy.compiled.uses import SPECIAL
from candour.policy.language.slots import EVERYTHING
from candour.policy.lint.rules.purposes import widest
from candour.policy.lint.terms import Case, Hit, error, label, warning
from candour.policy.vocabulary import expand

TECHNICAL: Final = frozenset(
    (
        *("payment", "communications", "messaging", "it-support", "hosting"),
        *("clinic-software", "customer-records", "search", "analytics"),
        *("advertising", "search-and-advertising", "marketing"),
    )
)
"""Kinds of company that are as often abroad as not."""


@warning("UK GDPR Article 13(1)(e) and (f)")
def recipient_inactive(case: Case) -> Iterator[Hit]:
    """Of everybody who gets data, it is known what they are and where."""
    for recipient in case.policy.recipients:
        if not recipient.active:
            yield Hit(
                recipient.clause,
                f"Nothing goes there. {recipient.why_not}".replace("?.", "?"),
                "Decide it, or take the recipient out.",
            )


@error("UK GDPR Article 13(1)(e)")
def recipient_unlisted(case: Case) -> Iterator[Hit]:
    """Whoever a part of the policy names is among the recipients."""
    document = case.document
    named: dict[str, str] = {}
    for purpose in document.purposes.values():
        named |= dict.fromkeys(purpose.with_, "a purpose")
    for use in document.cookies.uses.values() if document.cookies else ():
        named |= dict.fromkeys(use.providers, "the cookies")
    if document.payments is not None:
        named |= dict.fromkeys(document.payments.providers, "the payments")
    if document.advertising is not None:
        named |= dict.fromkeys(document.advertising.platforms, "the advertising")
    for slug, where in named.items():
        if slug not in document.recipients:
            yield Hit(
                f"recipients.{slug}",
                f"It is named under {where}, and is not among the recipients.",
                "Add it to 'recipients', or stop using it.",
            )


@error("UK GDPR Article 13(1)(e)")
def recipients_unnamed(case: Case) -> Iterator[Hit]:
    """Suppliers are named, or their kinds are."""
    for slug, recipient in case.document.recipients.items():
        if recipient.kind != "supplier" or recipient.name is not None:
            continue
        key = f"recipients.{slug}.named"
        if recipient.named is None and not case.open(key):
            yield Hit(
                key,
                "Data could go to suppliers that the notice does not mention.",
                "Name every one ('all') or their kinds ('classes').",
            )
        elif recipient.named == "classes" and not recipient.classes:
            yield Hit(
                f"recipients.{slug}.classes",
                "Suppliers are told of by kind, and no kind is listed.",
                "List the kinds under 'classes'.",
            )


@error("UK GDPR Articles 13(1)(e) and 28")
def special_to_unnamed(case: Case) -> Iterator[Hit]:
    """A company that handles health data for the clinic is named."""
    for recipient in case.policy.recipients:
        special = widest(recipient.gets & SPECIAL)
        if recipient.role == "processor" and special and not recipient.name:
            yield Hit(
                f"{recipient.clause}.name",
                f"It handles {', '.join(map(label, special))} and has no name.",
                "Name it.",
            )


@warning("UK GDPR Article 13(1)(e)")
def platform_unnamed(case: Case) -> Iterator[Hit]:
    """Whoever adverts are placed with is named."""
    advertising = case.document.advertising
    for slug in advertising.platforms if advertising else ():
        recipient = case.document.recipients.get(slug)
        if recipient is not None and recipient.name is None:
            yield Hit(
                f"recipients.{slug}.name",
                "Adverts are placed with it, and nobody could say who it is.",
                "Name it, or stop.",
            )


@warning("UK GDPR Article 5(1)(b)")
def recipient_unreachable(case: Case) -> Iterator[Hit]:
    """Every recipient is reached by a purpose."""
    used = {slug for one in case.policy.purposes.values() for slug in one.recipients}
    for recipient in case.policy.recipients:
        if recipient.slug in used or recipient.classes:
            continue
        if not recipient.purposes:
            yield Hit(
                f"{recipient.clause}.for",
                "No purpose leads to it, so nothing ever goes there.",
                "Say what for, or take it out.",
            )


@warning("UK GDPR Article 5(1)(c)")
def recipient_gets_nothing(case: Case) -> Iterator[Hit]:
    """Of every recipient it is said what it gets."""
    for recipient in case.policy.recipients:
        if not (recipient.gets or recipient.anonymous or recipient.declared):
            yield Hit(
                f"{recipient.clause}.gets",
                "Nothing says what it gets.",
                "Add 'gets'.",
            )


@warning("UK GDPR Article 5(1)(b) and (c)")
def recipient_gets_too_much(case: Case) -> Iterator[Hit]:
    """A recipient gets only what its purposes use."""
    for recipient in case.policy.recipients:
        known = [
            case.policy.purposes[name]
            for name in recipient.purposes
            if name in case.policy.purposes
        ]
        if not known or any(EVERYTHING in purpose.named for purpose in known):
            continue
        used = frozenset[str]().union(
            *(purpose.uses | purpose.withheld for purpose in known)
        )
        named = expand(case.document.recipients[recipient.slug].gets)
        extra = [
            word
            for word in widest(recipient.gets & named)
            if not (expand((word,)) & used)
        ]
        if extra:
            labels = ", ".join(label(word) for word in extra)
            yield Hit(
                f"{recipient.clause}.gets",
                f"It gets {labels}, which none of its purposes uses.",
                "Take it out, or add it to what the purpose uses.",
            )


@warning("UK GDPR Article 13(1)(f)")
def country_unknown(case: Case) -> Iterator[Hit]:
    """Of a company that may be abroad, it is said where."""
    for recipient in case.policy.recipients:
        key = f"{recipient.clause}.country"
        if recipient.kind not in TECHNICAL or recipient.country or case.open(key):
            continue
        yield Hit(
            key,
            "Nothing says in which country it holds the data.",
            "Add 'country', and a 'safeguard' where it needs one.",
        )


@error("UK GDPR Articles 46 and 49")
def deemed_safeguard(case: Case) -> Iterator[Hit]:
    """Using a site is no agreement to send data abroad."""
    for slug, recipient in case.document.recipients.items():
        if recipient.safeguard == "deemed-consent":
            yield Hit(
                f"recipients.{slug}.safeguard",
                "Data would go abroad because people used the site.",
                "State a safeguard of Article 46 for each country.",
            )


@error("UK GDPR Articles 24, 28 and 32")
def duty_disclaimed(case: Case) -> Iterator[Hit]:
    """A clinic cannot write away what it has to answer for."""
    for slug, recipient in case.document.recipients.items():
        if recipient.role == "own-terms-apply":
            yield Hit(
                f"recipients.{slug}.role",
                "It would be left to another company's terms what becomes of the data.",
                "Make it a processor under contract, or say that it decides for "
                "itself.",
            )
    security = case.document.security
    if security is not None and security.promise == "disclaimed":
        yield Hit(
            "security.promise",
            "The risk of sending data would be the person's own.",
            "State 'promise: appropriate'.",
        )


@warning("UK GDPR Article 13(1)(e)")
def disclosures_unruled(case: Case) -> Iterator[Hit]:
    """There is a rule for giving data to anybody else."""
    if case.document.disclosures is None:
        yield Hit(
            "disclosures",
            "Nothing says when data may be given to somebody who is not listed.",
            "Add 'disclosures: {otherwise: refuse, unless: […]}'.",
        )


@error("UK GDPR Articles 5(1)(a) and 14")
def change_of_control_untold(case: Case) -> Iterator[Hit]:
    """When the clinic changes hands, people are told."""
    ownership = case.document.ownership
    if ownership is not None and ownership.change_of_control == "not-told":
        yield Hit(
            "ownership.change-of-control",
            "Data would go to a new owner and nobody would be told.",
            "State 'change-of-control: tell-people-first'.",
        )
