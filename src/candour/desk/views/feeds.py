"""A practitioner's own calendar for their phone, at an address only they know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from candour import gate
from candour.accounts import queries as accounts
from candour.appointments import feeds
from candour.core import actor, clock
from candour.core.errors import NotFound
from candour.desk.views.diary import PURPOSE
from candour.policy.terms import Reach
from candour.web import clinic, pages, who

MADE = "desk.feed"


@require_http_methods(["GET", "HEAD", "POST"])
def yours(request: HttpRequest) -> HttpResponse:
    """Show whether there is such an address, and make or close it. Shown once."""
    member = who.member(request)
    if member is None:
        raise NotFound
    staff = accounts.by_ref(member.ref)
    if request.method == "POST":
        if request.POST.get("action") == "close":
            feeds.close(staff=staff)
        else:
            request.session[MADE] = feeds.make(staff=staff, at=clock.now())
        return HttpResponseRedirect(reverse("desk:calendar-yours"))
    secret = request.session.pop(MADE, "")
    here = reverse("calendar-feed", args=[secret]) if secret else ""
    context: dict[str, Any] = {
        "address": f"{settings.BASE_URL}{here}" if here else "",
        "made_at": feeds.made_at(staff),
    }
    return pages.private(pages.page(request, "desk/diary/yours.html", context))


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer a phone that knows the address. That it asked is on the trail."""
    staff, now, policy = feeds.of_secret(secret), clock.now(), clinic.policy(request)
    roles = accounts.roles_at(staff, at=now)
    fits = (r for r in roles if policy.decide(r, PURPOSE, Reach.DAY).allowed)
    by = actor.staff(staff.ref, next(fits, next(iter(roles), "")))
    with gate.open(
        by=by, purpose=PURPOSE, reach=Reach.DAY, verb="desk:calendar:feed", at=now
    ) as permit:
        body = feeds.calendar(staff=staff, permit=permit)
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    return pages.private(answer)
