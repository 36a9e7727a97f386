"""Working days: not a Saturday, a Sunday, nor a public holiday where the clinic is."""

from datetime import date, timedelta
from functools import cache

import holidays

from candour.law.regions import Region

_SATURDAY = 5


@cache
def _public_holidays(year: int, region: Region) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv=region.value, years=[year]))


def is_public_holiday(day: date, region: Region) -> bool:
    """Say whether a day, which may be a Saturday or Sunday, is one of the region's."""
    return day in _public_holidays(day.year, region)


def is_working_day(day: date, region: Region) -> bool:
    """Say whether offices of the region are open (Regulation 1182/71 Article 2)."""
    return day.weekday() < _SATURDAY and day not in _public_holidays(day.year, region)


def next_working_day(day: date, region: Region) -> date:
    """Return `day` itself if it is a working day, else the first one after it.

    This is how a period that would end on a day of rest ends instead (Regulation
    1182/71 Article 3(4)).
    """
    while not is_working_day(day, region):
        day += timedelta(1)
    return day
