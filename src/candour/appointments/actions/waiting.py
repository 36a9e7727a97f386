"""The waiting list: who would come sooner, and when they can."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from candour.appointments import sites, times
from candour.appointments.models import Waiting
from candour.catalogue import queries as catalogue
from candour.core.actor import Actor
from candour.core.errors import Conflict, Invalid, NotFound
from candour.register.permit import Permit

SPANS_MAX = 14  # spans of the week that one person can say
NOTE_MAX = 500  # characters


class AlreadyWaiting(Conflict):
    """They are on the waiting list for this already."""

    code = "already_waiting"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody waits for. `available` are spans such as "tue 17:00-20:00"."""

    service: UUID
    site: str
    from_on: date
    until_on: date | None = None
    available: Sequence[str] = ()
    staff: int | None = None
    note: str = ""
    source: str = "booking"


def wait(
    *, permit: Permit, person_id: int, asked: Asked, by: Actor, at: datetime
) -> Waiting:
    """Put somebody on the waiting list. Raises AlreadyWaiting, or Invalid."""
    permit.must_be_source(asked.source)
    service = catalogue.service(asked.service)
    if asked.site not in {site.slug for site in sites.of(permit.policy)}:
        raise Invalid("Choose one of the clinic’s sites.")
    if asked.until_on is not None and asked.until_on < asked.from_on:
        raise Invalid("The last day is before the first.")
    if len(asked.available) > SPANS_MAX:
        raise Invalid("That is more times of the week than fit here.")
    if len(asked.note) > NOTE_MAX:
        raise Invalid("This note is too long. Keep it to what the day needs.")
    for span in asked.available:
        times.span_of_week(span)
    waiting = Waiting(
        person_id=person_id,
        service=service,
        what=service.name,
        site=asked.site,
        staff_id=asked.staff,
        available=list(asked.available),
        from_on=asked.from_on,
        until_on=asked.until_on,
        source=asked.source,
        by=str(by),
        made_at=at,
        policy_id=permit.policy_id,
        clause=permit.decision.clause,
    )
    if asked.note:
        waiting.note = permit.seal(waiting, "note", asked.note)
    try:
        with transaction.atomic():
            waiting.save(force_insert=True)
    except IntegrityError as error:
        if "appointments_waiting_once" not in str(error):
            raise
        raise AlreadyWaiting from error
    return waiting


def end(*, permit: Permit, ref: UUID, by: Actor, at: datetime) -> None:
    """Take somebody off the waiting list. Raises NotFound when they are not on it."""
    if not Waiting.objects.filter(ref=ref, state="waiting").update(state="ended"):
        raise NotFound
