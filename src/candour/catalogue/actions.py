"""Writing the menu, and what stands beside it."""

from collections.abc import Iterable, Mapping
from typing import Any

from candour.catalogue.models import Service, Window


def replace_menu(services: Iterable[Mapping[str, Any]]) -> None:
    """Make the menu exactly `services`, in their order; others stop being offered."""
    kept = []
    for position, service in enumerate(services):
        fields = dict(service, position=position, active=True)
        code = fields.pop("code")
        Service.objects.update_or_create(code=code, defaults=fields)
        kept.append(code)
    Service.objects.exclude(code__in=kept).update(active=False)


def replace_window(*, close: str, hours: Iterable[Mapping[str, str]]) -> None:
    """Make the front page say this: its last line, and when the clinic is open."""
    said = {"close": close, "hours": [dict(row) for row in hours]}
    Window.objects.update_or_create(pk=1, defaults=said)
