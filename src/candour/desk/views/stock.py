"""Stock: batches that came in, and who received one when it has to be recalled."""

import csv
from contextlib import AbstractContextManager
from datetime import date
from http import HTTPStatus
from io import StringIO
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from candour import gate
from candour.catalogue import stock
from candour.core import clock
from candour.core.actor import Actor
from candour.core.errors import Conflict, Invalid, Refused
from candour.desk import patient, shown_stock
from candour.desk.forms_stock import BatchForm
from candour.desk.typed import day_of
from candour.desk.views.record import done, say
from candour.policy.terms import Reach
from candour.records import treated
from candour.register.permit import Permit
from candour.web import clinic, pages, who

SAFETY = "product-safety"
NOTE = "That you opened this list is on the trail, and each person in it can see that."


def _keeper(request: HttpRequest) -> Actor:
    """Return who is signed in, if their work has to do with stock.

    Stock is of no person; who treats, and who recalls, may see and enter it. Raises
    Refused for others.
    """
    policy = clinic.policy(request)
    for purpose, reach in ((patient.CARE, Reach.ONE), (SAFETY, Reach.ALL)):
        by = who.staff(request, policy=policy, purpose=purpose, reach=reach)
        decision = policy.decide(by.role, purpose, reach)
        if decision.allowed:
            return by
    raise Refused(clause=decision.clause, reason=decision.reason, purpose=SAFETY)


@require_http_methods(["GET", "HEAD", "POST"])
def batches(request: HttpRequest) -> HttpResponse:
    """Show what is in stock, and take in a batch."""
    by, now = _keeper(request), clock.now()
    today = clock.local_date(now)
    form = BatchForm([(str(one.ref), one.name) for one in stock.products()])
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.read(request.POST):
            try:
                stock.take_in(
                    product=UUID(form.product.value),
                    number=form.number.answer,
                    expires_on=day_of(form.expires.answer),
                    by=by,
                    on=today,
                )
            except (Conflict, Invalid) as error:
                form.number.error, status = str(error), HTTPStatus(error.status)
            else:
                say(request, "The batch is in stock.")
                return HttpResponseRedirect(reverse("desk:stock"))
    context = {
        "rows": shown_stock.listed(stock.batches(on=today), today),
        "recalls": _may_recall(request),
        "form": form.shown(),
        "done": done(request),
    }
    return pages.page(request, "desk/records/stock.html", context, status=status)


def _may_recall(request: HttpRequest) -> bool:
    policy = clinic.policy(request)
    by = who.staff(request, policy=policy, purpose=SAFETY, reach=Reach.ALL)
    return policy.decide(by.role, SAFETY, Reach.ALL).allowed


def _unit(request: HttpRequest, verb: str) -> AbstractContextManager[Permit]:
    policy = clinic.policy(request)
    by = who.staff(request, policy=policy, purpose=SAFETY, reach=Reach.ALL)
    return gate.open(by=by, purpose=SAFETY, reach=Reach.ALL, verb=verb, at=clock.now())


@require_safe
def batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Show who received any of a batch."""
    with _unit(request, "desk:batch:recipients") as permit:
        found = stock.batch(batch)
        context = {
            **shown_stock.recipients(
                found, treated.received(found, permit=permit), permit=permit
            ),
            "done": done(request),
        }
        return pages.page(
            request, "desk/records/batch.html", context, permit=permit, note=NOTE
        )


@require_POST
def recall(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Mark a batch as recalled: nobody is given any of it from now on."""
    with _unit(request, "desk:batch:recall") as permit:
        note = " ".join(request.POST.get("note", "").replace("\0", "").split())
        stock.recall(batch=batch, note=note, at=permit.at)
    say(request, "The batch is recalled. Nobody is given any of it from now on.")
    return HttpResponseRedirect(reverse("desk:batch", args=[batch]))


@require_POST
def export(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Hand out the list of who received a batch, as a table for a spreadsheet."""
    with _unit(request, "desk:batch:export") as permit:
        found = stock.batch(batch)
        rows = shown_stock.recipients(
            found, treated.received(found, permit=permit), permit=permit
        )["rows"]
        out = StringIO()
        table = csv.writer(out)
        table.writerow(["Name", "Day", "Product", "Batch", "Dose", "Place", "Reach"])
        for row in rows:
            cells = [
                row["name"] or "",
                f"{row['at']:%Y-%m-%d}",
                found.product.name,
                found.number,
                row["dose"],
                row["place"],
                "; ".join(row["reach"]),
            ]
            table.writerow([shown_stock.harmless(cell) for cell in cells])
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    day: date = clock.local_date(clock.now())
    response["Content-Disposition"] = f'attachment; filename="batch-{day}.csv"'
    return pages.private(response)
