"""What the linter speaks of: a rule, the case it is put to, and what it finds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final

from candour.law.periods import Period
from candour.policy.compiled import keeping
from candour.policy.compiled.origins import Origins
from candour.policy.compiled.policy import Policy
from candour.policy.compiled.rules import RetentionRule
from candour.policy.language import Document
from candour.policy.load import Parsed
from candour.policy.vocabulary import CATEGORIES, RecordClass


class Severity(StrEnum):
    """How much a finding matters. An error stops publishing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right: where, against what, and how.

    `says` is the row of the source notice, where the finding is of something that is
    published there and not done.
    """

    rule: str
    severity: Severity
    clause: str
    article: str
    message: str
    fix: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found. `article` and `severity` where they are not the rule's own."""

    clause: str
    message: str
    fix: str
    article: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a clinic's periods are held against: the law, or a professional code."""

    name: str
    retained: Mapping[RecordClass, RetentionRule]


Baselines = tuple[Baseline, ...]


def baseline(parsed: Parsed) -> Baseline:
    """Return the yardstick that a baseline pack states."""
    rules = keeping.retention(parsed.document, Origins(parsed))
    return Baseline(parsed.document.policy, keeping.by_class(rules))


@dataclass(frozen=True)
class Case:
    """One policy before the rules. `on` is today; None leaves out what needs a day."""

    policy: Policy
    baselines: Baselines = ()
    on: date | None = None

    @property
    def document(self) -> Document:
        """Return the policy as it is written."""
        return self.policy.document

    @cached_property
    def undecided(self) -> frozenset[str]:
        """Return the keys that are still to be decided."""
        return frozenset(one.key for one in self.policy.open_decisions)

    def open(self, key: str) -> bool:
        """Say whether a key, or one above it, is still to be decided."""
        while key:
            if key in self.undecided:
                return True
            key = key.rpartition(".")[0]
        return False


Find = Callable[[Case], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that must be so, and how to find where it is not.

    `says` is the rule in one sentence: the first line of its function's docstring.
    """

    id: str
    severity: Severity
    article: str
    says: str
    find: Find

    def __call__(self, case: Case) -> Iterator[Finding]:
        """Yield what the rule finds in a case."""
        for hit in self.find(case):
            yield Finding(
                self.id,
                hit.severity or self.severity,
                hit.clause,
                hit.article or self.article,
                hit.message,
                hit.fix,
            )


def _made(severity: Severity, article: str) -> Callable[[Find], Rule]:
    def make(find: Find) -> Rule:
        says = (find.__doc__ or "").partition("\n")[0]
        return Rule(find.__name__.replace("_", "-"), severity, article, says, find)

    return make


def error(article: str) -> Callable[[Find], Rule]:
    """Make a function a rule that stops publishing."""
    return _made(Severity.ERROR, article)


def warning(article: str) -> Callable[[Find], Rule]:
    """Make a function a rule whose findings a person should look at."""
    return _made(Severity.WARNING, article)


def note(article: str) -> Callable[[Find], Rule]:
    """Make a function a rule that only says something worth knowing."""
    return _made(Severity.NOTE, article)


_START: Final = date(2001, 7, 1)


def shorter(one: Period, other: Period) -> bool:
    """Compare periods from a first of July: 31 days and a month are then the same."""
    return one.after(_START) < other.after(_START)


def label(category: str) -> str:
    """Return what a category is called."""
    return CATEGORIES[category].label if category in CATEGORIES else category
