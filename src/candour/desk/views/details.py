"""The details of a file: what is written of a person, and putting it right."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from candour.consent import actions as consent
from candour.consent import queries as consents
from candour.core.errors import Conflict, Invalid, NotFound
from candour.desk import patient, shown_details, wording
from candour.desk.forms_details import Small, a_day, all_forms, channel_mistake
from candour.desk.forms_registration import (
    SOMEBODY_ELSE,
    Registration,
    refs,
)
from candour.desk.patient import Opened
from candour.people import contacts, registering, ties
from candour.register.permit import Permit
from candour.web import clinic, who
from candour.web.answers import hidden

OWN = "our-own-records"
HOW = "said-at-desk"
SAID_NO = (
    "They said no to this. Only they can change that, by the link in a letter or in"
    " their own account."
)


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def details(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show what is written of a person; take one small change."""
    forms = all_forms(clinic.policy(request), _covered(request))
    if request.method != "POST":
        return _shown(request, ref, forms, "")
    action, _, about = request.POST.get("action", "").partition(":")
    form = forms.get(action)
    if form is not None and not form.read(request.POST):
        return _shown(request, ref, forms, action, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with patient.opened(request, ref, verb=f"desk:details:{_verb(action)}") as file:
            done = ACTIONS[action](file, form, about)
    except Invalid as error:
        if form is None:
            raise
        form.blame(str(error))
        return _shown(request, ref, forms, action, HTTPStatus.UNPROCESSABLE_ENTITY)
    request.session["desk.done"] = done
    return HttpResponseRedirect(reverse("desk:patient-details", args=[ref]))


def _verb(action: str) -> str:
    if action not in ACTIONS:
        raise NotFound
    return action


def _covered(request: HttpRequest) -> frozenset[str]:
    policy, purpose = clinic.policy(request), patient.purpose_of(request)
    by = who.staff(request, policy=policy, purpose=purpose)
    return frozenset(policy.decide(by.role, purpose).categories)


def _shown(
    request: HttpRequest,
    ref: UUID,
    forms: dict[str, Small],
    failed: str,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    with patient.opened(request, ref, verb="desk:details:read") as opened:
        context = shown_details.details(opened, forms, failed)
        return patient.page(
            request, opened, "desk/patient/details.html", context, status=status
        )


def _told(file: Opened) -> dict[str, Any]:
    return {"permit": file.permit, "person_id": file.pk, "at": file.permit.at}


def _one(about: str) -> UUID:
    found = refs([about])
    if not found:
        raise NotFound
    return found.pop()


def _add_contact(file: Opened, form: Small, about: str) -> str:
    if wrong := channel_mistake(form):
        raise Invalid(wrong)
    contacts.add(
        **_told(file),
        channel=form.answer("contact_channel"),
        value=form.answer("contact_value"),
        source=form.answer("contact_source"),
    )
    return "contact"


def _wrong(file: Opened, form: None, about: str) -> str:
    contacts.judge(**_told(file), ref=_one(about), right=False)
    return "contact"


def _right(file: Opened, form: None, about: str) -> str:
    contacts.judge(**_told(file), ref=_one(about), right=True)
    return "contact"


def _drop(file: Opened, form: None, about: str) -> str:
    contacts.drop(**_told(file), ref=_one(about), by=file.permit.by)
    return "contact"


def _yes(file: Opened, form: None, about: str) -> str:
    permit = file.permit
    channel = _channel(permit, about)
    states = {
        (p.purpose, p.channel): p.state
        for p in consents.permissions(file.pk, permit=permit)
    }
    purpose = permit.policy.marketing.purpose
    if states.get((purpose, channel)) in consent.NOES:
        raise Conflict(SAID_NO)
    words = f"May we send you news and offers by {wording.channel(channel).lower()}?"
    consent.give(
        **_told(file),
        purpose=purpose,
        channel=channel,
        wording=words,
        how=HOW,
        by=permit.by,
    )
    return "permission"


def _no(file: Opened, form: None, about: str) -> str:
    channel = _channel(file.permit, about)
    consent.stop(**_told(file), channels=[channel], how=HOW, by=file.permit.by)
    return "permission"


def _channel(permit: Permit, about: str) -> str:
    if about not in permit.policy.marketing.channels:
        raise NotFound
    return about


def _add_tie(file: Opened, form: Small, about: str) -> str:
    ties.add(
        **_told(file),
        kind=form.answer("tie_kind"),
        name=form.answer("tie_name"),
        phone=form.answer("tie_phone"),
        other_ref=None,
        source=form.answer("tie_source"),
        by=file.permit.by,
    )
    return "tie"


def _prove(file: Opened, form: Small, about: str) -> str:
    until = form.answer("prove_until")
    ties.prove(
        **_told(file),
        ref=_one(about),
        proof=form.answer("prove_proof"),
        until=a_day(until) if until else None,
        source=OWN,
        by=file.permit.by,
    )
    return "tie"


def _untie(file: Opened, form: None, about: str) -> str:
    ties.drop(permit=file.permit, person_id=file.pk, ref=_one(about))
    return "tie"


def _check(file: Opened, form: Small, about: str) -> str:
    ties.check(
        **_told(file),
        kind=form.answer("check_kind"),
        method=form.answer("check_method"),
        passed=form.answer("check_result") == "yes",
        copied=form.answer("check_copied") == "yes",
        source=OWN,
        by=file.permit.by,
    )
    return "check"


def _copy_gone(file: Opened, form: None, about: str) -> str:
    ties.document_gone(**_told(file), ref=_one(about))
    return "check"


def _say_told(file: Opened, form: Small, about: str) -> str:
    ties.told(**_told(file), ref=_one(about), how=form.answer("told_how"))
    return "told"


def _died(file: Opened, form: Small, about: str) -> str:
    on = a_day(form.answer("died_on"))
    registering.died(**_told(file), on=on, by=file.permit.by)
    return "died"


ACTIONS: dict[str, Callable[[Opened, Any, str], str]] = {
    "contact": _add_contact,
    "wrong": _wrong,
    "right": _right,
    "drop": _drop,
    "yes": _yes,
    "no": _no,
    "tie": _add_tie,
    "prove": _prove,
    "untie": _untie,
    "check": _check,
    "copy-gone": _copy_gone,
    "told": _say_told,
    "died": _died,
}


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def change(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Change what is written of a patient; whoever comes second sees what changed."""
    form = Registration(clinic.policy(request), _covered(request), changing=True)
    if request.method != "POST":
        return _to_change(request, ref, form)
    if not form.read(request.POST):
        return _to_change(request, ref, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    seen = request.POST.get("seen", "")
    try:
        with patient.opened(request, ref, verb="desk:details:change") as opened:
            _change(opened, form, int(seen) if seen.isdecimal() else 0)
    except registering.Overtaken:
        return _to_change(request, ref, form, status=HTTPStatus.CONFLICT)
    except Invalid as error:
        form.blame("born_on" if "date of birth" in str(error) else "name", str(error))
        return _to_change(request, ref, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    request.session["desk.done"] = "changed"
    return HttpResponseRedirect(reverse("desk:patient-details", args=[ref]))


def _change(opened: Opened, form: Registration, seen: int) -> None:
    permit = opened.permit
    registering.change(
        **_told(opened),
        details=form.details(),
        seen=seen,
        source=form.source.value,
        by=permit.by,
    )
    if form.by_whom.value == SOMEBODY_ELSE:
        ties.given_by(
            **_told(opened),
            giver=form.giver.answer,
            what="details",
            source=form.source.value,
            by=permit.by,
        )


def _to_change(
    request: HttpRequest,
    ref: UUID,
    form: Registration,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    with patient.opened(request, ref, verb="desk:details:to-change") as opened:
        version = registering.version(opened.pk)
        if not version:
            raise NotFound
        held = registering.values(opened.pk, permit=opened.permit)
        overtaken = []
        if request.method != "POST":
            form.fill(held)
        elif status == HTTPStatus.CONFLICT:
            overtaken = shown_details.differing(form, held)
        context = {
            "form": form.shown(),
            "hidden": hidden(seen=version),
            "overtaken": overtaken,
            "action": reverse("desk:patient-details-change", args=[ref]),
            "back": reverse("desk:patient-details", args=[ref]),
        }
        return patient.page(
            request, opened, "desk/patient/change.html", context, status=status
        )
