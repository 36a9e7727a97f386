"""Looking for a word in every text and byte of every table, whoever may read it."""

from typing import Any

import psycopg
from psycopg import sql

SEARCHED = ("text", "varchar", "bpchar", "bytea", "json", "jsonb", "_text", "_varchar")
COLUMNS = """
    SELECT n.nspname, c.relname, a.attname, t.typname
      FROM pg_attribute a
      JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_type t ON t.oid = a.atttypid
     WHERE a.attnum > 0 AND NOT a.attisdropped AND t.typname = ANY(%s)
       AND n.nspname !~ '^(pg_|information_schema)'
     ORDER BY 1, 2, 3
"""


def found_anywhere(owner: psycopg.Connection[Any], word: str) -> list[str]:
    """Return the columns that hold `word` in any case, as the owner sees them."""
    columns = owner.execute(COLUMNS, [list(SEARCHED)]).fetchall()
    return [
        f"{schema}.{table}.{column}"
        for schema, table, column, kind in columns
        if _holds(owner, schema, table, column, kind, word)
    ]


def _holds(
    owner: psycopg.Connection[Any],
    schema: str,
    table: str,
    column: str,
    kind: str,
    word: str,
) -> bool:
    place = sql.Identifier(schema, table)
    if kind == "bytea":
        test = sql.SQL("position(%s in {}) > 0").format(sql.Identifier(column))
        value: object = word.encode()
    else:
        test = sql.SQL("strpos(lower({}::text), lower(%s)) > 0").format(
            sql.Identifier(column)
        )
        value = word
    query = sql.SQL("SELECT EXISTS (SELECT FROM {} WHERE {})").format(place, test)
    [[found]] = owner.execute(query, [value]).fetchall()
    return bool(found)
