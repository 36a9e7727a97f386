"""May data be given to somebody? Only to whom the policy names, and what it names.

Anybody else gets nothing, unless one of the clinic's exceptions holds for the act.
"""

from collections.abc import Iterable

from candour.policy.compiled import sayings
from candour.policy.compiled.policy import Policy
from candour.policy.compiled.rules import Recipient
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
        return _answer(policy, False, "rights.erasure", reason, "UK GDPR Article 17(1)")
    if facts.restricted and "required-by-law" not in facts.holds:
        reason = "Use of this person's data is restricted."
        return _answer(
            policy, False, "rights.restriction", reason, "UK GDPR Article 18(2)"
        )
    if found is None:
        return _stranger(policy, recipient, facts)
    if not found.active:
        reason = f"Nothing goes there. {found.why_not}"
        return _answer(policy, False, found.clause, reason, "UK GDPR Article 13(1)(f)")
    needs = [word for word in (*found.only_if, *found.needs) if word not in facts.holds]
    if needs:
        wanted = sayings.listed(sayings.ATOMS[word] for word in needs)
        reason = f"It needs {wanted}."
        return _answer(policy, False, f"{found.clause}.only-if", reason, LAW)
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
        clause = f"{found.clause}.gets"
        return _answer(policy, False, clause, reason, "UK GDPR Article 5(1)(c)")
    purposes = sayings.listed(map(sayings.spaced, found.purposes)) or "its work for us"
    reason = f"It goes to {name} for {purposes}."
    return _answer(policy, True, found.clause, reason, "UK GDPR Article 6(1)")


def _stranger(policy: Policy, recipient: str, facts: Facts) -> Decision:
    """Answer for somebody who is not on the list: refuse, unless."""
    disclosures = policy.document.disclosures
    unless = disclosures.unless if disclosures else ()
    holds = [word for word in unless if word in facts.holds]
    if holds:
        reason = f"There is {sayings.ATOMS[holds[0]]}."
        return _answer(
            policy, True, "disclosures.unless", reason, "UK GDPR Article 6(1)"
        )
    others = [sayings.ATOMS[word] for word in unless if word != "listed-recipient"]
    reason = f"{sayings.spaced(recipient).capitalize()} is not among the recipients."
    if others:
        reason += f" It would take {sayings.listed(others, 'or')}."
    return _answer(policy, False, "disclosures.otherwise", reason, LAW)


def _answer(
    policy: Policy, allowed: bool, clause: str, reason: str, article: str
) -> Decision:
    outcome = Outcome.ALLOW if allowed else Outcome.REFUSE
    return Decision(
        outcome, clause, reason, Source.STATED, policy.maker.policy, article
    )
