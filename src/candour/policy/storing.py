"""May something be stored on a person's device? PECR regulation 6 and the clinic.

A use that the policy does not name is refused: no tag loads because somebody forgot it.
"""

from dataclasses import dataclass
from datetime import date

from candour.law.cookies import Choice, DeviceUse, Storage, may_store
from candour.policy.compiled import sayings
from candour.policy.compiled.policy import Policy
from candour.policy.decided_by import DecidedBy
from candour.policy.language.conduct import CookieUse
from candour.policy.terms import Decision, Outcome, Source

LAW = "PECR regulation 6"


@dataclass(frozen=True, slots=True)
class Visitor:
    """What a visitor chose: the uses accepted, and whether they chose at all."""

    accepted: frozenset[str] = frozenset()
    chose: bool = False
    objected: bool = False


NOT_ASKED = Visitor()


def decide(
    policy: Policy, use: str, visitor: Visitor = NOT_ASKED, on: date | None = None
) -> Decision:
    """Say whether a use of cookies may go on. `on` None is today's law."""
    cookies = policy.document.cookies
    entry = cookies.uses.get(use) if cookies else None
    said = sayings.spaced(use)
    if entry is None:
        reason = f"The policy has no cookies for '{said}', so none may be set."
        return Decision(
            Outcome.GAP,
            DecidedBy.ONLY_COOKIES_NAMED,
            "cookies.uses",
            reason,
            Source.STATED,
            policy.maker.policy,
            LAW,
        )
    clause = f"cookies.uses.{use}"
    waiting = _inactive(policy, entry)
    if waiting:
        rule = DecidedBy.RECIPIENT_WAITS
        return _no(policy, rule, f"{clause}.providers", waiting, LAW)
    if entry.needs == "nothing":
        reason = "The site does not work without these cookies."
        return _yes(policy, DecidedBy.STRICTLY_NECESSARY, clause, reason, LAW)
    if entry.needs == "objection" and entry.exception is not None:
        return _by_objection(policy, clause, entry, visitor, on)
    if use in visitor.accepted:
        reason = f"The visitor agreed to cookies for '{said}'."
        return _yes(policy, DecidedBy.COOKIE_NEEDS_CONSENT, clause, reason, LAW)
    reason = (
        f"The visitor refused cookies for '{said}'."
        if visitor.chose
        else f"Cookies for '{said}' wait for the visitor's choice."
    )
    rule = DecidedBy.COOKIE_NEEDS_CONSENT
    return _no(policy, rule, f"{clause}.needs", reason, LAW)


def _by_objection(
    policy: Policy,
    clause: str,
    entry: CookieUse,
    visitor: Visitor,
    on: date | None,
) -> Decision:
    kinds = {
        "statistical": DeviceUse.STATISTICS,
        "appearance": DeviceUse.APPEARANCE,
        "emergency": DeviceUse.EMERGENCY,
    }
    storage = Storage(
        use=kinds.get(entry.exception or "", DeviceUse.OTHER),
        own=entry.party == "first",
        told=True,
        easy_objection=True,
        objected=visitor.objected,
    )
    choice = Choice(decided=visitor.chose)
    verdict = may_store(storage, choice, on=on)
    law, rule = "PECR regulation 6 and Schedule A1", DecidedBy.SET_UNTIL_OBJECTION
    if verdict.allowed:
        reason = "The law lets this be set without asking, until the visitor objects."
        return _yes(policy, rule, f"{clause}.exception", reason, law)
    reasons = {
        "objected": "The visitor objected.",
        "exception_not_in_force": "The exception it rests on is not in force yet.",
    }
    reason = reasons.get(verdict.reason, "No exception of the law covers it.")
    return _no(policy, rule, f"{clause}.exception", reason, law)


def _inactive(policy: Policy, entry: CookieUse) -> str:
    """Return why a provider gets nothing yet, or the empty text."""
    for recipient in policy.recipients:
        if recipient.slug in entry.providers and not recipient.active:
            name = recipient.name or sayings.spaced(recipient.slug)
            return f"Nothing goes to {name} yet. {recipient.why_not}"
    return ""


def _yes(
    policy: Policy, rule: DecidedBy, clause: str, reason: str, law: str
) -> Decision:
    version = policy.maker.policy
    return Decision(Outcome.ALLOW, rule, clause, reason, Source.STATED, version, law)


def _no(
    policy: Policy, rule: DecidedBy, clause: str, reason: str, law: str
) -> Decision:
    version = policy.maker.policy
    return Decision(Outcome.REFUSE, rule, clause, reason, Source.STATED, version, law)
