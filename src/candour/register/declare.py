"""`class Privacy`: what a model says about the personal data it holds.

    class Privacy:
        owner = "person"                       # foreign key to the data subject
        record_class = RecordClass.ENQUIRY
        personal = {"message": "enquiry"}      # column -> category of the policy
        sealed = {"message"}                   # columns that hold vault blobs
        plain = {"id", "ref", "person"}        # columns that say nothing of a person
        copy = "What you asked us"             # its heading in a copy, or Withheld(why)
        disposal = ERASE                       # or Survives(why)

`readable` turns the text of a column into lines for a copy, where what is kept is data.
`bound` names the column that says for which purpose a row was written: under another
purpose its personal columns are withheld. Foreign keys are columns too. The person's
own row says `owner = "self"`; a table of no person says `owner = None` and `why`. From
this one place come the walls, the change triggers, the grants, the copy, the erasure
and its re-reading.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from candour.policy.vocabulary import RecordClass

SELF = "self"


@dataclass(frozen=True, slots=True)
class PerRow:
    """A column whose category depends on another: an email or a phone number."""

    column: str
    categories: Mapping[str, str]
    otherwise: str

    def of(self, value: object) -> str:
        """Return the category when the other column holds `value`."""
        return self.categories.get(str(value), self.otherwise)


Category = str | PerRow


@dataclass(frozen=True, slots=True)
class Withheld:
    """A table left out of a copy, and why it may be."""

    why: str


@dataclass(frozen=True, slots=True)
class Survives:
    """A table whose rows outlive an erasure, and why they may."""

    why: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Rows go when the person, or their record class, goes."""


ERASE = Erase()


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one model declared, with names resolved to columns."""

    label: str
    table: str
    owner: str | None
    record_class: RecordClass | None
    personal: Mapping[str, Category]
    sealed: frozenset[str]
    plain: frozenset[str]
    copy: str | Withheld
    disposal: Erase | Survives
    also: tuple[str, ...]
    writes: tuple[str, ...]
    bound: str
    why: str
    readable: Mapping[str, Callable[[str], str]]

    @property
    def is_personal(self) -> bool:
        """Whether its rows belong to a data subject."""
        return self.owner is not None


def declaration(model: type[models.Model]) -> Declaration:
    """Return what `model` declared.

    Raises LookupError when it has no `class Privacy`: an undeclared table must stop
    the programme, not pass as harmless.
    """
    return _declaration(model._meta.concrete_model or model)


@cache
def _declaration(model: type[models.Model]) -> Declaration:
    said = model.__dict__.get("Privacy")
    if said is None:
        raise LookupError(f"{model._meta.label} has no class Privacy")
    owner = said.owner
    if owner == SELF:
        column: str | None = model._meta.pk.column
    elif owner is None:
        column = None
    else:
        column = link(model, owner).column
    return Declaration(
        label=model._meta.label,
        table=model._meta.db_table,
        owner=column,
        record_class=getattr(said, "record_class", None),
        personal=dict(getattr(said, "personal", {})),
        sealed=frozenset(getattr(said, "sealed", ())),
        plain=frozenset(getattr(said, "plain", ())),
        copy=getattr(said, "copy", Withheld("not said")),
        disposal=getattr(said, "disposal", ERASE),
        also=tuple(getattr(said, "also", ())),
        writes=tuple(getattr(said, "writes", ("insert", "update", "delete"))),
        bound=getattr(said, "bound", ""),
        why=getattr(said, "why", ""),
        readable=dict(getattr(said, "readable", {})),
    )


def link(model: type[models.Model], name: str) -> "models.ForeignKey[Any, Any]":
    """Return the foreign key `name`. Raises LookupError when it is none."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.ForeignKey):
        raise LookupError(f"{model._meta.label}.{name} is no foreign key")
    return field


def own_models() -> list[type[models.Model]]:
    """Return every model of Candour's own apps, in a stable order."""
    return sorted(
        (m for m in apps.get_models() if m.__module__.startswith("candour.")),
        key=lambda m: m._meta.db_table,
    )


def declarations() -> list[Declaration]:
    """Return what every one of our models declared, personal or not."""
    return [declaration(model) for model in own_models()]


def personal_tables() -> list[Declaration]:
    """Return the declarations of tables whose rows belong to a data subject."""
    return [entry for entry in declarations() if entry.is_personal]


def model_of(entry: Declaration) -> type[models.Model]:
    """Return the model that made `entry`."""
    return apps.get_model(entry.label)
