"""May a message of a kind go to somebody by a channel? Asked again when it is sent.

The rules of the purpose come first (the law, then the person), with the permission
looked for in that very channel; then what the clinic says of this kind of message.
"""

from collections.abc import Mapping
from typing import Final

from candour.policy.compiled import sayings, uses
from candour.policy.compiled.rules import MessageRule
from candour.policy.conditions import (
    Any,
    Not,
    Objected,
    Permitted,
    Refused,
    Tree,
    Undo,
    every,
    undoing,
)
from candour.policy.decided_by import DecidedBy
from candour.policy.decisions import Maker, Rule, marketing_tree
from candour.policy.terms import Decision, Facts, Outcome, Source

STOPPED: Final = "UK GDPR Article 21(3); PECR regulations 22 and 23"


class Sender:
    """Answers, of one policy, whether a message may go out."""

    def __init__(self, maker: Maker, messages: Mapping[str, MessageRule]) -> None:
        self.maker = maker
        self.messages = messages
        self._made: dict[tuple[str, str], tuple[Decision, Undo[Decision]]] = {}

    def decide(self, kind: str, channel: str, facts: Facts | None = None) -> Decision:
        """Say whether a kind may go by a channel, and to this person."""
        found = self._made.get((kind, channel))
        if found is None:
            answer = self.of_kind(kind, channel)
            if not answer.allowed:
                return answer
            made = answer, undoing(self.rules(kind, channel))
            found = self._made.setdefault((kind, channel), made)
        answer, undo = found
        return answer if facts is None else undo(facts) or answer

    def of_kind(self, kind: str, channel: str) -> Decision:
        """Return the answer about the kind and the channel alone."""
        rule = self.messages.get(kind)
        said = sayings.spaced(kind)
        if rule is None:
            reason = f"The policy has no message of the kind '{said}'."
            return Decision(
                Outcome.GAP,
                DecidedBy.ONLY_MESSAGES_NAMED,
                "messages",
                reason,
                Source.STATED,
                self.maker.policy,
            )
        purpose = self.maker.purposes.get(rule.purpose)
        if purpose is None or not purpose.basis:
            reason = f"Nobody has said on what basis '{said}' is sent."
            article = "UK GDPR Article 6(1)"
            by = DecidedBy.PURPOSE_NEEDS_BASIS
            return self._refuse(by, rule.clause, reason, Source.LAW, article)
        if channel not in rule.channels:
            ways = sayings.listed(map(sayings.spaced, rule.channels), "or")
            instead = f"only by {ways}" if ways else "nor by any other"
            reason = f"'{said.capitalize()}' is not sent by {sayings.spaced(channel)}, "
            return self._refuse(
                DecidedBy.ONLY_CHANNELS_NAMED,
                f"{rule.clause}.channels",
                f"{reason}{instead}.",
                rule.source,
            )
        reason = (
            f"'{said.capitalize()}' may be sent by {sayings.spaced(channel)}: "
            f"{sayings.BASES[purpose.basis]}."
        )
        return Decision(
            Outcome.ALLOW,
            DecidedBy.MESSAGE_MAY_GO,
            rule.clause,
            reason,
            rule.source,
            self.maker.policy,
            purpose.article,
            purpose.uses,
        )

    def rules(self, kind: str, channel: str) -> list[Rule]:
        """Return what of a person stops a message, in the order it is asked."""
        rule = self.messages[kind]
        purpose = self.maker.purposes[rule.purpose]
        found = [
            self.maker.erasing(purpose),
            self.maker.restricted(purpose),
            self.maker.died(purpose),
            self.maker.objected(purpose) if rule.stopped else None,
            self._stopped(rule, channel),
            self._agreed(rule, channel),
            self.maker.conditions(purpose),
            self._conditions(rule, channel),
        ]
        return [one for one in found if one is not None]

    def _stopped(self, rule: MessageRule, channel: str) -> Rule | None:
        """Return the stop to marketing that a kind of message ends with."""
        if not rule.stopped:
            return None
        said_no: list[Tree] = []
        for purpose in sorted(self.maker.marketing.purposes):
            said_no += [Objected(purpose), Refused(purpose, channel)]
        if not said_no:
            return None
        reason = "This person said stop, and this is not sent after that."
        clause, by = f"{rule.clause}.after-stop", DecidedBy.STOP_ENDS_MESSAGES
        refusal = self._refuse(by, clause, reason, Source.LAW, STOPPED)
        return Any(tuple(said_no)), refusal

    def _agreed(self, rule: MessageRule, channel: str) -> Rule | None:
        """Return the permission a message needs, in the channel it goes by."""
        purpose = self.maker.purposes[rule.purpose]
        if not rule.stopped and rule.kind not in uses.MARKETING_MESSAGES:
            return None  # what somebody asked for, such as the link that confirms
        tree: Tree
        if purpose.name in self.maker.marketing.purposes:
            tree = marketing_tree(self.maker.marketing, purpose.name, channel)
            article = "PECR regulation 22; UK GDPR Article 6(1)(a)"
            by = DecidedBy.MARKETING_NEEDS_CONSENT
        elif purpose.basis == "consent":
            tree, article = Permitted(purpose.name, channel), purpose.article
            by = DecidedBy.CHANNEL_NEEDS_CONSENT
        else:
            return None
        what, how = sayings.spaced(purpose.name), sayings.spaced(channel)
        reason = f"This person has not agreed to {what} by {how}."
        refusal = self._refuse(by, purpose.clause, reason, Source.LAW, article)
        return Not(tree), refusal

    def _conditions(self, rule: MessageRule, channel: str) -> Rule | None:
        """Return the clinic's own conditions on a kind of message."""
        if not rule.only_if:
            return None
        needs = sayings.listed(sayings.ATOMS[word] for word in rule.only_if)
        refusal = self._refuse(
            DecidedBy.CONDITIONS_OF_MESSAGE,
            f"{rule.clause}.only-if",
            f"'{sayings.spaced(rule.kind).capitalize()}' needs {needs}.",
            rule.source,
        )
        return Not(every(rule.only_if, rule.purpose, channel)), refusal

    def _refuse(
        self,
        by: DecidedBy,
        clause: str,
        reason: str,
        source: Source,
        article: str = "",
    ) -> Decision:
        policy = self.maker.policy
        return Decision(Outcome.REFUSE, by, clause, reason, source, policy, article)
