"""Everything held about one person, table by table, as the register declares it.

One compiled SELECT a personal table. The first page of every table is asked for in one
pipeline, so that a person with little takes one round trip; more is fetched page by
page, so that a person with much never stands in memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg
from django.db import connection, models
from psycopg import sql

from candour.disposal.statements import written
from candour.policy.vocabulary import RecordClass
from candour.register.declare import (
    Declaration,
    PerRow,
    Withheld,
    model_of,
    personal_tables,
)
from candour.register.permit import WITHHELD, Permit

PAGE = 200  # rows
# Columns that say nothing of a person alone and yet belong to the answer: where data
# came from and when (Art 15(1)(g)), how somebody is reached, where they stand.
SAID_AS_WELL = (
    "source",
    "made_at",
    "verified_at",
    "wrong_at",
    "brand",
    "channel",
    "relation",
    "restricted_at",
    "last_interaction_at",
    "purpose",
    "clause",
)
RowOf = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column that is given: its category, and whether the vault must open it."""

    name: str
    category: str | PerRow | None
    sealed: bool


@dataclass(frozen=True, slots=True)
class Select:
    """How one table is read for one person; `sql` takes owner, last id and a limit."""

    entry: Declaration
    sql: str
    columns: tuple[Column, ...]
    fetched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a copy, and its rows, to be read once."""

    entry: Declaration
    heading: str
    columns: tuple[Column, ...]
    rows: Iterator[RowOf]


def in_reading_order() -> list[Declaration]:
    """Return the personal tables in the order a reader would want: who, then what."""
    order = [RecordClass.IDENTITY, RecordClass.ENQUIRY, RecordClass.CLINICAL]
    order += [klass for klass in RecordClass if klass not in order]
    return sorted(
        personal_tables(),
        key=lambda e: (order.index(e.record_class or RecordClass.TRAIL), _rank(e)),
    )


def _rank(entry: Declaration) -> tuple[bool, str]:
    """Put the person's own row first among its class."""
    return entry.owner != model_of(entry)._meta.pk.column, entry.table


@cache
def selects() -> tuple[Select, ...]:
    """Return how each table that may be given is read."""
    return tuple(
        _select(entry)
        for entry in in_reading_order()
        if not isinstance(entry.copy, Withheld)
    )


def withheld() -> list[tuple[Declaration, str]]:
    """Return the tables that a copy leaves out, each with why it may."""
    return [
        (entry, entry.copy.why)
        for entry in in_reading_order()
        if isinstance(entry.copy, Withheld)
    ]


def _select(entry: Declaration) -> Select:
    named = {field.name: field for field in model_of(entry)._meta.concrete_fields}
    given = [
        name
        for name in named
        if name in entry.personal or (name in entry.plain and name in SAID_AS_WELL)
    ]
    columns = tuple(
        Column(name, entry.personal.get(name), name in entry.sealed) for name in given
    )
    needed = ["id", *(["ref"] if entry.sealed else []), *given]
    needed += [c.column for c in entry.personal.values() if isinstance(c, PerRow)]
    fetched = tuple(dict.fromkeys(needed))
    listed = sql.SQL(", ").join(
        sql.Identifier(_column(named, name)) for name in fetched
    )
    statement = written(
        "SELECT {listed} FROM {table} WHERE {owner} = %s"
        " AND id > %s ORDER BY id LIMIT %s",
        listed=listed,
        table=entry.table,
        owner=str(entry.owner),
    )
    return Select(entry, statement, columns, fetched)


def _column(named: dict[str, "models.Field[Any, Any]"], name: str) -> str:
    return str(named[name].column)


def tables(person_id: int, *, permit: Permit) -> Iterator[Table]:
    """Yield every table of a copy with the person's rows, sealed values opened.

    Read a table's rows before asking for the next table. A column that the permit's
    purpose does not cover is WITHHELD in each row.
    """
    raw: psycopg.Connection[Any] = connection.connection
    permit.keys.fetch([person_id])
    with raw.pipeline():
        pages = [raw.execute(one.sql, [person_id, 0, PAGE]) for one in selects()]
    for one, page in zip(selects(), pages, strict=True):
        rows = _rows(one, page.fetchall(), person_id, raw, permit)
        yield Table(one.entry, str(one.entry.copy), one.columns, rows)


def _rows(
    one: Select,
    page: list[tuple[Any, ...]],
    person_id: int,
    raw: psycopg.Connection[Any],
    permit: Permit,
) -> Iterator[RowOf]:
    while page:
        for values in page:
            row = dict(zip(one.fetched, values, strict=True))
            yield {c.name: _value(one, c, row, person_id, permit) for c in one.columns}
        if len(page) < PAGE:
            return
        page = raw.execute(one.sql, [person_id, page[-1][0], PAGE]).fetchall()


def _value(
    one: Select, column: Column, row: RowOf, person_id: int, permit: Permit
) -> object:
    category, value = column.category, row[column.name]
    if isinstance(category, PerRow):
        category = category.of(row[category.column])
    if category is not None and not permit.covers(category):
        return WITHHELD
    if column.sealed and value is not None:
        place = f"{one.entry.table}.{column.name}:{row['ref']}"
        value = permit.keys.unseal(person_id, place, bytes(value))
    readable = one.entry.readable.get(column.name)
    return readable(value) if readable and isinstance(value, str) else value
