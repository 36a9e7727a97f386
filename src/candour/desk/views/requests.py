"""Data requests: which are open, one of them, and making sure who asks."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from candour import gate
from candour.core import clock
from candour.core.actor import Actor
from candour.core.errors import Invalid
from candour.desk import asked
from candour.policy.terms import Reach
from candour.rights import circle, identity, queries
from candour.web import clinic, pages, who

PURPOSE = "rights"
LISTED = (
    "That you opened this list is on the trail, and each person in it can see that."
)
CONFIRM = "confirm"
CONFIRMED = "It is settled who asks. The request goes on as theirs."


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Show requests with their clocks, the one due first at the top."""
    policy, now = clinic.policy(request), clock.now()
    by = who.staff(request, policy=policy, purpose=PURPOSE, reach=Reach.DAY)
    wanted = asked.Filter.of_address(request.GET)
    with gate.open(
        by=by, purpose=PURPOSE, reach=Reach.DAY, verb="desk:request:list", at=now
    ) as permit:
        found = queries.requests(permit=permit, every=wanted.every)
        context = asked.listed(found, wanted, queries.count(permit=permit), now)
        return pages.page(
            request, "desk/requests.html", context, permit=permit, note=LISTED
        )


@require_http_methods(["GET", "HEAD", "POST"])
def request(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show one request; take from staff who it is that asks."""
    policy, now = clinic.policy(request), clock.now()
    by = who.staff(request, policy=policy, purpose=PURPOSE)
    if request.method == "POST":
        return _confirm(request, ref, by, now)
    done = request.session.pop("desk.done", "")
    with circle.opened(ref=ref, by=by, verb="desk:request:read", at=now) as found:
        permit, _, around = found
        context: dict[str, Any] = asked.one(ref, around, permit=permit, now=now)
        context["done"] = CONFIRMED if done == CONFIRM else ""
        return pages.page(request, "desk/request.html", context, permit=permit)


def _confirm(request: HttpRequest, ref: UUID, by: Actor, now: datetime) -> HttpResponse:
    action, _, person = request.POST.get("action", "").partition(":")
    if action != CONFIRM:
        raise Invalid("There is no such step.")
    try:
        person_ref = UUID(person)
    except ValueError:
        raise Invalid("There is no such person.") from None
    settled = identity.confirm(ref=ref, person_ref=person_ref, by=by, at=now)
    request.session["desk.done"] = CONFIRM
    return HttpResponseRedirect(reverse("desk:request", args=[settled.ref]))
