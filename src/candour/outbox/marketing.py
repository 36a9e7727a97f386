"""Which messages are marketing, and whether one may go to somebody.

It is asked when a message is queued and again when it is sent: a yes can be taken back
in between (UK GDPR Articles 7(3) and 21(3), PECR regulation 22).
"""

from candour.consent import actions as consent
from candour.consent import queries
from candour.core.errors import Refused
from candour.people.normal import email_key
from candour.policy.compile import Policy
from candour.policy.compiled.rules import MessageRule
from candour.policy.compiled.uses import MARKETING_MESSAGES
from candour.register.permit import Permit

CHANNEL = "email"


def is_marketing(policy: Policy, rule: MessageRule) -> bool:
    """Say whether a kind rests on consent or ends with a stop: it need not arrive."""
    return rule.stopped or policy.purposes[rule.purpose].basis == "consent"


def check(*, permit: Permit, person_id: int, rule: MessageRule, address: str) -> None:
    """Raise Refused unless a kind of message may go to this person and address.

    Marketing needs a permission for its purpose by email; anything else that ends with
    a stop needs that nobody said one. What follows on what somebody asked for, such as
    the note that a stop was heard, needs neither.
    """
    if not rule.stopped and rule.kind not in MARKETING_MESSAGES:
        return
    policy = permit.policy
    purposes = policy.marketing.purposes
    needs_yes = (
        rule.purpose in purposes
        or rule.kind in MARKETING_MESSAGES
        or policy.purposes[rule.purpose].basis == "consent"
    )
    facts = permit.facts.get(person_id)
    given = facts.permissions if facts else frozenset()
    if needs_yes and (rule.purpose, CHANNEL) not in given:
        raise _refused(permit, rule, "This person has not agreed to this by email.")
    key = email_key(address)
    said_no = queries.refused_at(
        channel=CHANNEL,
        value_key=key,
        purposes=purposes | {rule.purpose},
        permit=permit,
    )
    if said_no or consent.is_suppressed(channel=CHANNEL, value_key=key):
        raise _refused(permit, rule, "This person said stop to this by email.")


def _refused(permit: Permit, rule: MessageRule, reason: str) -> Refused:
    clause = permit.policy.purposes[rule.purpose].clause
    return Refused(clause=clause, reason=reason, purpose=rule.purpose)
