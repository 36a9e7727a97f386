"""What staff choose and type about visits: shape and mistakes, no database writes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from candour.appointments import times
from candour.appointments.actions.visits import Booking
from candour.appointments.times import Twice
from candour.core.errors import Invalid
from candour.core.ids import new_ref
from candour.desk.typed import ref_of

VIEWS = ("staff", "rooms")
FAR = timedelta(days=3660)  # days that an address may name, each way


@dataclass(frozen=True, slots=True)
class Which:
    """Which day, site and columns a page of the diary shows. Odd values are usual."""

    day: date
    site: str
    by: str = "staff"

    @classmethod
    def of(cls, query: QueryDict, *, today: date, sites: Sequence[str]) -> "Which":
        """Return what a link asks for."""
        site, by = query.get("site", ""), query.get("by", "")
        return cls(
            day=day_of(query.get("day", ""), today),
            site=site if site in sites else next(iter(sites), ""),
            by=by if by in VIEWS else "staff",
        )

    def query(self, **changes: Any) -> str:
        """Return it, with `changes`, as the query of a link."""
        told = {"day": self.day, "site": self.site, "by": self.by, **changes}
        return "?" + urlencode({key: str(value) for key, value in told.items()})


def day_of(text: str, otherwise: date) -> date:
    """Return a day that an address names, or the usual one for anything odd."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return found if abs(found - otherwise) < FAR else otherwise


def number_of(text: str) -> int | None:
    """Return a small whole number, or None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def slot_value(starts_at: datetime, staff: int) -> str:
    """Return a free time as a form sends it: a moment and whose."""
    return f"{starts_at.astimezone(UTC):%Y-%m-%dT%H:%MZ}|{staff}"


def slot_of(text: str) -> tuple[datetime, int] | None:
    """Return the moment and practitioner of a free time, or None for what is none."""
    moment, _, staff = text.partition("|")
    number = number_of(staff)
    try:
        at = datetime.strptime(moment, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return (at, number) if number is not None else None


@dataclass(slots=True)
class VisitForm:
    """The form that books or moves a visit; each value as it was sent."""

    service: str = ""
    site: str = ""
    staff: str = ""
    also: list[str] = field(default_factory=list)
    room: str = ""
    since: str = ""
    slot: str = ""
    day: str = ""
    clock: str = ""
    fold: str = ""
    note: str = ""
    link: str = ""
    source: str = ""
    age_proof: str = ""
    enough_time: bool = False
    outside_hours: bool = False
    token: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, sent: QueryDict) -> "VisitForm":
        """Return what was sent, without the one character that no page can hold."""

        def text(name: str) -> str:
            return sent.get(name, "").replace("\0", "").strip()

        return cls(
            service=text("service"),
            site=text("site"),
            staff=text("staff"),
            also=[one for one in sent.getlist("also") if number_of(one) is not None],
            room=text("room"),
            since=text("since"),
            slot=text("slot"),
            day=text("day"),
            clock=text("clock"),
            fold=text("fold"),
            note=text("note"),
            link=text("link"),
            source=text("source"),
            age_proof=text("age_proof"),
            enough_time=bool(sent.get("enough_time")),
            outside_hours=bool(sent.get("outside_hours")),
            token=text("token"),
        )

    def when(self) -> tuple[datetime, tuple[int, ...]] | None:
        """Return the moment and who sees them; None, with `errors`, where it is not so.

        A time that is typed goes before a free time that is chosen.
        """
        staff = number_of(self.staff)
        if self.day or self.clock:
            starts_at = self._typed()
            if starts_at is None:
                return None
            if staff is None:
                self.errors["staff"] = "Choose who sees them at that time."
                return None
            return starts_at, self._with(staff)
        found = slot_of(self.slot)
        if found is None:
            self.errors["slot"] = "Choose a free time, or type a day and time below."
            return None
        return found[0], self._with(found[1])

    def _typed(self) -> datetime | None:
        try:
            day, clock = date.fromisoformat(self.day), time.fromisoformat(self.clock)
        except ValueError:
            self.errors["day"] = "Give a day and a time, such as 24 November and 14:30."
            return None
        if clock.tzinfo is not None:
            self.errors["day"] = "Give a time of the clinic’s own clock."
            return None
        try:
            return times.instant(
                day, clock.replace(second=0, microsecond=0), fold=number_of(self.fold)
            )
        except Twice as error:
            self.errors["fold"] = str(error)
        except Invalid as error:
            self.errors["day"] = str(error)
        return None

    def _with(self, lead: int) -> tuple[int, ...]:
        others = [int(one) for one in self.also if int(one) != lead]
        return (lead, *dict.fromkeys(others))

    def booking(self) -> Booking | None:
        """Return what is to be booked; None, with `errors`, where something lacks."""
        service = ref_of(self.service)
        if service is None:
            self.errors["service"] = "Choose what the visit is for."
            return None
        when = self.when()
        if when is None:
            return None
        return Booking(
            service=service,
            site=self.site,
            starts_at=when[0],
            staff=when[1],
            room=number_of(self.room),
            note=self.note,
            video_link=self.link,
            enough_time=self.enough_time,
            age_proof=self.age_proof,
            outside_hours=self.outside_hours,
            source=self.source,
            token=ref_of(self.token) or new_ref(),
        )

    def mistakes(self) -> list[dict[str, str]]:
        """Return the summary that stands above the form."""
        return [{"id": name, "text": text} for name, text in self.errors.items()]
