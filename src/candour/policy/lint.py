"""Look for what the law asks of a policy and does not find there.

Reading says whether a policy is well written; this says whether it may be published. A
rule is a small function; `RULES` is all of them, in the order of a notice.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from candour.law.periods import Period
from candour.policy.compiled import keeping
from candour.policy.compiled.origins import Origins, said
from candour.policy.compiled.policy import Policy
from candour.policy.compiled.rules import Purpose, RetentionRule
from candour.policy.language.slots import EVERYTHING
from candour.policy.load import Parsed
from candour.policy.vocabulary import (
    ALWAYS_USED,
    CATEGORIES,
    RecordClass,
    covers,
    expand,
)


class Severity(StrEnum):
    """How much a finding matters. An error stops publishing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right: where, against what, and how."""

    rule: str
    severity: Severity
    clause: str
    article: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a clinic's periods are held against: the law, or a professional code."""

    name: str
    retained: Mapping[RecordClass, RetentionRule]


Baselines = tuple[Baseline, ...]

OF_ITSELF: Final = (*ALWAYS_USED, "requests")
"""What is held because somebody agreed, wrote or asked, whatever the purposes are."""
Rule = Callable[[Policy, Baselines], Iterator[Finding]]


def baseline(parsed: Parsed) -> Baseline:
    """Return the yardstick that a baseline pack states."""
    rules = keeping.retention(parsed.document, Origins(parsed))
    return Baseline(parsed.document.policy, keeping.by_class(rules))


def lint(policy: Policy, baselines: Baselines = ()) -> tuple[Finding, ...]:
    """Return what every rule finds, in the order of the rules."""
    return tuple(finding for rule in RULES for finding in rule(policy, baselines))


def decide_open(policy: Policy, _: Baselines) -> Iterator[Finding]:
    """A person has to decide before the policy may be published."""
    for undecided in policy.open_decisions:
        meanwhile = undecided.meanwhile or "nothing is done"
        yield Finding(
            "decide-open",
            Severity.ERROR,
            undecided.key,
            "",
            f"Not decided: {undecided.why}. Meanwhile: {meanwhile}.",
            "Choose, and write the value in place of 'decide'.",
        )


def controller_unidentified(policy: Policy, _: Baselines) -> Iterator[Finding]:
    """People must be told who answers for their data, and where that is."""
    for controller in policy.controllers:
        if not controller.address:
            yield Finding(
                "controller-unidentified",
                Severity.WARNING,
                controller.clause,
                "UK GDPR Article 13(1)(a)",
                f"{controller.name} has no address.",
                "Give its registered or trading address.",
            )
        if not controller.ico:
            yield Finding(
                "controller-unregistered",
                Severity.WARNING,
                controller.clause,
                "Data Protection (Charges and Information) Regulations 2018",
                f"{controller.name} has no registration number with the ICO.",
                "Give the number, or register.",
            )


def no_contact(policy: Policy, _: Baselines) -> Iterator[Finding]:
    """People must be able to write to the clinic."""
    if not any(one.emails or one.post or one.phone for one in policy.contacts):
        yield Finding(
            "no-contact",
            Severity.ERROR,
            policy.contacts[0].clause,
            "UK GDPR Article 13(1)(a) and (b)",
            "There is no address, e-mail or phone number to write to.",
            "Give one for questions and for people's rights.",
        )


def contact_domains_differ(policy: Policy, _: Baselines) -> Iterator[Finding]:
    """One contact under two domains: one of them may be a slip of the pen."""
    for contact in policy.contacts:
        domains = sorted({email.partition("@")[2] for email in contact.emails})
        if len(domains) > 1:
            yield Finding(
                "contact-domains-differ",
                Severity.WARNING,
                contact.clause,
                "UK GDPR Article 12(1)",
                f"The same contact has addresses at {' and '.join(domains)}.",
                "Make sure that both are read, or keep one.",
            )


def collected_for_nothing(policy: Policy, _: Baselines) -> Iterator[Finding]:
    """Data that no purpose uses must not be collected."""
    used = expand(
        word
        for purpose in policy.purposes.values()
        for word in (*purpose.named, *OF_ITSELF)
        if word != EVERYTHING
    )
    for category in policy.collected:
        if not expand((category,)) & used:
            yield Finding(
                "collected-for-nothing",
                Severity.WARNING,
                f"collects.{category}",
                "UK GDPR Article 5(1)(c)",
                f"No purpose uses {CATEGORIES[category].label}.",
                "Stop collecting it, or say what it is for.",
            )


def purpose_uses_uncollected(policy: Policy, _: Baselines) -> Iterator[Finding]:
    """A purpose uses what the notice never says is collected."""
    for purpose in policy.purposes.values():
        for word in purpose.named:
            if word == EVERYTHING or _touches(word, policy.collected):
                continue
            yield Finding(
                "purpose-uses-uncollected",
                Severity.WARNING,
                f"{purpose.clause}.uses",
                "UK GDPR Articles 13 and 14",
                f"It uses {CATEGORIES[word].label}, which is not under 'collects'.",
                "Add it to 'collects', or stop using it.",
            )


def no_condition_for_special(policy: Policy, _: Baselines) -> Iterator[Finding]:
    """Health data and the like need a condition of Article 9 as well as a basis."""
    for purpose in policy.purposes.values():
        named = _widest(purpose.withheld)
        if named:
            labels = ", ".join(CATEGORIES[word].label for word in named)
            yield Finding(
                "no-condition-for-special",
                Severity.ERROR,
                f"{purpose.clause}.condition",
                "UK GDPR Article 9(2)",
                f"It uses {labels} without a condition of Article 9, so they are "
                "held back.",
                "State the condition, such as health-care, or leave them out.",
            )


def no_assessment(policy: Policy, _: Baselines) -> Iterator[Finding]:
    """A legitimate interest has to be weighed against the person's."""
    for purpose in policy.purposes.values():
        if purpose.basis == "legitimate-interests" and not purpose.assessment:
            yield Finding(
                "no-assessment",
                Severity.WARNING,
                f"{purpose.clause}.assessment",
                "UK GDPR Article 6(1)(f)",
                "It rests on a legitimate interest that nobody has weighed.",
                "Name the assessment.",
            )


def purpose_without_role(policy: Policy, _: Baselines) -> Iterator[Finding]:
    """Where nobody may act for a purpose, nothing can be done for it."""
    for purpose in policy.purposes.values():
        if not purpose.by:
            yield Finding(
                "purpose-without-role",
                Severity.WARNING,
                f"{purpose.clause}.by",
                "UK GDPR Article 5(1)(f)",
                "Nobody may use data for it, because it names no role.",
                "Add 'by', or 'like: …' to take the roles of a purpose of the model.",
            )


def purpose_without_retention(policy: Policy, _: Baselines) -> Iterator[Finding]:
    """People must be told how long data is kept, or how that is decided."""
    kept = frozenset(word for rule in policy.retention for word in rule.covers)
    seen: set[str] = set()
    for purpose in policy.purposes.values():
        lost = [word for word in _held(policy, purpose) if word not in kept]
        new = [word for word in lost if word not in seen]
        seen.update(new)
        if new:
            labels = ", ".join(CATEGORIES[word].label for word in new)
            yield Finding(
                "purpose-without-retention",
                Severity.ERROR,
                purpose.clause,
                "UK GDPR Article 13(2)(a)",
                f"No rule says how long we keep {labels}.",
                "Cover them by a rule under 'retention'.",
            )


def message_without_channel(policy: Policy, _: Baselines) -> Iterator[Finding]:
    """A message without a channel cannot be sent."""
    for rule in policy.messages.values():
        if not rule.channels:
            yield Finding(
                "message-without-channel",
                Severity.NOTE,
                rule.clause,
                "",
                "No channel is stated, so it is not sent.",
                "Add 'channels'.",
            )


def recipient_inactive(policy: Policy, _: Baselines) -> Iterator[Finding]:
    """Nothing goes to a recipient while something about it is not known."""
    for recipient in policy.recipients:
        if not recipient.active:
            yield Finding(
                "recipient-inactive",
                Severity.WARNING,
                recipient.clause,
                "UK GDPR Article 13(1)(e) and (f)",
                f"Nothing goes there. {recipient.why_not}",
                "Decide it, or take the recipient out.",
            )


def shorter_than_guidance(policy: Policy, baselines: Baselines) -> Iterator[Finding]:
    """A period shorter than what professional bodies tell clinics to keep."""
    for yardstick in baselines:
        for record_class in (RecordClass.CLINICAL, RecordClass.PAYMENT):
            mine = policy.retained.get(record_class)
            theirs = yardstick.retained.get(record_class)
            if mine is None or theirs is None or not mine.keep or not theirs.keep:
                continue
            if _shorter(mine.keep, theirs.keep):
                yield Finding(
                    "shorter-than-guidance",
                    Severity.WARNING,
                    f"{mine.clause}.keep",
                    f"{yardstick.name}: {theirs.keep}",
                    f"{mine.keep} is shorter than {theirs.keep}.",
                    "Have the data protection lead confirm it, or keep longer.",
                )


def right_too_slow(policy: Policy, _: Baselines) -> Iterator[Finding]:
    """A promise slower than the law allows."""
    for right in policy.rights.values():
        if right.within is not None and _shorter(Period(months=1), right.within):
            yield Finding(
                "right-too-slow",
                Severity.ERROR,
                f"{right.clause}.within",
                "UK GDPR Article 12A(1)",
                f"{right.within} is longer than the month the law gives.",
                "Promise a month or less.",
            )


def no_complaint_route(policy: Policy, _: Baselines) -> Iterator[Finding]:
    """People must be told that they may complain, to the clinic and to the ICO."""
    complaints = policy.document.complaints
    if complaints is None or not (complaints.then or complaints.regulator):
        yield Finding(
            "no-complaint-route",
            Severity.ERROR,
            "complaints",
            "UK GDPR Article 13(2)(d); DPA 2018 section 164A",
            "Nobody is told how to complain.",
            "Add 'complaints: {to: …, first: clinic, then: ico}'.",
        )


def departure(policy: Policy, _: Baselines) -> Iterator[Finding]:
    """The published notice says what is not done: it has to be written again."""
    for one in policy.departures:
        stale = one.stated == one.kept
        yield Finding(
            "departure-stale" if stale else "departure",
            Severity.ERROR if stale else Severity.WARNING,
            one.key,
            "; ".join(one.why),
            f"What is kept is what {one.says} says."
            if stale
            else f"{one.says} says {said(one.stated)}; kept is {said(one.kept)}.",
            "Take the departure out." if stale else "Publish the notice anew.",
        )


RULES: Final[tuple[Rule, ...]] = (
    decide_open,
    controller_unidentified,
    no_contact,
    contact_domains_differ,
    collected_for_nothing,
    purpose_uses_uncollected,
    no_condition_for_special,
    no_assessment,
    purpose_without_role,
    purpose_without_retention,
    message_without_channel,
    recipient_inactive,
    shorter_than_guidance,
    right_too_slow,
    no_complaint_route,
    departure,
)


def _touches(word: str, collected: Mapping[str, object]) -> bool:
    return any(covers(word, has) or covers(has, word) for has in collected)


def _widest(words: frozenset[str]) -> list[str]:
    """Return the words that no wider one in the set already says, in list order."""
    return [
        slug
        for slug, category in CATEGORIES.items()
        if slug in words and category.parent not in words
    ]


def _held(policy: Policy, purpose: Purpose) -> list[str]:
    """Return the categories a purpose uses and the clinic collects, in list order."""
    named = expand(word for word in purpose.named if word != EVERYTHING)
    return [word for word in policy.collected if expand((word,)) & named]


def _shorter(one: Period, other: Period) -> bool:
    """Compare periods from a first of July: 31 days and a month are then the same."""
    start = date(2001, 7, 1)
    return one.after(start) < other.after(start)
