"""The diary: a day in columns, a day as a list, a practitioner's week, moving."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from candour import gate
from candour.accounts import queries as accounts
from candour.appointments import office, queries, sites, times
from candour.appointments.actions import visits
from candour.core import clock
from candour.core.clock import local_date
from candour.core.errors import CandourError, Conflict, Invalid, NotFound
from candour.desk import own, shown_diary
from candour.desk.forms_diary import VisitForm, Which, number_of
from candour.policy.terms import Reach
from candour.web import clinic, pages, who

PURPOSE = "appointments"
LISTED = "That you opened this day is on the trail, and each person in it can see that."


def opened(request: HttpRequest, verb: str) -> Any:
    """Open the unit of work about a day."""
    policy, now = clinic.policy(request), clock.now()
    by = who.staff(request, policy=policy, purpose=PURPOSE, reach=Reach.DAY)
    return gate.open(by=by, purpose=PURPOSE, reach=Reach.DAY, verb=verb, at=now)


def which(request: HttpRequest) -> Which:
    """Return which day and site a page is asked for."""
    known = [site.slug for site in sites.of(clinic.policy(request))]
    return Which.of(request.GET, today=local_date(clock.now()), sites=known)


def about(request: HttpRequest, ref: UUID, verb: str) -> Any:
    """Open the unit of work about the one person whose visit this is."""
    by = who.staff(request, policy=clinic.policy(request), purpose=PURPOSE)
    people = [queries.person_of(ref)]
    return gate.open(by=by, purpose=PURPOSE, people=people, verb=verb, at=clock.now())


@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """Show a day: a column for each practitioner or room."""
    asked = which(request)
    with opened(request, "desk:calendar:day") as permit:
        found = queries.diary(
            permit=permit, since=asked.day, until=asked.day, site=asked.site
        )
        known = office.known(
            site=asked.site, since=asked.day, count=1, service=None, permit=permit
        )
        mine = own.records(request, permit=permit)
        context = {
            **_head(request, asked, "desk:calendar"),
            **shown_diary.day(found, known, asked, permit=permit, mine=mine),
            "tally": shown_diary.tally(found),
            **_done(request),
        }
        return pages.page(
            request, "desk/diary/day.html", context, permit=permit, note=LISTED
        )


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show a day as a list: all that the columns say, and it can be printed."""
    asked = which(request)
    with opened(request, "desk:calendar:list") as permit:
        found = queries.diary(
            permit=permit, since=asked.day, until=asked.day, site=asked.site
        )
        mine = own.records(request, permit=permit)
        context = {
            **_head(request, asked, "desk:calendar-list"),
            "rows": [
                shown_diary.line(visit, permit.policy, mine=mine)
                for visit in found.visits
            ],
            "tally": shown_diary.tally(found),
            **_done(request),
        }
        return pages.page(
            request, "desk/diary/list.html", context, permit=permit, note=LISTED
        )


@require_safe
def week(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show the week of one practitioner."""
    asked, member = which(request), accounts.by_ref(ref)
    monday = times.monday(asked.day)
    with opened(request, "desk:calendar:week") as permit:
        sunday = monday + 6 * times.DAY
        found = queries.diary(
            permit=permit, since=monday, until=sunday, staff=member.pk
        )
        known = office.known(
            site=asked.site, since=monday, count=7, service=None, permit=permit
        )
        mine = own.records(request, permit=permit)
        here = reverse("desk:calendar-week", args=[ref])
        context = {
            **_head(request, asked, "desk:calendar"),
            **shown_diary.week(
                found, known, member.pk, monday, permit=permit, mine=mine
            ),
            "member": member.name,
            "monday": monday,
            "sunday": sunday,
            "before_url": here + asked.query(day=monday - 7 * times.DAY),
            "after_url": here + asked.query(day=monday + 7 * times.DAY),
            "tally": shown_diary.tally(found),
            **_done(request),
        }
        return pages.page(
            request, "desk/diary/week.html", context, permit=permit, note=LISTED
        )


def _head(request: HttpRequest, asked: Which, page: str) -> dict[str, Any]:
    policy = clinic.policy(request)
    return shown_diary.head(asked, policy, today=local_date(clock.now()), page=page)


def _done(request: HttpRequest) -> dict[str, Any]:
    """Return what was just done, what went wrong, and how to take it back: once."""
    return {
        "done": request.session.pop("desk.done", ""),
        "wrong": request.session.pop("desk.wrong", None),
        "undo": request.session.pop("desk.undo", None),
    }


@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """Move a visit to where it was dropped; undoing a move is a move as well."""
    form = VisitForm.read(request.POST)
    ref, version = _which_visit(request)
    to = back(request)
    when = form.when()
    try:
        if when is None:
            raise Invalid(next(iter(form.errors.values())))
        move_to(
            request,
            ref,
            version,
            when=when,
            room=number_of(form.room),
            outside_hours=form.outside_hours,
        )
    except (Conflict, Invalid) as error:
        request.session["desk.wrong"] = wrong(request, ref, error)
    return HttpResponseRedirect(to)


def _which_visit(request: HttpRequest) -> tuple[UUID, int]:
    try:
        return UUID(request.POST.get("ref", "")), int(request.POST.get("version", ""))
    except ValueError as cause:
        raise NotFound from cause


def back(request: HttpRequest) -> str:
    """Return the page of the diary that a form came from; never one elsewhere."""
    sent = request.POST.copy()
    sent["day"] = sent.get("shown", "")
    known = [site.slug for site in sites.of(clinic.policy(request))]
    asked = Which.of(sent, today=local_date(clock.now()), sites=known)
    page = "desk:calendar-list" if sent.get("list") else "desk:calendar"
    return reverse(page) + asked.query()


def move_to(
    request: HttpRequest,
    ref: UUID,
    version: int,
    *,
    when: tuple[Any, tuple[int, ...]],
    room: int | None,
    outside_hours: bool,
) -> None:
    """Move a visit, and keep for the next page how to take it back."""
    with about(request, ref, "desk:visit:move") as permit:
        own.refuse(request, permit.people or (), permit=permit)
        was = queries.visit(ref, permit=permit)
        staff = _staff(when[1], tuple(one.id for one in was.staff))
        now = visits.move(
            permit=permit,
            ref=ref,
            version=version,
            starts_at=when[0],
            staff=staff,
            room=room,
            outside_hours=outside_hours,
            by=permit.by,
            at=permit.at,
        )
    request.session["desk.done"] = "The visit was moved. They are told by email."
    request.session["desk.undo"] = {
        "ref": str(ref),
        "version": now.version,
        "slot": shown_diary.slot(was),
        "also": [one.id for one in was.staff[1:]],
        "room": was.room.id if was.room else "",
        "shown": local_date(was.row.starts_at).isoformat(),
    }


def _staff(wanted: tuple[int, ...], were: tuple[int, ...]) -> tuple[int, ...]:
    """Return who sees them: those it had (0 is nobody else), or another one first."""
    if wanted[0] == 0:
        return were
    if len(wanted) > 1:
        return wanted
    return (wanted[0], *(one for one in were[1:] if one != wanted[0]))


def wrong(request: HttpRequest, ref: UUID, error: CandourError) -> dict[str, str]:
    """Return what stood in the way, and where to find another time."""
    return {
        "text": str(error),
        "url": reverse("desk:visit-move", args=[ref]),
        "code": str(HTTPStatus(error.status).value),
    }
