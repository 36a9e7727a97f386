"""The record of processing that UK GDPR Article 30(1) asks for, one entry a purpose."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from candour.policy.compile import Policy
from candour.policy.compiled import sayings
from candour.policy.compiled.rules import Controller, Purpose, Recipient
from candour.policy.language import clinic
from candour.policy.language.slots import EVERYTHING
from candour.policy.language.website import Reviewed
from candour.policy.render import number_of
from candour.policy.render.guarding import measures
from candour.policy.render.words.keeping import RULES
from candour.policy.render.words.others import COUNTRIES, KINDS, NAMES
from candour.policy.render.words.plain import (
    capital,
    day,
    in_full,
    listed,
    sentence,
    unique,
)
from candour.policy.render.words.purposes import purpose_words
from candour.policy.render.words.record import (
    BASES,
    CONDITIONS,
    PEOPLE,
    ROLES,
    SAFEGUARDS,
)
from candour.policy.vocabulary import ALWAYS_USED, CATEGORIES, expand
from candour.policy.vocabulary.registers import REGISTERS

ALL_DATA = "all that is held about a person"
NO_OFFICER = "none is named"
NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Answerable:
    """A controller, how to reach it, and who its data protection officer is.

    `registers` are its other numbers, and when the fee to the ICO is due again.
    """

    name: str
    address: str
    company: str
    ico: str
    registers: tuple[str, ...]
    contact: tuple[str, ...]
    officer: str


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody data goes to, where, and under what safeguard (Article 30(1)(d), (e)).

    `waits` says why nothing goes there today, or is empty; `reviewed` who last looked
    at how it guards data, and when.
    """

    key: str
    name: str
    part: str
    country: str
    safeguard: str
    waits: str
    reviewed: str

    @property
    def said(self) -> str:
        """Return the receiver in one line."""
        facts = [self.part or "part not stated"]
        facts.append(f"country: {self.country}")
        if self.safeguard:
            facts.append(f"safeguard: {self.safeguard}")
        if self.reviewed:
            facts.append(f"reviewed: {self.reviewed}")
        said = f"{self.name} ({'; '.join(facts)})"
        return f"{said}. Nothing goes there today. {self.waits}" if self.waits else said


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit for erasure (Article 30(1)(f)), as the notice tells people."""

    key: str
    what: str
    says: str
    keep: str
    undecided: str

    @property
    def said(self) -> str:
        """Return the limit in one line."""
        open_ = f" To be decided: {self.undecided}." if self.undecided else ""
        return f"{self.what}: {self.says}{open_}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One purpose, with all that Article 30(1) asks of it."""

    key: str
    number: str
    purpose: str
    basis: str
    basis_law: tuple[str, ...]
    assessment: str
    assessed: str
    condition: str
    condition_law: str
    people: tuple[str, ...]
    data: tuple[str, ...]
    special: tuple[str, ...]
    recipients: tuple[Receiver, ...]
    limits: tuple[Limit, ...]
    unlimited: tuple[str, ...]
    undecided: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record. `others` get data for no one purpose alone."""

    clinic: str
    version: str
    effective: date
    hash: str
    controllers: tuple[Answerable, ...]
    entries: tuple[Entry, ...]
    others: tuple[Receiver, ...]
    security: tuple[str, ...]
    undecided: int


@lru_cache(maxsize=16)
def record(policy: Policy) -> Record:
    """Return the record of processing of a policy (UK GDPR Article 30(1))."""
    return Record(
        clinic=policy.clinic,
        version=policy.version,
        effective=policy.effective,
        hash=policy.hash,
        controllers=tuple(_answerable(policy, one) for one in policy.controllers),
        entries=tuple(_entry(policy, one) for one in policy.purposes.values()),
        others=tuple(
            _receiver(policy, one) for one in policy.recipients if not one.purposes
        ),
        security=measures(policy),
        undecided=len(policy.open_decisions),
    )


def _answerable(policy: Policy, one: Controller) -> Answerable:
    ways = {contact.slug: contact for contact in policy.contacts}
    stated = policy.document.controllers[one.slug]
    officer = ways.get(stated.dpo or "")
    named = ways.get(one.contact)
    contact = named if named and named.ways else policy.contact_for("rights")
    return Answerable(
        name=one.name,
        address=one.address or NOT_STATED,
        company=one.company or NOT_STATED,
        ico=one.ico or NOT_STATED,
        registers=tuple(_registers(stated)),
        contact=contact.ways or (NOT_STATED,),
        officer=_officer(officer.emails, officer.post) if officer else NO_OFFICER,
    )


def _registers(stated: clinic.Controller) -> Iterable[str]:
    if stated.registrations:
        for name, number in stated.registrations.given().items():
            yield f"{REGISTERS[name].body} {number}"
    if stated.ico_renews:
        yield f"fee to the ICO due by {day(stated.ico_renews)}"


def _officer(emails: tuple[str, ...], post: str) -> str:
    """Return how the officer is reached: the role has an address, never a name."""
    ways = [*emails, post]
    return listed(way for way in ways if way) or "named, with no address yet"


def _entry(policy: Policy, one: Purpose) -> Entry:
    data = _data(one)
    limits = tuple(_limits(policy, one))
    return Entry(
        key=one.clause,
        number=number_of(policy, one.clause),
        purpose=purpose_words(one.name).title,
        basis=BASES.get(one.basis, NOT_STATED),
        basis_law=unique([in_full(law) for law in (one.article, one.because)]),
        assessment=one.assessment,
        assessed=_looked(policy.document.purposes[one.name].assessed),
        condition=CONDITIONS.get(one.condition, ""),
        condition_law=one.condition_article,
        people=unique([PEOPLE[word] for word in one.about]),
        data=unique([label for label, _ in data]),
        special=unique([label for label, special in data if special]),
        recipients=tuple(
            _receiver(policy, other)
            for other in policy.recipients
            if other.slug in one.recipients
        ),
        limits=limits,
        unlimited=_unlimited(policy, one),
        undecided=_undecided(policy, one.clause),
    )


def _data(one: Purpose) -> list[tuple[str, bool]]:
    """Return what a purpose uses, in words, each with whether Article 9 guards it."""
    if EVERYTHING in one.named:
        return [(ALL_DATA, _special(one.uses))]
    found = []
    for name in dict.fromkeys((*one.named, *ALWAYS_USED)):
        used = expand([name]) & one.uses
        if used:
            found.append((CATEGORIES[name].label, _special(used)))
    return found


def _special(names: Iterable[str]) -> bool:
    return any(CATEGORIES[name].special for name in names)


def _receiver(policy: Policy, one: Recipient) -> Receiver:
    if one.classes:
        name = capital(listed(KINDS[kind] for kind in one.classes))
    else:
        kind = KINDS[one.kind or "supplier"]
        name = one.name or NAMES.get(one.slug) or capital(kind)
    return Receiver(
        key=one.clause,
        name=name,
        part=ROLES.get(one.role, ""),
        country=COUNTRIES.get(one.country, one.country) or NOT_STATED,
        safeguard=SAFEGUARDS.get(one.safeguard, ""),
        waits="" if one.active else _waits(policy, one),
        reviewed=_looked(policy.document.recipients[one.slug].reviewed),
    )


def _looked(reviewed: Reviewed | None) -> str:
    """Return who looked at something, and when, or the empty text."""
    if reviewed is None:
        return ""
    who = sayings.ROLES[reviewed.by]
    return f"{who[0].lower()}{who[1:]}, {day(reviewed.on)}"


def _waits(policy: Policy, one: Recipient) -> str:
    """Return why nothing goes to a recipient: each thing that is open, by its name."""
    inside = f"{one.clause}."
    open_ = [
        f"{each.key.removeprefix(inside)}: {each.why}"
        for each in policy.open_decisions
        if each.key.startswith(inside)
    ]
    return f"To be decided: {'; '.join(open_)}." if open_ else sentence(one.why_not)


def _limits(policy: Policy, one: Purpose) -> Iterable[Limit]:
    for rule in policy.retention:
        if rule.covers & one.uses:
            what = RULES.get(rule.name) or capital(rule.name.replace("-", " "))
            keep = str(rule.keep) if rule.keep is not None else rule.word
            yield Limit(rule.clause, what, rule.says, keep, rule.undecided)


def _unlimited(policy: Policy, one: Purpose) -> tuple[str, ...]:
    """Return what a purpose uses and no rule gives a time for."""
    covered = frozenset[str]().union(*(rule.covers for rule in policy.retention))
    bare = [
        CATEGORIES[name].label
        for name in CATEGORIES
        if name in one.uses
        and name not in covered
        and policy.retention_of(CATEGORIES[name].record_class) is None
        and name in policy.collected
    ]
    return unique(bare)


def _undecided(policy: Policy, clause: str) -> tuple[str, ...]:
    inside = f"{clause}."
    return tuple(
        sentence(one.why)
        for one in policy.open_decisions
        if one.key == clause or one.key.startswith(inside)
    )
