"""Worked cases: an area and its facts in, what the law (or a promise) answers out.

A case file is a list of `{id, area, given, expected}`. Nothing here looks at an id:
each area maps the facts onto the functions of `candour.law` and names their answers.
"""

from collections.abc import Callable, Mapping
from typing import Any

from candour.law.periods import NotAPeriod
from candour.law.vectors import (
    clocks,
    governance,
    outreach,
    people,
    records,
    rights,
    site,
)
from candour.law.vectors.read import Given, UnreadableCase

__all__ = ["AREAS", "UnreadableCase", "compare", "evaluate"]

Answer = dict[str, Any]

AREAS: dict[str, Callable[[Given], Answer]] = {
    "breach": clocks.breach,
    "campaign_content": site.campaign,
    "card_data": site.card_data,
    "child": people.child,
    "complaint_clock": clocks.complaint,
    "cookie": site.cookie,
    "deceased_records": clocks.deceased,
    "dsar_deadline": rights.request_deadline,
    "marketing": outreach.marketing,
    "nhs_number": site.nhs_number,
    "prescribing": people.prescribing,
    "reflection_period": people.reflection_period,
    "retention": records.retention,
    "ropa_dpia": governance.governance,
    "serious_harm": records.serious_harm,
}


def evaluate(area: str, given: Mapping[str, Any]) -> Answer:
    """Answer a case: every conclusion that follows from its facts, by name.

    Raise `UnreadableCase` for an area or a fact that cannot be read.
    """
    try:
        answer = AREAS[area]
    except KeyError:
        known = ", ".join(sorted(AREAS))
        raise UnreadableCase(f"area: {area!r} is not one of {known}") from None
    try:
        return answer(Given(given))
    except (OverflowError, NotAPeriod) as error:
        raise UnreadableCase(f"a date is too far away: {error}") from None


def compare(
    area: str, given: Mapping[str, Any], expected: Mapping[str, Any]
) -> tuple[Answer, bool]:
    """Return the answers to what the case asks, and whether all are as expected.

    A case asks for the keys it expects; without any it gets every conclusion.
    """
    found = evaluate(area, given)
    if expected:
        found = {key: found[key] for key in expected if key in found}
    return found, found == dict(expected)
