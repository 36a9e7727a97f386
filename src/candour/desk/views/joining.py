"""Joining two files: finding the other, what would happen, doing it, undoing it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from candour import gate
from candour.core import clock
from candour.core.errors import Conflict, Invalid
from candour.desk import patient, shown_joining
from candour.desk.forms_people import PeopleFilter
from candour.desk.forms_registration import refs
from candour.people import parting
from candour.people import queries as people
from candour.policy.terms import Reach
from candour.rights import joining
from candour.web import clinic, who
from candour.web.answers import Chosen

PURPOSE = "rights"


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Find the other file, and look at what joining the two would do."""
    if request.method == "POST":
        wanted = PeopleFilter.of_form(request.POST)
        here = reverse("desk:patient-join", args=[ref])
        return HttpResponseRedirect(here + wanted.query())
    asked = PeopleFilter.of_address(request.GET)
    found = _found(request, asked)
    with patient.opened(
        request, ref, verb="desk:patient:joinings", purpose=PURPOSE
    ) as opened:
        context = {
            **shown_joining.candidates(found, asked, but=ref, this=ref),
            "joined": shown_joining.joined(
                parting.joined(opened.pk), now=opened.permit.at
            ),
        }
        return patient.page(request, opened, "desk/patient/join.html", context)


def _found(request: HttpRequest, asked: PeopleFilter) -> people.Found | None:
    if not asked.text:
        return None
    by = who.staff(
        request, policy=clinic.policy(request), purpose=PURPOSE, reach=Reach.DAY
    )
    with gate.open(
        by=by,
        purpose=PURPOSE,
        reach=Reach.DAY,
        verb="desk:patient:find-other",
        at=clock.now(),
    ) as permit:
        ids = people.search(asked.text, permit=permit)
        return people.found(ids, permit=permit)


@require_http_methods(["GET", "HEAD", "POST"])
def join_with(request: HttpRequest, ref: UUID, other: UUID) -> HttpResponse:
    """Show what joining these two would do; do it once staff say how they made sure."""
    how = shown_joining.how()
    holds = shown_joining.survivor(ref, other)
    if request.method != "POST":
        return _preview(request, ref, other, how, holds)
    how.read(request.POST)
    holds.read(request.POST)
    if how.error or holds.error:
        return _preview(
            request, ref, other, how, holds, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    [survivor] = refs([holds.value])
    absorbed = other if survivor == ref else ref
    try:
        with _both(request, survivor, absorbed, "desk:patient:join") as permit:
            one, rest = permit.people
            joining.join(
                permit=permit,
                survivor=one,
                absorbed=rest,
                how=how.value,
                at=permit.at,
            )
    except (Conflict, Invalid) as error:
        how.error = str(error)
        return _preview(request, ref, other, how, holds, status=error.status)
    return _done(request, survivor, "joined")


def _preview(
    request: HttpRequest,
    ref: UUID,
    other: UUID,
    how: Chosen,
    holds: Chosen,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    with _both(request, ref, other, "desk:patient:join-look") as permit:
        one, rest = permit.people
        opened = patient.Opened(one, ref, permit, people.header(one, permit=permit))
        seen = joining.preview(one, rest, permit=permit)
        facing = people.header(rest, permit=permit)
        context = shown_joining.preview(seen, opened, facing, how=how, holds=holds)
        context["action"] = reverse("desk:patient-join-with", args=[ref, other])
        return patient.page(
            request, opened, "desk/patient/join_with.html", context, status=status
        )


@require_POST
def undo(request: HttpRequest, ref: UUID, joined: UUID) -> HttpResponse:
    """Take two files apart that were joined by mistake."""
    with patient.opened(
        request, ref, verb="desk:patient:joinings", purpose=PURPOSE
    ) as opened:
        both = joining.both_of(joined, person=opened.pk)
    with _about(request, both, "desk:patient:part") as permit:
        joining.undo(permit=permit, ref=joined, by=permit.by, at=permit.at)
    return _done(request, ref, "undone")


def _both(request: HttpRequest, one: UUID, other: UUID, verb: str) -> Any:
    return _about(request, (gate.person_of(one), gate.person_of(other)), verb)


def _about(request: HttpRequest, both: tuple[int, int], verb: str) -> Any:
    by = who.staff(request, policy=clinic.policy(request), purpose=PURPOSE)
    return gate.open(by=by, purpose=PURPOSE, people=both, verb=verb, at=clock.now())


def _done(request: HttpRequest, ref: UUID, what: str) -> HttpResponse:
    request.session["desk.done"] = what
    return HttpResponseRedirect(reverse("desk:patient-join", args=[ref]))
