"""Dates as people write them, clause references, and the drawn figures.

Load with `{% load look %}`. Nothing here reads a database or knows a person.
"""

from datetime import date, datetime
from typing import Any
from zlib import crc32

import segno
from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from candour.core.clock import LONDON

register = template.Library()

FIGURES = ("window", "water", "arches", "stones", "linen")


def _local(value: date | datetime) -> date | datetime:
    """Return an aware moment as the clinic's wall clock shows it."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(LONDON)
    return value


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a day as 9 October 2034, or nothing where there is none."""
    if not isinstance(value, date):
        return ""
    local = _local(value)
    return f"{local.day} {local:%B %Y}"


@register.filter
def short_day(value: date | datetime | None) -> str:
    """Write a day as 9 Oct 2034, where a table leaves little room."""
    if not isinstance(value, date):
        return ""
    local = _local(value)
    return f"{local.day} {local:%b %Y}"


@register.filter
def weekday(value: date | datetime | None) -> str:
    """Write a day as Tuesday 24 November."""
    if not isinstance(value, date):
        return ""
    local = _local(value)
    return f"{local:%A} {local.day} {local:%B}"


@register.filter
def time_of_day(value: datetime | None) -> str:
    """Write a time as 2.30 pm, and a full hour as 9 am."""
    if not isinstance(value, datetime):
        return ""
    local = value.astimezone(LONDON) if value.tzinfo else value
    half = "am" if local.hour < 12 else "pm"
    hour = local.hour % 12 or 12
    return f"{hour}.{local:%M} {half}" if local.minute else f"{hour} {half}"


@register.filter
def moment(value: datetime | None) -> str:
    """Write a moment as 9 October 2034, 2.30 pm."""
    if not isinstance(value, datetime):
        return ""
    return f"{day(value)}, {time_of_day(value)}"


@register.filter
def duration(minutes: int | None) -> str:
    """Write the length of a visit as 45 min, 1 h 30 min or 7 h."""
    if not minutes:
        return ""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] if hours else []
    return " ".join(parts + ([f"{rest} min"] if rest else []))


@register.filter
def machine(value: date | datetime | None) -> str:
    """Write a day or moment for the `datetime` attribute of `<time>`."""
    if not isinstance(value, date):
        return ""
    local = _local(value)
    if isinstance(local, datetime):
        return local.isoformat(timespec="minutes")
    return local.isoformat()


@register.filter
def anchor(number: str) -> str:
    """Turn a printed clause number into its anchor: 3.2 becomes c-3-2."""
    return "c-" + str(number).replace(".", "-")


@register.filter
def labelled(table: Any) -> list[list[tuple[str, str]]]:
    """Put its column's heading before each cell of a table with `head` and `rows`."""
    head, rows = (
        (table["head"], table["rows"])
        if isinstance(table, dict)
        else (table.head, table.rows)
    )
    return [list(zip(head, row, strict=True)) for row in rows]


@register.simple_tag
def cite(number: str | None, words: str = "Clause") -> SafeString:
    """Link to a clause of the notice in force; write nothing without a number."""
    if not number:
        return SafeString("")
    return format_html(
        '<a class="cite" href="{}#{}">{} {}</a>',
        reverse("public:notice"),
        anchor(number),
        words,
        number,
    )


@register.simple_tag
def hero_figure(slug: str) -> SafeString:
    """Return the drawing that belongs to a brand: always the same for one slug.

    A slug that names a drawing gets that one; any other is dealt one.
    """
    if slug not in FIGURES:
        slug = FIGURES[crc32(slug.encode()) % len(FIGURES)]
    return SafeString(render_to_string(f"web/figures/{slug}.html"))


@register.simple_tag
def setup_square(url: str) -> SafeString:
    """Draw an authenticator's set-up address as a square code, inline.

    Inline, because a `data:` picture would need a hole in the content policy.
    """
    code = segno.make(url, error="m")
    return mark_safe(  # noqa: S308  drawn by segno from modules, holds no markup of ours
        code.svg_inline(scale=4, border=2, omitsize=True, svgclass=None, lineclass=None)
    )
