"""A personal data breach: whom to tell, and by when. UK GDPR Articles 33 and 34."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from candour.core.clock import LONDON
from candour.law.parameters import BREACH_TO_COMMISSIONER


class Risk(StrEnum):
    """How likely the breach is to harm anyone, as a person judged it."""

    UNLIKELY = "unlikely"
    LIKELY = "likely"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class BreachDuty:
    """What a breach asks for. Every breach is also kept in the register (Art 33(5)).

    `commissioner_due` is None where the Commissioner need not be told. `late` is None
    until a notification was sent. Moments are given in London time.
    """

    tell_commissioner: bool
    commissioner_due: datetime | None
    tell_people: bool
    phased: bool = False
    late: bool | None = None


def commissioner_due(aware: datetime) -> datetime:
    """Return 72 elapsed hours after the controller became aware (Art 33(1)).

    Nights, weekends and the change of the clocks do not stop it. Awareness is the
    controller's own: a processor who knew earlier does not start it (Art 33(2)).
    """
    return (aware.astimezone(UTC) + BREACH_TO_COMMISSIONER.value).astimezone(LONDON)


def outer_bound(aware: datetime) -> datetime:
    """Return the latest end of the 72 hours on any reading, never to be planned on.

    Regulation 1182/71 Article 3(1) leaves out the hour in which the event fell.
    """
    hour = aware.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    counted = hour + timedelta(hours=1) + BREACH_TO_COMMISSIONER.value
    return counted.astimezone(LONDON)


def breach_duty(
    aware: datetime,
    risk: Risk,
    *,
    unintelligible: bool = False,
    risk_removed: bool = False,
    promised_to_people: bool = False,
    facts_complete: bool = True,
    notified: datetime | None = None,
) -> BreachDuty:
    """Say who must be told of a breach.

    People are told of a high risk, unless the data was unintelligible to whoever got
    it or the risk has since been removed (Art 34(3)(a)-(b)); a clinic that promised
    more tells them all the same. What is not known yet follows in phases (Art 33(4)).
    """
    tell = risk is not Risk.UNLIKELY
    due = commissioner_due(aware) if tell else None
    people = risk is Risk.HIGH and not (unintelligible or risk_removed)
    return BreachDuty(
        tell_commissioner=tell,
        commissioner_due=due,
        tell_people=people or promised_to_people,
        phased=tell and not facts_complete,
        late=None if notified is None or due is None else notified > due,
    )
