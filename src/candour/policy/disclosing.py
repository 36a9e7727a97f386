"""May data be given to somebody? Only to whom the policy names, and what it names.

Anybody else gets nothing, unless one of the clinic's exceptions holds for the act.
"""

from collections.abc import Iterable

from candour.policy.compiled import sayings
from candour.policy.compiled.policy import Policy
from candour.policy.compiled.rules import Recipient
from candour.policy.decided_by import DecidedBy
from candour.policy.terms import Decision, Facts, Outcome, Source
from candour.policy.vocabulary import CATEGORIES, expand

LAW = "UK GDPR Articles 5(1)(b) and 13(1)(e)"
NOBODY = Facts()


def decide(
    policy: Policy,
    recipient: str,
    categories: Iterable[str] = (),
    facts: Facts = NOBODY,
) -> Decision:
    """Say whether a recipient may be given these categories of one person's data."""
    found = next((one for one in policy.recipients if one.slug == recipient), None)
    if facts.locked:
        reason = "This person's data is being erased, so it is given to nobody."
        article, rule = "UK GDPR Article 17(1)", DecidedBy.ERASURE_ENDS_USE
        return _refuse(policy, rule, "rights.erasure", reason, article)
    if facts.restricted and "required-by-law" not in facts.holds:
        reason = "Use of this person's data is restricted."
        article, rule = "UK GDPR Article 18(2)", DecidedBy.RESTRICTION_ENDS_USE
        return _refuse(policy, rule, "rights.restriction", reason, article)
    if found is None:
        return _stranger(policy, recipient, facts)
    if not found.active:
        reason = f"Nothing goes there. {found.why_not}"
        article, rule = "UK GDPR Article 13(1)(f)", DecidedBy.RECIPIENT_WAITS
        return _refuse(policy, rule, found.clause, reason, article)
    needs = [word for word in (*found.only_if, *found.needs) if word not in facts.holds]
    if needs:
        wanted = sayings.listed(sayings.ATOMS[word] for word in needs)
        reason = f"It needs {wanted}."
        rule = DecidedBy.CONDITIONS_OF_RECIPIENT
        return _refuse(policy, rule, f"{found.clause}.only-if", reason, LAW)
    return _what(policy, found, tuple(categories))


def _what(policy: Policy, found: Recipient, categories: tuple[str, ...]) -> Decision:
    name = found.name or sayings.spaced(found.slug)
    extra = [
        category
        for category in categories
        if not found.declared and not expand((category,)) <= found.gets
    ]
    if extra:
        labels = sayings.listed(CATEGORIES[word].label for word in extra)
        reason = f"{labels.capitalize()} may not be given to {name}."
        clause, rule = f"{found.clause}.gets", DecidedBy.ONLY_WHAT_RECIPIENT_GETS
        return _refuse(policy, rule, clause, reason, "UK GDPR Article 5(1)(c)")
    purposes = sayings.listed(map(sayings.spaced, found.purposes)) or "its work for us"
    reason = f"It goes to {name} for {purposes}."
    return _allow(policy, DecidedBy.RECIPIENT_MAY_HAVE, found.clause, reason)


def _stranger(policy: Policy, recipient: str, facts: Facts) -> Decision:
    """Answer for somebody who is not on the list: refuse, unless."""
    disclosures = policy.document.disclosures
    unless = disclosures.unless if disclosures else ()
    holds = [word for word in unless if word in facts.holds]
    if holds:
        reason = f"There is {sayings.ATOMS[holds[0]]}."
        return _allow(policy, DecidedBy.EXCEPTION_HOLDS, "disclosures.unless", reason)
    others = [sayings.ATOMS[word] for word in unless if word != "listed-recipient"]
    name = "HMRC" if recipient == "hmrc" else sayings.spaced(recipient)
    reason = f"{name[:1].upper()}{name[1:]} is not among those who may get data."
    if others:
        reason += f" It would take {sayings.listed(others, 'or')}."
    rule = DecidedBy.ONLY_RECIPIENTS_NAMED
    return _refuse(policy, rule, "disclosures.otherwise", reason, LAW)


def _allow(policy: Policy, rule: DecidedBy, clause: str, reason: str) -> Decision:
    version, article = policy.maker.policy, "UK GDPR Article 6(1)"
    return Decision(
        Outcome.ALLOW, rule, clause, reason, Source.STATED, version, article
    )


def _refuse(
    policy: Policy, rule: DecidedBy, clause: str, reason: str, article: str
) -> Decision:
    version = policy.maker.policy
    return Decision(
        Outcome.REFUSE, rule, clause, reason, Source.STATED, version, article
    )
