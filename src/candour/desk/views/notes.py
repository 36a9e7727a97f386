"""Notes of a patient: writing one, reading it, changing it, keeping a draft."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from candour.core.errors import Conflict, Invalid
from candour.desk import patient, shown_records
from candour.desk.forms_records import SOURCE, AmendForm, NoteForm, number_of, token_of
from candour.desk.patient import Opened
from candour.desk.views.record import care, done, say
from candour.records import queries
from candour.records.actions import notes as actions
from candour.records.starts import STARTS
from candour.web.pages import private

KEPT = "Kept as a draft. Nobody else sees it."


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def write(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show an empty note, or what was begun, and save what is written."""
    if request.method != "POST":
        return _page(request, ref, NoteForm(STARTS.get(request.GET.get("start", ""))))
    form, step = NoteForm(), request.POST.get("step")
    if step in ("draft", "drop"):
        return _set_aside(request, ref, step)
    if not form.read(request.POST):
        return _page(request, ref, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    with care(request, ref, "desk:note:write") as opened:
        note = actions.write(
            permit=opened.permit,
            person_id=opened.pk,
            kind=form.kind.value,
            mode=form.mode.value,
            body=form.body.answer,
            template=form.template,
            token=form.token,
            source=SOURCE,
            by=opened.permit.by,
            at=opened.permit.at,
        )
    say(request, "The note is saved.")
    return _to("note", ref, note)


def _page(
    request: HttpRequest, ref: UUID, form: NoteForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    with care(request, ref, "desk:note:begin") as opened:
        opened.permit.must_cover("notes")
        begun = queries.draft(opened.pk, permit=opened.permit)
        fresh = request.method != "POST" and "start" not in request.GET
        if begun and fresh:
            form.token, form.body.value = begun.token, begun.body
        context = {
            "begun": begun.at if begun and fresh else None,
            "starts": shown_records.starts(ref, form.template),
            "form": form.shown(),
            "saving": reverse("desk:patient-record-draft", args=[ref]),
        }
        return patient.page(
            request, opened, "desk/records/write.html", context, status=status
        )


def _set_aside(
    request: HttpRequest, ref: UUID, step: str, note: UUID | None = None
) -> HttpResponse:
    """Keep what was typed as a draft, or throw the draft away."""
    token = token_of(request.POST)
    try:
        with care(request, ref, f"desk:note:{step}") as opened:
            if step == "drop":
                actions.drop_draft(
                    permit=opened.permit,
                    person_id=opened.pk,
                    token=token,
                    by=opened.permit.by,
                )
            else:
                _keep(request, opened, token, note)
    except Invalid as wrong:
        return _again(request, ref, note, wrong)
    say(request, KEPT if step == "draft" else "The draft is thrown away.")
    return _to("note", ref, note) if note else _to("", ref)


def _again(
    request: HttpRequest, ref: UUID, note: UUID | None, wrong: Invalid
) -> HttpResponse:
    """Show the form as it was typed, with why it could not even be set aside."""
    form = AmendForm() if note else NoteForm()
    form.read(request.POST)
    form.body.error = str(wrong)
    if isinstance(form, AmendForm) and note:
        return _amend_page(request, ref, note, form, status=wrong.status)
    if isinstance(form, NoteForm):
        return _page(request, ref, form, status=wrong.status)
    raise wrong


def _keep(request: HttpRequest, opened: Opened, token: UUID, note: UUID | None) -> None:
    actions.keep_draft(
        permit=opened.permit,
        person_id=opened.pk,
        token=token,
        body=request.POST.get("body", "").replace("\0", ""),
        note=note,
        seen=number_of(request.POST, "seen"),
        by=opened.permit.by,
        at=opened.permit.at,
    )


@require_POST
def draft(request: HttpRequest, ref: UUID, note: UUID | None = None) -> HttpResponse:
    """Keep what is being written; answer in one line. The page's script asks this."""
    try:
        with care(request, ref, "desk:note:draft") as opened:
            _keep(request, opened, token_of(request.POST), note)
    except Invalid as wrong:
        words = f"The draft is not kept. {wrong}"
        plain = HttpResponse(words, content_type="text/plain", status=wrong.status)
        return private(plain)
    return private(HttpResponse(KEPT, content_type="text/plain"))


@require_safe
@patient.tab
def note(request: HttpRequest, ref: UUID, note: UUID) -> HttpResponse:
    """Show one note, and what each change changed."""
    with care(request, ref, "desk:note:read") as opened:
        opened.permit.must_cover("notes")
        context = shown_records.note(opened.pk, note, permit=opened.permit)
        context["done"] = done(request)
        return patient.page(request, opened, "desk/records/note.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def amend(request: HttpRequest, ref: UUID, note: UUID) -> HttpResponse:
    """Show a note to be changed, and add a version of it. Nothing is written over."""
    form, step = AmendForm(), request.POST.get("step", "")
    if request.method != "POST":
        return _amend_page(request, ref, note, form)
    if step in ("draft", "drop"):
        return _set_aside(request, ref, step, note)
    if not form.read(request.POST):
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _amend_page(request, ref, note, form, status=status)
    try:
        with care(request, ref, "desk:note:amend") as opened:
            actions.amend(
                permit=opened.permit,
                person_id=opened.pk,
                ref=note,
                seen=form.seen,
                body=form.body.answer,
                why=form.why.answer,
                token=form.token,
                by=opened.permit.by,
                at=opened.permit.at,
            )
    except Conflict as overtaken:
        return _amend_page(request, ref, note, form, status=overtaken.status)
    except Invalid as wrong:
        form.body.error = str(wrong)
        return _amend_page(request, ref, note, form, status=wrong.status)
    say(request, "Saved as a new version. What it said before is below.")
    return _to("note", ref, note)


def _amend_page(
    request: HttpRequest,
    ref: UUID,
    note: UUID,
    form: AmendForm,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    with care(request, ref, "desk:note:change") as opened:
        permit = opened.permit
        permit.must_cover("notes")
        shown = shown_records.note(opened.pk, note, permit=permit)
        last, begun = shown["note"]["version"], None
        if request.method != "POST":
            begun = queries.draft(opened.pk, permit=permit, note=note)
            form.seen, form.body.value = last, shown["note"]["body"]
            if begun:
                form.token, form.seen = begun.token, begun.seen
                form.body.value = begun.body
        other = None
        if 0 < form.seen < last:
            other = shown_records.overtaken(opened.pk, note, form.seen, permit=permit)
            form.seen = last
        context = {
            "note": shown["note"],
            "form": form.shown(),
            "other": other,
            "begun": begun.at if begun else None,
            "saving": reverse("desk:patient-record-amend-draft", args=[ref, note]),
        }
        return patient.page(
            request, opened, "desk/records/amend.html", context, status=status
        )


def _to(name: str, ref: UUID, *more: UUID) -> HttpResponse:
    page = f"desk:patient-record-{name}" if name else "desk:patient-record"
    return HttpResponseRedirect(reverse(page, args=[ref, *more]))
