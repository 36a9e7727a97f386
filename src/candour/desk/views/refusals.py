"""Refusing a data request: choose, see the letter as it goes, send it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from candour.core import clock
from candour.core.actor import Actor
from candour.core.clock import local_date
from candour.core.errors import Invalid
from candour.desk import asked
from candour.desk.forms import Refusal
from candour.desk.views.requests import PURPOSE, opened
from candour.register.permit import Permit
from candour.rights import queries, refusing
from candour.rights.refusing import Draft
from candour.web import clinic, pages, who
from candour.web.answers import hidden

STEPS = ("begin", "preview", "change")


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show the form, then the letter as it will go, then send it."""
    by = who.staff(request, policy=clinic.policy(request), purpose=PURPOSE)
    step = request.POST.get("step", "") if request.method == "POST" else "begin"
    if step == "send":
        return _send(request, ref, by)
    return _look(request, ref, by, step)


def _look(
    request: HttpRequest, ref: UUID, by: Actor, step: str, *, trouble: str = ""
) -> HttpResponse:
    """Show the form, or, where everything is there, the letter.

    `trouble` is why the letter did not go, though nothing is wrong with the form.
    """
    now = clock.now()
    with opened(request, ref, by, now) as (permit, row, around):
        if step not in STEPS:
            raise Invalid("There is no such step.")
        form = Refusal(refusing.grounds(row, around))
        made = None
        if step != "begin" and form.read(request.POST) and step == "preview":
            try:
                made = refusing.draft(
                    permit,
                    row,
                    around,
                    ground=form.ground.value,
                    reason=form.reason.answer,
                )
            except Invalid as error:
                form.reason.error = str(error)
        changed = trouble if made else ""
        context = _context(ref, form, made, permit) | {"changed": changed}
        wrong = bool(form.errors) and step != "change"
        code = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
        return pages.page(
            request,
            "desk/refuse.html",
            context,
            permit=permit,
            status=HTTPStatus.CONFLICT if changed else code,
        )


def _context(
    ref: UUID, form: Refusal, made: Draft | None, permit: Permit
) -> dict[str, Any]:
    status = queries.status(ref, permit=permit)
    line = asked.line(status, permit.policy, local_date(permit.at))
    return {"asked": line, "form": form.shown(), "draft": _draft(form, made)}


def _draft(form: Refusal, made: Draft | None) -> dict[str, Any] | None:
    if made is None:
        return None
    return {
        "to": made.to,
        "subject": made.letter.subject,
        "body": made.letter.body,
        "late": not made.in_time,
        "hidden": hidden(
            ground=form.ground.value, reason=form.reason.value, seen=made.fingerprint
        ),
    }


def _send(request: HttpRequest, ref: UUID, by: Actor) -> HttpResponse:
    posted, now = request.POST, clock.now()
    with opened(request, ref, by, now):
        pass  # whoever may not open it does not refuse it either
    try:
        refusing.refuse(
            ref=ref,
            ground=posted.get("ground", ""),
            reason=posted.get("reason", "").replace("\0", ""),
            seen=posted.get("seen", ""),
            by=by,
            at=now,
        )
    except (refusing.Changed, Invalid) as error:
        return _look(request, ref, by, "preview", trouble=str(error))
    request.session["desk.done"] = "refused"
    return HttpResponseRedirect(reverse("desk:request", args=[ref]))
