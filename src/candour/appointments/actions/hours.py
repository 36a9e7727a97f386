"""Writing when staff work, and when not."""

from datetime import date, datetime, time

from candour.accounts.models import Staff
from candour.appointments.models import Away, Hours
from candour.appointments.models.hours import AWAY_KINDS
from candour.core.errors import Conflict, Invalid, NotFound


def add_hours(
    *,
    staff: Staff,
    site: str,
    weekday: int,
    opens: time,
    closes: time,
    valid_from: date,
    valid_until: date | None = None,
) -> Hours:
    """Add hours of one weekday. Raises Conflict where they overlap others of theirs."""
    if not 0 <= weekday <= 6:
        raise Invalid("Choose a weekday.")
    if opens >= closes:
        raise Invalid("The hours end before they begin.")
    if valid_until is not None and valid_until < valid_from:
        raise Invalid("The last day is before the first.")
    others = Hours.objects.filter(
        staff=staff, weekday=weekday, opens__lt=closes, closes__gt=opens
    ).exclude(valid_until__lt=valid_from)
    if valid_until is not None:
        others = others.exclude(valid_from__gt=valid_until)
    if others.exists():
        raise Conflict("They have other hours at that time. End those first.")
    return Hours.objects.create(
        staff=staff,
        site=site,
        weekday=weekday,
        opens=opens,
        closes=closes,
        valid_from=valid_from,
        valid_until=valid_until,
    )


def end_hours(*, staff: Staff, hours: int, on: date) -> None:
    """End hours: from `on` they are not worked any more. Raises NotFound."""
    found = Hours.objects.filter(pk=hours, staff=staff).first()
    if found is None:
        raise NotFound
    if found.valid_from >= on:
        found.delete()
        return
    found.valid_until = date.fromordinal(on.toordinal() - 1)
    found.save(update_fields=["valid_until"])


def add_away(
    *,
    staff: Staff | None,
    site: str,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
) -> Away:
    """Say that somebody is away, there in addition, or that the site is closed."""
    if kind not in AWAY_KINDS or (kind == "closed") is not (staff is None):
        raise Invalid("Choose what it is.")
    if starts_at >= ends_at:
        raise Invalid("It ends before it begins.")
    if kind == "extra" and not site:
        raise Invalid("Say at which site.")
    return Away.objects.create(
        staff=staff, site=site, kind=kind, starts_at=starts_at, ends_at=ends_at
    )


def end_away(*, away: int) -> None:
    """Take back that somebody is away. Raises NotFound."""
    if not Away.objects.filter(pk=away).delete()[0]:
        raise NotFound
