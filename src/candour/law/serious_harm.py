"""Health data in a copy: the serious harm test. DPA 2018 Schedule 3 Part 2.

A clinic that is a company is not a health professional: it may neither release nor
withhold health data on this ground without a recent opinion of one.
"""

from dataclasses import dataclass
from datetime import date

from candour.law.parameters import (
    CONFIDENCE_CHILD_AGE,
    CONFIDENCE_CHILD_AGE_SCOTLAND,
    HARM_OPINION_MONTHS,
)
from candour.law.periods import months_before
from candour.law.regions import Region


@dataclass(frozen=True, slots=True)
class Opinion:
    """A health professional's opinion: its day, and whether the test is met.

    `harm` None: the opinion supports what is being done.
    """

    given_on: date
    harm: bool | None = None


@dataclass(frozen=True, slots=True)
class HarmGate:
    """Whether release, or withholding, may go on; `flaw` says what is missing.

    `earliest_valid` is the oldest day an opinion relied on now may have.
    """

    ok: bool
    flaw: str | None = None
    earliest_valid: date | None = None


def earliest_valid_opinion(relied_on: date) -> date:
    """Return the first day of the six months that end with the day of reliance."""
    return months_before(relied_on, HARM_OPINION_MONTHS.value)


def withhold_gate(
    opinion: Opinion | None,
    *,
    relied_on: date | None,
    controller_is_health_professional: bool = False,
) -> HarmGate:
    """Say whether health data may be withheld for serious harm (para 5).

    `relied_on` is the day it would be; an opinion whose age cannot be told is too old.
    """
    if controller_is_health_professional:
        return HarmGate(True)
    return _judge(opinion, relied_on, wants_harm=True)


def release_gate(
    opinion: Opinion | None,
    *,
    relied_on: date | None,
    already_known: bool = False,
    controller_is_health_professional: bool = False,
) -> HarmGate:
    """Say whether health data may be released to its subject (para 6).

    No opinion is needed for what the person has already seen or knows (para 6(2)).
    """
    if controller_is_health_professional or already_known:
        return HarmGate(True)
    return _judge(opinion, relied_on, wants_harm=False)


def _judge(
    opinion: Opinion | None, relied_on: date | None, *, wants_harm: bool
) -> HarmGate:
    earliest = None if relied_on is None else earliest_valid_opinion(relied_on)
    if opinion is None:
        return HarmGate(False, "health_professional_opinion_required", earliest)
    if opinion.harm is not None and opinion.harm is not wants_harm:
        flaw = "harm_test_met" if opinion.harm else "harm_test_not_met"
        return HarmGate(False, flaw, earliest)
    if relied_on is None or earliest is None or opinion.given_on < earliest:
        return HarmGate(False, "opinion_too_old", earliest)
    if opinion.given_on > relied_on:
        return HarmGate(False, "opinion_not_yet_given", earliest)
    return HarmGate(True, None, earliest)


def withheld_from_parent(
    child_age: int, region: Region, *, told_in_confidence: bool
) -> bool:
    """Say whether a parent's request leaves this item out (para 4).

    What the child told or showed expecting it to stay there is left out, below
    eighteen, in Scotland below sixteen. From that age a parent has no request to make.
    """
    limit = (
        CONFIDENCE_CHILD_AGE_SCOTLAND
        if region in CONFIDENCE_CHILD_AGE_SCOTLAND.region
        else CONFIDENCE_CHILD_AGE
    )
    return told_in_confidence or child_age >= limit.value
