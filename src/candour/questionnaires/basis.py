"""On what health data is asked: explicit consent on record, or a law that is named.

Where the policy rests care on explicit consent, a form that asks about health opens
only after the person agreed to that, in words, or after a person here named the law
that lets it go on without, and why.
"""

from datetime import datetime

from candour.consent import actions as consent
from candour.core.actor import Actor
from candour.core.errors import Invalid
from candour.law.special_data import EXCEPTIONS, LegalException
from candour.policy.compile import Policy
from candour.policy.vocabulary import CATEGORIES, is_special
from candour.questionnaires.asked import CARE, asks_special
from candour.questionnaires.definition import Section
from candour.register.permit import Permit

BY_CONSENT = frozenset({"explicit-consent", "explicit-consent-or-law"})
OR_LAW = "explicit-consent-or-law"
CONSENT = "consent"
CHANNEL = "in-person"
REASON_MAX = 500  # characters


class NotAgreed(Invalid):
    """This form asks about health, and nobody has agreed to that yet."""

    code = "health_not_agreed"


def needs_consent(policy: Policy, sections: tuple[Section, ...]) -> bool:
    """Say whether these sections wait for explicit consent under the policy."""
    care = policy.purposes.get(CARE)
    return care is not None and care.condition in BY_CONSENT and asks_special(sections)


def has_agreed(person_id: int, permit: Permit) -> bool:
    """Say whether the person's explicit consent to care is on record and still holds.

    A consent to a purpose that has changed since is none (`facts_of` leaves it out).
    """
    given = permit.facts[person_id].permissions
    return any(purpose == CARE for purpose, _ in given)


def exceptions(policy: Policy) -> list[LegalException]:
    """Return the legal exceptions that the policy leaves room for."""
    care = policy.purposes.get(CARE)
    return list(EXCEPTIONS.values()) if care and care.condition == OR_LAW else []


def wording(policy: Policy, sections: tuple[Section, ...]) -> str:
    """Return what the person agrees to, naming each kind of protected data asked."""
    asked = dict.fromkeys(
        CATEGORIES[q.category].label
        for section in sections
        for q in section.questions
        if q.category and is_special(q.category)
    )
    *first, last = asked
    told = f"{', '.join(first)} and {last}" if first else last
    return (
        f"I agree that {policy.clinic} collects and uses what I say here to look after"
        f" me: {told}. I can take this back at any time."
    )


def agree(
    *, permit: Permit, person_id: int, wording: str, by: Actor, at: datetime
) -> None:
    """Write down that the person agreed, in the words they saw (Article 7(1))."""
    consent.give(
        permit=permit,
        person_id=person_id,
        purpose=CARE,
        channel=CHANNEL,
        wording=wording,
        how="desk:form",
        by=by,
        at=at,
    )


def settled(
    person_id: int,
    sections: tuple[Section, ...],
    *,
    exception: str,
    reason: str,
    agreed_now: bool,
    permit: Permit,
) -> str:
    """Return on what the data is asked: "", "consent" or the exception's name.

    Raises NotAgreed where consent is needed and neither it nor an exception is there,
    and Invalid for an exception that the policy does not know or that has no reason.
    """
    if not needs_consent(permit.policy, sections):
        return ""
    if exception:
        if exception not in {one.slug for one in exceptions(permit.policy)}:
            raise Invalid("Choose one of the laws on the list.")
        if not reason.strip():
            raise Invalid("Say why this law applies to this person.")
        if len(reason) > REASON_MAX or "\0" in reason:
            raise Invalid(f"Say it in at most {REASON_MAX} letters.")
        return exception
    if agreed_now or has_agreed(person_id, permit):
        return CONSENT
    raise NotAgreed
