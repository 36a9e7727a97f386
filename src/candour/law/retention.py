"""How long a record is kept, and what stops it from being disposed of.

A period is complete at the end of the same calendar day so many years later; disposal
may begin on the next day. A clinic chooses its periods; `law` only counts them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from candour.law.ages import ADULT, age_on
from candour.law.parameters import (
    INDEFINITE_REVIEW,
    ONE_WAY_CONTACT,
    SUPPRESSION_KEEPS,
)
from candour.law.periods import Period, years


class Kept(StrEnum):
    """Why a record is where it is."""

    RUNNING = "running"
    ACTIVE = "active"
    HELD = "held"
    SUSPENDED = "suspended"
    REVIEWED = "reviewed"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class ChildCase:
    """Keep until a birthday, if the patient was `at_age` when treated or at its end.

    `at_age` None means any age below eighteen, at the first or the last treatment.
    """

    until_age: int
    at_age: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A clinic's own period: how long after the event, and the child cases.

    Whichever ends last counts. `after_death` replaces both once the patient has died.
    `indefinite` never ends; it is reviewed each year and always flagged.
    """

    keep: Period | None
    children: tuple[ChildCase, ...] = ()
    after_death: Period | None = None
    indefinite: bool = False


@dataclass(frozen=True, slots=True)
class Stops:
    """What keeps a record whatever its date: a hold, an open request, ongoing care."""

    hold: bool = False
    open_request: bool = False
    ongoing: bool = False


NO_STOPS = Stops()


@dataclass(frozen=True, slots=True)
class Keeping:
    """Until when a record is kept; both days are None while no end can be named."""

    state: Kept
    until: date | None = None
    dispose_from: date | None = None
    review_due: date | None = None
    flag: str | None = None

    def may_dispose(self, on: date) -> bool:
        """Say whether disposal may begin on that day; without an end, never."""
        return self.dispose_from is not None and on >= self.dispose_from


@dataclass(frozen=True, slots=True)
class Life:
    """What of the patient's life bears on a period."""

    born: date | None = None
    first_treated: date | None = None
    died: date | None = None


UNKNOWN_LIFE = Life()


def keeping(
    rule: Rule,
    anchor: date | None,
    *,
    life: Life = UNKNOWN_LIFE,
    stops: Stops = NO_STOPS,
    reviewed: date | None = None,
) -> Keeping:
    """Say until when a record is kept; `anchor` None means its event is still to come.

    A legal hold beats every date (Art 17(3)(e)); so does an open access request, a
    complaint, or an application for a deceased patient's record, since destroying
    what was asked for is an offence (DPA 2018 s173).
    """
    if stops.hold:
        return Keeping(Kept.HELD)
    if stops.open_request:
        return Keeping(Kept.SUSPENDED)
    if rule.indefinite:
        return _reviewed(reviewed or anchor)
    if rule.keep is None:
        return Keeping(Kept.UNDECIDED, flag="policy_period_missing")
    if life.died is not None and rule.after_death is not None:
        return ends(rule.after_death.after(life.died))
    if stops.ongoing or anchor is None:
        return Keeping(Kept.ACTIVE)
    return ends(max([rule.keep.after(anchor), *_birthdays(rule, anchor, life)]))


def ends(until: date) -> Keeping:
    """Return the keeping of a record whose last day is known."""
    return Keeping(Kept.RUNNING, until, until + timedelta(1))


def _reviewed(last: date | None) -> Keeping:
    due = None if last is None else INDEFINITE_REVIEW.value.after(last)
    flag = "indefinite_conflicts_with_storage_limitation"
    return Keeping(Kept.REVIEWED, review_due=due, flag=flag)


def _birthdays(rule: Rule, ended: date, life: Life) -> Iterable[date]:
    """Yield the birthday of the first child case that applies, if one does."""
    if life.born is None:
        return
    age_at_end = age_on(life.born, ended)
    youngest = age_on(life.born, min(life.first_treated or ended, ended))
    for case in rule.children:
        if case.at_age == age_at_end or (case.at_age is None and youngest < ADULT):
            yield years(case.until_age).after(life.born)
            return


def last_mutual_contact(contacts: Iterable[tuple[date, str]]) -> date | None:
    """Return the last contact that the person took part in.

    What a clinic sends on its own account is not an interaction, or a newsletter
    would keep every record for ever.
    """
    mutual = [
        day for day, kind in contacts if not kind.startswith(ONE_WAY_CONTACT.value)
    ]
    return max(mutual, default=None)


def financial_year_end(of: date, a_year_end: date) -> date:
    """Return the end of the company's financial year in which the day falls."""
    end = a_year_end
    while end < of:
        end = years(1).after(end)
    return end


class ErasureAnswer(StrEnum):
    """What becomes of one kind of record when its person asks for erasure."""

    ERASE = "erase"
    KEEP = "keep_with_ground"
    DECIDE = "dpo_decision_required"


def erasure_answer(*, needed: bool, promised: bool) -> ErasureAnswer:
    """Say what an erasure request does to one kind of record (Art 17(1), (3)).

    What no exception of Article 17(3) needs is erased. What one does need is kept and
    the ground named, unless the clinic promised to erase all: then a person decides,
    and nothing is kept in silence.
    """
    if not needed:
        return ErasureAnswer.ERASE
    return ErasureAnswer.DECIDE if promised else ErasureAnswer.KEEP


def kept_after_erasure(*, objected_to_marketing: bool) -> tuple[str, ...]:
    """Return the fields kept so that an objection is still honoured (Art 21(3))."""
    return SUPPRESSION_KEEPS.value if objected_to_marketing else ()
