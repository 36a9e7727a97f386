"""The SQL of an erasure, written from the register: counts, deletes, names of files.

Nothing here takes input: names come from the models, and what varies is a parameter.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from django.db import models
from psycopg import sql

from candour.policy.vocabulary import RecordClass
from candour.register.declare import Declaration, Erase, model_of, personal_tables

DELETE_KEYS = "DELETE FROM vault.key WHERE person_id = %s AND record_class = ANY(%s)"
# A job's arguments are refs and numbers. What waits, failed or is done goes with the
# rows it was about; one that is running ends by itself, finding nothing.
DELETE_JOBS = (
    "DELETE FROM procrastinate_jobs j WHERE j.status <> 'doing' AND EXISTS"
    " (SELECT FROM jsonb_each_text(j.args) a WHERE a.value = ANY(%s))"
)


@dataclass(frozen=True, slots=True)
class Files:
    """A column that names files in a folder of the data directory.

    It holds the names, or what they are made from: see `_files`.
    """

    table: str
    folder: str
    names: str  # the statement that gives a person's


def written(text: str, **names: str | sql.Composable) -> str:
    """Return a statement: each {name} in `text` becomes a quoted name of ours."""
    quoted = {
        key: name if isinstance(name, sql.Composable) else sql.Identifier(name)
        for key, name in names.items()
    }
    return sql.SQL(text).format(**quoted).as_string()


@cache
def in_order() -> tuple[Declaration, ...]:
    """Return the personal tables, each before those it points to; the person last."""
    entries = {entry.table: entry for entry in personal_tables()}
    pointing = {table: _points_to(entry) for table, entry in entries.items()}
    ordered: list[str] = []
    while pointing:
        pointed_to = {table for targets in pointing.values() for table in targets}
        free = sorted(pointing.keys() - pointed_to)
        if not free:
            raise LookupError(f"tables point at each other: {sorted(pointing)}")
        ordered += free
        for table in free:
            del pointing[table]
    return tuple(entries[table] for table in ordered)


def _points_to(entry: Declaration) -> set[str]:
    """Return the other personal tables that `entry`'s foreign keys lead to."""
    tables = {other.table for other in personal_tables()}
    found = {
        str(field.related_model._meta.db_table)
        for field in model_of(entry)._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and not isinstance(field.related_model, str)
    }
    return (found & tables) - {entry.table}


@cache
def deletes(classes: frozenset[RecordClass]) -> Mapping[str, str]:
    """Return table -> the statement that deletes a person's rows of these classes."""
    return {
        entry.table: written(
            "DELETE FROM {table} WHERE {owner} = %s",
            table=entry.table,
            owner=str(entry.owner),
        )
        for entry in in_order()
        if entry.record_class in classes and isinstance(entry.disposal, Erase)
    }


def read_again() -> str:
    """Return one statement that counts all that could still lead to a person.

    Every personal table, the keys of each class, and what waits in the queue; it wants
    the parameters `people` and `refs` (of one human being: also of records that were
    joined) and `whole` (nothing at all should be left).
    """
    parts = [_count(entry, "ANY(%(people)s)") for entry in in_order()]
    return " UNION ALL ".join([*parts, _KEYS_LEFT, _JOBS_LEFT])


def _count(entry: Declaration, whose: str) -> str:
    return written(
        "SELECT {said}, count(*) FROM {table} WHERE {owner} = {whose}",
        said=sql.Literal(entry.table),
        table=entry.table,
        owner=str(entry.owner),
        whose=sql.SQL(whose),
    )


_KEYS_LEFT = (
    "SELECT 'vault.key/' || record_class, count(*) FROM vault.key"
    " WHERE person_id = ANY(%(people)s) GROUP BY record_class"
)
_JOBS_LEFT = (
    "SELECT 'procrastinate_jobs', count(*) FROM procrastinate_jobs j"
    " WHERE %(whole)s AND EXISTS (SELECT FROM jsonb_each_text(j.args) a"
    " WHERE a.value = ANY(%(refs)s)"
    " OR (starts_with(a.key, 'person')"
    " AND a.value = ANY(%(people)s::bigint[]::text[])))"
)


@cache
def counts() -> tuple[str, int]:
    """Return one statement that counts a person's rows in every personal table.

    Also return how many times it wants the person's id.
    """
    parts = [_count(entry, "%s") for entry in in_order()]
    return " UNION ALL ".join(parts), len(parts)


@cache
def refs(classes: frozenset[RecordClass]) -> tuple[str, int]:
    """Return one statement for a person's refs, and how often it wants their id."""
    parts = [
        written(
            "SELECT ref::text FROM {table} WHERE {owner} = %s",
            table=entry.table,
            owner=str(entry.owner),
        )
        for entry in in_order()
        if entry.table in deletes(classes)
        and any(field.name == "ref" for field in model_of(entry)._meta.concrete_fields)
    ]
    return " UNION ALL ".join(parts), len(parts)


@cache
def files() -> tuple[Files, ...]:
    """Return the columns that name files, as said in Privacy.

    `files = {column: folder}`, where the column holds the name; or, where nothing may
    be told from it, `{column: "folder/{}.eml"}`: the name is a hash of the column.
    """
    return tuple(_files())


def _files() -> Iterator[Files]:
    for entry in in_order():
        named = getattr(model_of(entry).__dict__["Privacy"], "files", {})
        for column, place in named.items():
            folder, hashed, ending = place.partition("/{}")
            names = written(
                "SELECT {name} FROM {table} WHERE {owner} = %s AND {column} <> ''",
                name=_hash(column, ending) if hashed else sql.Identifier(column),
                column=column,
                table=entry.table,
                owner=str(entry.owner),
            )
            yield Files(entry.table, folder, names)


def _hash(column: str, ending: str) -> sql.Composable:
    return sql.SQL(
        "left(encode(sha256(convert_to({}, 'UTF8')), 'hex'), 24) || {}"
    ).format(sql.Identifier(column), sql.Literal(ending))


def classes_of(entries: Collection[Declaration]) -> frozenset[RecordClass]:
    """Return the record classes of some tables."""
    return frozenset(e.record_class for e in entries if e.record_class is not None)
