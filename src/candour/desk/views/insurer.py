"""Who insures a person: opened for payment, since it is about who pays."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from candour.core.errors import Invalid
from candour.desk import patient, wording
from candour.desk.forms_details import Small
from candour.desk.forms_registration import sources
from candour.people import insurance
from candour.people.cards import refuse_cards
from candour.policy.compile import Policy
from candour.web import clinic
from candour.web.answers import Chosen, Typed

PURPOSE = "payment"


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def insurer(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show who insures a person, and write it down."""
    form = _form(clinic.policy(request))
    if request.method != "POST":
        return _shown(request, ref, form)
    if not form.read(request.POST):
        return _shown(request, ref, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with patient.opened(
            request, ref, verb="desk:insurer:write", purpose=PURPOSE
        ) as opened:
            insurance.write(
                permit=opened.permit,
                person_id=opened.pk,
                name=form.answer("insurer_name"),
                policy_number=form.answer("insurer_number"),
                source=form.answer("insurer_source"),
                at=opened.permit.at,
            )
    except Invalid as error:
        form.blame(str(error))
        return _shown(request, ref, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    request.session["desk.done"] = "insurer"
    return HttpResponseRedirect(reverse("desk:patient-insurer", args=[ref]))


def _shown(
    request: HttpRequest, ref: UUID, form: Small, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    with patient.opened(
        request, ref, verb="desk:insurer:read", purpose=PURPOSE
    ) as opened:
        opened.permit.must_cover("insurance")
        held = insurance.insurer(opened.pk, permit=opened.permit)
        if held is not None and request.method != "POST":
            _fill(form, insurer_name=held.insurer, insurer_number=held.policy_number)
        context: dict[str, Any] = {
            "form": form.shown(),
            "errors": form.errors,
            "here": reverse("desk:patient-insurer", args=[ref]),
        }
        return patient.page(
            request, opened, "desk/patient/insurer.html", context, status=status
        )


def _fill(form: Small, **held: Any) -> None:
    for name, value in held.items():
        box = form.boxes[name]
        if isinstance(box, Typed):
            box.value = wording.given(value) or ""


def _form(policy: Policy) -> Small:
    return Small(
        "insurer",
        {
            "insurer_name": Typed(
                name="insurer_name",
                label="Insurer",
                missing="",
                most=120,
                required=False,
                hint="Empty it to take the insurer out.",
            ),
            "insurer_number": Typed(
                name="insurer_number",
                label="Number of the policy",
                missing="",
                most=60,
                required=False,
                check=refuse_cards,
            ),
            "insurer_source": Chosen(
                name="insurer_source",
                legend="Where does this come from?",
                options=[(s, wording.source(s)) for s in sources(policy)],
                kind="radio",
                across=True,
                missing="Choose where this comes from.",
            ),
        },
    )
