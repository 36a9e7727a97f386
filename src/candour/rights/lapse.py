"""Requests whose link nobody opened: what nobody proved is not kept.

Anybody can type any address into a form. Until its link is opened, the address may
belong to somebody who knows nothing of it, so a claimant goes whole; a person we know
keeps the request, as lapsed, with the reason, and is told of it with what there is to
do about it (UK GDPR Art 12(4)). That somebody asked stays on the trail, as a number.
"""

from datetime import datetime, timedelta

from django.db import connection

from candour import gate
from candour.core.actor import system
from candour.disposal import erase
from candour.people.models import ContactPoint, Standing
from candour.register.permit import Permit
from candour.rights import letters
from candour.rights.actions import brand_of, post, step
from candour.rights.circle import CLAIMANT, PURPOSE
from candour.rights.models import WAITING_LINK, Request
from candour.rights.refusing import asked

LAPSER = system("lapse-requests")
PATIENCE = timedelta(days=7)  # after the last link ended: it can be asked for again
GROUND = "UK GDPR Art 12(6): nobody opened the link, so we could not know who asked"


def lapse(*, at: datetime) -> int:
    """Let go of requests that nobody proved; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ref, person_id FROM rights_unproven(%s)", [at - PATIENCE]
        )
        unproven = cursor.fetchall()
    for ref, person_id in unproven:
        with gate.open(
            by=LAPSER,
            purpose=PURPOSE,
            people=[person_id],
            verb="rights:request:lapse",
            at=at,
        ) as permit:
            request = Request.objects.select_for_update().filter(ref=ref).first()
            if request is None or request.state != WAITING_LINK:
                continue
            if _only_asked(request):
                erase.forget(person_id)
                continue
            _end(permit, request, at)
    return len(unproven)


def _end(permit: Permit, request: Request, at: datetime) -> None:
    letter = letters.lapsed(
        asked=asked(request), brand=brand_of(permit, request), policy=permit.policy
    )
    request.state, request.link_hash = "expired", None
    request.save(update_fields=["state", "link_hash"])
    step(request, "lapsed", by=LAPSER, at=at, ground=GROUND)
    if _can_be_reached(request):
        post(permit=permit, request=request, letter=letter, at=at)


def _can_be_reached(request: Request) -> bool:
    """Say whether the address is still theirs: not corrected, nor said to be wrong."""
    held = ContactPoint.objects.filter(
        person=request.person_id, channel="email", value_key=request.address_key
    )
    return held.filter(wrong_at=None).exists()


def _only_asked(request: Request) -> bool:
    """Say whether this is a claimant who asked for nothing else that came to life."""
    others = Request.objects.filter(person=request.person_id).exclude(pk=request.pk)
    standing = Standing.objects.filter(person=request.person_id).first()
    claimant = standing is not None and standing.relation == [CLAIMANT]
    return claimant and not others.exclude(state="expired").exists()
