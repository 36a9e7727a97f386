"""May this role use data for that purpose?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from candour.policy.compiled.policy import Policy
from candour.policy.explain.words import NotUnderstood, found
from candour.policy.problems import nearest
from candour.policy.terms import Decision, Facts, Reach
from candour.policy.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks, what for, how far."""

    role: str
    purpose: str
    reach: Reach = Reach.ONE


def understand(policy: Policy, words: Iterable[str], reach: Reach) -> Question:
    """Read a question: a role and a purpose, alone or inside a sentence.

    The purpose is the last one named, so that "may reception read enquiries for
    payment" asks about payment. Raises NotUnderstood, naming the nearest words.
    """
    text = " ".join(words).lower()
    said = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", text)
    joined = " ".join(said)
    role = found(joined, Role, last=False)
    if role is None:
        guess = nearest(said[0] if said else "", Role)
        raise NotUnderstood(f"The question names no role. {guess}")
    rest = joined.replace(role.replace("-", " "), "", 1).replace(role, "", 1)
    purpose = found(rest, policy.purposes, last=True)
    if purpose is None:
        guess = nearest(said[-1] if said else "", policy.purposes)
        raise NotUnderstood(f"The question names no purpose of this policy. {guess}")
    return Question(role, purpose, reach)


def ask(policy: Policy, question: Question, facts: Facts | None = None) -> Decision:
    """Return the decision on a question."""
    return policy.decide(question.role, question.purpose, question.reach, facts)
