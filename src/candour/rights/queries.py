"""Reading requests."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Least

from candour import gate
from candour.core.actor import Actor, ActorKind
from candour.core.clock import local_date
from candour.core.errors import NotFound
from candour.people.models import Person
from candour.register.permit import Permit
from candour.rights.models import (
    IDENTITY_TRIES,
    WAITING_IDENTITY,
    WAITING_LINK,
    Request,
    Step,
)

# What the clinic has to answer. Until its link is opened a request is nobody's yet, and
# yet its time runs: it came from somebody whom the link may show to be known.
TO_ANSWER = (WAITING_IDENTITY, "open")
WAITING = (WAITING_LINK,)
WHICH = ("open", "link", "ended", "all")
SORTS = ("due", "-due", "came", "-came", "number", "-number")
PAGE = 50  # rows
ANSWER_BY = Least(F("due_on"), Coalesce(F("target_on"), F("due_on")))

FIELDS = (
    "ref", "person", "kind", "state", "received_at", "due_on", "target_on", "clause",
    "verified_at", "identity_tries", "confirmed_at", "answered_at", "copy_name",
    "copy_size", "copy_built_at", "copy_expires_at", "copy_downloaded_at",
    "copy_holds", "visit_hash", "person__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was made. `there` is false once its file was removed."""

    size: int
    built_at: datetime
    expires_at: datetime
    downloaded_at: datetime | None
    holds: tuple[tuple[str, int], ...]
    there: bool


@dataclass(frozen=True, slots=True)
class Status:
    """Where a request stands. `answer_by` is the day to tell the person.

    `name` is of the person it is about: empty while nobody knows who asked.
    """

    ref: UUID
    number: str
    name: str
    kind: str
    state: str
    received_at: datetime
    due_on: date
    answer_by: date
    clause: str
    verified_at: datetime | None
    tries_left: int
    confirmed_at: datetime | None
    answered_at: datetime | None
    copy: Copy | None

    @property
    def is_unsure(self) -> bool:
        """Say whether the request waits to be known whose it is."""
        return self.state == WAITING_IDENTITY


@dataclass(frozen=True, slots=True)
class Happened:
    """One step of a request. `by` is an actor as the trail names it."""

    at: datetime
    what: str
    ground: str
    due_on: date | None
    by: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of requests: which one of how many, and how many rows there are."""

    rows: tuple[Status, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many requests there are to answer, of them late, to be proven, and in all."""

    open: int
    late: int
    link: int
    all: int


def owner(ref: UUID) -> int:
    """Return the id of whoever asked, for opening a unit of work. Raises NotFound."""
    return gate.owner_of(Request, ref)


def must_be_theirs(person_id: int, visit_hash: str | None, by: Actor) -> None:
    """Raise NotFound when a person acts on a request that is not their own.

    Nor may they in another visit than the one that proved who asks: the mailbox may be
    shared, and somebody else may have followed a link before. Whether somebody else's
    request exists is not said.
    """
    if by.kind is ActorKind.PERSON:
        ref = Person.objects.filter(pk=person_id).values_list("ref", flat=True).first()
        if str(ref) != by.ref or not is_visit(by, visit_hash):
            raise NotFound


def is_visit(by: Actor, visit_hash: str | None) -> bool:
    """Say whether somebody acts in the visit that a request lets in."""
    said = hashlib.sha256(by.visit.encode()).hexdigest()
    return visit_hash is not None and hmac.compare_digest(said, visit_hash)


def status(ref: UUID, *, permit: Permit) -> Status:
    """Return where a request stands. Raises NotFound when it is not in scope."""
    found = permit.read(Request.objects.filter(ref=ref), *FIELDS)
    if not found:
        raise NotFound
    must_be_theirs(found[0].person, found[0].visit_hash, permit.by)
    return _status(found[0])


def _status(row: Any) -> Status:
    return Status(
        ref=row.ref,
        number=f"R-{row.pk}",
        name=str(row.person__name),
        kind=row.kind,
        state=row.state,
        received_at=row.received_at,
        due_on=row.due_on,
        answer_by=min(row.due_on, row.target_on or row.due_on),
        clause=row.clause,
        verified_at=row.verified_at,
        tries_left=max(0, IDENTITY_TRIES - row.identity_tries),
        confirmed_at=row.confirmed_at,
        answered_at=row.answered_at,
        copy=_copy(row),
    )


def _copy(row: Any) -> Copy | None:
    if row.copy_built_at is None:
        return None
    return Copy(
        size=row.copy_size,
        built_at=row.copy_built_at,
        expires_at=row.copy_expires_at,
        downloaded_at=row.copy_downloaded_at,
        holds=tuple((part["name"], part["rows"]) for part in row.copy_holds),
        there=bool(row.copy_name),
    )


def steps(ref: UUID, *, permit: Permit) -> list[Happened]:
    """Return what happened to a request, oldest first."""
    rows = permit.read(
        Step.objects.filter(request__ref=ref).order_by("at", "pk"),
        "at", "what", "ground", "due_on", "by",
    )  # fmt: skip
    return [Happened(row.at, row.what, row.ground, row.due_on, row.by) for row in rows]


def unfinished() -> list[tuple[UUID, str]]:
    """Return (ref, state) of the requests that wait for a job and not for a person."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ref, state FROM rights_unfinished()")
        return [(ref, state) for ref, state in cursor.fetchall()]


def requests(
    *,
    permit: Permit,
    which: str = "open",
    kind: str = "",
    sort: str = "due",
    number: int = 1,
) -> Page:
    """Return a page of requests. A number beyond the last page gives the last one.

    `which` is one of WHICH, `sort` one of SORTS: by the day to answer by, the day it
    came, or its number; a minus turns it round.
    """
    wanted = _which(which)
    wanted = wanted.filter(kind=kind) if kind else wanted
    total = wanted.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(1, number), pages)
    ordered = _sorted(wanted, sort)[(number - 1) * PAGE : number * PAGE]
    rows = permit.read(ordered, *FIELDS)
    return Page(tuple(_status(row) for row in rows), number, pages, total)


def _which(which: str) -> "QuerySet[Request]":
    every = Request.objects.all()
    return {
        "open": every.filter(state__in=TO_ANSWER),
        "link": every.filter(state__in=WAITING),
        "ended": every.exclude(state__in=(*TO_ANSWER, *WAITING)),
        "all": every,
    }[which]


def _sorted(rows: "QuerySet[Request]", sort: str) -> "QuerySet[Request]":
    back = sort.startswith("-")
    name = sort.removeprefix("-")
    keys = {"due": ("answer_by", "pk"), "came": ("received_at", "pk")}.get(
        name, ("pk",)
    )
    ordered = rows.annotate(answer_by=ANSWER_BY)
    return ordered.order_by(*(f"-{key}" if back else key for key in keys))


def counts(*, permit: Permit) -> Counts:
    """Return how many requests there are. Late is past the day to answer by."""
    to_answer = _which("open")
    late = to_answer.annotate(answer_by=ANSWER_BY).filter(
        answer_by__lt=local_date(permit.at)
    )
    return Counts(
        open=to_answer.count(),
        late=late.count(),
        link=_which("link").count(),
        all=Request.objects.count(),
    )
