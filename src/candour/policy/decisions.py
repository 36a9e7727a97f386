"""Compile who may do what into a table of answers made once.

The law is asked first, then the clinic, then the person; a refusal anywhere wins, and
where nothing speaks the answer is a gap, which denies. An answer is looked up, never
built: the same question gives the same object.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from candour.policy.compiled import sayings, uses
from candour.policy.compiled.rules import Marketing, Purpose
from candour.policy.conditions import (
    All,
    Any,
    Not,
    Objected,
    Permitted,
    Relation,
    Standing,
    Tree,
    Undo,
    every,
    some,
    undoing,
)
from candour.policy.decided_by import DecidedBy
from candour.policy.terms import Decision, Outcome, Reach, Source
from candour.policy.vocabulary import ALWAYS_USED, RecordClass, Role, record_class_of

Question = tuple[str, str, str]
Table = Mapping[Question, tuple[Decision, Undo[Decision] | None]]

SELF: Final = frozenset((Role.PERSON, Role.VISITOR))
"""Who act for themselves: what a person must have agreed to does not bind them."""

MOST_UNKNOWN: Final = 1024
CUSTOMERS: Final = frozenset(("patient", "customer"))
_ORDER: Final = {Reach.ONE: 0, Reach.DAY: 1, Reach.ALL: 2}
_REACHES: Final = MappingProxyType(
    {
        Reach.ONE: "one person at a time",
        Reach.DAY: "one person at a time, or a list",
        Reach.ALL: "everybody",
    }
)
_ASKED: Final = MappingProxyType(
    {
        Reach.ONE: "open one person's data",
        Reach.DAY: "open a list of people",
        Reach.ALL: "look at everybody",
    }
)


class Maker:
    """Makes the answers of one policy. `policy` is its name and version."""

    def __init__(
        self, policy: str, purposes: Mapping[str, Purpose], marketing: Marketing
    ) -> None:
        self.policy = policy
        self.purposes = purposes
        self.marketing = marketing
        self._unknown: dict[tuple[str, str], Decision] = {}

    def table(self) -> Table:
        """Return role, purpose and reach → the answer, and what may undo it."""
        made: dict[Question, tuple[Decision, Undo[Decision] | None]] = {}
        for purpose in self.purposes.values():
            classes = frozenset(map(record_class_of, purpose.uses))
            staff = undoing(self.rules(purpose))
            themselves = undoing(self.rules(purpose, themselves=True))
            for role in Role:
                undo = themselves if role in SELF else staff
                for reach in Reach:
                    answer = self._answer(role, purpose, reach, classes)
                    question = (role.value, purpose.name, reach.value)
                    made[question] = (answer, undo if answer.allowed else None)
        return made

    def unknown(self, role: str, purpose: str) -> Decision:
        """Return the answer to a question about a role or purpose there is not.

        The same object each time, for as many questions as a program can have.
        """
        found = self._unknown.get((role, purpose))
        if found is None:
            found = self._of_unknown(role, purpose)
            if len(self._unknown) < MOST_UNKNOWN:
                self._unknown[role, purpose] = found
        return found

    def _of_unknown(self, role: str, purpose: str) -> Decision:
        word = "purpose" if purpose not in self.purposes else "role"
        name = purpose if word == "purpose" else role
        reason = f"The policy has no {word} called '{name}'."
        return self._gap(DecidedBy.ONLY_KNOWN_WORDS, "purposes", reason)

    def _gap(self, rule: DecidedBy, clause: str, reason: str) -> Decision:
        return Decision(Outcome.GAP, rule, clause, reason, Source.STATED, self.policy)

    def _refuse(
        self,
        rule: DecidedBy,
        clause: str,
        reason: str,
        source: Source,
        article: str = "",
    ) -> Decision:
        return Decision(
            Outcome.REFUSE, rule, clause, reason, source, self.policy, article
        )

    def _answer(
        self,
        role: Role,
        purpose: Purpose,
        reach: Reach,
        classes: frozenset[RecordClass],
    ) -> Decision:
        who, what = sayings.ROLES[role], sayings.spaced(purpose.name)
        clause = purpose.clause
        furthest = purpose.by.get(role)
        if furthest is None:
            reason = f"Nothing lets {_inside(who)} use data for {what}."
            return self._gap(DecidedBy.ONLY_ROLES_NAMED, clause, reason)
        if purpose.anonymous and reach is not Reach.ALL:
            reason = f"For {what}, people are only counted, never looked at one by one."
            return self._refuse(DecidedBy.ONLY_COUNTED, clause, reason, purpose.source)
        if _ORDER[reach] > _ORDER[furthest]:
            reason = (
                f"{who} may not {_ASKED[reach]} for {what}, only {_REACHES[furthest]}."
            )
            return self._refuse(
                DecidedBy.NO_FURTHER_THAN_NEEDED,
                clause,
                reason,
                purpose.source,
                "UK GDPR Article 5(1)(c)",
            )
        if not purpose.basis:
            reason = f"Nobody has said on what basis data is used for {what}."
            article, rule = "UK GDPR Article 6(1)", DecidedBy.PURPOSE_NEEDS_BASIS
            return self._refuse(rule, clause, reason, Source.LAW, article)
        if purpose.withheld and not purpose.uses - purpose.withheld - _ALWAYS:
            reason = f"{_NINE} for {what}."
            article, rule = "UK GDPR Article 9(1)", DecidedBy.HEALTH_NEEDS_CONDITION
            return self._refuse(rule, clause, reason, Source.LAW, article)
        return self._allow(who, what, purpose, classes)

    def _allow(
        self, who: str, what: str, purpose: Purpose, classes: frozenset[RecordClass]
    ) -> Decision:
        reason = f"{who} may use data for {what}: {sayings.BASES[purpose.basis]}."
        if purpose.withheld:
            reason += f" What needs more protection is left out. {_NINE}."
        article = purpose.article
        if purpose.condition_article:
            article = f"{article}; {purpose.condition_article}"
        return Decision(
            Outcome.ALLOW,
            DecidedBy.ROLE_MAY_USE,
            purpose.clause,
            reason,
            purpose.source,
            self.policy,
            article,
            purpose.uses,
            classes,
        )

    def rules(self, purpose: Purpose, *, themselves: bool = False) -> "list[Rule]":
        """Return what of a person undoes an answer, the law's reasons first.

        Who acts for themselves is held up only while they are being erased.
        """
        found = [self.erasing(purpose)]
        if not themselves:
            found += [
                self.restricted(purpose),
                self.died(purpose),
                self.objected(purpose),
                self._agreed(purpose),
                self.conditions(purpose),
            ]
        return [rule for rule in found if rule is not None]

    def erasing(self, purpose: Purpose) -> "Rule | None":
        """Return that an erasure under way ends a use (Article 17(1))."""
        if uses.despite_erasure(purpose):
            return None
        reason = "This person's data is being erased, so it is no longer used."
        article, rule = "UK GDPR Article 17(1)", DecidedBy.ERASURE_ENDS_USE
        refusal = self._refuse(rule, "rights.erasure", reason, Source.LAW, article)
        return Standing("locked"), refusal

    def restricted(self, purpose: Purpose) -> "Rule | None":
        """Return that a restriction ends a use (Article 18(2))."""
        if uses.despite_restriction(purpose):
            return None
        reason = (
            "Use of this person's data is restricted: it may be stored, and used for "
            "legal claims, to protect a life, or for their own rights."
        )
        article, rule = "UK GDPR Article 18(2)", DecidedBy.RESTRICTION_ENDS_USE
        refusal = self._refuse(rule, "rights.restriction", reason, Source.LAW, article)
        return Standing("restricted"), refusal

    def died(self, purpose: Purpose) -> "Rule | None":
        """Return that what rested on somebody's consent ended with them."""
        if purpose.basis != "consent" and purpose.name not in self.marketing.purposes:
            return None
        reason = "This person has died, and what they agreed to ended with them."
        article, rule = "UK GDPR Article 4(1)", DecidedBy.DEATH_ENDS_CONSENT
        refusal = self._refuse(rule, purpose.clause, reason, Source.LAW, article)
        return Standing("died"), refusal

    def objected(self, purpose: Purpose) -> "Rule | None":
        """Return that an objection ends a use (Article 21)."""
        if purpose.name in self.marketing.purposes:
            reason = "This person said no to marketing, and that ends it at once."
            article = "UK GDPR Article 21(3)"
            rule = DecidedBy.OBJECTION_ENDS_MARKETING
        elif purpose.basis in ("legitimate-interests", "public-task"):
            reason = "This person objected to this use, and nothing outweighs that."
            article = "UK GDPR Article 21(1)"
            rule = DecidedBy.OBJECTION_ENDS_USE
        else:
            return None
        refusal = self._refuse(rule, "rights.objection", reason, Source.LAW, article)
        return Objected(purpose.name), refusal

    def _agreed(self, purpose: Purpose) -> "Rule | None":
        """Return what a person must have agreed to before this use."""
        if purpose.name in self.marketing.purposes:
            return self._marketing(purpose)
        if purpose.basis == "consent":
            article = purpose.article
        elif purpose.condition == "explicit-consent":
            article = purpose.condition_article
        else:
            return None
        what = sayings.spaced(purpose.name)
        reason = f"This person has not agreed to the use of their data for {what}."
        rule = DecidedBy.USE_NEEDS_CONSENT
        refusal = self._refuse(rule, purpose.clause, reason, Source.LAW, article)
        return Not(Permitted(purpose.name)), refusal

    def _marketing(self, purpose: Purpose) -> "Rule":
        """Return the permission that marketing needs."""
        tree = marketing_tree(self.marketing, purpose.name)
        reason = "This person has not agreed to marketing."
        article = "PECR regulation 22; UK GDPR Article 6(1)(a)"
        rule = DecidedBy.MARKETING_NEEDS_CONSENT
        refusal = self._refuse(rule, purpose.clause, reason, Source.LAW, article)
        return Not(tree), refusal

    def conditions(self, purpose: Purpose) -> "Rule | None":
        """Return the clinic's own conditions on a use."""
        needs = [sayings.ATOMS[word] for word in purpose.only_if]
        parts = [every(purpose.only_if, purpose.name)] if needs else []
        if purpose.any_of:
            parts.append(some(purpose.any_of, purpose.name))
            either = [sayings.ATOMS[word] for word in purpose.any_of]
            needs.append(sayings.listed(either, "or"))
        if not parts:
            return None
        what = sayings.spaced(purpose.name)
        reason = f"Use for {what} needs {sayings.listed(needs)}."
        refusal = self._refuse(
            DecidedBy.CONDITIONS_OF_USE, purpose.clause, reason, purpose.source
        )
        return Not(All(tuple(parts))), refusal


def marketing_tree(
    marketing: Marketing, purpose: str, channel: str | None = None
) -> Tree:
    """Return when marketing may reach somebody: customers and others apart."""
    if marketing.customer == marketing.other:
        ways = some(marketing.other.any_of, purpose, channel)
        return All((ways, every(marketing.other.only_if, purpose, channel)))
    branches = []
    for stated, who in (
        (marketing.customer, Relation(CUSTOMERS)),
        (marketing.other, Not(Relation(CUSTOMERS))),
    ):
        ways = some(stated.any_of, purpose, channel)
        branches.append(All((who, ways, every(stated.only_if, purpose, channel))))
    return Any(tuple(branches))


Rule = tuple[Tree, Decision]
_NINE: Final = "No condition of Article 9 is stated for data on health and the like"
_ALWAYS: Final = frozenset(ALWAYS_USED)


def _inside(who: str) -> str:
    """Write a role inside a sentence."""
    return who[:1].lower() + who[1:]
