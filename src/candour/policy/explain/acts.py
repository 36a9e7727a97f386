"""Questions about a message, a cookie, a disclosure, a treatment, or an end of keeping.

Each function returns None where the question is not of its kind.
"""

import re
from dataclasses import replace
from datetime import date

from candour.law.ages import Medic, TreatmentGate, treatment_gate
from candour.law.parameters import INJECTABLES_MIN_AGE, INJECTABLES_TREATMENTS
from candour.law.regions import Region
from candour.policy import disclosing, storing
from candour.policy.compiled import sayings
from candour.policy.compiled.policy import Policy
from candour.policy.decided_by import DecidedBy
from candour.policy.explain import words
from candour.policy.terms import Decision, Facts, Outcome, Source
from candour.policy.vocabulary import CATEGORIES, CHANNELS, MESSAGES, record_class_of

_AGE = re.compile(r"\b(\d{1,3})[- ]?(?:year|yr)|\b(?:aged|age|of) (\d{1,3})\b")
_COOKIE = re.compile(
    r"\b(?!an?\b|the\b|may\b)([a-z-]+) (?:cookie|tag|pixel|beacon)"
    r"|(?:cookie|tag|pixel|beacon)s? (?:for|of) ([a-z-]+)"
)
_GIVING = ("give", "given", "disclose", "disclosed", "share", "shared", "passed")
_KEEPING = ("how long", "kept", "keep", "retain", "retained")
_ENDING = ("erase", "erased", "delete", "deleted", "dispose", "disposed", "destroyed")


def message(policy: Policy, text: str, facts: Facts) -> Decision | None:
    """Answer whether a kind of message may go by a channel."""
    channel = words.found(text, CHANNELS)
    kind = words.found(text, (*policy.messages, *MESSAGES))
    if kind is None or (channel is None and not words.any_of(text, ("send", "sent"))):
        return None
    rule = policy.messages.get(kind)
    if channel is None:
        channel = rule.channels[0] if rule is not None and rule.channels else "email"
    known = words.told_of(text, facts)
    if rule is not None:
        pair = (rule.purpose, channel)
        if words.said_no(text):
            known = replace(
                known,
                refusals=known.refusals | {pair},
                objections=known.objections | {rule.purpose},
            )
        elif words.said_yes(text):
            known = replace(known, permissions=known.permissions | {pair})
    return policy.may_send(kind, channel, known)


def cookie(policy: Policy, text: str, on: date) -> Decision | None:
    """Answer whether a cookie may be set."""
    if not words.any_of(text, ("cookie", "cookies", "tag", "tags", "pixel", "beacon")):
        return None
    cookies = policy.document.cookies
    uses = dict(cookies.uses) if cookies else {}
    use = words.found(text, uses)
    if use is None:
        purposes = {one.purpose: name for name, one in uses.items() if one.purpose}
        purpose = words.found(text, purposes)
        use = purposes[purpose] if purpose is not None else None
    if use is None:
        named = _COOKIE.search(text)
        asked = (named.group(1) or named.group(2)) if named else "anything"
        ours = (
            name
            for name, one in uses.items()
            if any(cookie.startswith(asked) for cookie in one.names)
        )
        use = next(ours, asked)
    no, yes = words.said_no(text), words.said_yes(text)
    visitor = storing.Visitor(
        accepted=frozenset({use} if yes and not no else ()),
        chose=yes or no,
        objected=no,
    )
    return storing.decide(policy, use, visitor, on)


def disclosure(policy: Policy, text: str, facts: Facts) -> Decision | None:
    """Answer whether data may be given to somebody."""
    if not words.any_of(text, _GIVING) and " sent to " not in f" {text} ":
        return None
    names = {one.slug: one.slug for one in policy.recipients}
    names |= {one.name.lower(): one.slug for one in policy.recipients if one.name}
    to = words.found(text, names, last=True)
    asked = text.partition(" to ")[0]
    category = words.category_in(asked)
    recipient = names[to] if to is not None else _stranger(text)
    wanted = (category,) if category is not None else ()
    return disclosing.decide(policy, recipient, wanted, words.told_of(text, facts))


def _stranger(text: str) -> str:
    """Return whom a question names after its last 'to', as one word."""
    whom = text.rpartition(" to ")[2].removeprefix("the ").removeprefix("a ")
    return "-".join(whom.split()[:3]) or "somebody"


def treatment(policy: Policy, text: str, on: date) -> Decision | None:
    """Answer whether somebody of an age may be treated."""
    age = _AGE.search(text)
    if age is None:
        return None
    years = int(age.group(1) or age.group(2))
    what = words.found(text, sorted(INJECTABLES_TREATMENTS.value, key=len)) or "other"
    by = words.found(text, ("doctor", "nurse", "dentist", "pharmacist")) or ""
    approved = words.any_of(text, ("approved", "directed", "directions"))
    answer = treatment_gate(
        treatment=what,
        born=_born(years, on),
        on=on,
        region=Region(policy.region),
        by=Medic(by, doctor_approved=approved, doctor_directed=approved),
        age_verified=words.any_of(text, ("proved", "proof", "checked", "verified")),
    )
    return _treated(policy, text, years, answer.gate)


def _born(age: int, on: date) -> date:
    """Return a birthday that gives this age on that day."""
    day = min(on.day, 28) if on.month == 2 else on.day
    return date(on.year - age, on.month, day)


def _treated(policy: Policy, text: str, age: int, gate: TreatmentGate) -> Decision:
    law, clause = INJECTABLES_MIN_AGE.source, "children.treated"
    by = DecidedBy.AGE_OF_TREATMENT
    if gate is TreatmentGate.ALLOW and age >= INJECTABLES_MIN_AGE.value:
        return _said(policy, True, by, clause, "The person is an adult.", law)
    if gate is TreatmentGate.ALLOW_WITH_RECORD:
        reason = "A doctor has approved it, and that must be on record first."
        return _said(policy, True, by, clause, reason, law)
    if gate is TreatmentGate.BLOCK_UNTIL_AGE_VERIFIED:
        reason = "Their age has to be checked first."
        return _said(policy, False, by, clause, reason, law)
    if gate is not TreatmentGate.CLINIC_POLICY:
        reason = "Nobody under 18 may have it unless a doctor approves."
        return _said(policy, False, by, clause, reason, law)
    children = policy.document.children
    treated = children.treated if children else None
    needs = [
        sayings.ATOMS[word]
        for word in (treated.needs if treated else ())
        if not words.any_of(text, ("guardian", "parent"))
    ]
    article = "Family Law Reform Act 1969 section 8"
    by = DecidedBy.CONDITIONS_OF_CHILDREN
    if treated is None or needs:
        wanted = sayings.listed(needs) or "a rule for treating children"
        return _said(policy, False, by, clause, f"It needs {wanted}.", article)
    reason = "The clinic's own conditions are met."
    return _said(policy, True, by, clause, reason, article)


def disposal(policy: Policy, text: str) -> Decision | None:
    """Answer how long something is kept, or whether it may be erased on request."""
    ending = words.any_of(text, _ENDING)
    if not ending and not words.any_of(text, _KEEPING):
        return None
    category = words.category_in(text)
    if category is None:
        return None
    rule = next((one for one in policy.retention if category in one.covers), None)
    if ending:
        ground = policy.must_keep(record_class_of(category))
        if ground is not None:
            by, why = DecidedBy.KEPT_DESPITE_ERASURE, ground.sentence
            return _said(policy, False, by, ground.clause, why, ground.article)
        label = CATEGORIES[category].label
        reason = f"Nothing makes us keep {label} when the person asks for erasure."
        by, article = DecidedBy.ERASED_WHEN_ASKED, "UK GDPR Article 17(1)"
        return _said(policy, True, by, "rights.erasure", reason, article)
    if rule is None:
        reason = f"Nothing says how long we keep {CATEGORIES[category].label}."
        return Decision(
            Outcome.GAP,
            DecidedBy.KEEPING_NEEDS_RULE,
            "retention",
            reason,
            Source.STATED,
            policy.maker.policy,
            "UK GDPR Article 13(2)(a)",
        )
    return Decision(
        Outcome.ALLOW,
        DecidedBy.KEPT_FOR_PERIOD,
        rule.clause,
        rule.says,
        rule.source,
        policy.maker.policy,
        "UK GDPR Articles 5(1)(e) and 13(2)(a)",
    )


def _said(
    policy: Policy, allowed: bool, by: DecidedBy, clause: str, reason: str, law: str
) -> Decision:
    """Return an answer that the law gives, at the clause that speaks of it."""
    outcome = Outcome.ALLOW if allowed else Outcome.REFUSE
    version = policy.maker.policy
    return Decision(outcome, by, clause, reason, Source.LAW, version, law)
