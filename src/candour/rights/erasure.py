"""Erasure as it is asked for: shown first, confirmed or called off, then answered."""

from datetime import datetime
from uuid import UUID

from candour import gate
from candour.core.actor import Actor, system
from candour.core.clock import local_date
from candour.core.errors import Conflict, NotFound
from candour.disposal import actions as disposal
from candour.disposal import erase
from candour.disposal import queries as disposals
from candour.disposal.models import Erasure
from candour.disposal.plan import Plan, plan
from candour.people.models import Standing
from candour.register.permit import Permit
from candour.rights import letters
from candour.rights.actions import brand_of, post, step
from candour.rights.circle import PURPOSE
from candour.rights.models import Request
from candour.rights.queries import must_be_theirs

CLOSE = "rights:erasure:close"
CLOSER = system("close-erasure")


class NotOpen(Conflict):
    """This request is not waiting for you to decide."""

    code = "request_not_open"


def shown(ref: UUID, *, permit: Permit) -> Plan:
    """Return what an erasure would take and leave today, for the page that asks.

    Raises NotOpen when the request is not waiting for that, and NotFound when it is
    not in scope, not theirs, or not for erasure.
    """
    request = Request.objects.filter(ref=ref, kind="erasure").first()
    if request is None:
        raise NotFound
    must_be_theirs(request.person_id, request.visit_hash, permit.by)
    if request.state != "open" or request.confirmed_at is not None:
        raise NotOpen
    return plan(request.person_id, permit=permit)


def confirm(*, ref: UUID, seen: str, by: Actor, at: datetime) -> None:
    """Erase what was shown; `seen` is that plan's fingerprint.

    The person is locked and the erasure queued in one unit of work, and then it is
    carried out at once; should we fall over between the two, a job does it. Raises
    disposal's Changed, NothingGoes and Confirmed, and NotOpen; nothing is erased then.
    """
    owner = gate.owner_of(Request, ref)
    with gate.open(
        by=by, purpose=PURPOSE, people=[owner], verb="rights:erasure:confirm", at=at
    ) as permit:
        request = _open_request(ref, owner, by)
        erasure = disposal.confirm(
            permit=permit,
            person_id=owner,
            request_ref=ref,
            asked_on=local_date(request.received_at),
            seen=seen,
            then=CLOSE,
            by=by,
            at=at,
        )
        request.confirmed_at = at
        request.save(update_fields=["confirmed_at"])
    try:
        outcome = erase.run(erasure=erasure, at=at)
    except erase.StillBusy:
        return  # the job that was queued with the lock goes on with it
    if outcome is erase.Outcome.CALLED_OFF:
        close(ref=ref, at=at)
        raise disposal.Changed


def keep(*, ref: UUID, by: Actor, at: datetime) -> None:
    """Call an erasure off before it is confirmed: everything stays as it is."""
    owner = gate.owner_of(Request, ref)
    with gate.open(
        by=by, purpose=PURPOSE, people=[owner], verb="rights:erasure:withdraw", at=at
    ):
        request = _open_request(ref, owner, by)
        request.state, request.answered_at = "withdrawn", at
        request.save(update_fields=["state", "answered_at"])
        step(request, "withdrawn", by=by, at=at)


def _open_request(ref: UUID, owner: int, by: Actor) -> Request:
    request = (
        Request.objects.select_for_update().filter(ref=ref, kind="erasure").first()
    )
    if request is None:
        raise NotFound
    must_be_theirs(owner, request.visit_hash, by)
    if request.state != "open":
        raise NotOpen
    return request


def close(*, ref: UUID, at: datetime) -> None:
    """Answer whoever is still there, once their erasure is certified or called off.

    Where nothing had to stay, the request went with the rest and there is nobody to
    write to: the certificate is where the first letter said it would be.
    """
    try:
        owner = gate.owner_of(Request, ref)
    except NotFound:
        return
    certificate = disposals.certificate(ref)
    with gate.open(
        by=CLOSER, purpose=PURPOSE, people=[owner], verb=CLOSE, at=at
    ) as permit:
        request = Request.objects.select_for_update().filter(ref=ref).first()
        if request is None or request.state != "open":
            return
        if certificate is not None and certificate.complete:
            request.state, request.answered_at = "done", at
            step(request, "erased", by=CLOSER, at=at)
            letter = letters.erased(
                brand=brand_of(permit, request), ref=ref, policy=permit.policy
            )
            post(permit=permit, request=request, letter=letter, at=at)
        elif _was_called_off(request):
            request.confirmed_at = None
            step(request, "look-again", by=CLOSER, at=at)
        request.save(update_fields=["state", "answered_at", "confirmed_at"])


def _was_called_off(request: Request) -> bool:
    locked = Standing.objects.filter(
        person=request.person_id, locked_at__isnull=False
    ).exists()
    return not locked and not Erasure.objects.filter(request_ref=request.ref).exists()
