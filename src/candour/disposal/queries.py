"""Reading what became of an erasure. Nothing here is about anybody who is known."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from candour.disposal.models import Alias, ByHand, Certificate, Ledger

MOST_FOLDED = 50  # requests that became part of one another, one by one


@dataclass(frozen=True, slots=True)
class Line:
    """One table of a certificate: what went, what is left, and why it is."""

    table: str
    name: str
    erased: int
    left: int
    kept: str
    article: str
    clause: str


@dataclass(frozen=True, slots=True)
class Certified:
    """A certificate as it is shown. `gone_at` is None while something is left."""

    number: str
    complete: bool
    asked_on: date
    issued_at: datetime
    read_at: datetime
    gone_at: datetime | None
    keys_by: date
    backups_by: date
    tables: tuple[Line, ...]
    tables_read: int
    rows_erased: int
    files_erased: int
    keys_destroyed: int
    policy: str
    clause: str
    seal: str


def certificate(request_ref: UUID) -> Certified | None:
    """Return the newest certificate of a request for erasure, or None."""
    refs = _known_as(request_ref)
    row = Certificate.objects.filter(request_ref__in=refs).order_by("-pk").first()
    if row is None:
        return None
    said = row.content
    gone_at = said["gone_at"]
    return Certified(
        number=row.number,
        complete=row.complete,
        asked_on=date.fromisoformat(said["asked_on"]),
        issued_at=row.issued_at,
        read_at=datetime.fromisoformat(said["read_at"]),
        gone_at=datetime.fromisoformat(gone_at) if gone_at else None,
        keys_by=date.fromisoformat(said["keys_by"]),
        backups_by=date.fromisoformat(said["backups_by"]),
        tables=tuple(Line(**line) for line in said["tables"]),
        tables_read=said["tables_read"],
        rows_erased=said["rows_erased"],
        files_erased=said["files_erased"],
        keys_destroyed=said["keys_destroyed"],
        policy=said["policy"],
        clause=said["clause"],
        seal=row.fingerprint,
    )


def is_erased(request_ref: UUID) -> bool:
    """Say whether a request's erasure was carried out, certified or not."""
    return Ledger.objects.filter(request_ref__in=_known_as(request_ref)).exists()


def _known_as(request_ref: UUID) -> list[UUID]:
    """Return a request's ref, and those of the requests that it became part of."""
    refs, newest = [request_ref], request_ref
    while len(refs) < MOST_FOLDED:
        found = Alias.objects.filter(request_ref=newest).first()
        if found is None or found.stands_for in refs:
            break
        newest = found.stands_for
        refs.append(newest)
    return refs


@dataclass(frozen=True, slots=True)
class Thing:
    """Paper or a model that somebody has to destroy, and for which request."""

    ref: UUID
    request_ref: UUID
    medium: str
    place: str
    since: datetime


def to_destroy() -> list[Thing]:
    """Return what of people erased still lies somewhere, the oldest first."""
    rows = ByHand.objects.filter(done_at=None).order_by("since", "pk")
    return [
        Thing(row.ref, row.request_ref, row.medium, row.place, row.since)
        for row in rows
    ]


def waiting() -> list[UUID]:
    """Return the erasures that were confirmed and not carried out yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT disposal_waiting()")
        return [ref for (ref,) in cursor.fetchall()]


def uncertified() -> list[UUID]:
    """Return the erasures that were carried out and not certified as complete yet."""
    certified = Certificate.objects.filter(complete=True).values("request_ref")
    open_ = Ledger.objects.exclude(request_ref__in=certified)
    return list(open_.values_list("ref", flat=True))
