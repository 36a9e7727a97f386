"""The words every layer above shares: a question's reach, facts, and the decision."""

from dataclasses import dataclass
from enum import StrEnum

from candour.policy.decided_by import DecidedBy
from candour.policy.vocabulary import RecordClass


class Outcome(StrEnum):
    """What was decided. A gap means that nothing in the policy speaks: it denies."""

    ALLOW = "allow"
    REFUSE = "refuse"
    GAP = "gap"


class Reach(StrEnum):
    """How far one act looks: an opened person, a diary or list, everybody."""

    ONE = "one"
    DAY = "day"
    ALL = "all"


class Source(StrEnum):
    """Where a fact of the policy comes from."""

    STATED = "stated"
    MODEL = "model"
    LAW = "law"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer with its reason. Interned: the same question gives the same object.

    `rule` is what decided, `clause` the key path where it stands in the policy
    (`purposes.enquiry`), `policy` its name and version. `categories` and `classes` say
    what may be read when the outcome is allow; otherwise both are empty.
    """

    outcome: Outcome
    rule: DecidedBy
    clause: str
    reason: str
    source: Source
    policy: str
    article: str = ""
    categories: frozenset[str] = frozenset()
    classes: frozenset[RecordClass] = frozenset()

    @property
    def allowed(self) -> bool:
        """Say whether the act may go on."""
        return self.outcome is Outcome.ALLOW


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one person that a condition may ask about.

    `permissions` holds (purpose, channel) for every permission in force; `objections`
    the purposes objected to; `refusals` (purpose, channel) for every permission that
    was taken back. `sold` and `interests` are the subjects a person bought or asked
    about, `topics` those of the act. `holds` are the condition words that are true of
    this act or person and that the other fields do not say already.
    """

    restricted: bool = False
    died: bool = False
    locked: bool = False
    age: int | None = None
    relation: frozenset[str] = frozenset()
    permissions: frozenset[tuple[str, str]] = frozenset()
    objections: frozenset[str] = frozenset()
    holds: frozenset[str] = frozenset()
    refusals: frozenset[tuple[str, str]] = frozenset()
    sold: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
