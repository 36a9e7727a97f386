"""The clock of a rights request: when it starts, stops, and must be answered.

UK GDPR Articles 12 and 12A. Days are counted by Regulation 1182/71 (UK GDPR Article
4A): the day of receipt is outside the period, a month ends on the same day-number, a
day that does not exist is the last of the month, and the end rolls to a working day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from candour.law.parameters import (
    INDIRECT_NOTICE,
    REFUSAL_MUST_SAY,
    REQUEST_EXTENDED,
    REQUEST_EXTENSION_GROUNDS,
    REQUEST_FEE_GROUNDS,
    REQUEST_PERIOD,
)
from candour.law.periods import Period, day_of
from candour.law.regions import Region
from candour.law.workdays import next_working_day

Pause = tuple[date, date | None]  # the day asked, and the day answered if it was


class Right(StrEnum):
    """What a data subject may ask for."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    OBJECTION = "objection"
    AUTOMATED = "automated"


class RequestState(StrEnum):
    """Whether the time to answer runs, and if not, what it waits for."""

    RUNNING = "running"
    WAITING_IDENTITY = "waiting_identity"
    WAITING_FEE = "waiting_fee"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Identity:
    """Proof of identity that was asked for, and the day it came (None: not yet).

    It holds the clock only where `in_doubt` is true: Article 12(6) allows asking on
    reasonable doubt alone, and someone signed in to the portal leaves none.
    """

    in_doubt: bool
    received: date | datetime | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee that was asked for, why, and the day it was paid (None: not yet)."""

    ground: str
    paid: date | datetime | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """Notice to the person that the answer will take longer, and its ground."""

    notified: date | datetime
    grounds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Promise:
    """What a clinic's own notice promises; stricter than the law or without effect.

    `target` is aimed at, `limit` is kept; neither rolls past a weekend, since no rule
    of counting applies to a promise. `extensible` false gives up the extension.
    """

    target: Period | None = None
    limit: Period | None = None
    extensible: bool = True


NO_PROMISE = Promise()


@dataclass(frozen=True, slots=True)
class RequestClock:
    """Where the clock of one request stands.

    `due` is the day to answer by: the earlier of the statutory day and the clinic's
    own limit, None while nothing binds. `notice_limit` is the last day on which an
    extension may be announced.
    """

    state: RequestState
    starts: date | None
    notice_limit: date | None = None
    statutory: date | None = None
    days_excluded: int = 0
    extension_valid: bool | None = None
    extension_flaw: str | None = None
    extension_allowed: bool = True
    clinic_target: date | None = None
    clinic_limit: date | None = None
    due: date | None = None


def request_due(received: date | datetime, region: Region) -> date:
    """Return the day by which a plain request must be answered (Art 12A(1))."""
    starts = day_of(received)
    return next_working_day(REQUEST_PERIOD.value.after(starts), region)


def relevant_day(
    received: date | datetime,
    *,
    identity: Identity | None = None,
    fee: Fee | None = None,
) -> tuple[RequestState, date | None]:
    """Return the day the clock starts: the latest of request, identity and fee.

    Identity counts only where it was in reasonable doubt, a fee only on one of the
    two grounds of Article 12(5); what may not be asked for cannot delay (Art 12A(2)).
    """
    starts = day_of(received)
    if identity is not None and identity.in_doubt:
        if identity.received is None:
            return RequestState.WAITING_IDENTITY, None
        starts = max(starts, day_of(identity.received))
    if fee is not None and fee_allowed(fee.ground):
        if fee.paid is None:
            return RequestState.WAITING_FEE, None
        starts = max(starts, day_of(fee.paid))
    return RequestState.RUNNING, starts


def fee_allowed(ground: str | None) -> bool:
    """Say whether the ground lets a fee be charged (Art 12(5)); else it is free."""
    return ground in REQUEST_FEE_GROUNDS.value


def request_clock(
    received: date | datetime,
    *,
    region: Region,
    right: Right = Right.ACCESS,
    identity: Identity | None = None,
    fee: Fee | None = None,
    clarifications: Sequence[tuple[date | datetime, date | datetime | None]] = (),
    extension: Extension | None = None,
    promise: Promise = NO_PROMISE,
) -> RequestClock:
    """Work out the clock of one request from everything that has happened to it.

    `clarifications` are (asked, answered or None) pairs; they count for access only
    (Art 12A(5)-(6)). A clinic's promise runs from the same start, is not moved by
    a pause or an extension, and does not roll.
    """
    state, starts = relevant_day(received, identity=identity, fee=fee)
    if starts is None:
        return RequestClock(state, None, extension_allowed=promise.extensible)
    pauses = [(day_of(a), b if b is None else day_of(b)) for a, b in clarifications]
    return _count(
        starts,
        pauses if right is Right.ACCESS else [],
        region=region,
        extension=extension,
        promise=promise,
    )


def _count(
    starts: date,
    pauses: list[Pause],
    *,
    region: Region,
    extension: Extension | None,
    promise: Promise,
) -> RequestClock:
    """Count a clock that has started, with its pauses, extension and promise."""
    clock = _promised(starts, promise)
    excluded = _excluded(starts, pauses, REQUEST_PERIOD.value, region)
    if excluded is None:
        return replace(clock, state=RequestState.PAUSED)
    first = statutory = _end(starts, REQUEST_PERIOD.value, excluded, region)
    flaw = _extension_flaw(extension, notice_limit=first, promise=promise)
    if extension is not None and flaw is None:
        excluded = _excluded(starts, pauses, REQUEST_EXTENDED.value, region)
        if excluded is None:
            return replace(clock, state=RequestState.PAUSED, extension_valid=True)
        statutory = _end(starts, REQUEST_EXTENDED.value, excluded, region)
    return replace(
        clock,
        notice_limit=first,
        statutory=statutory,
        days_excluded=excluded,
        extension_valid=None if extension is None else flaw is None,
        extension_flaw=flaw,
        due=min(statutory, clock.clinic_limit or statutory),
    )


def _promised(starts: date, promise: Promise) -> RequestClock:
    limit = promise.limit.after(starts) if promise.limit else None
    return RequestClock(
        RequestState.RUNNING,
        starts,
        extension_allowed=promise.extensible,
        clinic_target=promise.target.after(starts) if promise.target else None,
        clinic_limit=limit,
        due=limit,
    )


def _end(starts: date, period: Period, excluded: int, region: Region) -> date:
    return next_working_day(period.after(starts) + timedelta(excluded), region)


def _excluded(
    starts: date,
    pauses: list[Pause],
    period: Period,
    region: Region,
) -> int | None:
    """Count the days that stand still, or None while an answer is awaited.

    Both the day of asking and the day of answering stand still (Art 12A(6)). A day is
    left out once however many questions were open on it, and only if it was inside
    the period at all: not the day of receipt, nor after the period has ended.
    """
    still: set[date] = set()
    for asked, answered in sorted(pauses, key=lambda pause: pause[0]):
        if asked > _end(starts, period, len(still), region):
            continue
        if answered is None:
            return None
        first = max(asked, starts + timedelta(1))
        still.update(first + timedelta(n) for n in range((answered - first).days + 1))
    return len(still)


def _extension_flaw(
    extension: Extension | None, *, notice_limit: date, promise: Promise
) -> str | None:
    if extension is None:
        return None
    if not promise.extensible:
        return "clinic_promise_no_extension"
    if not extension.grounds & REQUEST_EXTENSION_GROUNDS.value:
        return "extension_ground_not_allowed"
    if day_of(extension.notified) > notice_limit:
        return "late_extension_notice"
    return None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Whether a refusal was sent in time, and what every refusal must say."""

    in_time: bool
    must_say: tuple[str, ...]


def refusal(clock: RequestClock, *, sent: date | datetime) -> Refusal:
    """Judge a refusal to act: within the same period, with its four contents.

    UK GDPR Article 12(4). While the clock waits or is paused nothing is late.
    """
    in_time = clock.due is None or day_of(sent) <= clock.due
    return Refusal(in_time, REFUSAL_MUST_SAY.value)


def indirect_notice_due(
    obtained: date | datetime,
    *,
    region: Region,
    first_contact: date | datetime | None = None,
    first_disclosure: date | datetime | None = None,
) -> date:
    """Return the day to tell someone whose data came from elsewhere (Art 14(3)).

    One month, or their first message from us, or the first disclosure, whichever
    comes first. The month rolls to a working day; an event does not.
    """
    month = next_working_day(INDIRECT_NOTICE.value.after(day_of(obtained)), region)
    events = [day_of(at) for at in (first_contact, first_disclosure) if at is not None]
    return min([month, *events])
