"""What a manager types about services, rooms and hours: its shape, no database."""

from datetime import date, datetime, time
from typing import Any

from django.http import QueryDict

from candour.appointments import times
from candour.core.errors import Invalid

NUMBERS = {
    "minutes": "Minutes of a visit",
    "buffer_before": "Minutes free before it",
    "buffer_after": "Minutes free after it",
}
OPTIONAL = {
    "reflection_days": "Days to think after a consultation",
    "recall_days": "Days until a review",
}
TICKS = {
    "consultation_first": "Needs a consultation first",
    "pom": "Uses a prescription-only medicine",
    "needs_review": "Needs a review afterwards",
    "active": "On offer",
}
WORDS = {
    "kind": "Class, such as injectable or surgical",
    "room_kind": "Kind of room it needs",
    "device_kind": "Kind of device it needs",
}
LISTS = {"areas": "Areas of the body", "concerns": "Concerns it is for"}
LAW_WORDS = {
    "": "No Act speaks of it",
    "botulinum_toxin": "Botulinum toxin: adults only",
    "dermal_filler": "Filler: adults only",
}
NUMBER_MAX = 3650


def service(sent: QueryDict) -> dict[str, Any]:
    """Return the columns of a service that a form says. Raises Invalid."""
    said: dict[str, Any] = {
        name: _number(sent.get(name, ""), label) for name, label in NUMBERS.items()
    }
    for name, label in OPTIONAL.items():
        text = sent.get(name, "").strip()
        said[name] = _number(text, label) if text else None
    for name in TICKS:
        said[name] = bool(sent.get(name))
    for name in WORDS:
        said[name] = sent.get(name, "").replace("\0", "").strip().lower()[:20]
    for name in LISTS:
        parts = sent.get(name, "").replace("\0", "").split(",")
        said[name] = [part.strip()[:40] for part in parts if part.strip()]
    law = sent.get("law_calls_it", "")
    if law not in LAW_WORDS:
        raise Invalid("Choose what the law calls it.")
    return {**said, "law_calls_it": law, "says": sent.get("says", "").replace("\0", "")}


def _number(text: str, label: str) -> int:
    text = text.strip()
    short = text.isascii() and text.isdigit() and len(text) < 7
    if not short or int(text) > NUMBER_MAX:
        raise Invalid(f"{label}: give a whole number.")
    return int(text)


def day(text: str, otherwise: date | None = None) -> date:
    """Return a day. Raises Invalid for what is none."""
    if not text and otherwise is not None:
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError as cause:
        raise Invalid("Give a day.") from cause


def clock(text: str) -> time:
    """Return a time of the wall clock. Raises Invalid for what is none."""
    try:
        return time.fromisoformat(text).replace(tzinfo=None, second=0, microsecond=0)
    except ValueError as cause:
        raise Invalid("Give a time, such as 09:30.") from cause


def span(sent: QueryDict) -> tuple[datetime, datetime]:
    """Return a span of time: days, with a time of day where one is given."""
    first, last = day(sent.get("first", "")), day(sent.get("last", ""))
    since, until = sent.get("since", ""), sent.get("until", "")
    begins = times.instant(first, clock(since), fold=0) if since else None
    ends = times.instant(last, clock(until), fold=1) if until else None
    return begins or times.whole_day(first)[0], ends or times.whole_day(last)[1]
