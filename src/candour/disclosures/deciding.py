"""May this go to them? The policy decides; the register of recipients can only narrow.

Every refusal names its clause. It is asked when a letter is previewed, and again in
the transaction in which it leaves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from candour.core.clock import local_date
from candour.core.errors import Refused
from candour.disclosures.fields import Field
from candour.disclosures.models import GROUNDS
from candour.policy import disclosing
from candour.policy.terms import Decision, Facts
from candour.policy.vocabulary import expand
from candour.recipients.actions import is_over, rule_of
from candour.recipients.models import HOME, Recipient
from candour.register.permit import Permit

OTHERWISE = "disclosures.otherwise"
TELL = "disclosures.tell-person"


@dataclass(frozen=True, slots=True)
class Ground:
    """Why data may go: the policy's word, and what that rests on."""

    word: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One thing that may not go, and why: the clause and a sentence."""

    field: Field
    clause: str
    why: str


def may_go(
    to: Recipient,
    categories: Sequence[str],
    ground: Ground,
    *,
    person_id: int,
    permit: Permit,
) -> Decision:
    """Return the decision that lets these categories of one person go to a recipient.

    Raises Refused, with the clause, for somebody the policy does not know or does not
    let have them, who is not active, whose contract has run out, who is abroad without
    a safeguard, or for whom this purpose is none of theirs.
    """
    rule = rule_of(permit.policy, to.slug)
    clause = rule.clause if rule else OTHERWISE
    if not to.active:
        raise refused(permit, clause, f"{to.name} is not active on our register.")
    if is_over(to, local_date(permit.at)):
        raise refused(permit, clause, f"Our contract with {to.name} has run out.")
    if to.country != HOME and not to.safeguard:
        raise refused(
            permit,
            f"{clause}.safeguard" if rule else clause,
            f"{to.name} is outside the United Kingdom, and no safeguard is on record"
            " (UK GDPR Article 46).",
        )
    facts = _facts(person_id, ground, permit)
    decision = disclosing.decide(permit.policy, to.slug, categories, facts)
    if not decision.allowed:
        raise refused(permit, decision.clause, decision.reason)
    if rule and not _for_this(rule.purposes, ground, permit):
        ends = ", ".join(one.replace("-", " ") for one in rule.purposes)
        raise refused(
            permit,
            f"{rule.clause}.for",
            f"The notice lets data go to {to.name} for {ends}, which this is not. It"
            " would take their own yes, or the law.",
        )
    extra = [one for one in categories if not _declared(to, one)]
    if extra:
        raise refused(
            permit, f"{clause}.gets", f"{to.name} said that they do not need this."
        )
    return decision


def sorted_out(
    to: Recipient,
    fields: Sequence[Field],
    ground: Ground,
    *,
    person_id: int,
    permit: Permit,
) -> tuple[list[Field], list[LeftOut], Refused | None]:
    """Return what could go, what could not and why, and why nothing could if so."""
    try:
        may_go(to, (), ground, person_id=person_id, permit=permit)
    except Refused as refused:
        return [], [], refused
    able, left = [], []
    for field in fields:
        if field.withheld:
            why = "Your role does not see this for this purpose."
            left.append(LeftOut(field, permit.decision.clause, why))
            continue
        try:
            may_go(to, (field.category,), ground, person_id=person_id, permit=permit)
        except Refused as refused:
            left.append(LeftOut(field, refused.clause, refused.reason))
        else:
            able.append(field)
    return able, left, None


def grounds(
    to: Recipient, *, person_id: int, permit: Permit
) -> tuple[list[str], Refused | None]:
    """Return the grounds on which something could go there; if on none, why not."""
    able, why = [], None
    for word in GROUNDS:
        try:
            ground = Ground(word, "to be said")
            may_go(to, (), ground, person_id=person_id, permit=permit)
        except Refused as refused:
            why = why or refused
        else:
            able.append(word)
    return able, None if able else why


def must_be_told(permit: Permit) -> bool:
    """Say whether the notice promises that the person is told of each disclosure."""
    rule = permit.policy.document.disclosures
    return bool(rule and rule.tell_person == "always")


def _facts(person_id: int, ground: Ground, permit: Permit) -> Facts:
    facts = permit.facts[person_id]
    if ground.word == "listed-recipient" or not ground.says.strip():
        return facts  # a ground that nobody can name is none
    return replace(facts, holds=facts.holds | {ground.word})


def _for_this(purposes: Sequence[str], ground: Ground, permit: Permit) -> bool:
    """Say whether data may go for the purpose it was opened for (Article 5(1)(b))."""
    rule = permit.policy.document.disclosures
    unless = rule.unless if rule else ()
    return permit.purpose in purposes or (
        ground.word != "listed-recipient"
        and ground.word in unless
        and bool(ground.says.strip())
    )


def _declared(to: Recipient, category: str) -> bool:
    return not to.fields or expand((category,)) <= expand(tuple(to.fields))


def refused(permit: Permit, clause: str, reason: str) -> Refused:
    """Return a refusal of this permit's act, to be raised."""
    return Refused(clause=clause, reason=reason, purpose=permit.purpose)
