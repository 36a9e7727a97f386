"""Answer a question to the policy in one plain sentence, with clause and article."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from candour.core.errors import Invalid
from candour.policy.compiled.policy import Policy
from candour.policy.problems import nearest
from candour.policy.terms import Decision, Facts, Outcome, Reach, Source
from candour.policy.vocabulary import Role

_SAID_BY = {
    Source.STATED: "said by the clinic",
    Source.MODEL: "taken from the model",
    Source.LAW: "by law",
    Source.DECIDE: "still to be decided",
}


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks, what for, how far."""

    role: str
    purpose: str
    reach: Reach = Reach.ONE


class NotUnderstood(Invalid):
    """The question names no role or no purpose of this policy."""

    code = "not_understood"


def understand(policy: Policy, words: Iterable[str], reach: Reach) -> Question:
    """Read a question: a role and a purpose, alone or inside a sentence.

    The purpose is the last one named, so that "may reception read enquiries for
    payment" asks about payment. Raises NotUnderstood, naming the nearest words.
    """
    text = " ".join(words).lower()
    said = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", text)
    joined = " ".join(said)
    role = _found(joined, Role, last=False)
    if role is None:
        guess = nearest(said[0] if said else "", Role)
        raise NotUnderstood(f"The question names no role. {guess}")
    rest = joined.replace(role.replace("-", " "), "", 1).replace(role, "", 1)
    purpose = _found(rest, policy.purposes, last=True)
    if purpose is None:
        guess = nearest(said[-1] if said else "", policy.purposes)
        raise NotUnderstood(f"The question names no purpose of this policy. {guess}")
    return Question(role, purpose, reach)


def _found(text: str, known: Iterable[str], *, last: bool) -> str | None:
    """Return the known name that stands first or last in a text; the longest wins."""
    hits = []
    for name in map(str, known):
        for spelling in {name, name.replace("-", " ")}:
            pattern = rf"(?<![\w-]){re.escape(spelling)}(?![\w-])"
            for match in re.finditer(pattern, text):
                hits.append((match.start(), len(spelling), name))
    if not hits:
        return None
    edge = max(hits)[0] if last else min(hits)[0]
    return max(hit for hit in hits if hit[0] == edge)[2]


def sentence(decision: Decision, number: str = "") -> str:
    """Write a decision as one sentence. `number` is the printed clause, where known."""
    answer = "Yes" if decision.outcome is Outcome.ALLOW else "No"
    clause = f"clause {number}, {decision.clause}" if number else decision.clause
    parts = [clause, decision.article, _SAID_BY[decision.source]]
    reason = decision.reason.rstrip(".").replace(". ", "; ")
    return f"{answer}: {reason} ({'; '.join(part for part in parts if part)})."


def ask(policy: Policy, question: Question, facts: Facts | None = None) -> Decision:
    """Return the decision on a question."""
    return policy.decide(question.role, question.purpose, question.reach, facts)
