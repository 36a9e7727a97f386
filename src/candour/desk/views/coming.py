"""What came about a patient and where their paper is; the desk's list to destroy."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from candour import gate
from candour.core import clock
from candour.core.errors import Invalid, NotFound
from candour.desk import patient
from candour.desk.forms_letters import CameForm, PaperForm
from candour.desk.views.letters import to
from candour.desk.views.record import care, done, say
from candour.disclosures.actions import coming
from candour.disposal import by_hand
from candour.disposal import queries as disposals
from candour.files import actions as files
from candour.files.kinds import KINDS
from candour.files.reasons import SAID as REASONS
from candour.files.upload import Intake
from candour.policy.terms import Reach
from candour.web import clinic, pages, who

LETTER = KINDS["letter"]
RIGHTS = "rights"
NO_FILE = "Choose the scan or the file first."
DESTROYED = "It is on record that this was destroyed. The certificate is written anew."


@csrf_exempt  # only until the handler is set: see `_checked`
@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def came(request: HttpRequest, ref: UUID) -> HttpResponse:
    """File a letter that came, with its sender; the file is read as it arrives."""
    if request.method != "POST":
        return _form(request, ref, CameForm())
    with care(request, ref, "desk:letter:take") as opened:
        intake = Intake(files.berth(LETTER, opened.pk, permit=opened.permit))
    request.upload_handlers = [intake]
    try:
        return _checked(request, ref, intake)
    finally:
        intake.forget()


@csrf_protect
def _checked(request: HttpRequest, ref: UUID, intake: Intake) -> HttpResponse:
    form = CameForm()
    whole = form.read(request.POST)
    if intake.refused:
        form.problem = REASONS[intake.refused[0]]
    elif len(intake.arrived) != 1:
        form.problem = NO_FILE
    elif whole:
        try:
            _keep(request, ref, form, intake)
        except Invalid as wrong:
            form.problem = str(wrong)
        else:
            say(request, "The letter is filed with its sender.")
            return to("letters", ref)
    return _form(request, ref, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _keep(request: HttpRequest, ref: UUID, form: CameForm, intake: Intake) -> None:
    sender = form.told()
    with care(request, ref, "desk:letter:receive") as opened:
        permit = opened.permit
        [row] = files.keep(
            intake.arrived,
            intake.berth,
            permit=permit,
            title=f"From {sender.name}"[: files.LONGEST_TITLE],
            source=coming.source_of(permit, sender),
            by=permit.by,
            at=permit.at,
        )
        coming.receive(
            permit=permit,
            person_id=opened.pk,
            document=row.ref,
            sender=sender,
            by=permit.by,
            at=permit.at,
        )
    intake.kept = True


def _form(
    request: HttpRequest, ref: UUID, form: CameForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    with care(request, ref, "desk:letter:form") as opened:
        opened.permit.must_cover("correspondence")
        context = {
            "form": form.shown(),
            "back": reverse("desk:patient-letters", args=[ref]),
        }
        return patient.page(
            request, opened, "desk/letters/came.html", context, status=status
        )


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def paper(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Take down where a paper file or a model of a patient is."""
    form, status = PaperForm(), int(HTTPStatus.OK)
    if request.method == "POST":
        status = int(HTTPStatus.UNPROCESSABLE_ENTITY)
        if form.read(request.POST):
            try:
                return _place(request, ref, form)
            except Invalid as wrong:
                form.problem = str(wrong)
    with care(request, ref, "desk:paper:form") as opened:
        opened.permit.must_cover("correspondence")
        context = {
            "form": form.shown(),
            "back": reverse("desk:patient-letters", args=[ref]),
        }
        return patient.page(
            request, opened, "desk/letters/paper.html", context, status=status
        )


def _place(request: HttpRequest, ref: UUID, form: PaperForm) -> HttpResponse:
    kind = form.kind.value
    with care(request, ref, "desk:paper:place") as opened:
        coming.place(
            permit=opened.permit,
            person_id=opened.pk,
            kind="report" if kind == "model" else kind,
            medium="model" if kind == "model" else "paper",
            where=form.where.answer,
            box=form.box.answer,
            what=form.what.answer,
            source="our-own-records",
            by=opened.permit.by,
            at=opened.permit.at,
        )
    say(request, "Its place is on record.")
    return to("letters", ref)


@require_POST
@patient.tab
def gone(request: HttpRequest, ref: UUID, thing: UUID) -> HttpResponse:
    """Take down that a paper or a model is there no more."""
    with care(request, ref, "desk:paper:gone") as opened:
        coming.gone(
            permit=opened.permit,
            person_id=opened.pk,
            ref=thing,
            by=opened.permit.by,
            at=opened.permit.at,
        )
    say(request, "It is on record that this is gone.")
    return to("letters", ref)


@require_http_methods(["GET", "HEAD", "POST"])
def destroy(request: HttpRequest) -> HttpResponse:
    """Show what of people erased lies somewhere on paper; take that it is destroyed."""
    policy, now = clinic.policy(request), clock.now()
    by = who.staff(request, policy=policy, purpose=RIGHTS, reach=Reach.DAY)
    with gate.open(
        by=by, purpose=RIGHTS, reach=Reach.DAY, verb="desk:paper:destroy", at=now
    ) as permit:
        if request.method == "POST":
            by_hand.destroyed(ref=_thing(request), by=by, at=now)
            say(request, DESTROYED)
            return HttpResponseRedirect(reverse("desk:paper"))
        context = {"things": disposals.to_destroy(), "done": done(request)}
        return pages.page(request, "desk/letters/destroy.html", context, permit=permit)


def _thing(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("thing", ""))
    except ValueError:
        raise NotFound from None
