"""The catalogue: services, rooms, devices, who gives what and when. For a manager.

It holds nobody's data, so no purpose opens a person here; but only a manager changes
it, and each change is on the trail with who made it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from candour import gate
from candour.accounts import actions as accounts
from candour.accounts import queries as staff
from candour.appointments import sites
from candour.appointments.actions import hours
from candour.catalogue import actions, queries
from candour.core import actor, clock
from candour.core.clock import local_date
from candour.core.errors import Conflict, Invalid, NotFound, Refused
from candour.desk import forms_catalogue as forms
from candour.desk import shown_catalogue as shown
from candour.desk.forms_diary import number_of
from candour.desk.typed import pence_of, ref_of
from candour.register.permit import Permit
from candour.web import clinic, pages, who

PURPOSE = "appointments"
MANAGER = "manager"
SAID = "desk.catalogue.said"
ONLY = "Only a manager changes what the clinic offers, and when."


@contextmanager
def _unit(request: HttpRequest, verb: str) -> Iterator[Permit]:
    """Open a unit of work about nobody, for a manager alone."""
    found = who.member(request)
    roles = found.roles if found else ()
    policy = clinic.policy(request)
    by = who.staff(request, policy=policy, purpose=PURPOSE)
    if found is not None and MANAGER in roles:
        by = actor.staff(found.ref, MANAGER)
    with gate.open(by=by, purpose=PURPOSE, verb=verb, at=clock.now()) as permit:
        if by.role != MANAGER:
            clause = permit.decision.clause
            raise Refused(clause=clause, reason=ONLY, purpose=PURPOSE)
        yield permit


def _page(
    request: HttpRequest,
    name: str,
    verb: str,
    context: Callable[[Permit], dict[str, Any]],
    wrong: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    with _unit(request, verb) as permit:
        said = {
            **context(permit),
            "wrong": wrong,
            "typed": request.POST if wrong else {},
            "done": "" if wrong else request.session.pop(SAID, ""),
        }
        page = f"desk/catalogue/{name}.html"
        return pages.private(pages.page(request, page, said, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show all of it, and take new rooms, devices and days that a site is closed."""

    def context(permit: Permit) -> dict[str, Any]:
        return shown.everything(permit.policy, today=local_date(permit.at))

    if request.method != "POST":
        return _page(request, "index", "desk:catalogue:read", context)
    try:
        with _unit(request, "desk:catalogue:change") as permit:
            said = _add(request, permit)
    except (Conflict, Invalid) as error:
        verb = "desk:catalogue:read"
        return _page(request, "index", verb, context, str(error), error.status)
    request.session[SAID] = said
    return HttpResponseRedirect(reverse("desk:catalogue"))


def _add(request: HttpRequest, permit: Permit) -> str:
    sent = request.POST
    action, name = sent.get("action", ""), sent.get("name", "").replace("\0", "")[:60]
    site = sent.get("site", "")
    if action.startswith("retire-"):
        what, ref = action.removeprefix("retire-"), ref_of(sent.get("ref", ""))
        if what not in ("room", "device") or ref is None:
            raise NotFound
        actions.retire(what=what, ref=ref)
        return "It is out of use."
    if site not in {one.slug for one in sites.of(permit.policy)}:
        raise Invalid("Choose one of the clinic’s sites.")
    if action == "room":
        kinds = [k.strip().lower()[:20] for k in sent.get("kinds", "").split(",")]
        actions.add_room(site=site, name=name, kinds=[k for k in kinds if k])
        return "The room is added."
    if action == "device":
        actions.add_device(site=site, name=name, kind=sent.get("kind", ""))
        return "The device is added."
    if action == "closed":
        begins, ends = forms.span(sent)
        hours.add_away(
            staff=None, site=site, kind="closed", starts_at=begins, ends_at=ends
        )
        return "The site is closed then. Visits that were booked stay."
    raise Invalid("There is no such step.")


@require_http_methods(["GET", "HEAD", "POST"])
def service(request: HttpRequest, ref: UUID | None = None) -> HttpResponse:
    """Show one service, or an empty one, and take its changes and prices."""

    def context(permit: Permit) -> dict[str, Any]:
        held = queries.service(ref) if ref else None
        return shown.service(held, request.POST, today=local_date(permit.at))

    if request.method != "POST":
        return _page(request, "service", "desk:catalogue:read", context)
    try:
        with _unit(request, "desk:catalogue:change"):
            held = queries.service(ref) if ref else None
            made = _save(request, held)
    except (Conflict, Invalid) as error:
        verb = "desk:catalogue:read"
        return _page(request, "service", verb, context, str(error), error.status)
    request.session[SAID] = "Kept."
    return HttpResponseRedirect(reverse("desk:catalogue-service", args=[made.ref]))


def _save(request: HttpRequest, held: Any) -> Any:
    sent = request.POST
    if sent.get("action") == "price" and held is not None:
        actions.set_price(
            service=held,
            pence=pence_of(sent.get("price", "")),
            is_from=bool(sent.get("is_from")),
            valid_from=forms.day(sent.get("valid_from", "")),
        )
        return held
    name = sent.get("name", "").replace("\0", "")[:120]
    return actions.save_service(service=held, changed=forms.service(sent), name=name)


@require_http_methods(["GET", "HEAD", "POST"])
def practitioner(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show what somebody gives, under which number, and when they work."""

    def context(permit: Permit) -> dict[str, Any]:
        member = staff.by_ref(ref)
        return shown.practitioner(member, permit.policy, today=local_date(permit.at))

    if request.method != "POST":
        return _page(request, "practitioner", "desk:catalogue:read", context)
    try:
        with _unit(request, "desk:catalogue:change") as permit:
            _change(request, staff.by_ref(ref), permit)
    except (Conflict, Invalid) as error:
        verb = "desk:catalogue:read"
        return _page(request, "practitioner", verb, context, str(error), error.status)
    request.session[SAID] = "Kept."
    return HttpResponseRedirect(reverse("desk:catalogue-practitioner", args=[ref]))


def _change(request: HttpRequest, member: Any, permit: Permit) -> None:
    sent, today = request.POST, local_date(permit.at)
    action, one = sent.get("action", ""), number_of(sent.get("one", "")) or 0
    site = sent.get("site", "")
    if action in ("hours", "away") and site not in {
        s.slug for s in sites.of(permit.policy)
    }:
        raise Invalid("Choose one of the clinic’s sites.")
    if action == "services":
        known = {str(s.ref): s.pk for s in queries.everything()}
        chosen = [known[r] for r in sent.getlist("services") if r in known]
        accounts.set_practice(staff=member, services=chosen)
    elif action == "register":
        accounts.register(
            staff=member,
            register=sent.get("register", ""),
            number=sent.get("number", ""),
        )
    elif action == "unregister":
        accounts.unregister(staff=member, registration=one)
    elif action == "hours":
        weekday = number_of(sent.get("weekday", ""))
        hours.add_hours(
            staff=member,
            site=site,
            weekday=7 if weekday is None else weekday,
            opens=forms.clock(sent.get("opens", "")),
            closes=forms.clock(sent.get("closes", "")),
            valid_from=forms.day(sent.get("valid_from", ""), today),
        )
    elif action == "end-hours":
        hours.end_hours(staff=member, hours=one, on=today)
    elif action == "away":
        begins, ends = forms.span(sent)
        kind = sent.get("kind", "")
        hours.add_away(
            staff=member, site=site, kind=kind, starts_at=begins, ends_at=ends
        )
    elif action == "end-away":
        hours.end_away(away=one)
    else:
        raise Invalid("There is no such step.")
