"""Treatments of a patient: what was done, writing one down, courses."""

from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from candour.accounts import queries as accounts
from candour.catalogue import queries as catalogue
from candour.catalogue import stock
from candour.core.clock import local_date
from candour.core.errors import CandourError, Conflict, Invalid
from candour.desk import patient, shown_treatments
from candour.desk.forms_records import SOURCE, ReasonForm
from candour.desk.forms_treatments import CourseForm, TreatmentForm
from candour.desk.patient import Opened
from candour.desk.shown_treatments import address
from candour.desk.typed import day_of, moment_of, pence_of, ref_of
from candour.desk.views.record import care, done, say, within
from candour.law.ages import ADULT
from candour.records import rules, treated
from candour.records.actions import agreements
from candour.records.actions import treatments as actions
from candour.records.actions.treatments import Done, NotReady


@require_safe
@patient.tab
def treatments(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show what was planned, done, put in, and what went wrong."""
    with care(request, ref, "desk:treatment:list") as opened:
        opened.permit.must_cover("treatment")
        context = {
            **shown_treatments.overview(opened.pk, permit=opened.permit),
            "yellow_card": shown_treatments.yellow_card(),
            "links": within(opened, "patient-record-treatments"),
            "done": done(request),
        }
        return patient.page(request, opened, "desk/records/treatments.html", context)


@require_safe
@patient.tab
def treatment(request: HttpRequest, ref: UUID, treatment: UUID) -> HttpResponse:
    """Show one treatment, with where it was given on the drawn map."""
    with care(request, ref, "desk:treatment:read") as opened:
        opened.permit.must_cover("treatment")
        context = shown_treatments.treatment(opened.pk, treatment, permit=opened.permit)
        context["done"] = done(request)
        return patient.page(request, opened, "desk/records/treatment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def treat(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Ask what was done, and write it down if nothing stands against it."""
    service = ref_of(request.GET.get("service", ""))
    if service is None:
        return _choose(request, ref)
    try:
        with care(request, ref, "desk:treatment:record") as opened:
            made = _Making(opened, service)
            form = made.form()
            if request.method != "POST" or not form.read(request.POST):
                wrong = request.method == "POST" and form.errors
                return made.page(request, form, wrong=bool(wrong))
            saved = actions.record(
                permit=opened.permit,
                person_id=opened.pk,
                done=made.done(form),
                token=form.token,
                source=SOURCE,
                by=opened.permit.by,
                at=opened.permit.at,
            )
    except (Conflict, Invalid) as error:
        return _again(request, ref, service, error)
    say(request, "The treatment is saved.")
    return HttpResponseRedirect(address("treatment", ref, saved))


def _again(
    request: HttpRequest, ref: UUID, service: UUID, error: CandourError
) -> HttpResponse:
    """Show the form as it was typed, with what stands against it."""
    with care(request, ref, "desk:treatment:begin") as opened:
        made = _Making(opened, service)
        form = made.form()
        form.read(request.POST)
        if isinstance(error, NotReady):
            made.ready = [one.says for one in error.obstacles]
            made.excepting = any(one.excepted for one in error.obstacles)
            made.asks_consent = made.excepting
        else:
            made.ready = [str(error)]
        return made.page(request, form, status=error.status)


class _Making:
    """A treatment that is being written down: what it is, and what it may need."""

    def __init__(self, opened: Opened, service: UUID) -> None:
        opened.permit.must_cover("treatment")
        self.opened, self.permit = opened, opened.permit
        self.service = catalogue.service(service)
        self.ready: list[str] | None = None
        self.excepting = rules.needs_consent(self.service)
        self.asks_consent = False
        age = opened.age
        self.under_18 = (
            bool(self.service.law_calls_it) and age is not None and age < ADULT
        )

    def form(self) -> TreatmentForm:
        """Return an empty form, with who treats and what is in stock."""
        today = local_date(self.permit.at)
        staff = [(str(r), name) for r, name in treated.practising(self.service)]
        form = TreatmentForm(staff, _batches(today), self._courses(), today)
        form.staff.value = next((r for r, _ in staff if r == self.permit.by.ref), "")
        price = catalogue.prices(on=today).get(self.service.pk)
        if price and price.pence:
            form.cost.value = f"{price.pence / 100:.2f}"
        return form

    def _courses(self) -> list[tuple[str, str]]:
        found = treated.course_choices(self.opened.pk, self.service)
        return [
            (str(ref), f"{count + 1} of {planned}") for ref, planned, count in found
        ]

    def done(self, form: TreatmentForm) -> Done:
        """Return what the form says was done."""
        return Done(
            service=self.service,
            staff=accounts.by_ref(UUID(form.staff.value)),
            done_at=moment_of(day_of(form.day.answer), self.permit.at),
            given=form.lines.portions(),
            narrative=form.narrative.answer,
            advice=form.advice.values,
            cost_pence=pence_of(form.cost.answer),
            exception=form.exception.value,
            exception_reason=form.reason.answer,
            approval=form.approval.answer,
            course=ref_of(form.course.value),
        )

    def _stands_against(self) -> list[str]:
        """Return what stands against it before anything is typed."""
        try:
            me = accounts.by_ref(UUID(self.permit.by.ref))
            found = actions.ways(
                permit=self.permit,
                person_id=self.opened.pk,
                done=Done(service=self.service, staff=me, done_at=self.permit.at),
                agreement=agreements.newest(self.opened.pk, self.service),
            )
        except Invalid as error:
            return [str(error)]
        self.asks_consent = any(one.excepted for one in found)
        return [one.says for one in found]

    def page(
        self,
        request: HttpRequest,
        form: TreatmentForm,
        *,
        wrong: bool = False,
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        """Return the page of the form."""
        ref = self.opened.ref
        ready = self._stands_against() if self.ready is None else self.ready
        query = f"?service={self.service.ref}"
        context: dict[str, Any] = {
            "what": self.service.name,
            "ready": ready,
            "excepting": self.excepting,
            "under_18": self.under_18,
            "consent": address("agree", ref) + query if self.asks_consent else "",
            "form": form.shown(),
            "action": address("treat", ref) + query,
        }
        if wrong:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        return patient.page(
            request, self.opened, "desk/records/treat.html", context, status=status
        )


def _batches(today: date) -> list[tuple[str, str]]:
    return [
        (
            str(one.ref),
            f"{one.product.name}, {one.number} ({one.product.unit}, expires"
            f" {one.expires_on:%m.%Y})",
        )
        for one in stock.batches(on=today, usable=True)
    ]


def _choose(request: HttpRequest, ref: UUID) -> HttpResponse:
    with care(request, ref, "desk:treatment:begin") as opened:
        opened.permit.must_cover("treatment")
        context = {
            "title": "Which treatment was it?",
            "lead": "It is saved for good once it is written down.",
            "back": address("treatments", ref),
            "services": choices(address("treat", ref)),
        }
        return patient.page(request, opened, "desk/records/choose.html", context)


def choices(where: str, *, consent: bool = False) -> list[dict[str, str]]:
    """Return the menu as links to a page; for `consent` only what needs one."""
    return [
        {
            "label": one.name,
            "note": one.kind.replace("-", " ").capitalize(),
            "url": f"{where}?service={one.ref}",
        }
        for one in catalogue.menu()
        if not consent or rules.needs_consent(one)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def course(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Plan several treatments that belong together."""
    form = CourseForm([(str(one.ref), one.name) for one in catalogue.menu()])
    ready = request.method == "POST" and form.read(request.POST)
    with care(request, ref, "desk:course:begin") as opened:
        permit = opened.permit
        permit.must_cover("treatment")
        if not ready:
            wrong = request.method == "POST"
            return patient.page(
                request,
                opened,
                "desk/records/course.html",
                {"form": form.shown()},
                status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
            )
        actions.begin_course(
            permit=permit,
            person_id=opened.pk,
            service=catalogue.service(UUID(form.service.value)),
            planned=int(form.planned.answer),
            plan=form.plan.answer,
            cost_pence=pence_of(form.cost.answer),
            token=form.token,
            source=SOURCE,
            by=permit.by,
            at=permit.at,
        )
    say(request, "The course is planned.")
    return HttpResponseRedirect(address("treatments", ref))


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def end_course(request: HttpRequest, ref: UUID, course: UUID) -> HttpResponse:
    """Ask why a course ends, and end it."""
    form = ReasonForm("Why it ends", "Say why the course ends.")
    ready = request.method == "POST" and form.read(request.POST)
    with care(request, ref, "desk:course:end") as opened:
        opened.permit.must_cover("treatment")
        if not ready:
            context = {
                "title": "End this course?",
                "lead": "What was done in it stays on record.",
                "back": address("treatments", ref),
                "action": address("course-end", ref, course),
                "verb": "End this course",
                "danger": True,
                "form": form.shown(),
            }
            wrong = request.method == "POST"
            status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
            return patient.page(
                request, opened, "desk/records/reason.html", context, status=status
            )
        actions.end_course(
            permit=opened.permit,
            person_id=opened.pk,
            ref=course,
            reason=form.reason.answer,
            by=opened.permit.by,
            at=opened.permit.at,
        )
    say(request, "The course has ended.")
    return HttpResponseRedirect(address("treatments", ref))
