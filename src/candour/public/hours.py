"""Opening hours: read from how a clinic writes them, and laid out for the week."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from candour.core.clock import LONDON
from candour.law.regions import Region
from candour.law.workdays import is_public_holiday

DAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
_WRITTEN = re.compile(r"(\D+?) (\d.*) to (\d.*|noon)")
_TIME = re.compile(r"(\d{1,2})(?:[.:](\d\d))? ?(am|pm)")


@dataclass(frozen=True, slots=True)
class Opening:
    """One stretch of an opening day, by the clock on the wall in London."""

    day: int  # 0 is Monday
    opens: time
    closes: time
    alternate: bool  # only every other week; which ones nobody has told us

    @property
    def said(self) -> str:
        """Return it as "9 am to 7 pm"."""
        said = f"{_said(self.opens)} to {_said(self.closes)}"
        return f"{said}, every other week" if self.alternate else said


def written(said: str) -> list[Opening]:
    """Read "Monday to Friday 9 am to 7 pm, Saturday 10 am to 4 pm".

    Return nothing where any part cannot be read: half of it would be wrong.
    """
    found: list[Opening] = []
    for part in said.split(", "):
        read = _WRITTEN.fullmatch(part.strip())
        times = (_time(read[2]), _time(read[3])) if read else (None, None)
        days = _days(read[1]) if read else None
        if days is None or times[0] is None or times[1] is None:
            return []
        found += [Opening(day, times[0], times[1], days[1]) for day in days[0]]
    return found


def listed(rows: Iterable[Mapping[str, str]]) -> list[Opening]:
    """Read rows of days, opens and closes; return nothing where one cannot be read."""
    found: list[Opening] = []
    for row in rows:
        days = _days(row["days"])
        if days is None:
            return []
        opens, closes = map(time.fromisoformat, (row["opens"], row["closes"]))
        found += [Opening(day, opens, closes, days[1]) for day in days[0]]
    return found


def week(openings: list[Opening], *, at: datetime, region: Region) -> dict[str, Any]:
    """Return `rows`, a day each with what is today marked, and `now`, one sentence."""
    local = at.astimezone(LONDON)
    rows = [
        {
            "day": name,
            "times": [o.said for o in openings if o.day == day],
            "today": day == local.weekday(),
        }
        for day, name in enumerate(DAYS)
    ]
    return {"rows": rows, "now": _now(openings, local, region)}


def _now(openings: list[Opening], local: datetime, region: Region) -> str:
    today = [o for o in openings if o.day == local.weekday()]
    if is_public_holiday(local.date(), region):
        return "Today is a bank holiday. Ask us before you come."
    if any(o.alternate for o in today):
        return f"Open every other {DAYS[local.weekday()]}. Ask us about today."
    clock = local.time()
    for one in sorted(today, key=lambda o: o.opens):
        if clock < one.opens:
            return f"Open today from {one.said}."
        if clock < one.closes:
            return f"Open now, until {_said(one.closes)}."
    closed = "Closed now." if today else "Closed today."
    return " ".join(filter(None, [closed, _next(openings, local.date(), region)]))


def _next(openings: list[Opening], today: date, region: Region) -> str:
    """Say when it opens again, on the first day of which that is certain."""
    for ahead in range(1, 8):
        day = today + timedelta(ahead)
        opens = [
            o.opens for o in openings if o.day == day.weekday() and not o.alternate
        ]
        if opens and not is_public_holiday(day, region):
            name = "tomorrow" if ahead == 1 else f"on {DAYS[day.weekday()]}"
            return f"Open again {name} from {_said(min(opens))}."
    return ""


def _days(said: str) -> tuple[list[int], bool] | None:
    """Read "Monday to Friday", "Saturday and Sunday" or "Alternate Saturdays"."""
    alternate = said.startswith("Alternate ")
    words = said.removeprefix("Alternate ").split()
    numbers = [
        DAYS.index(name)
        for word in words[::2]
        if (name := word.removesuffix("s")) in DAYS
    ]
    match words[1::2], numbers:
        case [], [day]:
            return [day], alternate
        case ["to"], [first, last] if first < last:
            return list(range(first, last + 1)), alternate
        case ["and"], [first, last]:
            return [first, last], alternate
    return None


def _time(said: str) -> time | None:
    if said == "noon":
        return time(12)
    read = _TIME.fullmatch(said)
    if read is None or not 1 <= int(read[1]) <= 12 or int(read[2] or 0) > 59:
        return None
    return time(int(read[1]) % 12 + (12 if read[3] == "pm" else 0), int(read[2] or 0))


def _said(clock: time) -> str:
    if clock == time(12):
        return "noon"
    half, hour = "am" if clock.hour < 12 else "pm", clock.hour % 12 or 12
    return f"{hour}.{clock:%M} {half}" if clock.minute else f"{hour} {half}"
