"""Where a crowd is seen: practitioners with rooms, a diary of two years, stock."""

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from candour.accounts import actions as accounts
from candour.appointments import sites
from candour.catalogue import actions as catalogue
from candour.catalogue import queries, stock
from candour.catalogue.models import Batch, Product, Service
from candour.core.actor import system
from candour.core.clock import LONDON, local_date
from candour.core.errors import Misconfigured
from candour.records.actions import agreements

if TYPE_CHECKING:
    from candour.policy.compile import Policy

HOURS = (9, 10, 11, 12, 14, 15, 16, 17)  # when visits begin: an hour apart, a pause
BACK, AHEAD = 730, 30  # days of the diary before today, and after
FULL = 0.87  # of the diary's places that are taken
GOLDEN = 0.6180339887
PRODUCTS = (
    # code, name, kind, unit, pom, implant
    ("invented-toxin", "Invented Toxin 100", "toxin", "units", True, False),
    ("invented-filler", "Invented Filler 1 ml", "filler", "ml", False, True),
    ("invented-peel", "Invented Peel 30 %", "skincare", "ml", False, False),
    ("invented-gel", "Invented Cooling Gel", "consumable", "g", False, False),
)
GIVEN_FOR = {"injectable": (0, 1), "skin": (2,), "laser": (3,), "surgical": (3,)}
RISKS = ("Bruising", "Swelling", "That it does too little", "An infection")


@dataclass(frozen=True, slots=True)
class Seat:
    """A practitioner with the room and the laser that are theirs alone."""

    staff: int
    name: str
    by: str
    room: int
    room_name: str
    device: int
    device_name: str
    site: str


@dataclass(frozen=True, slots=True)
class Held:
    """A batch: of which product, from when it is there, until when it may be given."""

    pk: int
    number: str
    product: int
    name: str
    unit: str
    received: date
    expires: date


class Diary:
    """Hands out places in the diary, each one once: so no two visits overlap.

    They come in an order that jumps about in two years, so that the diary of a small
    crowd is thin everywhere, and that of a large one full.
    """

    def __init__(self, seats: list[Seat], at: datetime) -> None:
        today = local_date(at)
        days = [today + timedelta(days=n) for n in range(-BACK, AHEAD + 1)]
        self.starts = [
            datetime.combine(day, time(hour), LONDON)
            for day in days
            if day.weekday() < 5
            for hour in HOURS
        ]
        past = [one for one in self.starts if local_date(one) <= today]
        self.last_day = local_date(past[-1])
        self._seats, self._at = seats, 0
        self._all = len(seats) * len(self.starts)
        step = int(self._all * GOLDEN) | 1
        while math.gcd(step, self._all) != 1:
            step += 2
        self._step = step

    def take(self, wanted: int) -> list[tuple[datetime, Seat]]:
        """Return up to `wanted` places on different days, the first one first."""
        found: dict[date, tuple[datetime, Seat]] = {}
        for _ in range(wanted):
            if self._at >= self._all:
                break
            place = self._at * self._step % self._all
            self._at += 1
            seat, start = divmod(place, len(self.starts))
            moment = self.starts[start]
            found[moment.date()] = (moment, self._seats[seat])
        return sorted(found.values(), key=lambda one: one[0])


def seats(visits: int, *, policy: "Policy", at: datetime) -> list[Seat]:
    """Add as many practitioners, rooms and lasers as so many visits need."""
    weekdays = (BACK + AHEAD) * 5 // 7
    count = max(2, math.ceil(visits / (weekdays * len(HOURS) * FULL)))
    places = [place.slug for place in sites.of(policy)]
    services = [service.pk for service in queries.menu()]
    first = len(queries.rooms())
    return [
        _seat(first + n, places[n % len(places)], services, at) for n in range(count)
    ]


def _seat(number: int, site: str, services: list[int], at: datetime) -> Seat:
    name = f"Practitioner {number} Inventsby"
    member = accounts.add_staff(
        email=f"practitioner-{number}@demo.example",
        name=name,
        roles=["practitioner"],
        at=at - timedelta(days=BACK + 30),
    )
    accounts.set_practice(staff=member, services=services)
    room = catalogue.add_room(
        site=site, name=f"Suite {number}", kinds=["talk", "treatment"]
    )
    device = catalogue.add_device(site=site, name=f"Laser {number}", kind="laser")
    by = f"staff:{member.ref}"
    return Seat(member.pk, name, by, room.pk, room.name, device.pk, device.name, site)


def services(at: datetime) -> dict[str, list[Service]]:
    """Return the menu by class. Raises Misconfigured for a clinic that has none."""
    found: dict[str, list[Service]] = {}
    for service in queries.menu():
        found.setdefault(service.kind, []).append(service)
    if not found:
        raise Misconfigured("There is no menu yet. Start the demonstration: ./run")
    for kind in found:
        if agreements.form_for(found[kind][0]) is None and kind != "consultation":
            agreements.publish_form(
                kind=kind,
                title=f"Consent to {kind} treatment",
                text="I was told what is done, what may go wrong, and what else there"
                " is. I may change my mind at any time.",
                risks=RISKS,
                by=system("demo"),
                at=at,
            )
    return found


def batches(at: datetime) -> dict[str, list[Held]]:
    """Take invented products into stock, a batch each quarter; return them by class."""
    by, today = system("demo"), local_date(at)
    of: list[list[Held]] = []
    for code, name, kind, unit, pom, implant in PRODUCTS:
        product = stock.add_product(
            code=code, name=name, maker="Invented Laboratories", kind=kind,
            unit=unit, pom=pom, implant=implant,
        )  # fmt: skip
        here = []
        for back in range(BACK + 40, -1, -90):
            day = today - timedelta(days=back)
            number = f"INV{day:%y%m}-{code[-3:].upper()}"
            batch = Batch.objects.filter(product=product, number=number).first()
            if batch is None:
                batch = stock.take_in(
                    product=product.ref, number=number, by=by, on=day,
                    expires_on=day + timedelta(days=540),
                )  # fmt: skip
            here.append(_held(batch, product))
        of.append(here)
    return {
        kind: [one for place in places for one in of[place]]
        for kind, places in GIVEN_FOR.items()
    }


def _held(batch: Batch, product: Product) -> Held:
    return Held(
        pk=batch.pk,
        number=batch.number,
        product=product.pk,
        name=product.name,
        unit=product.unit,
        received=batch.received_on,
        expires=batch.expires_on,
    )
