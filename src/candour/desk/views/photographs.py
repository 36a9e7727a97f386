"""Photographs: the grid, two side by side, what one shows and may be used for."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from candour.core.clock import local_date
from candour.core.errors import Invalid
from candour.desk import patient, shown_photographs
from candour.desk.forms_prescriptions import PhotographForm
from candour.desk.forms_records import SOURCE
from candour.desk.typed import day_of, ref_of
from candour.desk.views.record import care, done, say
from candour.desk.wording_photographs import USES, WORDING
from candour.records.actions import photographs as actions


@require_safe
@patient.tab
def photographs(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show the photographs of a patient, by series and pose."""
    with care(request, ref, "desk:photograph:list") as opened:
        opened.permit.must_cover("images")
        context = shown_photographs.grid(opened.pk, opened.ref, permit=opened.permit)
        context["done"] = done(request)
        return patient.page(request, opened, "desk/records/photographs.html", context)


@require_safe
@patient.tab
def compare(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show two photographs, the earlier one over or beside the later one."""
    one, other = (ref_of(request.GET.get(name, "")) for name in ("before", "after"))
    if one is None or other is None:
        return HttpResponseRedirect(reverse("desk:patient-photographs", args=[ref]))
    with care(request, ref, "desk:photograph:compare") as opened:
        opened.permit.must_cover("images")
        context = shown_photographs.pair(
            opened.pk, ref, one, other, permit=opened.permit
        )
        return patient.page(request, opened, "desk/records/compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def photograph(request: HttpRequest, ref: UUID, file: UUID) -> HttpResponse:
    """Show one photograph, and take what it shows."""
    verb = "describe" if request.method == "POST" else "read"
    status = HTTPStatus.OK
    with care(request, ref, f"desk:photograph:{verb}") as opened:
        permit = opened.permit
        permit.must_cover("images")
        form = PhotographForm(local_date(permit.at))
        if request.method == "POST" and form.read(request.POST):
            try:
                actions.describe(
                    permit=permit,
                    person_id=opened.pk,
                    file=file,
                    pose=form.pose.value,
                    place=form.place.value,
                    moment=form.moment.value,
                    series=form.series.answer,
                    taken_on=day_of(form.taken.answer),
                    source=SOURCE,
                    by=permit.by,
                    at=permit.at,
                )
            except Invalid as error:
                form.taken.error = str(error)
            else:
                say(request, "What it shows is kept.")
                return HttpResponseRedirect(_page(ref, file))
        if request.method == "POST":
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        context = shown_photographs.one(opened.pk, file, form, permit=permit)
        context["done"] = done(request)
        return patient.page(
            request, opened, "desk/records/photograph.html", context, status=status
        )


@require_POST
@patient.tab
def use(request: HttpRequest, ref: UUID, file: UUID) -> HttpResponse:
    """Keep a yes or a no of the patient to one use of one photograph."""
    wanted, given = request.POST.get("use", ""), request.POST.get("given") == "yes"
    if wanted not in USES:
        raise Invalid("There is no such use.")
    if given and request.POST.get("agreed") != "yes":
        say(request, "Nothing was changed: the patient has to agree to the words.")
        return HttpResponseRedirect(_page(ref, file))
    with care(request, ref, "desk:photograph:permit") as opened:
        permit = opened.permit
        permit.must_cover("images")
        shown = shown_photographs.described(opened.pk, file, permit=permit)
        actions.permit_use(
            permit=permit,
            person_id=opened.pk,
            ref=shown,
            use=wanted,
            given=given,
            wording=WORDING[wanted],
            by=permit.by,
            at=permit.at,
        )
    say(request, "The yes is kept." if given else "The no is kept. It holds at once.")
    return HttpResponseRedirect(_page(ref, file))


def _page(ref: UUID, file: UUID) -> str:
    return reverse("desk:patient-photographs-one", args=[ref, file])
