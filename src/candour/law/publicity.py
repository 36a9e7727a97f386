"""Showing patients to the public, and aiming at people by what is known of them."""

from dataclasses import dataclass

from candour.law.consents import Consent
from candour.law.parameters import SPECIAL_CATEGORIES
from candour.law.verdicts import Verdict, allow, deny

PROMISE = "the clinic's notice"


def is_special(field: str) -> bool:
    """Say whether a field such as `health.skin` is special category data (Art 9)."""
    return field.split(".", 1)[0] in SPECIAL_CATEGORIES.value


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicityPromise:
    """What a clinic promises about special category data and marketing.

    `never` is the reason given where it is never used so; `needs_review` where the
    patient must have written a review as well as agreed.
    """

    never: str | None = None
    needs_review: bool = False


NO_PUBLICITY_PROMISE = PublicityPromise()


def may_publish_photograph(
    *,
    explicit_consent: bool,
    review_given: bool = False,
    objection: bool = False,
    promise: PublicityPromise = NO_PUBLICITY_PROMISE,
) -> Verdict:
    """Say whether a photograph of a treatment may be shown (Art 9(2)(a)).

    A clinic that promised never to is held to it even where the patient agrees.
    """
    if promise.never:
        return deny(promise.never, PROMISE)
    if objection:
        return deny("objection", "UK GDPR Art 21(3)")
    if not explicit_consent:
        return deny("no_explicit_consent", "UK GDPR Art 9(2)(a)")
    if promise.needs_review and not review_given:
        return deny("review_required", PROMISE)
    return allow("explicit_consent", "UK GDPR Art 9(2)(a)")


def may_segment(
    field: str,
    *,
    explicit_consent: bool = False,
    promise: PublicityPromise = NO_PUBLICITY_PROMISE,
) -> Verdict:
    """Say whether an audience may be chosen by a field.

    By special category data only with explicit consent to that (Art 9(2)(a)), and
    never where the clinic said never.
    """
    if not is_special(field):
        return allow("not_special_category", "UK GDPR Art 9(1)")
    if promise.never:
        return deny(promise.never, PROMISE)
    if not explicit_consent:
        return deny("no_explicit_consent", "UK GDPR Art 9(2)(a)")
    return allow("explicit_consent", "UK GDPR Art 9(2)(a)")


def may_upload_audience(consent: Consent, *, objection: bool = False) -> Verdict:
    """Say whether someone may be in a list given to an advertising platform.

    A hashed email address is still personal data: it finds the same person there.
    """
    if objection:
        return deny("objection", "UK GDPR Art 21(3)")
    if consent is Consent.GIVEN:
        return allow("consent", "UK GDPR Art 6(1)(a)")
    reason = "invalid_consent" if consent is Consent.VOID else "no_consent"
    return deny(reason, "UK GDPR Art 6(1)(a); PECR reg 6")
