"""Writing the menu, and what stands beside it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from candour.catalogue.models import Price, Service, Window

OPENED = date(2000, 1, 1)  # before any clinic here had a price


def replace_menu(services: Iterable[Mapping[str, Any]], *, on: date = OPENED) -> None:
    """Make the menu exactly `services`, in their order; others stop being offered.

    Their prices (pence, or None where it is said on consultation) hold from `on`.
    """
    kept = []
    for position, service in enumerate(services):
        fields = dict(service, position=position, active=True)
        code, pence = fields.pop("code"), fields.pop("price_pence")
        is_from = fields.pop("price_from", False)
        made, _ = Service.objects.update_or_create(code=code, defaults=fields)
        set_price(service=made, pence=pence, is_from=is_from, valid_from=on)
        kept.append(code)
    Service.objects.exclude(code__in=kept).update(active=False)


def replace_window(*, close: str, hours: Iterable[Mapping[str, str]]) -> None:
    """Make the front page say this: its last line, and when the clinic is open."""
    said = {"close": close, "hours": [dict(row) for row in hours]}
    Window.objects.update_or_create(pk=1, defaults=said)


def set_price(
    *, service: Service, pence: int | None, is_from: bool, valid_from: date
) -> None:
    """Say what a service costs from a day on; said again for that day, it changes."""
    Price.objects.update_or_create(
        service=service,
        valid_from=valid_from,
        defaults={"pence": pence, "is_from": is_from},
    )
