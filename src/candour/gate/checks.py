"""Start-up checks: nothing runs while a column is unsorted."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.db import models

from candour.policy.vocabulary import CATEGORIES, record_class_of
from candour.register.declare import SELF, PerRow, declaration, link, own_models


@register("privacy")
def every_column_is_sorted(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse to start while a model hides a column from its declaration."""
    return [problem for model in own_models() for problem in problems_of(model)]


def problems_of(model: type[models.Model]) -> list[CheckMessage]:
    """Return what is wrong with one model's `class Privacy`, one message each."""
    label = model._meta.label
    try:
        entry = declaration(model)
    except LookupError:
        return [_error("E001", f"{label} has no class Privacy", "Declare it.")]
    if not entry.is_personal:
        said = [] if entry.why else ["says that it is of no person, but not why"]
        return [_error("E002", f"{label} {text}", "Add `why`.") for text in said]
    return [
        *_unsorted(model, label, {*entry.personal, *entry.plain}),
        *_wrong_categories(label, entry.personal, entry.record_class),
        *_wrong_owner(model, label),
        *(
            _error(
                "E006", f"{label}.{column} is sealed but not binary", "Use BinaryField."
            )
            for column in entry.sealed
            if not isinstance(model._meta.get_field(column), models.BinaryField)
        ),
    ]


def _unsorted(
    model: type[models.Model], label: str, sorted_: set[str]
) -> list[CheckMessage]:
    columns = {field.name for field in model._meta.concrete_fields}
    return [
        *(
            _error(
                "E003", f"{label}.{name} is not sorted", "Put it in personal or plain."
            )
            for name in sorted(columns - sorted_)
        ),
        *(
            _error("E003", f"{label} sorts {name}, which it has not", "Take it out.")
            for name in sorted(sorted_ - columns)
        ),
    ]


def _wrong_categories(
    label: str, personal: Any, record_class: Any
) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for column, category in personal.items():
        slugs = (
            [*category.categories.values(), category.otherwise]
            if isinstance(category, PerRow)
            else [category]
        )
        for slug in slugs:
            if slug not in CATEGORIES:
                found.append(
                    _error(
                        "E004",
                        f"{label}.{column}: no category {slug}",
                        "See vocabulary.",
                    )
                )
            elif record_class_of(slug) != record_class:
                found.append(
                    _error(
                        "E004",
                        f"{label}.{column}: {slug} is kept in {record_class_of(slug)},"
                        f" not in {record_class}",
                        "Move the column or choose another category.",
                    )
                )
    return found


def _wrong_owner(model: type[models.Model], label: str) -> list[CheckMessage]:
    owner = model.__dict__["Privacy"].owner
    if owner == SELF:
        return []
    field = link(model, owner)
    related = field.related_model
    if isinstance(related, type) and related._meta.label == "people.Person":
        return (
            []
            if not field.null
            else [
                _error(
                    "E005", f"{label}.{owner} may be empty", "Every row has its person."
                )
            ]
        )
    return [
        _error("E005", f"{label}.{owner} is no link to a person", "Owners are people.")
    ]


def _error(code: str, text: str, hint: str) -> Error:
    return Error(text, hint=hint, id=f"gate.{code}")
