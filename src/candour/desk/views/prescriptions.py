"""Prescriptions: the list, issuing one, printing it, stopping it."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from candour.core.clock import local_date
from candour.core.errors import Conflict, Invalid
from candour.desk import patient, shown_prescriptions
from candour.desk.forms_prescriptions import PrescriptionForm
from candour.desk.forms_records import SOURCE, ReasonForm
from candour.desk.patient import Opened
from candour.desk.shown_treatments import address
from candour.desk.typed import ref_of
from candour.desk.views.record import care, done, say, within
from candour.desk.wording_records import NOTES
from candour.records import pictured
from candour.records.actions import prescriptions as actions
from candour.web.pages import private


@require_safe
@patient.tab
def prescriptions(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show what was prescribed, newest first."""
    with care(request, ref, "desk:prescription:list") as opened:
        opened.permit.must_cover("prescription")
        context = {
            "rows": shown_prescriptions.listed(opened.pk, permit=opened.permit),
            "prescriber": opened.permit.by.role == "prescriber",
            "links": within(opened, "patient-record-prescriptions"),
            "done": done(request),
        }
        return patient.page(request, opened, "desk/records/prescriptions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def prescribe(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Ask what is ordered, and issue it."""
    try:
        with care(request, ref, "desk:prescription:issue") as opened:
            form = _form(opened)
            if request.method != "POST" or not form.read(request.POST):
                return _page(request, opened, form)
            drug = form.drug.value
            actions.prescribe(
                permit=opened.permit,
                person_id=opened.pk,
                medicine=form.medicine.answer,
                drug="" if drug == "other" else drug,
                quantity=form.quantity.answer,
                directions=form.directions.answer,
                cosmetic=form.purpose.value == "cosmetic",
                assessment=ref_of(form.assessment.value),
                token=form.token,
                source=SOURCE,
                by=opened.permit.by,
                at=opened.permit.at,
            )
    except Invalid as error:
        with care(request, ref, "desk:prescription:begin") as opened:
            form = _form(opened)
            form.read(request.POST)
            form.assessment.error = str(error)
            return _page(request, opened, form)
    say(request, "The prescription is issued. It cannot be changed any more.")
    return HttpResponseRedirect(address("prescriptions", ref))


def _form(opened: Opened) -> PrescriptionForm:
    opened.permit.must_cover("prescription")
    notes = pictured.seen_in_person(opened.pk, permit=opened.permit)
    return PrescriptionForm(
        [
            (str(r.ref), f"{NOTES[r.kind]}, {local_date(r.made_at):%d.%m.%Y}")
            for r in notes
            if opened.permit.covers("notes")
        ]
    )


def _page(request: HttpRequest, opened: Opened, form: PrescriptionForm) -> HttpResponse:
    wrong = request.method == "POST"
    return patient.page(
        request,
        opened,
        "desk/records/prescribe.html",
        {"form": form.shown()},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
    )


@require_safe
@patient.tab
def printed(request: HttpRequest, ref: UUID, prescription: UUID) -> HttpResponse:
    """Hand out a prescription as a PDF, to be signed by hand."""
    with care(request, ref, "desk:prescription:print") as opened:
        opened.permit.must_cover("prescription")
        pdf = shown_prescriptions.pdf(opened, prescription)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="prescription.pdf"'
    return private(response)


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def stop(request: HttpRequest, ref: UUID, prescription: UUID) -> HttpResponse:
    """Ask why a prescription is not to be used any more, and stop it."""
    form = ReasonForm("Why it is stopped", "Say why it is stopped.")
    ready = request.method == "POST" and form.read(request.POST)
    words = "The prescription is stopped."
    try:
        with care(request, ref, "desk:prescription:stop") as opened:
            opened.permit.must_cover("prescription")
            if not ready:
                return _why(request, opened, prescription, form)
            actions.stop(
                permit=opened.permit,
                person_id=opened.pk,
                ref=prescription,
                reason=form.reason.answer,
                by=opened.permit.by,
                at=opened.permit.at,
            )
    except Conflict as error:
        words = str(error)
    say(request, words)
    return HttpResponseRedirect(address("prescriptions", ref))


def _why(
    request: HttpRequest, opened: Opened, prescription: UUID, form: ReasonForm
) -> HttpResponse:
    context = {
        "title": "Stop this prescription?",
        "lead": "It stays on the file as it was issued, marked as stopped.",
        "back": address("prescriptions", opened.ref),
        "action": address("prescription-stop", opened.ref, prescription),
        "verb": "Stop it",
        "danger": True,
        "form": form.shown(),
    }
    wrong = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return patient.page(
        request, opened, "desk/records/reason.html", context, status=status
    )
