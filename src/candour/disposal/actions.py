"""Confirming an erasure: the last moment at which it can be called off."""

from datetime import date, datetime
from uuid import UUID

from candour.core.actor import Actor
from candour.core.errors import Conflict, Invalid
from candour.core.ids import new_ref
from candour.disposal.models import Alias, Erasure
from candour.disposal.plan import plan, rows_of
from candour.jobs import queue
from candour.people import actions as people
from candour.people.models import Person, Standing
from candour.register.permit import Permit

RUN = "disposal:erasure:run"


class Changed(Conflict):
    """Something was added since you looked. Look again, and then decide."""

    code = "plan_changed"


class NothingGoes(Invalid):
    """There is nothing that may be erased now. The list says why, and until when."""

    code = "nothing_goes"


class Confirmed(Conflict):
    """This is being erased already."""

    code = "already_confirmed"


def same_certificate(*, of: UUID, as_: UUID) -> None:
    """Let the certificate of a request also be found under one that was folded in."""
    Alias.objects.get_or_create(request_ref=of, defaults={"stands_for": as_})


def confirm(
    *,
    permit: Permit,
    person_id: int,
    request_ref: UUID,
    asked_on: date,
    seen: str,
    then: str,
    by: Actor,
    at: datetime,
) -> UUID:
    """Lock the person and queue their erasure as it was seen; return its ref.

    `seen` is the fingerprint of the plan that was shown. From the commit on, every
    other use of this person's data is refused. `then` names the job that is told, with
    `request=request_ref`, when it is certified or called off. Raises Changed when the
    plan would be another one today, NothingGoes, and Confirmed for a second time.
    """
    # One confirmation at a time, and not while a copy is being made of the same rows.
    Person.objects.select_for_update().filter(pk=person_id).first()
    if Standing.objects.filter(person=person_id, locked_at__isnull=False).exists():
        raise Confirmed
    today = plan(person_id, permit=permit)
    if today.fingerprint != seen:
        raise Changed
    if not today.goes:
        raise NothingGoes
    erasure = Erasure.objects.create(
        ref=new_ref(),
        person_id=person_id,
        request_ref=request_ref,
        asked_on=asked_on,
        confirmed_at=at,
        goes=list(today.classes),
        stays=today.kept,
        rows=rows_of(person_id),
        then=then,
        policy_id=permit.policy_id,
        clause=permit.policy.right("erasure").clause,
    )
    people.lock(permit=permit, person_id=person_id, at=at)
    queue.defer(RUN, erasure=erasure.ref)
    return erasure.ref
