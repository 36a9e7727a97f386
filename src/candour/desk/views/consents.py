"""Consent to treatment: taking it, reading it, taking it back, putting it away."""

from datetime import date
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from candour.catalogue import queries as catalogue
from candour.core.clock import local_date
from candour.core.errors import Conflict, Invalid
from candour.desk import patient, shown_treatments
from candour.desk.forms_consents import ConsentForm
from candour.desk.forms_records import SOURCE, ReasonForm
from candour.desk.shown_treatments import address, strokes
from candour.desk.typed import day_of, ref_of
from candour.desk.views.record import care, done, say, within
from candour.desk.views.treatments import choices
from candour.records import rules
from candour.records.actions import agreements
from candour.records.actions.agreements import CATEGORY, Signed

NO_WORDS = "Nobody has written what is agreed to for this class of treatment yet."


@require_safe
@patient.tab
def consents(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show the consents to treatment on a file."""
    with care(request, ref, "desk:consent-to-treatment:list") as opened:
        opened.permit.must_cover(CATEGORY)
        context = {
            "consents": shown_treatments.consents(opened.pk, permit=opened.permit),
            "links": within(opened, "patient-record-consents"),
            "done": done(request),
        }
        return patient.page(request, opened, "desk/records/consents.html", context)


@require_safe
@patient.tab
def consent(request: HttpRequest, ref: UUID, consent: UUID) -> HttpResponse:
    """Show one consent, its words and its signature."""
    with care(request, ref, "desk:consent-to-treatment:read") as opened:
        opened.permit.must_cover(CATEGORY)
        context = shown_treatments.consent(opened.pk, consent, permit=opened.permit)
        context["done"] = done(request)
        return patient.page(request, opened, "desk/records/consent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def agree(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show the words of a treatment, and keep that the patient agrees."""
    service = ref_of(request.GET.get("service", ""))
    if service is None:
        return _choose(request, ref)
    if request.method != "POST":
        return _page(request, ref, service)
    try:
        with care(request, ref, "desk:consent-to-treatment:take") as opened:
            found = catalogue.service(service)
            words = agreements.form_for(found)
            form = ConsentForm(words.risks if words else [], service, _today(opened))
            if not form.read(request.POST):
                raise Invalid("")
            saved = agreements.take(
                permit=opened.permit,
                person_id=opened.pk,
                service=found,
                form=form.form,
                said=_signed(form),
                token=form.token,
                source=SOURCE,
                by=opened.permit.by,
                at=opened.permit.at,
            )
    except Invalid as error:
        return _page(request, ref, service, str(error), status=error.status)
    say(request, "The consent is kept.")
    return HttpResponseRedirect(address("consent", ref, saved))


def _signed(form: ConsentForm) -> Signed:
    return Signed(
        discussed=[int(n) for n in form.risks.values],
        consulted_on=day_of(form.consulted.answer),
        enough_time="yes" in form.enough.values,
        sign="drawn" if strokes(form.drawn) else "typed",
        signature=form.drawn if strokes(form.drawn) else form.signature.answer,
        asked=form.asked.answer,
    )


def _today(opened: patient.Opened) -> date:
    return local_date(opened.permit.at)


def _page(
    request: HttpRequest,
    ref: UUID,
    service: UUID,
    wrong: str = "",
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    with care(request, ref, "desk:consent-to-treatment:begin") as opened:
        opened.permit.must_cover(CATEGORY)
        found = catalogue.service(service)
        words = agreements.form_for(found)
        if words is None:
            return _no_words(request, opened)
        form = ConsentForm(words.risks, words.ref, _today(opened))
        if request.method == "POST":
            form.read(request.POST)
            form.form = words.ref
        shown = form.shown()
        if wrong:
            shown["errors"] = [*shown["errors"], {"id": "signature", "text": wrong}]
        context = {
            "what": found.name,
            "title": words.title,
            "text": words.text,
            "alternatives": words.alternatives,
            "wait": _wait(*rules.thinking(found)),
            "action": f"{address('agree', ref)}?service={found.ref}",
            "form": shown,
        }
        return patient.page(
            request, opened, "desk/records/agree.html", context, status=status
        )


def _wait(days: int | None, surgical: bool) -> str:
    if days:
        return f"There are {days} days to think between the consultation and treatment."
    if surgical:
        return "There are two weeks to think between the consultation and surgery."
    return "Ask whether there was enough time to think: no number of days is set."


def _no_words(request: HttpRequest, opened: patient.Opened) -> HttpResponse:
    context = {
        "title": "There are no words to agree to yet",
        "lead": NO_WORDS,
        "back": address("consents", opened.ref),
        "services": [],
    }
    return patient.page(request, opened, "desk/records/choose.html", context)


def _choose(request: HttpRequest, ref: UUID) -> HttpResponse:
    with care(request, ref, "desk:consent-to-treatment:begin") as opened:
        opened.permit.must_cover(CATEGORY)
        context = {
            "title": "Consent to which treatment?",
            "lead": "Whoever treats takes the consent. Turn the screen to the patient.",
            "back": address("consents", ref),
            "services": choices(address("agree", ref), consent=True),
        }
        return patient.page(request, opened, "desk/records/choose.html", context)


@require_POST
@patient.tab
def take_back(request: HttpRequest, ref: UUID, consent: UUID) -> HttpResponse:
    """Keep that the patient takes a consent back: at once, without a reason."""
    words = "The consent is taken back. It counts no more."
    try:
        with care(request, ref, "desk:consent-to-treatment:withdraw") as opened:
            agreements.withdraw(
                permit=opened.permit,
                person_id=opened.pk,
                ref=consent,
                by=opened.permit.by,
                at=opened.permit.at,
            )
    except Conflict as error:
        words = str(error)
    say(request, words)
    return HttpResponseRedirect(address("consent", ref, consent))


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def put_away(request: HttpRequest, ref: UUID, consent: UUID) -> HttpResponse:
    """Ask why a consent is put away, and put it away."""
    form = ReasonForm("Why it is put away", "Say why it is put away.")
    ready = request.method == "POST" and form.read(request.POST)
    with care(request, ref, "desk:consent-to-treatment:archive") as opened:
        opened.permit.must_cover(CATEGORY)
        if not ready:
            context = {
                "title": "Put this consent away?",
                "lead": "It stays on the file with your reason, and counts no more.",
                "back": address("consent", ref, consent),
                "action": address("consent-away", ref, consent),
                "verb": "Put it away",
                "danger": True,
                "form": form.shown(),
            }
            wrong = request.method == "POST"
            status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
            return patient.page(
                request, opened, "desk/records/reason.html", context, status=status
            )
        agreements.archive(
            permit=opened.permit,
            person_id=opened.pk,
            ref=consent,
            reason=form.reason.answer,
            by=opened.permit.by,
            at=opened.permit.at,
        )
    say(request, "The consent is put away.")
    return HttpResponseRedirect(address("consent", ref, consent))
