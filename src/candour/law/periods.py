"""Periods of whole days, months and years, and how they are added to a day."""

import calendar
import re
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, timedelta
from typing import Self

from candour.core.clock import local_date

_ISO = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", re.ASCII)
_LONGEST_YEARS = 1000


class NotAPeriod(ValueError):
    """That is not a period of days, weeks, months or years, such as P1M or P30D."""


@dataclass(frozen=True, slots=True)
class Period:
    """A length of calendar time, as ISO 8601 writes it: `P1M`, `P30D`, `P11Y`.

    Months and years keep the day of the month; a day that does not exist becomes the
    last day of that month (Regulation 1182/71 Article 3(2)(c)). Periods have no
    general order: whether P1M is longer than P30D depends on the day it starts.
    """

    years: int = 0
    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an ISO 8601 period of dates. Raise `NotAPeriod` on anything else.

        Weeks become days. Hours and fractions are refused: a legal period of days is
        not a number of hours.
        """
        found = _ISO.fullmatch(text)
        if found is None:
            raise NotAPeriod(f"{text!r} is not a period such as P1M, P30D or P8Y")
        years, months, weeks, days = (int(part or 0) for part in found.groups())
        if years + months // 12 + (weeks * 7 + days) // 365 > _LONGEST_YEARS:
            raise NotAPeriod(f"{text!r} is longer than {_LONGEST_YEARS} years")
        return cls(years, months, weeks * 7 + days)

    def after(self, day: date) -> date:
        """Return the last day of the period that `day` starts but is not part of."""
        moved = day.year * 12 + day.month - 1 + self.years * 12 + self.months
        year, month = moved // 12, moved % 12 + 1
        if year > MAXYEAR:
            raise NotAPeriod("the period ends after the last year of the calendar")
        last = calendar.monthrange(year, month)[1]
        return date(year, month, min(day.day, last)) + timedelta(self.days)

    def __str__(self) -> str:
        parts = ((self.years, "Y"), (self.months, "M"), (self.days, "D"))
        return "P" + ("".join(f"{n}{unit}" for n, unit in parts if n) or "0D")


def days(count: int) -> Period:
    """Return a period of so many days."""
    return Period(days=count)


def months(count: int) -> Period:
    """Return a period of so many calendar months."""
    return Period(months=count)


def years(count: int) -> Period:
    """Return a period of so many calendar years."""
    return Period(years=count)


def day_of(at: date | datetime) -> date:
    """Return the day on a clinic's wall: a moment is read in London, a day is kept."""
    return local_date(at) if isinstance(at, datetime) else at


def months_before(end: date, count: int) -> date:
    """Return the first day of the `count` months that end with `end`."""
    following = end + timedelta(1)
    moved = following.year * 12 + following.month - 1 - count
    year, month = moved // 12, moved % 12 + 1
    last = calendar.monthrange(year, month)[1]
    if following.day > last:
        return date(year, month, last) + timedelta(1)
    return date(year, month, following.day)
