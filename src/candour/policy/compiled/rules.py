"""What a compiled policy is made of: small, immutable, each with its clause key."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from candour.law.periods import Period
from candour.policy.terms import Reach, Source

Leaf = str | int | bool | date | None | tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of the policy with where it comes from: `file:line`, or the law.

    `why` is what must be decided, when it is still open; `value` is then what holds
    meanwhile.
    """

    key: str
    value: Leaf
    source: Source
    place: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """What a person must still choose, and what the clinic does meanwhile."""

    key: str
    why: str
    meanwhile: str


@dataclass(frozen=True, slots=True)
class Departure:
    """What the published notice says, and what the clinic lawfully does instead."""

    says: str
    key: str
    stated: Leaf
    kept: Leaf
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A brand's six colours, as `#rrggbb`."""

    paper: str = "#f5f1e9"
    ink: str = "#1f1a1c"
    accent: str = "#6a2141"
    accent_night: str = "#e8abc2"
    wash: str = "#e7dccd"
    night: str = "#191516"


@dataclass(frozen=True, slots=True)
class Brand:
    """A name the clinic trades under, and the hosts that show it."""

    slug: str
    name: str
    hosts: tuple[str, ...]
    tagline: str
    strapline: str
    phone: str
    email: str
    theme: Theme


@dataclass(frozen=True, slots=True)
class Site:
    """A place where patients are seen, and the region whose holidays it keeps."""

    slug: str
    brand: str
    name: str
    address: str
    phone: str
    hours: str
    region: str


@dataclass(frozen=True, slots=True)
class Controller:
    """Who answers in law. A value nobody gave is the empty text."""

    slug: str
    name: str
    address: str
    company: str
    ico: str
    parent: str
    contact: str
    clause: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Where to write: a role, with its addresses, and what about."""

    slug: str
    emails: tuple[str, ...]
    post: str
    phone: str
    about: frozenset[str]
    clause: str

    @property
    def ways(self) -> tuple[str, ...]:
        """Return every way to reach it, in words: addresses, post, phone."""
        return tuple(way for way in (*self.emails, self.post, self.phone) if way)


@dataclass(frozen=True, slots=True)
class Collected:
    """One category of data held: about whom, from where, and whether it is needed."""

    category: str
    about: tuple[str, ...]
    sources: tuple[str, ...]
    need: str
    may: bool
    clause: str
    source: Source


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of a form: what it asks, and why, in a sentence for the person."""

    category: str
    name: str
    required: bool
    why: str
    clause: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its questions in order, and the purposes the answers are for."""

    name: str
    fields: tuple[FormField, ...]
    purposes: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """One use of data.

    `named` are the categories as the policy names them; `uses` is what may be read,
    everything inside them included, less what is excluded, never used, or `withheld`
    because Article 9 asks a condition that the policy does not give.
    """

    name: str
    kind: str
    basis: str
    article: str
    condition: str
    condition_article: str
    assessment: str
    because: str
    about: tuple[str, ...]
    named: tuple[str, ...]
    uses: frozenset[str]
    withheld: frozenset[str]
    recipients: tuple[str, ...]
    by: Mapping[str, Reach]
    only_if: tuple[str, ...]
    any_of: tuple[str, ...]
    limited_to: str
    anonymous: bool
    profiling: bool
    serves: str
    further_restricted: bool
    clause: str
    source: Source


@dataclass(frozen=True, slots=True)
class MessageRule:
    """A kind of message. `channels` has what `as-received` stands for in full."""

    kind: str
    purpose: str
    channels: tuple[str, ...]
    as_received: bool
    after_stop: str
    only_if: tuple[str, ...]
    limited_to: str
    clause: str
    source: Source

    @property
    def stopped(self) -> bool:
        """Say whether a person who stopped marketing no longer gets it."""
        return self.after_stop == "stopped"


@dataclass(frozen=True, slots=True)
class Permission:
    """What lets marketing reach somebody: one of `any_of`, and all of `only_if`."""

    any_of: tuple[str, ...]
    only_if: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marketing:
    """Marketing: its purpose, channels and topics, and how a yes is asked for."""

    purpose: str
    purposes: frozenset[str]
    channels: tuple[str, ...]
    topics: tuple[str, ...]
    ask_by: str
    asked_on: tuple[str, ...]
    customer: Permission
    other: Permission
    stop_by: tuple[str, ...]
    stop_to: str
    never_uses: frozenset[str]
    clause: str
    source: Source
    wordings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def wording(self, channel: str) -> str:
        """Return the exact sentence shown beside a channel's box (Article 7(1))."""
        return self.wordings[channel]


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody data goes to. Not `active`: nothing may go there, and `why_not` says."""

    slug: str
    name: str
    kind: str
    role: str
    purposes: tuple[str, ...]
    gets: frozenset[str]
    anonymous: bool
    declared: bool
    never: frozenset[str]
    only_if: tuple[str, ...]
    needs: tuple[str, ...]
    country: str
    safeguard: str
    classes: tuple[str, ...]
    active: bool
    why_not: str
    clause: str
    source: Source


@dataclass(frozen=True, slots=True)
class Floor:
    """A floor under a period of keeping: to an age, or for a time, in one case."""

    case: str
    age: int | None
    keep: Period | None
    after: str


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How long something is kept. `keep` is None where there is no period; `word` says.

    `says` is the rule in one sentence for a person.
    """

    name: str
    covers: frozenset[str]
    keep: Period | None
    word: str
    after: str
    at_least: tuple[Floor, ...]
    then: str
    says: str
    on_erasure: str
    undecided: str
    clause: str
    source: Source


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a kind of record stays when somebody asks for erasure."""

    code: str
    article: str
    sentence: str
    clause: str


@dataclass(frozen=True, slots=True)
class RightRule:
    """One right. `within` is the clinic's own promise; None means the law's time."""

    kind: str
    within: Period | None
    at_most: Period | None
    extension_allowed: bool
    fee: str
    grounds: tuple[str, ...]
    refusable: str
    tell_recipients: bool
    article: str
    clause: str
    source: Source


@dataclass(frozen=True, slots=True)
class Scope:
    """What a permission was given for. It holds while this is equal or narrower."""

    purpose: str
    categories: frozenset[str]
    recipients: frozenset[str]
    channels: frozenset[str]
    topics: frozenset[str]

    def within(self, given: "Scope") -> bool:
        """Say whether this asks for no more than was given."""
        return (
            self.purpose == given.purpose
            and self.categories <= given.categories
            and self.recipients <= given.recipients
            and self.channels <= given.channels
            and self.topics <= given.topics
        )
