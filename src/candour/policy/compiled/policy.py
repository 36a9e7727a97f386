"""The compiled policy: immutable, and all that the rest of the system asks of it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from candour.core.errors import Invalid
from candour.policy.compiled.clinic import at_the_clinic
from candour.policy.compiled.rules import (
    Brand,
    Collected,
    Contact,
    Controller,
    Departure,
    Fact,
    Form,
    Ground,
    Marketing,
    MessageRule,
    OpenDecision,
    Purpose,
    Recipient,
    RetentionRule,
    RightRule,
    Scope,
    Site,
)
from candour.policy.decisions import SELF, Maker, Table
from candour.policy.language import Document
from candour.policy.predicates import Act, Sieve, sieve
from candour.policy.sending import Sender
from candour.policy.terms import Decision, Facts, Reach
from candour.policy.vocabulary import RecordClass


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One version of one clinic's policy, ready to be asked.

    Two policies compiled from the same sources are equal. Nothing here changes, so one
    may be shared between threads.
    """

    name: str
    version: str
    effective: date
    language: str
    hash: str
    sources: Mapping[str, str]
    document: Document
    facts: Mapping[str, Fact]

    clinic: str
    region: str
    regulators: tuple[str, ...]
    invented: bool
    brands: tuple[Brand, ...]
    sites: tuple[Site, ...]
    controllers: tuple[Controller, ...]
    contacts: tuple[Contact, ...]

    collected: Mapping[str, Collected]
    collected_from: frozenset[str]
    forms: Mapping[str, Form]
    purposes: Mapping[str, Purpose]
    roles: frozenset[str]
    despite_restriction: frozenset[str]
    messages: Mapping[str, MessageRule]
    marketing: Marketing
    recipients: tuple[Recipient, ...]
    retention: tuple[RetentionRule, ...]
    rights: Mapping[str, RightRule]
    grounds: Mapping[RecordClass, Ground]
    open_decisions: tuple[OpenDecision, ...]
    departures: tuple[Departure, ...]

    maker: Maker = field(repr=False, compare=False)
    sender: Sender = field(repr=False, compare=False)
    table: Table = field(repr=False, compare=False)
    retained: Mapping[RecordClass, RetentionRule] = field(repr=False)

    def decide(
        self,
        role: str,
        purpose: str,
        reach: Reach = Reach.ONE,
        facts: Facts | None = None,
    ) -> Decision:
        """Say whether a role may use data for a purpose, and about this person.

        Without `facts` the answer is about the role alone. It is a table look-up:
        about a microsecond, and the same object each time.
        """
        found = self.table.get((role, purpose, reach))
        if found is None:
            return self.maker.unknown(role, purpose)
        decision, undo = found
        if facts is None or undo is None:
            return decision
        return undo(facts) or decision

    def may_send(self, kind: str, channel: str, facts: Facts | None = None) -> Decision:
        """Say whether a kind of message may go by a channel, and to this person."""
        return self.sender.decide(kind, channel, facts)

    def readers(self, role: str, purpose: str, reach: Reach, act: Act) -> Sieve:
        """Return, as SQL, the people of whom `decide` allows, and why not the others.

        It and `decide` are compiled from the same trees, and a test keeps them equal.
        """
        rule = self.purposes.get(purpose)
        themselves = role in SELF
        rules = self.maker.rules(rule, themselves=themselves) if rule else []
        answer = self.decide(role, purpose, reach)
        return sieve(answer, rules, act, self.fingerprint)

    def audience(self, kind: str, channel: str, act: Act) -> Sieve:
        """Return, as SQL, the people to whom `may_send` allows a kind of message."""
        answer = self.sender.decide(kind, channel)
        rules = self.sender.rules(kind, channel) if answer.allowed else []
        return sieve(answer, rules, act, self.fingerprint)

    def form(self, name: str) -> Form:
        """Return a form by name. Raises KeyError where the policy has none such."""
        return self.forms[name]

    def message(self, kind: str) -> MessageRule:
        """Return the rule of a kind of message. Raises Invalid for one not stated."""
        rule = self.messages.get(kind)
        if rule is None:
            raise Invalid(f"The policy has no message of the kind '{kind}'.")
        return rule

    @property
    def reply_channels(self) -> tuple[str, ...]:
        """Return the channels by which an enquiry may be answered."""
        rule = self.messages.get("enquiry-reply")
        return rule.channels if rule is not None else ()

    def right(self, kind: str) -> RightRule:
        """Return a right by name. Every right is there, by law if not by the clinic."""
        return self.rights[kind]

    def retention_of(self, record_class: RecordClass) -> RetentionRule | None:
        """Return how long a class of record is kept, or None where nothing says."""
        return self.retained.get(record_class)

    def must_keep(self, record_class: RecordClass) -> Ground | None:
        """Return why a class of record survives an erasure, or None: it goes."""
        return self.grounds.get(record_class)

    def brand_for(self, host: str) -> Brand:
        """Return the brand of a host name, with or without port. Else the first."""
        wanted = host.partition(":")[0].lower().rstrip(".")
        for brand in self.brands:
            if wanted in brand.hosts:
                return brand
        return self.brands[0]

    def contact_for(self, subject: str) -> Contact:
        """Return whom to write to about `rights`, `complaints` and so on.

        Where nobody named for it can be reached, another contact who can; where the
        notice gives no contact at all, the clinic itself, by the post and phone of its
        site. Even that may be empty: the linter stops such a policy from publishing.
        """
        named = (one for one in self.contacts if subject in one.about)
        found = next(named, self.contacts[0])
        if found.ways:
            return found
        reached = (one for one in self.contacts if one.ways)
        return next(reached, None) or at_the_clinic(self.document)

    def scope(self, purpose: str) -> Scope:
        """Return what a permission for a purpose is given for, to compare later."""
        rule = self.purposes[purpose]
        marketing = purpose in self.marketing.purposes
        return Scope(
            purpose=purpose,
            categories=rule.uses,
            recipients=frozenset(rule.recipients),
            channels=frozenset(self.marketing.channels if marketing else ()),
            topics=frozenset(self.marketing.topics if marketing else ()),
        )

    def fingerprint(self, purpose: str) -> str:
        """Return 64 hexadecimal digits that change when a purpose's scope does.

        A purpose the policy does not have gives a fingerprint of its name alone.
        """
        parts: dict[str, list[str]] = {"purpose": [purpose]}
        if purpose in self.purposes:
            scope = self.scope(purpose)
            for part in ("categories", "recipients", "channels", "topics"):
                parts[part] = sorted(getattr(scope, part))
        written = json.dumps(parts, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()

    def value(self, key: str) -> Fact | None:
        """Return one value with where it comes from, or None for no such key."""
        return self.facts.get(key)

    def under(self, key: str) -> tuple[Fact, ...]:
        """Return every value at a key or below it, in the order of the file."""
        inside = (f"{key}.", f"{key}[")
        return tuple(
            fact
            for fact in self.facts.values()
            if not key or fact.key == key or fact.key.startswith(inside)
        )

    def __hash__(self) -> int:
        return hash(self.hash)
