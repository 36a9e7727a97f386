"""Start-up checks: nothing runs while a table could not be erased."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.db import models

from candour.register.declare import declaration, own_models


@register("privacy")
def every_table_can_be_erased(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse to start while one person's rows hang on something that stays."""
    return [problem for model in own_models() for problem in problems_of(model)]


def problems_of(model: type[models.Model]) -> list[CheckMessage]:
    """Return the links of one model that an erasure would trip over.

    A row may point to its owner, and to rows of the same record class of the same
    person: those go together. Anything else would be left pointing at nothing.
    """
    entry = declaration(model)
    return [
        Error(
            f"{model._meta.label}.{field.name} would keep an erasure from being done",
            hint="Point to the owner or to the same record class, or hold the ref.",
            id="disposal.E001",
        )
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.column != entry.owner
        and not isinstance(field.related_model, str)
        and not _goes_along(model, field.related_model)
    ]


def _goes_along(model: type[models.Model], target: type[models.Model]) -> bool:
    if "Privacy" not in target.__dict__:
        return True
    here, there = declaration(model), declaration(target)
    return not there.is_personal or (
        here.is_personal and here.record_class == there.record_class
    )
