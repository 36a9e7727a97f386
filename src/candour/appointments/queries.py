"""Reading the diary: a day, a week, one visit, one person's visits, who waits."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from candour import gate
from candour.appointments import times
from candour.appointments.models import (
    HOLDING,
    Appointment,
    AppointmentPractitioner,
    AppointmentResource,
    Recall,
    Waiting,
)
from candour.core.errors import NotFound
from candour.register.permit import Permit, Row

_SHOWN = (
    "ref", "person", "person__ref", "person__name", "service", "what", "site",
    "starts_at", "ends_at", "status", "version", "video_link", "cancelled_by",
    "cancelled_why",
)  # fmt: skip
MOST = 200  # rows of a list


@dataclass(frozen=True, slots=True)
class Who:
    """Who sees to a visit: the number of the member of staff, and their name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit, with who sees to it and where, the first of them first."""

    row: Row
    staff: tuple[Who, ...]
    room: Who | None
    devices: tuple[Who, ...]


@dataclass(frozen=True, slots=True)
class Diary:
    """Visits of some days; `hidden` more are of people whom the policy keeps back."""

    visits: list[Visit]
    hidden: int


def diary(
    *,
    permit: Permit,
    since: date,
    until: date,
    site: str = "",
    staff: int | None = None,
) -> Diary:
    """Return the visits of the days from `since` to `until`, both counted.

    Of one site, or of one practitioner. Three statements, however many visits.
    """
    begins, ends = times.whole_day(since)[0], times.whole_day(until)[1]
    rows = Appointment.objects.filter(starts_at__lt=ends, ends_at__gt=begins)
    if site:
        rows = rows.filter(site=site)
    if staff is not None:
        theirs = AppointmentPractitioner.objects.filter(staff=staff)
        rows = rows.filter(pk__in=theirs.values("appointment"))
    rows = rows.order_by("starts_at", "pk")
    admitted = permit.admitted(rows)
    hidden = rows.filter(status__in=HOLDING).count()
    hidden -= admitted.filter(status__in=HOLDING).count()
    return Diary(_with_who(permit.read(admitted, *_SHOWN), permit), hidden)


def _with_who(rows: Sequence[Row], permit: Permit) -> list[Visit]:
    ids = [row.pk for row in rows]
    staff: dict[int, list[Who]] = defaultdict(list)
    for one in permit.read(
        AppointmentPractitioner.objects.filter(appointment__in=ids).order_by("pk"),
        "appointment",
        "staff",
        "called",
    ):
        staff[one.appointment].append(Who(one.staff, str(one.called)))
    rooms: dict[int, Who] = {}
    devices: dict[int, list[Who]] = defaultdict(list)
    for one in permit.read(
        AppointmentResource.objects.filter(appointment__in=ids).order_by("pk"),
        "appointment",
        "room",
        "device",
        "called",
    ):
        if one.room is not None:
            rooms[one.appointment] = Who(one.room, str(one.called))
        else:
            devices[one.appointment].append(Who(one.device, str(one.called)))
    return [
        Visit(row, tuple(staff[row.pk]), rooms.get(row.pk), tuple(devices[row.pk]))
        for row in rows
    ]


def person_of(ref: UUID) -> int:
    """Return the id of the person whose visit `ref` is. Raises NotFound."""
    return gate.owner_of(Appointment, ref)


def person_waiting(ref: UUID) -> int:
    """Return the id of the person who waits by `ref`. Raises NotFound."""
    return gate.owner_of(Waiting, ref)


def person_recalled(ref: UUID) -> int:
    """Return the id of the person whom the recall `ref` is about. Raises NotFound."""
    return gate.owner_of(Recall, ref)


def visit(ref: UUID, *, permit: Permit) -> Visit:
    """Return one visit in full. Raises NotFound when it is not in scope."""
    found = permit.read(
        Appointment.objects.filter(ref=ref),
        *_SHOWN, "note", "enough_time", "age_proof", "made_at", "by", "changed_at",
    )  # fmt: skip
    if not found:
        raise NotFound
    return _with_who(found, permit)[0]


def of_person(person_id: int, *, permit: Permit) -> list[Visit]:
    """Return a person's visits, the latest first."""
    rows = Appointment.objects.filter(person=person_id).order_by("-starts_at", "-pk")
    return _with_who(permit.read(rows[:MOST], *_SHOWN, "note"), permit)


def next_of_person(person_id: int, *, permit: Permit) -> Row | None:
    """Return when a person comes next, or None; nothing where it is not covered."""
    if not permit.covers("appointments"):
        return None
    found = permit.read(
        Appointment.objects.filter(
            person=person_id, status__in=["booked", "arrived"], ends_at__gt=permit.at
        ).order_by("starts_at")[:1],
        "ref",
        "starts_at",
        "what",
    )
    return found[0] if found else None


def waiting(*, permit: Permit, site: str = "") -> tuple[list[Row], int]:
    """Return who waits, the longest first, and how many are kept back."""
    rows = Waiting.objects.filter(state="waiting").order_by("made_at", "pk")
    if site:
        rows = rows.filter(site=site)
    admitted = permit.admitted(rows)
    shown = permit.read(
        admitted[:MOST],
        "ref", "person", "person__ref", "person__name", "service", "what", "site",
        "staff", "available", "from_on", "until_on", "note", "made_at",
    )  # fmt: skip
    return shown, rows.count() - admitted.count()


def waiting_of_person(person_id: int, *, permit: Permit) -> list[Row]:
    """Return what a person waits for."""
    return permit.read(
        Waiting.objects.filter(person=person_id, state="waiting").order_by("made_at"),
        "ref", "what", "site", "available", "from_on", "until_on",
    )  # fmt: skip


def recalls(*, permit: Permit, until: date) -> tuple[list[Row], int]:
    """Return who should come back by a day, longest due first; how many are hidden."""
    due = Q(state__in=["due", "written"], due_on__lte=until)
    rows = Recall.objects.filter(due).order_by("due_on", "pk")
    admitted = permit.admitted(rows)
    shown = permit.read(
        admitted[:MOST],
        "ref", "person", "person__ref", "person__name", "service", "what", "due_on",
        "state", "written_at", "appointment",
    )  # fmt: skip
    return shown, rows.count() - admitted.count()


def recalls_of_person(person_id: int, *, permit: Permit) -> list[Row]:
    """Return when a person should come back, what is not settled yet."""
    rows = Recall.objects.filter(person=person_id, state__in=["due", "written"])
    return permit.read(rows.order_by("due_on"), "ref", "what", "due_on", "state")


def counts(*, permit: Permit, day: date) -> dict[str, int]:
    """Return how many visits of a day stand how: {"booked": 4, "arrived": 1}."""
    begins, ends = times.whole_day(day)
    rows = permit.admitted(
        Appointment.objects.filter(starts_at__gte=begins, starts_at__lt=ends)
    )
    told: dict[str, int] = defaultdict(int)
    for status in rows.values_list("status", flat=True):
        told[status] += 1
    return dict(told)
