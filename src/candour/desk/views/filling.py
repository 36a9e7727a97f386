"""Forms of a patient: which there are, filling one in, signing it, reading it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from candour.core.errors import CandourError, Conflict, Invalid, NotFound
from candour.desk import forms_filling, patient, shown_filling
from candour.desk.patient import Opened
from candour.desk.shown_questions import Sent
from candour.desk.views.record import care, done, say
from candour.questionnaires import actions, queries, signing, versions
from candour.questionnaires.basis import NotAgreed
from candour.questionnaires.definition import Kind, Section
from candour.questionnaires.queries import Filled
from candour.web.constraints import broken

ONCE = "questionnaires_response_token_key"
NOT_AGREED = "Tick this once the patient has read it and agrees, or name a law below."
FOLLOWS = "Your answers bring up more questions. They are below."
BAD = HTTPStatus.UNPROCESSABLE_ENTITY


def _to(name: str, *args: object) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"desk:{name}", args=args))


@require_safe
@patient.tab
def forms(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show which forms can be filled in, which are begun, and what was signed."""
    with care(request, ref, "desk:form:list") as opened:
        rows = queries.of_person(opened.pk, permit=opened.permit)
        context = shown_filling.listed(ref, rows, permit=opened.permit)
        context["done"] = done(request)
        return patient.page(request, opened, "desk/filling/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def new(request: HttpRequest, ref: UUID, key: str) -> HttpResponse:
    """Show what a form is about, ask for what it waits for, and begin it."""
    if request.method != "POST":
        return _before(request, ref, key, {}, {})
    chosen, errors = forms_filling.begun(request.POST)
    if errors:
        return _before(request, ref, key, chosen, errors)
    token = forms_filling.token_of(request.POST)
    ground = actions.Ground(
        agreed=chosen["agreed"] == "yes",
        exception=chosen["exception"],
        reason=chosen["reason"],
    )
    try:
        try:
            made = _begin(request, ref, key, token, chosen["mode"], ground)
        except IntegrityError as error:
            if broken(error) != ONCE:
                raise
            # Sent twice at once: the other one began it, and now it is found.
            made = _begin(request, ref, key, token, chosen["mode"], ground)
    except NotAgreed:
        return _before(request, ref, key, chosen, {"agreed": NOT_AGREED})
    except Invalid as wrong:
        name = "reason" if chosen["exception"] else "mode"
        return _before(request, ref, key, chosen, {name: str(wrong)})
    return _to("patient-forms-filled", ref, made)


def _begin(
    request: HttpRequest,
    ref: UUID,
    key: str,
    token: UUID,
    mode: str,
    ground: actions.Ground,
) -> UUID:
    """Begin a filling; return its `ref`."""
    with care(request, ref, "desk:form:begin") as opened:
        return actions.start(
            permit=opened.permit,
            person_id=opened.pk,
            key=key,
            token=token,
            mode=mode,
            ground=ground,
            by=opened.permit.by,
            at=opened.permit.at,
        ).ref


def _before(
    request: HttpRequest,
    ref: UUID,
    key: str,
    chosen: dict[str, str],
    errors: dict[str, str],
) -> HttpResponse:
    with care(request, ref, "desk:form:choose") as opened:
        version = versions.newest(key)
        if version is None:
            raise NotFound
        context = shown_filling.beginning(
            version, opened.pk, chosen=chosen, errors=errors, permit=opened.permit
        )
        context["key"] = key
        status = BAD if errors else HTTPStatus.OK
        return patient.page(
            request, opened, "desk/filling/new.html", context, status=status
        )


@require_safe
@patient.tab
def filled(request: HttpRequest, ref: UUID, form: UUID) -> HttpResponse:
    """Show a complete filling; go on with one that is not."""
    with care(request, ref, "desk:form:read") as opened:
        found = queries.filled(form, person_id=opened.pk, permit=opened.permit)
        if found.row.status == "complete":
            context = shown_filling.review(
                found, person_id=opened.pk, permit=opened.permit
            )
            context["done"] = done(request)
            return patient.page(request, opened, "desk/filling/filled.html", context)
        first = _first_open(found)
    if first:
        return _to("patient-forms-section", ref, form, first)
    return _to("patient-forms-finish", ref, form)


def _first_open(found: Filled) -> str:
    """Return the first section with something still to answer, or none."""
    pages = shown_filling.pages(found.sections)
    for part in found.sections:
        waits = forms_filling.missing(part, found.sections, found.values)
        if part.key in pages and waits:
            return part.key
    untouched = not found.values and pages
    return pages[0] if untouched else ""


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def section(request: HttpRequest, ref: UUID, form: UUID, part: str) -> HttpResponse:
    """Show one section of a draft, and keep what is answered in it."""
    if request.method != "POST":
        with care(request, ref, "desk:form:fill") as opened:
            return _section(request, opened, form, part)
    return _save(request, ref, form, part)


def _section(
    request: HttpRequest,
    opened: Opened,
    form: UUID,
    part: str,
    sent: Sent | None = None,
    *,
    note: str = "",
    wrong: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    found, here = _here(opened, form, part)
    context: dict[str, Any] = shown_filling.section(
        found, here, sent, permit=opened.permit
    )
    context |= {"note": note, "wrong": wrong}
    return patient.page(
        request, opened, "desk/filling/section.html", context, status=status
    )


def _here(opened: Opened, form: UUID, part: str) -> tuple[Filled, Section]:
    found = queries.filled(form, person_id=opened.pk, permit=opened.permit)
    here = next((one for one in found.sections if one.key == part), None)
    if here is None or part not in shown_filling.pages(found.sections):
        raise NotFound
    if found.row.status == "complete":
        raise Conflict(actions.DONE)
    return found, here


def _save(request: HttpRequest, ref: UUID, form: UUID, part: str) -> HttpResponse:
    """Keep a section. What is wrong, or overtaken, comes back as it was typed."""
    step = request.POST.get("step", "next")
    sent = Sent()
    try:
        with care(request, ref, "desk:form:save") as opened:
            found, here = _here(opened, form, part)
            sent = forms_filling.read(request.POST, here, found.sections, found.values)
            if sent.errors:
                raise Invalid
            row = actions.save(
                permit=opened.permit,
                ref=form,
                edition=forms_filling.edition_of(request.POST),
                section=part,
                sent=sent.values,
                by=opened.permit.by,
                at=opened.permit.at,
            )
            edition = row.edition
    except (Conflict, Invalid) as wrong:
        return _back(request, ref, form, part, sent, wrong)
    if step == "later":
        say(request, "It is kept as it is. Go on with it whenever you like.")
        return _to("patient-forms", ref)
    return _after(request, ref, form, part, step, edition)


def _back(
    request: HttpRequest,
    ref: UUID,
    form: UUID,
    part: str,
    sent: Sent,
    wrong: CandourError,
) -> HttpResponse:
    with care(request, ref, "desk:form:fill") as opened:
        found, here = _here(opened, form, part)
        if isinstance(wrong, Conflict):
            said = {one.key: one.says for one in found.entries}
            inside = {q.key for q in here.questions if q.is_answered}
            sent.theirs = {
                key: said.get(key, "Nothing")
                for key in inside
                if found.values.get(key) != sent.values.get(key)
            }
        text = "" if sent.errors else str(wrong)
        return _section(
            request, opened, form, part, sent, wrong=text, status=wrong.status
        )


def _after(
    request: HttpRequest, ref: UUID, form: UUID, part: str, step: str, edition: int
) -> HttpResponse:
    """Go on after a section was kept: to what follows from it, or to the next one."""
    with care(request, ref, "desk:form:fill") as opened:
        found, here = _here(opened, form, part)
        shown = set(request.POST.get("shown", "").split())
        inside = {q.key for q in here.questions if q.kind is not Kind.SIGNATURE}
        now = {q.key for q in shown_filling.visible_in(found)} & inside
        if step == "look" or now - shown:
            return _section(
                request, opened, form, part, note=FOLLOWS if now - shown else ""
            )
        waits = forms_filling.missing(here, found.sections, found.values)
        if waits:
            sent = Sent(errors=waits)
            return _section(request, opened, form, part, sent, status=BAD)
        pages = shown_filling.pages(found.sections)
        after = pages[pages.index(part) + 1 :]
    if after:
        return _to("patient-forms-section", ref, form, after[0])
    return _to("patient-forms-finish", ref, form)


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def finish(request: HttpRequest, ref: UUID, form: UUID) -> HttpResponse:
    """Show everything that was answered, take the signature, and make it complete."""
    if request.method != "POST":
        with care(request, ref, "desk:form:check") as opened:
            return _finish(request, opened, form)
    name, drawn = request.POST.get("signed-name", ""), request.POST.get("drawn", "")
    try:
        signature = signing.read(name, drawn) if name.strip() or drawn.strip() else None
        with care(request, ref, "desk:form:finish") as opened:
            actions.finish(
                permit=opened.permit,
                ref=form,
                edition=forms_filling.edition_of(request.POST),
                signature=signature,
                by=opened.permit.by,
                at=opened.permit.at,
            )
    except (Conflict, Invalid) as wrong:
        with care(request, ref, "desk:form:check") as opened:
            return _finish(request, opened, form, name, drawn, wrong)
    say(request, "The form is complete, and a copy is filed.")
    return _to("patient-forms-filled", ref, form)


def _finish(
    request: HttpRequest,
    opened: Opened,
    form: UUID,
    name: str = "",
    drawn: str = "",
    wrong: CandourError | None = None,
) -> HttpResponse:
    found = queries.filled(form, person_id=opened.pk, permit=opened.permit)
    if found.row.status == "complete":
        raise Conflict(actions.DONE)
    missing = wrong.missing if isinstance(wrong, actions.Unfinished) else {}
    bad_name = "" if missing or not isinstance(wrong, Invalid) else str(wrong)
    context = shown_filling.signing(
        found, missing, name=name.replace("\0", ""), drawn=drawn, error=bad_name
    )
    context["wrong"] = str(wrong) if isinstance(wrong, Conflict) else ""
    return patient.page(
        request,
        opened,
        "desk/filling/finish.html",
        context,
        status=wrong.status if wrong else HTTPStatus.OK,
    )


@require_POST
@patient.tab
def change(request: HttpRequest, ref: UUID, form: UUID) -> HttpResponse:
    """Throw a draft away, or carry its answers over to the version in use."""
    if request.POST.get("step") == "discard":
        with care(request, ref, "desk:form:discard") as opened:
            queries.filled(form, person_id=opened.pk, permit=opened.permit)
            actions.discard(
                permit=opened.permit, ref=form, by=opened.permit.by, at=opened.permit.at
            )
        say(request, "The draft is thrown away.")
        return _to("patient-forms", ref)
    token = forms_filling.token_of(request.POST)
    with care(request, ref, "desk:form:carry-over") as opened:
        queries.filled(form, person_id=opened.pk, permit=opened.permit)
        row = actions.carry_over(
            permit=opened.permit,
            ref=form,
            token=token,
            by=opened.permit.by,
            at=opened.permit.at,
        )
        made = row.ref
    return _to("patient-forms-filled", ref, made)
