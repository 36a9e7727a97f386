"""People at the desk: finding them, and the first page of their file."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from candour import gate
from candour.core import clock
from candour.desk import patient, shown_people
from candour.desk.forms_people import PeopleFilter
from candour.people import queries as people
from candour.policy.terms import Reach
from candour.web import clinic, pages, who

JOINING = "rights"  # whoever answers requests about data joins what is of one person
LISTED = (
    "That you opened this list is on the trail, and each person in it can see that."
)


@require_http_methods(["GET", "HEAD", "POST"])
def patients(request: HttpRequest) -> HttpResponse:
    """Show whom a search finds, or who was registered lately. A search is posted."""
    if request.method == "POST":
        wanted = PeopleFilter.of_form(request.POST)
        return HttpResponseRedirect(reverse("desk:patients") + wanted.query())
    asked, policy = PeopleFilter.of_address(request.GET), clinic.policy(request)
    by = who.staff(request, policy=policy, purpose=patient.DAY, reach=Reach.DAY)
    with gate.open(
        by=by,
        purpose=patient.DAY,
        reach=Reach.DAY,
        verb="desk:patient:list",
        at=clock.now(),
    ) as permit:
        ids = (
            people.search(asked.text, permit=permit)
            if asked.text
            else people.registered_lately(permit=permit)
        )
        found = people.found(ids, permit=permit)
        context = shown_people.listed(found, asked, permit=permit)
        return pages.page(
            request, "desk/patients.html", context, permit=permit, note=LISTED
        )


@require_safe
@patient.tab
def summary(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show the first page of a file: who it is, and how they may be reached."""
    with patient.opened(request, ref, verb="desk:patient:read") as opened:
        context = shown_people.summary(opened)
        context["join"] = _join(request, ref)
        return patient.page(request, opened, "desk/patient/summary.html", context)


def _join(request: HttpRequest, ref: UUID) -> str:
    """Return where to join this file with another, for a role that may; else ""."""
    policy = clinic.policy(request)
    by = who.staff(request, policy=policy, purpose=JOINING)
    if not policy.decide(by.role, JOINING).allowed:
        return ""
    return reverse("desk:patient-join", args=[ref])
