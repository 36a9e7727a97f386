"""Registering a patient: from an enquiry, a phone call, or somebody at the desk."""

from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from candour import gate
from candour.core import clock
from candour.core.errors import Invalid
from candour.desk import patient, shown_people
from candour.desk.forms_registration import NOT_YET, SOMEBODY_ELSE, Registration, refs
from candour.notices import actions as notices
from candour.people import actions as people
from candour.people import queries, registering, ties
from candour.policy.terms import Reach
from candour.register.permit import Permit
from candour.web import clinic, pages, who
from candour.web.answers import hidden
from candour.web.constraints import broken

PLACE = "registration"
ONE_EACH = frozenset({"people_person_ref_key", "people_patient_ref_key"})
NHS_ONCE = "people_patient_nhs_key_key"
NHS_TAKEN = (
    "Somebody else has this NHS number. Look for them before you write it down twice."
)


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register somebody who is not on record yet."""
    form = _form(request)
    token = _token(request)
    if request.method != "POST":
        return _shown(request, form, token)
    if not form.read(request.POST):
        return _shown(request, form, token, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    alike = _alike(request, form, but=None)
    if _unseen(request, alike):
        return _shown(request, form, token, alike=alike, status=HTTPStatus.CONFLICT)
    person = people.allocate()
    try:
        with _unit(request, person, "desk:patient:register") as permit:
            registering.register_new(
                permit=permit,
                person_id=person,
                ref=token,
                details=form.details(),
                source=form.source.value,
                brand=clinic.brand(request).slug,
                by=permit.by,
                at=permit.at,
            )
            _say_where_from(permit, person, form)
    except (IntegrityError, Invalid) as error:
        if _is_again(error):
            return _done(request, token)
        _blame(form, error)
        return _shown(request, form, token, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _done(request, token)


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def register_known(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Register somebody who is on record, such as from an enquiry: nothing retyped."""
    form = _form(request)
    token = _token(request)
    status = HTTPStatus.OK
    alike: list[dict[str, Any]] = []
    if request.method == "POST":
        if form.read(request.POST):
            alike = _alike(request, form, but=ref)
            if not _unseen(request, alike):
                try:
                    return _register_known(request, ref, form, token)
                except (IntegrityError, Invalid, registering.Registered) as error:
                    if _is_again(error):
                        return _done(request, ref)
                    _blame(form, error)
                    alike = []
        status = HTTPStatus.CONFLICT if alike else HTTPStatus.UNPROCESSABLE_ENTITY
    with patient.opened(request, ref, verb="desk:patient:to-register") as opened:
        if request.method != "POST":
            form.fill(registering.values(opened.pk, permit=opened.permit))
        contacts = queries.contacts(opened.pk, permit=opened.permit)
        context = {
            **_context(form, token, alike),
            **shown_people.held(contacts),
            "action": reverse("desk:patient-register", args=[ref]),
        }
        return patient.page(
            request, opened, "desk/patient/register_known.html", context, status=status
        )


def _register_known(
    request: HttpRequest, ref: UUID, form: Registration, token: UUID
) -> HttpResponse:
    with patient.opened(request, ref, verb="desk:patient:register") as opened:
        permit = opened.permit
        registering.register_known(
            permit=permit,
            person_id=opened.pk,
            ref=token,
            details=form.details(),
            source=form.source.value,
            by=permit.by,
            at=permit.at,
        )
        _say_where_from(permit, opened.pk, form)
    return _done(request, ref)


def _say_where_from(permit: Permit, person: int, form: Registration) -> None:
    """Write down the notice they got, and who else told us (Arts 13 and 14)."""
    if form.notice.value != NOT_YET:
        notices.shown(
            permit=permit,
            person_id=person,
            layer=form.notice.value,
            place=PLACE,
            at=permit.at,
        )
    if form.by_whom.value == SOMEBODY_ELSE:
        ties.given_by(
            permit=permit,
            person_id=person,
            giver=form.giver.answer,
            what=PLACE,
            source=form.source.value,
            by=permit.by,
            at=permit.at,
        )


def _form(request: HttpRequest) -> Registration:
    """Return the form for the purpose that the page will be opened for."""
    policy, purpose = clinic.policy(request), patient.purpose_of(request)
    by = who.staff(request, policy=policy, purpose=purpose)
    return Registration(policy, policy.decide(by.role, purpose).categories)


def _unit(request: HttpRequest, person: int, verb: str) -> Any:
    policy, purpose = clinic.policy(request), patient.purpose_of(request)
    by = who.staff(request, policy=policy, purpose=purpose)
    return gate.open(by=by, purpose=purpose, people=[person], verb=verb, at=clock.now())


def _alike(
    request: HttpRequest, form: Registration, *, but: UUID | None
) -> list[dict[str, Any]]:
    """Return who is on record and may be the same human being."""
    policy = clinic.policy(request)
    by = who.staff(request, policy=policy, purpose=patient.DAY, reach=Reach.DAY)
    with gate.open(
        by=by,
        purpose=patient.DAY,
        reach=Reach.DAY,
        verb="desk:patient:look-alikes",
        at=clock.now(),
    ) as permit:
        found = queries.alike(
            name=form.answer("name"),
            born_on=form.born_on,
            keys=form.keys,
            nhs_number=form.answer("nhs_number"),
            permit=permit,
        )
        known = queries.found(sorted(found), permit=permit)
        return shown_people.alike(known, found, but=but)


def _unseen(request: HttpRequest, alike: list[dict[str, Any]]) -> bool:
    """Say whether there is somebody alike whom staff have not said no to."""
    looked_at = refs(request.POST.getlist("not_same"))
    return not {one["ref"] for one in alike} <= looked_at


def _shown(
    request: HttpRequest,
    form: Registration,
    token: UUID,
    *,
    alike: list[dict[str, Any]] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    policy = clinic.policy(request)
    purpose = patient.purpose_of(request)
    by = who.staff(request, policy=policy, purpose=purpose)
    with gate.open(
        by=by, purpose=purpose, verb="desk:patient:to-register", at=clock.now()
    ) as permit:
        context = {
            **_context(form, token, alike or []),
            "action": reverse("desk:register"),
        }
        return pages.page(
            request,
            "desk/patient/register.html",
            context,
            permit=permit,
            note="What you write here becomes a file, and where it came from with it.",
            status=status,
        )


def _context(
    form: Registration, token: UUID, alike: list[dict[str, Any]]
) -> dict[str, Any]:
    seen = [{"name": "not_same", "value": str(one["ref"])} for one in alike]
    return {
        "form": form.shown(),
        "hidden": [*hidden(token=token), *seen],
        "alike": alike,
    }


def _token(request: HttpRequest) -> UUID:
    """Return what makes sending this form twice one registration."""
    [*given] = refs([request.POST.get("token", "")])
    return given[0] if given else uuid4()


def _is_again(error: Exception) -> bool:
    return isinstance(error, registering.Registered) or (
        isinstance(error, IntegrityError) and broken(error) in ONE_EACH
    )


def _blame(form: Registration, error: Exception) -> None:
    """Put what went wrong beside what caused it; what nobody foresaw goes on."""
    if isinstance(error, Invalid):
        form.blame("born_on" if "date of birth" in str(error) else "name", str(error))
    elif isinstance(error, IntegrityError) and broken(error) == NHS_ONCE:
        form.blame("nhs_number", NHS_TAKEN)
    else:
        raise error


def _done(request: HttpRequest, ref: UUID) -> HttpResponse:
    request.session["desk.done"] = "registered"
    return HttpResponseRedirect(reverse("desk:patient", args=[ref]))
