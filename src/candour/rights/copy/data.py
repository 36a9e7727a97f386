"""The data file of a copy, written row by row as it is read."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from candour.disposal.collect import Column, Table
from candour.policy.compile import Policy
from candour.register.declare import PerRow
from candour.register.permit import WITHHELD
from candour.rights.copy.facts import Facts

FORMAT, VERSION = "candour-copy", 1


@dataclass(frozen=True, slots=True)
class About:
    """What the copy is of: which request, of when, and under which notice."""

    ref: UUID
    number: str
    received_at: datetime
    made_at: datetime
    policy: Policy

    def as_data(self) -> dict[str, Any]:
        """Return the head of the data file."""
        return {
            "$schema": "schema.json",
            "format": FORMAT,
            "version": VERSION,
            "made_at": self.made_at,
            "request": {
                "ref": self.ref,
                "number": self.number,
                "received_at": self.received_at,
            },
            "clinic": self.policy.clinic,
            "controllers": [
                {"name": one.name, "address": one.address}
                for one in self.policy.controllers
            ],
            "notice": {
                "version": self.policy.version,
                "effective": self.policy.effective,
            },
        }


def head(about: About) -> str:
    """Return the beginning of the file, up to the first table."""
    return dumped(about.as_data()).removesuffix("}") + ',\n"tables": ['


def table_head(table: Table, *, first: bool) -> str:
    """Return the beginning of one table, up to its first row."""
    said = {
        "table": table.entry.table,
        "heading": table.heading,
        "record_class": table.entry.record_class,
        "columns": [_column(column) for column in table.columns],
    }
    return f"{'' if first else ','}\n{dumped(said).removesuffix('}')}, " + '"rows": ['


def row(values: dict[str, Any], *, first: bool) -> str:
    """Return one row."""
    return f"{'' if first else ','}\n  {dumped(values)}"


TABLE_TAIL = "]}"


def tail(facts: Facts, withheld: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the end of the file: what was left out, and what goes with the data."""
    left_out = [{"table": table, "why": why} for table, why in withheld]
    yield f'],\n"withheld": {dumped(left_out)}'
    for name, rows in facts.as_data().items():
        yield f",\n{dumped(name)}: {dumped(rows)}"
    yield "}\n"


def _column(column: Column) -> dict[str, Any]:
    if isinstance(column.category, PerRow):
        found = {*column.category.categories.values(), column.category.otherwise}
        return {"name": column.name, "categories": sorted(found)}
    return {
        "name": column.name,
        "categories": [] if column.category is None else [column.category],
    }


def dumped(value: object) -> str:
    """Return a value as JSON, readable in any alphabet."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if value is WITHHELD:
        return {"withheld": True}
    raise TypeError(f"a copy cannot hold a {type(value).__name__}")
