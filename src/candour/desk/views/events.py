"""Adverse events: writing one down, reporting it, settling it."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from candour.core.clock import local_date
from candour.desk import patient
from candour.desk.forms_events import EventForm
from candour.desk.forms_records import SOURCE, ReasonForm
from candour.desk.shown_treatments import address, yellow_card
from candour.desk.typed import day_of, ref_of
from candour.desk.views.record import care, say
from candour.records import treated
from candour.records.actions import events as actions


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def event(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Ask what went wrong, and keep it."""
    with care(request, ref, "desk:event:record") as opened:
        permit = opened.permit
        permit.must_cover("treatment")
        rows = treated.treatments(opened.pk, permit=permit)
        form = EventForm(
            [(str(r.ref), f"{r.what}, {local_date(r.done_at):%d.%m.%Y}") for r in rows],
            local_date(permit.at),
        )
        form.treatment.value = request.GET.get("treatment", "")
        if request.method != "POST" or not form.read(request.POST):
            wrong = request.method == "POST"
            return patient.page(
                request,
                opened,
                "desk/records/event.html",
                {"form": form.shown()},
                status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
            )
        actions.write_down(
            permit=permit,
            person_id=opened.pk,
            kind=form.kind.value,
            severity=form.severity.value,
            account=form.account.answer,
            noticed_on=day_of(form.noticed.answer),
            treatment=ref_of(form.treatment.value),
            token=form.token,
            source=SOURCE,
            by=permit.by,
            at=permit.at,
        )
    say(request, "The event is on record.")
    return HttpResponseRedirect(address("treatments", ref))


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def report(request: HttpRequest, ref: UUID, event: UUID) -> HttpResponse:
    """Ask for the number that the regulator gave a report, and keep it."""
    form = ReasonForm("Number of the report", "Write the number of the report.")
    form.reason.type, form.reason.most = "text", 60
    return _asked(request, ref, event, form, "report")


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def settle(request: HttpRequest, ref: UUID, event: UUID) -> HttpResponse:
    """Ask how an event ended, and keep it."""
    form = ReasonForm("How it ended", "Say how it ended.")
    return _asked(request, ref, event, form, "settle")


WORDS = {
    "report": ("Report this event", "It is reported", "Reported. Its number is kept."),
    "settle": ("Settle this event", "It is settled", "The event is settled."),
}


def _asked(
    request: HttpRequest, ref: UUID, event: UUID, form: ReasonForm, what: str
) -> HttpResponse:
    title, verb, words = WORDS[what]
    ready = request.method == "POST" and form.read(request.POST)
    with care(request, ref, f"desk:event:{what}") as opened:
        permit = opened.permit
        permit.must_cover("treatment")
        if not ready:
            context = {
                "title": title,
                "lead": yellow_card() if what == "report" else "How did it end?",
                "back": address("treatments", ref),
                "action": address(f"event-{what}", ref, event),
                "verb": verb,
                "danger": False,
                "form": form.shown(),
            }
            wrong = request.method == "POST"
            status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
            return patient.page(
                request, opened, "desk/records/reason.html", context, status=status
            )
        said = form.reason.answer
        if what == "report":
            actions.reported(
                permit=permit,
                person_id=opened.pk,
                ref=event,
                report=said,
                by=permit.by,
                at=permit.at,
            )
        else:
            actions.settle(
                permit=permit,
                person_id=opened.pk,
                ref=event,
                outcome=said,
                by=permit.by,
                at=permit.at,
            )
    say(request, words)
    return HttpResponseRedirect(address("treatments", ref))
