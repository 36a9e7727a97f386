"""Alerts of a patient: those that hold, raising one, ending one."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from candour.core.errors import Conflict, Invalid
from candour.desk import patient, shown_records
from candour.desk.forms_records import SOURCE, AlertForm, ReasonForm
from candour.desk.views.record import done, say, within
from candour.records.actions import alerts as actions

patient.ALERTS.append(shown_records.strip)


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def alerts(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show the alerts of a file, and take one more."""
    form = AlertForm()
    if request.method != "POST":
        return _show(request, ref, form)
    if not form.read(request.POST):
        return _show(request, ref, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    with patient.opened(
        request, ref, verb="desk:alert:raise", purpose=patient.CARE
    ) as opened:
        permit = opened.permit
        actions.raise_alert(
            permit=permit,
            person_id=opened.pk,
            kind=form.kind.value,
            code=form.code.answer,
            weight=form.weight.value,
            detail=form.detail.answer,
            token=form.token,
            source=SOURCE,
            by=permit.by,
            at=permit.at,
        )
    say(request, "The alert stands on every page of this file.")
    return _back(ref)


def _show(
    request: HttpRequest, ref: UUID, form: AlertForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    with patient.opened(
        request, ref, verb="desk:alert:list", purpose=patient.CARE
    ) as opened:
        opened.permit.must_cover("health")
        context = {
            **shown_records.alerts(opened.pk, permit=opened.permit),
            "links": within(opened, "patient-record-alerts"),
            "form": form.shown(),
            "done": done(request),
        }
        return patient.page(
            request, opened, "desk/records/alerts.html", context, status=status
        )


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def end(request: HttpRequest, ref: UUID, alert: UUID) -> HttpResponse:
    """Ask why an alert no longer holds, and end it."""
    form = ReasonForm(
        "Why it no longer holds",
        "Say why it no longer holds.",
        "Such as: tested on 3 March, not allergic.",
    )
    if request.method != "POST":
        return _ask(request, ref, alert, form)
    if not form.read(request.POST):
        return _ask(request, ref, alert, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with patient.opened(
            request, ref, verb="desk:alert:end", purpose=patient.CARE
        ) as opened:
            permit = opened.permit
            actions.end(
                permit=permit,
                person_id=opened.pk,
                ref=alert,
                reason=form.reason.answer,
                by=permit.by,
                at=permit.at,
            )
    except Conflict as overtaken:
        say(request, str(overtaken))
        return _back(ref)
    except Invalid as wrong:
        form.reason.error = str(wrong)
        return _ask(request, ref, alert, form, status=wrong.status)
    say(request, "The alert is ended. It stays below, with your reason.")
    return _back(ref)


def _ask(
    request: HttpRequest,
    ref: UUID,
    alert: UUID,
    form: ReasonForm,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    with patient.opened(
        request, ref, verb="desk:alert:read", purpose=patient.CARE
    ) as opened:
        opened.permit.must_cover("health")
        context = shown_records.one_alert(opened.pk, alert, permit=opened.permit)
        if not context["active"]:
            return _back(ref)
        context["form"] = form.shown()
        return patient.page(
            request, opened, "desk/records/alert_end.html", context, status=status
        )


def _back(ref: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:patient-record-alerts", args=[ref]))
