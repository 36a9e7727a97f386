"""Rows as COPY reads them, their numbers, and the keys of what is sealed in them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import psycopg
from django.db.models import Field, JSONField, Model
from psycopg import sql

from candour.core.ids import new_ref
from candour.register.declare import declaration
from candour.vault import sealing
from candour.vault.kek import kek, kek_id

NULL = "\\N"
AHEAD = 5000  # numbers taken from a sequence at once
NEXT = "SELECT nextval(%s::regclass) FROM generate_series(1, %s)"

_ESCAPED = str.maketrans({"\\": r"\\", "\n": r"\n", "\t": r"\t", "\r": r"\r"})
_QUOTED = str.maketrans({"\\": r"\\", '"': r"\""})


def _text(one: str) -> str:
    return one if one.isprintable() and "\\" not in one else one.translate(_ESCAPED)


def _array(several: list[object]) -> str:
    inside = ",".join(f'"{str(one).translate(_QUOTED)}"' for one in several)
    return _text(f"{{{inside}}}")


_TEXT: dict[type, Callable[[Any], str]] = {
    str: _text,
    int: str,
    bool: lambda one: "t" if one else "f",
    bytes: lambda one: "\\\\x" + one.hex(),
    datetime: datetime.isoformat,
    date: date.isoformat,
    type(None): lambda _: NULL,
    list: _array,
}


class Sheet:
    """The rows of one table that wait to be copied.

    What is not given is as Django would leave it.
    """

    def __init__(self, model: type[Model], *, numbered: bool = False) -> None:
        self.model, self.table = model, model._meta.db_table
        entry = declaration(model)
        self.sealed, self.record_class = entry.sealed, str(entry.record_class)
        fields = [
            field
            for field in model._meta.concrete_fields
            if numbered or not field.primary_key
        ]
        self._blank = [(field.attname, _blank(field)) for field in fields]
        self.columns = [field.column for field in fields]
        self.rows: list[str] = []

    def add(self, **values: Any) -> None:
        """Add one row. Raises KeyError where a value is missing or there is no such."""
        cells = []
        for name, blank in self._blank:
            if name in values:
                value = values.pop(name)
                cells.append(_TEXT[type(value)](value))
            elif blank is None:
                raise KeyError(f"{self.table}.{name}")
            else:
                cells.append(blank)
        if values:
            raise KeyError(f"{self.table}: {', '.join(values)}")
        self.rows.append("\t".join(cells))

    def taken(self) -> "Load":
        """Return what waits, and begin anew."""
        rows, self.rows = self.rows, []
        return self.table, self.columns, rows


Load = tuple[str, list[str], list[str]]


def _blank(field: "Field[Any, Any]") -> str | None:
    """Return a column's default as COPY reads it, or None where it has to be given."""
    if field.has_default():
        default = field.get_default()
        if isinstance(field, JSONField):
            return "[]" if default == [] else None
        kind = _TEXT.get(type(default))
        return kind(default) if kind and not callable_ref(field) else None
    if field.null:
        return NULL
    return "" if field.blank else None


def callable_ref(field: "Field[Any, Any]") -> bool:
    """Say whether each row has a value of its own here."""
    return field.default is new_ref


def copy(connection: psycopg.Connection[Any], loads: list[Load]) -> int:
    """Write what was taken from the sheets, in one transaction; return how many."""
    count = 0
    with connection.transaction(), connection.cursor() as cursor:
        for table, columns, rows in loads:
            if not rows:
                continue
            statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
                sql.Identifier(*table.split(".")),
                sql.SQL(", ").join(map(sql.Identifier, columns)),
            )
            with cursor.copy(statement) as out:
                out.write("\n".join(rows) + "\n")
            count += len(rows)
    return count


class Numbers:
    """Hands out the numbers of a table, taken from its own sequence: none twice."""

    def __init__(self, connection: psycopg.Connection[Any], sequence: str) -> None:
        self._drawn = self._draw(connection, sequence)

    def __call__(self) -> int:
        """Return the next number."""
        return next(self._drawn)

    @staticmethod
    def _draw(connection: psycopg.Connection[Any], sequence: str) -> Iterator[int]:
        while True:
            for (number,) in connection.execute(NEXT, [sequence, AHEAD]).fetchall():
                yield number


class Keys:
    """Makes the keys of a person, one for each record class, and seals with them.

    They are as random as anybody's: not even a demonstration draws a key by a seed.
    """

    columns = ("id", "person_id", "record_class", "wrapped", "kek")

    def __init__(self) -> None:
        self._kek, self._kek_id = kek(), kek_id()
        self._person, self._held = 0, dict[str, tuple[Any, bytes]]()
        self._rows: list[str] = []

    def seal(
        self, person: int, sheet: Sheet, column: str, ref: str, text: str
    ) -> bytes:
        """Return `text` sealed for a column of the row with this ref."""
        if column not in sheet.sealed:
            raise KeyError(f"{sheet.table}.{column} is not sealed")
        if person != self._person:
            self._person, self._held = person, {}
        if sheet.record_class not in self._held:
            self._held[sheet.record_class] = self._made(person, sheet.record_class)
        key_id, key = self._held[sheet.record_class]
        place = f"{sheet.table}.{column}:{ref}"
        return sealing.seal(key, key_id, place, text.encode())

    def _made(self, person: int, record_class: str) -> tuple[Any, bytes]:
        key_id, key = new_ref(), sealing.new_key()
        wrapped = sealing.wrap(self._kek, key_id, key)
        row = (str(key_id), str(person), record_class, _TEXT[bytes](wrapped))
        self._rows.append("\t".join((*row, self._kek_id)))
        return key_id, key

    def taken(self) -> Load:
        """Return the keys that wait to be written, and begin anew."""
        rows, self._rows = self._rows, []
        return "vault.key", list(self.columns), rows
