"""Writing the menu, and what stands beside it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from candour.catalogue.models import Device, Kind, Price, Room, Service, Window
from candour.core.errors import Conflict, Invalid

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


def save_service(
    *, service: Service | None, changed: Mapping[str, Any], name: str
) -> Service:
    """Change a service, or make one, by the names of its columns.

    Raises Invalid for what cannot be, with a sentence that says what.
    """
    if not name.strip():
        raise Invalid("Give it a name.")
    if not 5 <= int(changed["minutes"]) <= 600:
        raise Invalid("A visit takes from 5 minutes to 10 hours.")
    if changed["recall_days"] and not changed["needs_review"]:
        raise Invalid("Days until a review go with a treatment that needs one.")
    if service is None:
        code = _free_code(slugify(name)[:50] or "service")
        service = Service(code=code, says="", position=Service.objects.count())
    service.name = name.strip()
    for column, value in changed.items():
        setattr(service, column, value)
    service.save()
    return service


def _free_code(wanted: str) -> str:
    taken = set(
        Service.objects.filter(code__startswith=wanted).values_list("code", flat=True)
    )
    numbered = (f"{wanted}-{n}" for n in range(2, 1000))
    return (
        wanted if wanted not in taken else next(c for c in numbered if c not in taken)
    )


def add_room(*, site: str, name: str, kinds: list[str]) -> Room:
    """Add a room to a site. Raises Conflict where one is called so already."""
    if not name.strip():
        raise Invalid("Give the room a name.")
    if Room.objects.filter(site=site, name=name.strip(), active=True).exists():
        raise Conflict("There is a room of that name at this site.")
    made, _ = Room.objects.update_or_create(
        site=site,
        name=name.strip(),
        defaults={"kinds": kinds, "active": True, "position": Room.objects.count()},
    )
    return made


def add_device(*, site: str, name: str, kind: str) -> Device:
    """Add a device to a site. Raises Conflict where one is called so already."""
    if not name.strip() or not slugify(kind):
        raise Invalid("Give the device a name, and say what kind it is.")
    if Device.objects.filter(site=site, name=name.strip(), active=True).exists():
        raise Conflict("There is a device of that name at this site.")
    made, _ = Device.objects.update_or_create(
        site=site,
        name=name.strip(),
        defaults={"kind": slugify(kind)[:20], "active": True},
    )
    return made


def retire(*, what: str, ref: UUID) -> None:
    """Take a room or a device out of use; visits that had it keep it."""
    if what == "room":
        Room.objects.filter(ref=ref).update(active=False)
    else:
        Device.objects.filter(ref=ref).update(active=False)


def set_kinds(kinds: Iterable[tuple[str, str, bool]]) -> None:
    """Make the classes of treatment there are: (code, name, whether it is surgery)."""
    for code, name, surgical in kinds:
        defaults = {"name": name, "surgical": surgical}
        Kind.objects.get_or_create(code=code, defaults=defaults)


def set_rules(*, service: Service, rules: Mapping[str, Any]) -> None:
    """Set what a service asks for, where nobody has said anything of it yet."""
    if not service.room_kind:
        Service.objects.filter(pk=service.pk).update(**rules)
