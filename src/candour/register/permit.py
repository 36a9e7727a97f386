"""The permit: leave to use some people's data for one purpose, for one unit of work.

Only the gate makes one. Every read of personal data goes through `read`, which selects
only the columns the purpose covers, opens the sealed ones, and hands the rest back as
WITHHELD, so that "not allowed" never looks like "nothing there".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Any, Protocol
from uuid import UUID

from django.db import models
from django.db.models.expressions import RawSQL

from candour.core.actor import Actor
from candour.core.clock import local_date
from candour.core.errors import Invalid, Refused
from candour.policy.compile import Policy
from candour.policy.predicates import Act
from candour.policy.terms import Decision, Facts, Reach
from candour.policy.vocabulary import covers
from candour.register.declare import SELF, Declaration, PerRow, declaration, link


class Withholding:
    """Stands where a value is that this purpose may not see. It is not emptiness."""

    def __repr__(self) -> str:
        return "WITHHELD"

    def __str__(self) -> str:
        return "withheld"

    def __bool__(self) -> bool:
        # True: "not allowed" must not take the branch for "nothing there".
        return True


WITHHELD = Withholding()

_PARAMETER = re.compile(r"%\((\w+)\)s")
# Purposes under which a person's messages are read whatever they were written for.
EVERY_MESSAGE = frozenset({"rights", "retention", "legal-duty", "backups"})


class NotRead(RuntimeError):
    """A row was asked for a field that was not read.

    Not an AttributeError: a template would print that as nothing at all.
    """


class Row:
    """One row as this purpose may see it: attributes are the fields asked for."""

    def __init__(self, **fields: Any) -> None:
        self.__dict__ = fields

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]  # its fields can be set

    def __repr__(self) -> str:
        # Names only: what a row holds does not belong in a log.
        return f"Row({', '.join(self.__dict__)})"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise NotRead(f"{name} was not read")


class Keys(Protocol):
    """What a permit needs of the vault, which lies above this layer."""

    def fetch(self, people: Iterable[int]) -> None:
        """Fetch the keys of `people` in one statement."""

    def seal(self, person: int, record_class: str, place: str, text: str) -> bytes:
        """Return `text` sealed."""

    def unseal(self, person: int, place: str, sealed: bytes) -> str:
        """Return what was sealed."""

    def data_key(self, person: int, record_class: str) -> tuple[UUID, bytes]:
        """Return the key for a file."""

    def key_of(self, person: int, key_id: UUID) -> bytes:
        """Return the key that a sealed file names."""


@dataclass(slots=True)
class Permit:
    """Leave for one unit of work. `people` is None when the reach is everybody."""

    by: Actor
    purpose: str
    verb: str
    decision: Decision
    policy: Policy
    policy_id: int
    act: UUID
    at: datetime
    people: tuple[int, ...] | None
    facts: dict[int, Facts]
    keys: Keys
    reach: Reach
    seen: set[int] = field(default_factory=set)

    def covers(self, category: str) -> bool:
        """Return whether the purpose covers `category` for this role."""
        return category in self.decision.categories

    def covers_part(self, category: str) -> bool:
        """Return whether the purpose covers `category` or part of it."""
        return any(covers(category, one) for one in self.decision.categories)

    def must_cover(self, category: str) -> None:
        """Raise Refused unless the purpose covers `category` or part of it."""
        if not self.covers_part(category):
            raise Refused(
                clause=self.decision.clause,
                reason="This purpose does not cover that kind of data.",
                purpose=self.purpose,
            )

    def must_be_source(self, source: str) -> None:
        """Raise Invalid for a source of data that the policy does not name."""
        if source not in self.policy.collected_from:
            raise Invalid("The notice does not name this source of data.")

    def read(self, rows: "models.QuerySet[Any]", *names: str) -> list[Row]:
        """Return the rows as this purpose may see them, with `pk` and `names`.

        A name may follow a foreign key (`person__name`). Raises LookupError for a
        column that its model does not declare.
        """
        model: type[models.Model] = rows.model
        plan = _plan(model, names)
        found = list(rows.values_list(*plan.columns))
        index = {column: place for place, column in enumerate(plan.columns)}
        if plan.owner:
            owners = {values[index[plan.owner]] for values in found}
            self.seen.update(owners)
            if plan.has_sealed and found:
                self.keys.fetch(owners)
        if plan.is_plain:
            return self._rows(plan, index, found)
        return [self._row(plan, index, values) for values in found]

    def _rows(
        self, plan: "Plan", index: dict[str, int], found: list[tuple[Any, ...]]
    ) -> list[Row]:
        """Return rows whose columns are all shown or all withheld: the quick way."""
        shown, withheld = ["pk"], {}
        for part in plan.parts:
            if part.category is None or part.category in self.decision.categories:
                shown.append(part.name)
            else:
                withheld[part.name] = WITHHELD
        names = tuple(dict.fromkeys(shown))
        # With a second name `pick` gives a tuple also where only the key is shown.
        pick = itemgetter(*(index[name] for name in (*names, "pk")))
        rows = []
        for values in found:
            row = Row.__new__(Row)
            row.__dict__ = dict(zip(names, pick(values), strict=False))
            rows.append(row)
        if withheld:
            for row in rows:
                row.__dict__.update(withheld)
        return rows

    def _row(self, plan: "Plan", index: dict[str, int], values: tuple[Any, ...]) -> Row:
        row = Row(pk=values[index["pk"]])
        elsewhere = (
            plan.bound != ""
            and values[index[plan.bound]] != self.purpose
            and self.purpose not in EVERY_MESSAGE
        )
        for part in plan.parts:
            category = part.category
            if isinstance(category, PerRow):
                category = category.of(values[index[part.beside]])
            value = values[index[part.name]]
            if category is not None and (
                elsewhere or category not in self.decision.categories
            ):
                value = WITHHELD
            elif part.sealed and value is not None:
                place = f"{part.place}:{values[index[part.ref]]}"
                value = self.keys.unseal(values[index[part.owner]], place, bytes(value))
            setattr(row, part.name, value)
        return row

    def seal(self, instance: models.Model, column: str, text: str) -> bytes:
        """Return `text` sealed for a column of a row that has its `ref` and owner."""
        entry = declaration(type(instance))
        if column not in entry.sealed or entry.record_class is None:
            raise LookupError(f"{entry.label}.{column} is not a sealed column")
        owner = getattr(instance, _owner_attribute(type(instance)))
        place = f"{entry.table}.{column}:{instance.ref}"  # type: ignore[attr-defined]
        return self.keys.seal(owner, entry.record_class, place, text)

    def open(self, instance: models.Model, column: str) -> str:
        """Return the text of a sealed column of a row fetched inside this permit."""
        [row] = self.read(
            type(instance)._default_manager.filter(pk=instance.pk), column
        )
        return str(getattr(row, column))

    def admitted(self, rows: "models.QuerySet[Any]", path: str = "person") -> Any:
        """Return `rows` without people whom the policy would refuse one by one.

        `path` leads from a row to its person. It is one decision with the one that
        opens a single file, compiled to SQL: a list and a file cannot differ. Nobody
        without a standing is let through, as at a file.
        """
        on = local_date(self.at)
        sieve = self.policy.readers(self.by.role, self.purpose, self.reach, Act(on))
        values = [sieve.params[name] for name in _PARAMETER.findall(sieve.allowed)]
        words = _PARAMETER.sub("%s", sieve.allowed)
        # Our own words; every value is a parameter.
        let_through = RawSQL(  # noqa: S611
            f"SELECT s.person_id FROM people_standing s WHERE {words}",  # noqa: S608
            values,
        )
        return rows.filter(**{f"{path}__in": let_through})


@dataclass(frozen=True, slots=True)
class Part:
    """How one name is read: its category and, when sealed, where to find its keys."""

    name: str
    category: str | PerRow | None
    sealed: bool
    place: str
    ref: str
    owner: str
    beside: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Which columns to select for a model and names, and how to read each."""

    columns: tuple[str, ...]
    parts: tuple[Part, ...]
    owner: str
    bound: str
    has_sealed: bool
    is_plain: bool


@cache
def _plan(model: type[models.Model], names: tuple[str, ...]) -> Plan:
    parts = tuple(_part(model, name) for name in names)
    owner = _owner_attribute(model) if declaration(model).is_personal else ""
    bound = declaration(model).bound
    columns = dict.fromkeys(
        ["pk", *([owner] if owner else []), *([bound] if bound else [])]
    )
    for part in parts:
        columns |= dict.fromkeys(
            [part.name, *([part.ref, part.owner] if part.sealed else [])]
            + ([part.beside] if part.beside else [])
        )
    sealed = any(part.sealed for part in parts)
    by_row = any(isinstance(part.category, PerRow) for part in parts)
    is_plain = not (sealed or by_row or bound)
    return Plan(tuple(columns), parts, owner, bound, sealed, is_plain)


def _part(model: type[models.Model], name: str) -> Part:
    *path, column = name.split("__")
    for step in path:
        related = model._meta.get_field(step).related_model
        if not isinstance(related, type):
            raise LookupError(f"{name} does not lead to a model")
        model = related
    prefix = "__".join([*path, ""])
    entry = declaration(model)
    category = _category(entry, column)
    return Part(
        name=name,
        category=category,
        sealed=column in entry.sealed,
        place=f"{entry.table}.{column}",
        ref=f"{prefix}ref",
        owner=f"{prefix}{_owner_attribute(model)}" if entry.is_personal else "",
        beside=f"{prefix}{category.column}" if isinstance(category, PerRow) else "",
    )


def _category(entry: Declaration, column: str) -> str | PerRow | None:
    if column in entry.personal:
        return entry.personal[column]
    if column in entry.plain or not entry.is_personal:
        return None
    raise LookupError(f"{entry.label}.{column} is not declared")


def _owner_attribute(model: type[models.Model]) -> str:
    owner = model.__dict__["Privacy"].owner
    return "pk" if owner == SELF else link(model, owner).attname
