"""Writing the menu."""

from collections.abc import Iterable, Mapping
from typing import Any

from candour.catalogue.models import Service


def replace_menu(services: Iterable[Mapping[str, Any]]) -> None:
    """Make the menu exactly `services`, in their order; others stop being offered."""
    kept = []
    for position, service in enumerate(services):
        fields = dict(service, position=position, active=True)
        code = fields.pop("code")
        Service.objects.update_or_create(code=code, defaults=fields)
        kept.append(code)
    Service.objects.exclude(code__in=kept).update(active=False)
