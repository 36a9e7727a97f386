"""The timeline of a person: every dealing, and what staff add to it."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from candour.core import clock
from candour.core.errors import Invalid
from candour.desk import patient, shown_timeline
from candour.desk.forms_timeline import NewNote
from candour.people import interactions


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def timeline(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show what happened between a person and the clinic; take a note of a call."""
    note = NewNote(clock.now())
    if request.method != "POST":
        return _shown(request, ref, note)
    if note.read(request.POST):
        try:
            return _keep(request, ref, note)
        except Invalid as error:
            note.text.error = str(error)
    return _shown(request, ref, note, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _keep(request: HttpRequest, ref: UUID, note: NewNote) -> HttpResponse:
    with patient.opened(request, ref, verb="desk:timeline:write") as opened:
        permit = opened.permit
        interactions.note(
            permit=permit,
            person_id=opened.pk,
            kind=note.kind.value,
            channel=note.channel.value,
            direction=note.direction.value,
            text=note.text.answer.replace("\r\n", "\n"),
            happened_at=note.happened_at,
            source=note.source(permit.policy),
            by=permit.by,
            at=permit.at,
        )
    request.session["desk.done"] = "note"
    return HttpResponseRedirect(reverse("desk:patient-timeline", args=[ref]))


def _shown(
    request: HttpRequest, ref: UUID, note: NewNote, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    with patient.opened(request, ref, verb="desk:timeline:read") as opened:
        dealings = interactions.timeline(opened.pk, permit=opened.permit)
        context = {
            **shown_timeline.listed(dealings, permit=opened.permit),
            "form": note.shown(),
        }
        return patient.page(
            request, opened, "desk/patient/timeline.html", context, status=status
        )
