"""One visit: finding who it is for, booking it, moving it, what becomes of it."""

from datetime import datetime
from http import HTTPStatus
from itertools import islice
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from candour import gate
from candour.appointments import office, queries, sites
from candour.appointments.actions import visits
from candour.catalogue import queries as catalogue
from candour.core import clock
from candour.core.clock import local_date
from candour.core.errors import Conflict, Invalid, NotFound
from candour.core.ids import new_ref
from candour.desk import own, patient, shown_people, shown_visits
from candour.desk.forms_diary import VisitForm
from candour.desk.forms_people import PeopleFilter
from candour.desk.typed import ref_of
from candour.desk.views import diary
from candour.desk.views.diary import PURPOSE
from candour.people import queries as people
from candour.register.permit import Permit
from candour.web import clinic, pages, who
from candour.web.templatetags.look import time_of_day, weekday

DONE = {
    "arrived": "They are here.",
    "in-room": "They are in the room.",
    "done": "This visit is done.",
    "did-not-attend": "Written down: they did not come.",
    "booked": "This visit is booked.",
    "cancelled": "This visit is cancelled, and its time is free.",
    "noted": "Written down.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Book a visit: first for whom, then what and when. A search is posted."""
    ref = ref_of(request.GET.get("person", ""))
    if ref is None:
        return _for_whom(request)
    if request.method == "POST":
        return _book(request, ref)
    return _choose(request, ref, VisitForm.read(request.GET))


def _for_whom(request: HttpRequest) -> HttpResponse:
    rest = request.GET.copy()
    if request.method == "POST":
        wanted = PeopleFilter.of_form(request.POST).query()
        return HttpResponseRedirect(reverse("desk:visit-new") + wanted)
    asked = PeopleFilter.of_address(request.GET)
    with diary.opened(request, "desk:visit:find-person") as permit:
        ids = people.search(asked.text, permit=permit) if asked.text else []
        found = people.found(ids, permit=permit)
        context = shown_people.listed(found, asked, permit=permit)
        rest.pop("find", None)
        context["people"] = [
            {
                **row,
                "url": reverse("desk:visit-new") + f"?person={one.person__ref}",
            }
            for row, one in zip(context["rows"], found.rows, strict=True)
        ]
        return pages.page(request, "desk/diary/for_whom.html", context, permit=permit)


def _unit(request: HttpRequest, person: UUID, verb: str) -> Any:
    by = who.staff(request, policy=clinic.policy(request), purpose=PURPOSE)
    return gate.open(
        by=by,
        purpose=PURPOSE,
        people=[gate.person_of(person)],
        verb=verb,
        at=clock.now(),
    )


def _choose(
    request: HttpRequest,
    ref: UUID,
    sent: VisitForm,
    *,
    status: int = HTTPStatus.OK,
    visit: UUID | None = None,
) -> HttpResponse:
    """Show the form, with the free times of what is chosen so far."""
    with _unit(request, ref, "desk:visit:choose") as permit:
        [pk] = permit.people
        own.refuse(request, [pk], permit=permit)
        moving = queries.visit(visit, permit=permit) if visit else None
        header = people.header(pk, permit=permit)
        known_sites = [site.slug for site in sites.of(permit.policy)]
        sent.site = sent.site if sent.site in known_sites else known_sites[0]
        known, found = _free(sent, permit, moving.row.pk if moving else None)
        names = {one: member.name for one, member in known.staff.items()}
        context = {
            "patient": {"name": header.name, "ref": ref},
            "form": shown_visits.form(
                sent, permit.policy, known, today=local_date(permit.at)
            ),
            "times": shown_visits.free_times(found, names),
            "token": sent.token or str(new_ref()),
            **({"moving": shown_visits.visit(moving, permit=permit)} if moving else {}),
        }
        page = "desk/diary/move.html" if moving else "desk/diary/book.html"
        return pages.page(request, page, context, permit=permit, status=status)


def _free(sent: VisitForm, permit: Permit, visit: int | None) -> tuple[Any, list[Any]]:
    """Return what is known of the days asked for, and the free times in them."""
    service = next((s for s in catalogue.menu() if str(s.ref) == sent.service), None)
    since = shown_visits.since_of(sent, permit.at)
    known = office.known(
        site=sent.site,
        since=local_date(since),
        count=shown_visits.AHEAD,
        service=service,
        permit=permit,
    )
    if service is None:
        return known, []
    found = office.free_in(
        known, service, since=since, staff=shown_visits.staff_of(sent), visit=visit
    )
    return known, list(islice(found, shown_visits.SHOWN_SLOTS))


def _book(request: HttpRequest, ref: UUID) -> HttpResponse:
    sent = VisitForm.read(request.POST)
    booking = sent.booking()
    if booking is None:
        return _choose(request, ref, sent, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with _unit(request, ref, "desk:visit:book") as permit:
            [pk] = permit.people
            own.refuse(request, [pk], permit=permit)
            made = visits.book(
                permit=permit, person_id=pk, booking=booking, by=permit.by, at=permit.at
            )
    except (Conflict, Invalid, NotFound) as error:
        _explain(sent, error, booking.starts_at)
        return _choose(request, ref, sent, status=error.status)
    request.session["desk.done"] = "booked"
    return HttpResponseRedirect(reverse("desk:visit", args=[made.ref]))


def _explain(sent: VisitForm, error: Exception, wanted: datetime) -> None:
    """Keep what was typed, say what is wrong, and look for free times from then on."""
    sent.errors["slot"] = str(error)
    if isinstance(error, Conflict):
        sent.since = local_date(wanted).isoformat()
        sent.slot = ""


@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show one visit, and take what is done with it."""
    if request.method != "POST":
        return _show(request, ref)
    try:
        done = _act(request, ref)
    except (Conflict, Invalid) as error:
        return _show(request, ref, wrong=str(error), status=error.status)
    request.session["desk.done"] = done
    to_list = request.POST.get("back") == "list"
    return HttpResponseRedirect(
        diary.back(request) if to_list else reverse("desk:visit", args=[ref])
    )


def _show(
    request: HttpRequest, ref: UUID, *, wrong: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    with diary.about(request, ref, "desk:visit:read") as permit:
        own.refuse(request, permit.people, permit=permit)
        found = queries.visit(ref, permit=permit)
        said = request.session.pop("desk.done", "")
        context = {
            **shown_visits.visit(found, permit=permit),
            "done": DONE.get(said, said),
            "wrong": wrong,
            "typed": request.POST if wrong else {},
        }
        return pages.page(
            request, "desk/diary/visit.html", context, permit=permit, status=status
        )


def _act(request: HttpRequest, ref: UUID) -> str:
    posted = request.POST
    action, version = posted.get("action", ""), _version(posted.get("version", ""))
    with diary.about(request, ref, "desk:visit:change") as permit:
        own.refuse(request, permit.people, permit=permit)
        told = {"permit": permit, "ref": ref, "version": version, "at": permit.at}
        if action == "cancel":
            visits.cancel(
                **told,
                cancelled_by=posted.get("cancelled_by", ""),
                why=posted.get("why", ""),
                by=permit.by,
            )
            return "cancelled"
        if action == "note":
            note = posted.get("note", "").replace("\0", "")
            link = posted.get("link", "").replace("\0", "").strip()
            visits.annotate(**told, note=note, link=link)
            return "noted"
        visits.set_status(**told, status=action, by=permit.by)
        return action


def _version(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise Invalid("This page is out of date. Open it again.")
    return int(text)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Choose another time for a visit, by form."""
    with diary.about(request, ref, "desk:visit:read") as permit:
        now = queries.visit(ref, permit=permit)
        person = now.row.person__ref
        service = next(s for s in catalogue.everything() if s.pk == now.row.service)
    sent = VisitForm.read(request.POST if request.method == "POST" else request.GET)
    sent.service, sent.site = str(service.ref), now.row.site
    if request.method != "POST":
        sent.also = [str(one.id) for one in now.staff[1:]]
        sent.staff = sent.staff or str(now.staff[0].id)
        return _choose(request, person, sent, visit=ref)
    when = sent.when()
    if when is None:
        wrong = HTTPStatus.UNPROCESSABLE_ENTITY
        return _choose(request, person, sent, visit=ref, status=wrong)
    try:
        diary.move_to(
            request,
            ref,
            _version(request.POST.get("version", "")),
            when=when,
            room=None,
            outside_hours=sent.outside_hours,
        )
    except (Conflict, Invalid) as error:
        _explain(sent, error, when[0])
        return _choose(request, person, sent, visit=ref, status=error.status)
    day = f"?day={local_date(when[0])}&site={now.row.site}"
    return HttpResponseRedirect(reverse("desk:calendar-list") + day)


@require_safe
@patient.tab
def of_patient(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show the tab of a patient's visits."""
    with patient.opened(request, ref, verb="desk:patient:visits") as opened:
        permit = opened.permit
        context = shown_visits.patient(
            queries.of_person(opened.pk, permit=permit),
            queries.waiting_of_person(opened.pk, permit=permit),
            queries.recalls_of_person(opened.pk, permit=permit),
            permit=permit,
        )
        return patient.page(request, opened, "desk/diary/patient.html", context)


def next_visit(person: int, permit: Permit) -> dict[str, Any] | None:
    """Return the next visit, as the head of every tab of a patient shows it."""
    found = queries.next_of_person(person, permit=permit)
    if found is None:
        return None
    when = f"{weekday(found.starts_at)}, {time_of_day(found.starts_at)}"
    return {
        "when": when,
        "what": found.what,
        "url": reverse("desk:visit", args=[found.ref]),
    }


patient.NEXT_VISITS.append(next_visit)
