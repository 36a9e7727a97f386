"""How long data is kept."""

from collections.abc import Iterator
from typing import Final

from candour.law.periods import Period
from candour.policy.compiled.keeping import LAW_PERIODS
from candour.policy.compiled.rules import Purpose, RetentionRule
from candour.policy.language.slots import EVERYTHING
from candour.policy.lint.terms import (
    Baseline,
    Case,
    Hit,
    error,
    label,
    shorter,
    warning,
)
from candour.policy.vocabulary import RecordClass, expand

_FOR_EVER: Final = frozenset(("indefinite",))
_NO_PERIOD: Final = frozenset(("as-long-as-necessary", "keep"))


@error("UK GDPR Article 13(2)(a)")
def purpose_without_retention(case: Case) -> Iterator[Hit]:
    """People are told how long data is kept, or how that is decided."""
    policy = case.policy
    kept = frozenset(word for rule in policy.retention for word in rule.covers)
    seen: set[str] = set()
    for purpose in policy.purposes.values():
        lost = [word for word in _held(case, purpose) if word not in kept]
        new = [word for word in lost if word not in seen]
        seen.update(new)
        if new:
            yield Hit(
                purpose.clause,
                f"No rule says how long we keep {', '.join(map(label, new))}.",
                "Cover them by a rule under 'retention'.",
            )


@error("UK GDPR Article 13(2)(a)")
def period_missing(case: Case) -> Iterator[Hit]:
    """A rule of keeping has a period, or says what decides."""
    for name, rule in case.document.retention.items():
        key = f"retention.{name}.keep"
        if case.open(key):
            continue
        if rule.keep in _NO_PERIOD or (rule.keep == "criteria" and not rule.criteria):
            yield Hit(
                key,
                "It gives neither a period nor what decides it.",
                "Give a period such as P8Y, or 'criteria'.",
            )


@error("UK GDPR Article 5(1)(e)")
def period_indefinite(case: Case) -> Iterator[Hit]:
    """Nothing is kept for ever."""
    for name, rule in case.document.retention.items():
        if rule.keep in _FOR_EVER:
            yield Hit(
                f"retention.{name}.keep",
                "It would be kept for ever.",
                "Give a period, or 'review-yearly' with who approves.",
            )


@warning("UK GDPR Article 5(1)(e)")
def period_open_ended(case: Case) -> Iterator[Hit]:
    """What has no end is looked at, and better has one."""
    for name, rule in case.document.retention.items():
        if rule.keep == "review-yearly":
            yield Hit(
                f"retention.{name}.keep",
                "It has no end, only a look each year.",
                "Give a period, or have the data protection lead write down why none "
                "can be given.",
            )


@warning("UK GDPR Article 13(2)(a)")
def period_without_event(case: Case) -> Iterator[Hit]:
    """A period says from when it runs."""
    for rule in case.policy.retention:
        if rule.keep is None or rule.after or case.open(f"{rule.clause}.keep"):
            continue
        yield Hit(
            f"{rule.clause}.after",
            "Nothing says from when the period runs.",
            "Add 'after'.",
        )


@error("UK GDPR Article 13(2)(a)")
def law_sets_no_period(case: Case) -> Iterator[Hit]:
    """A period that is said to be the law's is in a law."""
    for rule in case.policy.retention:
        if rule.word == "law" and rule.keep is None:
            yield Hit(
                f"{rule.clause}.keep",
                "No statute sets a period for a private clinic's records of this kind.",
                "Give the clinic's own period.",
            )


@error("Finance Act 1998 Schedule 18 paragraph 21; Companies Act 2006 section 388")
def shorter_than_law(case: Case) -> Iterator[Hit]:
    """What a statute makes a clinic keep is kept as long as it says."""
    for rule in case.policy.retention:
        for category, period in LAW_PERIODS.items():
            if category in rule.covers and rule.keep and shorter(rule.keep, period):
                yield Hit(
                    f"{rule.clause}.keep",
                    f"{rule.keep} is shorter than the {period} that the law asks for "
                    f"{label(category)}.",
                    "State 'keep: law'.",
                )


@warning("NHS Records Management Code")
def shorter_than_guidance(case: Case) -> Iterator[Hit]:
    """A health record is kept as long as professional bodies tell clinics to."""
    for yardstick in case.baselines:
        mine, theirs = _clinical(case, yardstick)
        if mine is None or theirs is None or not mine.keep or not theirs.keep:
            continue
        if shorter(mine.keep, theirs.keep):
            yield Hit(
                f"{mine.clause}.keep",
                f"{mine.keep} is shorter than the {theirs.keep} of {yardstick.name}.",
                "Have the data protection lead confirm it, or keep longer.",
            )


@warning("NHS Records Management Code")
def child_floor_missing(case: Case) -> Iterator[Hit]:
    """The record of a child is kept until they are grown up."""
    for yardstick in case.baselines:
        mine, theirs = _clinical(case, yardstick)
        if mine is None or theirs is None or not mine.keep:
            continue
        short = [
            f"{floor.age} ({floor.case.replace('-', ' ')})"
            for floor in theirs.at_least
            if floor.age and not _reaches(mine, floor.case, floor.age)
        ]
        if short:
            yield Hit(
                f"{mine.clause}.at-least",
                f"A child's record is kept until {' or '.join(short)} by "
                f"{yardstick.name}.",
                "Add it to 'at-least', or have the data protection lead confirm it.",
            )


def _reaches(rule: RetentionRule, case: str, age: int) -> bool:
    """Say whether a rule keeps a child's record until an age, by floor or by itself."""
    if any(
        floor.case in (case, "") and (floor.age or 0) >= age for floor in rule.at_least
    ):
        return True
    if case != "aged-17-at-end" or rule.keep is None:
        return False
    return not shorter(rule.keep, Period(years=age - 17))


def _clinical(
    case: Case, yardstick: Baseline
) -> tuple[RetentionRule | None, RetentionRule | None]:
    """Return the clinic's rule for health records, and the yardstick's."""
    kind = RecordClass.CLINICAL
    return case.policy.retained.get(kind), yardstick.retained.get(kind)


def _held(case: Case, purpose: Purpose) -> list[str]:
    """Return the categories a purpose uses and the clinic collects, in list order."""
    named = expand(word for word in purpose.named if word != EVERYTHING)
    return [word for word in case.policy.collected if expand((word,)) & named]
