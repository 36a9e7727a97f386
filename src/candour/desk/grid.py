"""A day as a table: a column for each practitioner, room or day, a row a quarter hour.

Pure arithmetic on boxes; what they say comes from `shown_diary`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

QUARTER = timedelta(minutes=15)


@dataclass(slots=True)
class Box:
    """Something in a column for a while: a visit, a time that is taken or shut."""

    starts_at: datetime
    ends_at: datetime
    said: dict[str, Any]


@dataclass(slots=True)
class Column:
    """One column: its heading, what stands in it, and what a free cell is worth."""

    title: str
    small: str = ""
    key: str = ""
    url: str = ""
    boxes: list[Box] = field(default_factory=list)
    shift: timedelta = timedelta(0)  # a week: how much later its rows are


def table(
    columns: Sequence[Column],
    *,
    since: datetime,
    until: datetime,
    now: datetime | None = None,
) -> list[dict[str, Any]]:
    """Return the rows of the table, each with its cells; a box spans its quarters.

    Boxes that share a quarter of an hour share a cell. A cell that an earlier one
    spans is left out, as HTML wants it.
    """
    count = max(1, int(-(-(until - since) // QUARTER)))
    spread = [_spread(column, since, count) for column in columns]
    rows = []
    for number in range(count):
        at = since + number * QUARTER
        cells = [
            cell | {"at": at + column.shift, "key": column.key}
            for column, cells in zip(columns, spread, strict=True)
            if (cell := cells[number]) is not None
        ]
        is_now = now is not None and at <= now < at + QUARTER
        rows.append(
            {
                "at": at,
                "hour": at.minute == 0,
                "cells": cells,
                "now": is_now,
                "now_at": now,
            }
        )
    return rows


def _spread(column: Column, since: datetime, count: int) -> list[dict[str, Any] | None]:
    """Return what each row shows of a column; None where an earlier cell goes on."""
    cells: list[dict[str, Any] | None] = [
        {"rows": 1, "boxes": []} for _ in range(count)
    ]
    for first, last, boxes in _groups(column, since, count):
        cells[first] = {"rows": last - first, "boxes": boxes}
        for row in range(first + 1, last):
            cells[row] = None
    return cells


def _groups(
    column: Column, since: datetime, count: int
) -> list[tuple[int, int, list[dict[str, Any]]]]:
    """Return (first row, row after the last, boxes), with what overlaps together."""
    found: list[tuple[int, int, list[dict[str, Any]]]] = []
    for box in sorted(column.boxes, key=lambda one: (one.starts_at, one.ends_at)):
        first = max(0, (box.starts_at - column.shift - since) // QUARTER)
        last = min(count, -(-(box.ends_at - column.shift - since) // QUARTER))
        if last <= 0 or first >= count or first >= last:
            continue
        if found and first < found[-1][1]:
            begun, ended, boxes = found[-1]
            found[-1] = begun, max(ended, last), [*boxes, box.said]
        else:
            found.append((first, last, [box.said]))
    return found
