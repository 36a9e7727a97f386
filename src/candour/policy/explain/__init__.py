"""Answer a question to the policy in one plain sentence, with clause and article.

A question is put in words: "may reception read names for enquiry", "may an offer be
sent by sms to a customer who said no", "may photographs be given to the gp", "how long
is an enquiry kept". What is not understood is said so, with the nearest words.
"""

from collections.abc import Iterable
from datetime import date

from candour.policy.compiled.policy import Policy
from candour.policy.decided_by import DecidedBy
from candour.policy.explain import acts
from candour.policy.explain.reads import Question, ask, understand
from candour.policy.explain.words import NotUnderstood, plain
from candour.policy.terms import Decision, Facts, Outcome, Reach, Source

__all__ = ["NotUnderstood", "Question", "answer", "ask", "sentence", "understand"]

_SAID_BY = {
    Source.STATED: "said by the clinic",
    Source.MODEL: "taken from the model",
    Source.LAW: "by law",
    Source.DECIDE: "still to be decided",
}


def answer(
    policy: Policy,
    words: Iterable[str],
    *,
    on: date,
    reach: Reach = Reach.ONE,
    facts: Facts | None = None,
) -> Decision:
    """Return the decision on a question of any kind. Raises NotUnderstood.

    `facts` of None is nobody in particular; for a message or a disclosure that is
    somebody of whom nothing is known.
    """
    said = list(words)
    text = plain(said)
    known = facts if facts is not None else Facts()
    found = (
        acts.cookie(policy, text, on)
        or acts.treatment(policy, text, on)
        or acts.disposal(policy, text)
        or acts.disclosure(policy, text, known)
        or acts.message(policy, text, known)
    )
    return found or ask(policy, understand(policy, said, reach), facts)


def sentence(decision: Decision, number: str = "") -> str:
    """Write a decision as one sentence. `number` is the printed clause, where known."""
    clause = f"clause {number}, {decision.clause}" if number else decision.clause
    parts = [clause, decision.article, _SAID_BY[decision.source]]
    first, *rest = decision.reason.rstrip(".").split(". ")
    reason = "; ".join((first, *map(_inside, rest)))
    tail = f"({'; '.join(part for part in parts if part)})."
    if decision.rule in (DecidedBy.KEPT_FOR_PERIOD, DecidedBy.KEEPING_NEEDS_RULE):
        return f"{reason} {tail}"  # how long, not whether
    yes = "Yes" if decision.outcome is Outcome.ALLOW else "No"
    return f"{yes}: {reason} {tail}"


_OPENINGS = ("To ", "If ", "We ", "It ", "This ", "What ", "No ", "Nothing ")


def _inside(text: str) -> str:
    """Write a sentence as it stands inside another. Names keep their capital."""
    return text[:1].lower() + text[1:] if text.startswith(_OPENINGS) else text
