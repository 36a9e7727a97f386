"""Reading when staff work. It is of the clinic, and of no data subject."""

from datetime import date

from candour.accounts.models import Staff
from candour.appointments import times
from candour.appointments.models import Away, Hours


def hours(staff: Staff, *, on: date) -> list[Hours]:
    """Return the weekly hours of somebody that hold on a day, or will."""
    rows = Hours.objects.filter(staff=staff).exclude(valid_until__lt=on)
    return list(rows.order_by("weekday", "opens"))


def away(staff: Staff | None, *, since: date) -> list[Away]:
    """Return when somebody is away, or with None a site is closed, from a day on."""
    rows = Away.objects.filter(staff=staff, ends_at__gt=times.whole_day(since)[0])
    return list(rows.order_by("starts_at"))
