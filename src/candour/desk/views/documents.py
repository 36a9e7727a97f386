"""Files of a patient: the list of them, adding some, opening one."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from candour import gate
from candour.core import clock
from candour.core.errors import Invalid, NotFound
from candour.desk import own, patient, shown_documents
from candour.desk.forms_documents import Adding
from candour.files import actions, queries
from candour.files.find import whose
from candour.files.kinds import CARE, CHECK, KINDS, Kind
from candour.files.upload import Intake
from candour.web import clinic, files, who

DONE = "desk.documents"
PROOFS, CARED = ("files_proof",), ("files_image", "files_document")


@require_safe
@patient.tab
def documents(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show the pictures and papers of a patient, and how each of them stands."""
    return _list(request, ref, CARE, CARED, "desk:documents:read")


@require_safe
@patient.tab
def proofs(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show which proofs of who they are a patient brought."""
    return _list(request, ref, CHECK, PROOFS, "desk:proofs:read")


def _list(
    request: HttpRequest, ref: UUID, purpose: str, tables: tuple[str, ...], verb: str
) -> HttpResponse:
    with patient.opened(request, ref, verb=verb, purpose=purpose) as opened:
        context = shown_documents.listed(
            opened, tables, may=_may(request), done=request.session.pop(DONE, None)
        )
        return patient.page(request, opened, "desk/documents/list.html", context)


def _may(request: HttpRequest) -> Callable[[str], bool]:
    """Return whether somebody in a role of theirs may open files for a purpose."""
    policy, member = clinic.policy(request), who.member(request)
    roles = member.roles if member else ()
    return lambda purpose: any(policy.decide(r, purpose).allowed for r in roles)


@csrf_exempt  # only until the handler is set: see `_checked`
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, ref: UUID, kind: str) -> HttpResponse:
    """Take files in. Who may, and the key, are asked before the first byte is read."""
    chosen = KINDS.get(kind)
    if chosen is None:
        raise NotFound
    if request.method != "POST":
        return _form(request, ref, chosen, Adding.blank())
    with patient.opened(
        request, ref, verb="desk:document:begin", purpose=chosen.purpose
    ) as opened:
        intake = Intake(actions.berth(chosen, opened.pk, permit=opened.permit))
    request.upload_handlers = [intake]
    try:
        return _checked(request, ref, chosen, intake)
    finally:
        intake.forget()


@csrf_protect
def _checked(
    request: HttpRequest, ref: UUID, kind: Kind, intake: Intake
) -> HttpResponse:
    """Keep what arrived. Reading the form for its token is what takes the files in."""
    adding = Adding.posted(request.POST, intake.refused)
    if intake.arrived and adding.is_whole:
        try:
            _keep(request, ref, kind, intake, adding)
        except Invalid as error:
            adding.problems.append(str(error))
    elif not (intake.refused or intake.arrived):
        adding.problems.append("Choose a file first.")
    if not intake.kept:
        return _back(request, ref, kind, adding)
    request.session[DONE] = {"kept": len(intake.arrived), "refused": adding.problems}
    return _on(request, reverse(_page(kind), args=[ref]))


def _keep(
    request: HttpRequest, ref: UUID, kind: Kind, intake: Intake, adding: Adding
) -> None:
    with patient.opened(
        request, ref, verb="desk:document:add", purpose=kind.purpose
    ) as opened:
        actions.keep(
            intake.arrived,
            intake.berth,
            permit=opened.permit,
            title=adding.title.answer,
            source=adding.source,
            by=opened.permit.by,
            at=opened.permit.at,
        )
    intake.kept = True


def _page(kind: Kind) -> str:
    proof = kind.purpose == CHECK
    return "desk:patient-documents-proofs" if proof else "desk:patient-documents"


def _back(request: HttpRequest, ref: UUID, kind: Kind, adding: Adding) -> HttpResponse:
    if _by_script(request):
        said = {"problems": adding.said()}
        return JsonResponse(said, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return _form(request, ref, kind, adding, status=status)


def _on(request: HttpRequest, url: str) -> HttpResponse:
    """Lead to the next page; a script is told where, and goes there itself."""
    return (
        JsonResponse({"to": url}) if _by_script(request) else HttpResponseRedirect(url)
    )


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _form(
    request: HttpRequest, ref: UUID, kind: Kind, adding: Adding, *, status: int = 200
) -> HttpResponse:
    with patient.opened(
        request, ref, verb="desk:document:form", purpose=kind.purpose
    ) as opened:
        context = shown_documents.adding(opened, kind, adding)
        return patient.page(
            request, opened, "desk/documents/add.html", context, status=status
        )


@require_safe
def file(request: HttpRequest, ref: UUID, what: str = "file") -> HttpResponseBase:
    """Send one file, or a thumbnail of it. Each time is an act of its own."""
    person_id, purpose = whose(ref)
    save = request.GET.get("save") == "yes"
    verb = "save" if save else "open" if what == "file" else "glance"
    by = who.staff(request, policy=clinic.policy(request), purpose=purpose)
    with gate.open(
        by=by,
        purpose=purpose,
        people=[person_id],
        verb=f"desk:file:{verb}",
        at=clock.now(),
    ) as permit:
        own.refuse(request, [person_id], permit=permit)
        opened: Any = queries.opened(ref, permit=permit, what=what)
    return files.answer(request, opened, save=save)
