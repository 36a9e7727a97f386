"""Letters of a patient: the list, one begun, written, looked at, sent."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from candour.core.errors import Conflict, Invalid, NotFound, Refused
from candour.desk import letter_fields, patient, shown_letters, wording
from candour.desk.forms_letters import BeginForm, TextForm
from candour.desk.forms_records import number_of
from candour.desk.patient import Opened
from candour.desk.views.record import care, done, say
from candour.disclosures import deciding, preview, queries
from candour.disclosures.actions import leaving, writing
from candour.disclosures.deciding import Ground
from candour.disclosures.fields import Field
from candour.disclosures.templates import OPENINGS, Opening
from candour.people import sought
from candour.recipients import queries as recipients
from candour.register.permit import Row
from candour.web import who, words

SENT = "The letter is on its way, and it is on record to whom it went."
FILED = "The letter is filed. Print it, post it, and then say that it was posted."
POSTED = "It is on record that this was posted."


def to(name: str, *args: object) -> HttpResponse:
    """Lead to a page of letters."""
    return HttpResponseRedirect(reverse(f"desk:patient-{name}", args=args))


@require_safe
@patient.tab
def letters(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show what was written, what came, what was given to whom, where paper is."""
    with care(request, ref, "desk:letters:read") as opened:
        context = {**shown_letters.listed(opened), "done": done(request)}
        return patient.page(request, opened, "desk/letters/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def write(request: HttpRequest, ref: UUID, kind: str) -> HttpResponse:
    """Ask to whom, then what of the file goes in, and begin the letter."""
    opening = OPENINGS.get(kind)
    if opening is None:
        raise NotFound
    if request.method == "POST":
        return _begin(request, ref, opening)
    with care(request, ref, "desk:letter:begin") as opened:
        opened.permit.must_cover("correspondence")
        if opening.kinds and "to" not in request.GET:
            return _choose(request, opened, opening)
        return _begin_page(request, opened, opening, None)


def _choose(request: HttpRequest, opened: Opened, opening: Opening) -> HttpResponse:
    found = recipients.active(opening.kinds)
    here = reverse("desk:patient-letters-write", args=[opened.ref, opening.slug])
    context = {
        "label": opening.label,
        "recipients": [
            {"name": one.name, "where": one.address, "url": f"{here}?to={one.ref}"}
            for one in found
        ],
        "register": reverse("desk:recipients"),
        "back": reverse("desk:patient-letters", args=[opened.ref]),
    }
    return patient.page(request, opened, "desk/letters/choose.html", context)


def _recipient(request: HttpRequest, opening: Opening) -> Any:
    if not opening.kinds:
        return None
    try:
        found = recipients.recipient(UUID(request.GET.get("to", "")))
    except ValueError:
        raise NotFound from None
    if found.kind not in opening.kinds:
        raise NotFound
    return found


def _begin_page(
    request: HttpRequest,
    opened: Opened,
    opening: Opening,
    form: BeginForm | None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    form, found, left, refusal = _form(request, opened, opening, form)
    policy = opened.permit.policy
    context = {
        "label": opening.label,
        "to": found.name if found else "",
        "form": form.shown(),
        "left_out": [shown_letters.left_out(one, opened) for one in left],
        "refusal": refusal
        and {
            "why": refusal.reason,
            "clause": words.number(policy, refusal.clause),
        },
        "action": request.get_full_path(),
        "to_patient": not opening.kinds,
        "back": reverse("desk:patient-letters", args=[opened.ref]),
    }
    return patient.page(
        request, opened, "desk/letters/begin.html", context, status=status
    )


def _form(
    request: HttpRequest, opened: Opened, opening: Opening, form: BeginForm | None
) -> tuple[BeginForm, Any, list[deciding.LeftOut], Refused | None]:
    """Return the form with what may go to the recipient, and what may not."""
    permit, found = opened.permit, _recipient(request, opening)
    held = letter_fields.held(opened.pk, permit=permit)
    left: list[deciding.LeftOut] = []
    refusal, grounds = None, list[str]()
    if found is not None:
        grounds, refusal = deciding.grounds(found, person_id=opened.pk, permit=permit)
        ground = Ground(grounds[0] if grounds else "", "to be said")
        held, left, _ = deciding.sorted_out(
            found, held, ground, person_id=opened.pk, permit=permit
        )
    options = [(f.key, f"{f.label}: {f.text}" if f.text else _own(f)) for f in held]
    if form is None:
        to_patient = found is None
        form = BeginForm(options, grounds, opening.usual, to_patient=to_patient)
    return form, found, left, refusal


def _own(field: Field) -> str:
    return f"In your own words: {field.label}"


def _begin(request: HttpRequest, ref: UUID, opening: Opening) -> HttpResponse:
    form: BeginForm | None = None
    status: int = HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with care(request, ref, "desk:letter:write") as opened:
            permit = opened.permit
            form, found, _, _ = _form(request, opened, opening, None)
            if form.read(request.POST):
                held = letter_fields.held(opened.pk, permit=permit)
                row = writing.begin(
                    permit=permit,
                    person_id=opened.pk,
                    token=form.token,
                    template=opening.slug,
                    to=found,
                    chosen=[f for f in held if f.key in form.fields.values],
                    terms=form.terms(),
                    name=str(wording.given(opened.person.name) or ""),
                    by=permit.by,
                    at=permit.at,
                )
                return to("letters-one", ref, row.ref)
    except Invalid as wrong:
        if form is None:
            raise
        form.problem = str(wrong)
    except Refused as refused:
        if form is None:
            raise
        form.problem, status = refused.reason, refused.status
    with care(request, ref, "desk:letter:begin") as opened:
        return _begin_page(request, opened, opening, form, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def letter(request: HttpRequest, ref: UUID, letter: UUID) -> HttpResponse:
    """Show a letter, to be written or as it went, and take what is done with it."""
    if request.method != "POST":
        with care(request, ref, "desk:letter:read") as opened:
            return _page(request, opened, letter, None)
    step = request.POST.get("step", "")
    if step in ("drop", "posted"):
        return _step(request, ref, letter, step)
    return _save(request, ref, letter)


def _page(
    request: HttpRequest,
    opened: Opened,
    letter: UUID,
    form: TextForm | None,
    *,
    status: int = HTTPStatus.OK,
    other: bool = False,
) -> HttpResponse:
    row = queries.letter(opened.pk, letter, permit=opened.permit)
    context: dict[str, Any] = {
        "letter": shown_letters.letter(opened, row),
        "done": done(request),
    }
    if row.state != "draft":
        return patient.page(
            request, opened, "desk/letters/sent.html", context, status=status
        )
    if form is None:
        form = TextForm(to_patient=row.recipient is None)
        form.body.value, form.how.values = str(row.body), [row.how]
        form.told.values = [row.told] if row.told else []
        form.why_not.value = str(row.why_not or "")
    context |= {"form": form.shown(), "seen": row.version, "other": other}
    context["theirs"] = row.body if other else ""
    return patient.page(
        request, opened, "desk/letters/write.html", context, status=status
    )


def _save(request: HttpRequest, ref: UUID, letter: UUID) -> HttpResponse:
    form: TextForm | None = None
    status, other = int(HTTPStatus.UNPROCESSABLE_ENTITY), False
    try:
        with care(request, ref, "desk:letter:save") as opened:
            row = queries.letter(opened.pk, letter, permit=opened.permit)
            form = TextForm(to_patient=row.recipient is None)
            if form.read(request.POST):
                writing.save(
                    permit=opened.permit,
                    person_id=opened.pk,
                    ref=letter,
                    seen=number_of(request.POST, "seen"),
                    body=form.body.answer.replace("\r\n", "\n"),
                    terms=form.terms(_ground(row), str(row.reason or "")),
                    by=opened.permit.by,
                    at=opened.permit.at,
                )
                return to("letters-preview", ref, letter)
    except (Invalid, Conflict) as wrong:
        if form is None:
            raise
        form.problem, status = str(wrong), int(wrong.status)
        other = isinstance(wrong, Conflict)
    with care(request, ref, "desk:letter:read") as opened:
        return _page(request, opened, letter, form, status=status, other=other)


def _ground(row: Row) -> Ground:
    return Ground(row.ground, str(row.ground_says or ""))


def _step(request: HttpRequest, ref: UUID, letter: UUID, step: str) -> HttpResponse:
    with care(request, ref, f"desk:letter:{step}") as opened:
        permit = opened.permit
        done = writing.drop if step == "drop" else leaving.posted
        done(
            permit=permit,
            person_id=opened.pk,
            ref=letter,
            by=permit.by,
            at=permit.at,
        )
    say(request, "The letter is put aside." if step == "drop" else POSTED)
    return to("letters", ref)


@require_http_methods(["GET", "HEAD", "POST"])
@patient.tab
def look(request: HttpRequest, ref: UUID, letter: UUID) -> HttpResponse:
    """Show exactly what would go and what would not; send what was seen."""
    problem, status = "", int(HTTPStatus.OK)
    if request.method == "POST":
        try:
            return _send(request, ref, letter)
        except (Invalid, Conflict) as wrong:
            problem, status = str(wrong), int(wrong.status)
    with care(request, ref, "desk:letter:preview") as opened:
        row = queries.letter(opened.pk, letter, permit=opened.permit)
        if row.state != "draft":
            if problem:
                say(request, problem)
            return to("letters-one", ref, letter)
        held = letter_fields.held(opened.pk, permit=opened.permit)
        found = preview.shown(opened.pk, letter, held, permit=opened.permit)
        context = {
            "letter": shown_letters.letter(opened, row),
            "preview": shown_letters.preview(opened, found),
            "problem": problem,
            "edit": reverse("desk:patient-letters-one", args=[ref, letter]),
        }
        return patient.page(
            request, opened, "desk/letters/preview.html", context, status=status
        )


def _send(request: HttpRequest, ref: UUID, letter: UUID) -> HttpResponse:
    member = who.member(request)
    with care(request, ref, "desk:letter:send") as opened:
        permit = opened.permit
        row = leaving.file(
            permit=permit,
            person_id=opened.pk,
            ref=letter,
            seen=request.POST.get("seen", ""),
            fields=letter_fields.held(opened.pk, permit=permit),
            signed=[member.name, permit.by.role.capitalize()] if member else [],
            reference=sought.patient_number(
                wording.given(opened.person.patient__number)
            ),
            by=permit.by,
            at=permit.at,
        )
    say(request, SENT if row.state == "sent" else FILED)
    return to("letters-one", ref, letter)
