"""Reading the catalogue: the menu, prices, rooms and devices, the window."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from candour.catalogue.models import Device, Kind, Price, Room, Service, Window
from candour.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Offered:
    """A service on the menu, with what it costs on a day; pence None: not said."""

    name: str
    says: str
    minutes: int
    pence: int | None
    is_from: bool


def menu() -> list[Service]:
    """Return the services on offer, in the clinic's order."""
    return list(Service.objects.filter(active=True))


def offered(*, on: date) -> list[Offered]:
    """Return the menu with the prices of a day."""
    cost = prices(on=on)
    return [
        Offered(
            name=service.name,
            says=service.says,
            minutes=service.minutes,
            pence=price.pence if (price := cost.get(service.pk)) else None,
            is_from=price.is_from if price else False,
        )
        for service in menu()
    ]


def everything() -> list[Service]:
    """Return every service there ever was, those on offer first."""
    return list(Service.objects.order_by("-active", "position", "pk"))


def service(ref: UUID) -> Service:
    """Return one service. Raises NotFound."""
    found = Service.objects.filter(ref=ref).first()
    if found is None:
        raise NotFound
    return found


def prices(*, on: date) -> dict[int, Price]:
    """Return service id -> its price on a day: the last one that had begun by then."""
    begun = Price.objects.filter(valid_from__lte=on)
    latest = begun.order_by("service_id", "-valid_from").distinct("service")
    return {price.service_id: price for price in latest}


def kinds() -> list[Kind]:
    """Return the classes of treatment, by name."""
    return list(Kind.objects.all())


def reflection_days(service: Service) -> tuple[int | None, bool]:
    """Return the days to think before a service, and whether it is surgery.

    None leaves the number to the law's default for its class.
    """
    kind = Kind.objects.filter(code=service.kind).first()
    surgical = kind.surgical if kind else service.kind == "surgical"
    if service.reflection_days is not None:
        return service.reflection_days, surgical
    return (kind.reflection_days if kind else None), surgical


def rooms(*, site: str = "", active: bool = True) -> list[Room]:
    """Return the rooms of a site, or of every site."""
    found = Room.objects.filter(active=True) if active else Room.objects.all()
    return list(found.filter(site=site) if site else found.order_by("site", "position"))


def devices(*, site: str = "", active: bool = True) -> list[Device]:
    """Return the devices of a site, or of every site."""
    found = Device.objects.filter(active=True) if active else Device.objects.all()
    return list(found.filter(site=site) if site else found.order_by("site", "name"))


def names(ids: Iterable[int]) -> dict[int, str]:
    """Return service id -> what it is called."""
    return dict(Service.objects.filter(pk__in=ids).values_list("pk", "name"))


def window() -> Window | None:
    """Return what the front page says beside the menu, if it was ever written."""
    return Window.objects.first()
