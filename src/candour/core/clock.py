"""Time. Only surfaces, commands and workers read the clock; the rest is told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)


def local_date(at: datetime) -> date:
    """Return the day on the clinic's wall at `at`; legal periods count these days."""
    return at.astimezone(LONDON).date()
