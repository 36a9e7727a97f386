"""The builder of forms: the list, versions, drafts, publishing."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from candour import gate
from candour.core import actor, clock
from candour.core.errors import CandourError, Conflict, Invalid, NotFound
from candour.desk import forms_building, shown_building
from candour.desk.forms_building import Written, line_of, number_of, text_of
from candour.questionnaires import building, editing, versions
from candour.questionnaires.building import NotAllowed
from candour.questionnaires.definition import Definition
from candour.questionnaires.reading import BadDefinition, of_data, parse
from candour.questionnaires.versions import Version
from candour.register.permit import Permit
from candour.web import clinic, pages, who
from candour.web.constraints import broken

SAID = "desk.building.said"
ONE_KEY = ("questionnaires_one_version", "questionnaires_one_draft")
MANAGER = "manager"
CARE, MANAGING = "care", "appointments"
TITLE_LONG = "The title is one line of at most 200 letters."


@contextmanager
def _unit(request: HttpRequest, verb: str) -> Iterator[Permit]:
    """Open a unit of work about nobody, in a role that builds forms.

    Whoever may open a file for care may, and a manager. Everybody else is refused by
    the clause of care, and that is on the trail.
    """
    policy, found = clinic.policy(request), who.member(request)
    roles = found.roles if found else ()
    cares = any(policy.decide(role, CARE).allowed for role in roles)
    if not cares and MANAGER in roles:
        by, purpose = actor.staff(found.ref if found else "", MANAGER), MANAGING
    else:
        by, purpose = who.staff(request, policy=policy, purpose=CARE), CARE
    with gate.open(by=by, purpose=purpose, verb=verb, at=clock.now()) as permit:
        yield permit


def _page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context["done"] = request.session.pop(SAID, "")
    answer = pages.page(request, f"desk/building/{template}", context, status=status)
    return pages.private(answer)


def _to(name: str, *args: object, part: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse(f"desk:{name}", args=args) + part)


@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    """Show every form the clinic has."""
    with _unit(request, "desk:form-builder:list"):
        return _page(request, "list.html", {"rows": shown_building.listed()})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a form: empty, or from a file that was exported."""
    if request.method != "POST":
        with _unit(request, "desk:form-builder:begin"):
            return _page(request, "new.html", {"title": "", "text": "", "faults": []})
    title, text = line_of(request.POST, "title"), text_of(request.POST, "text")
    step = request.POST.get("step")
    error, faults = "", []
    try:
        form = parse(text) if step == "import" else _titled(title)
        return _to("form-draft", _begin(request, form, "begin"))
    except BadDefinition as bad:
        faults = bad.faults
    except Invalid as wrong:
        error = str(wrong)
    with _unit(request, "desk:form-builder:begin"):
        context = {"title": title, "text": text, "faults": faults, "error": error}
        return _page(request, "new.html", context, HTTPStatus.UNPROCESSABLE_ENTITY)


def _begin(request: HttpRequest, form: Definition, step: str) -> str:
    """Begin a form; return its key. Two of one title at once get a key each."""
    for _ in range(2):
        try:
            with _unit(request, f"desk:form-builder:{step}") as permit:
                return building.begin(
                    permit=permit, form=form, by=permit.by, at=permit.at
                ).key
        except IntegrityError as error:
            if broken(error) not in ONE_KEY:
                raise
    raise Conflict


def _titled(title: str) -> Definition:
    if not title:
        raise Invalid(forms_building.TITLE_MISSING)
    if len(title) > forms_building.LINE_MAX:
        raise Invalid(TITLE_LONG)
    section = {"key": "first", "title": "First section"}
    return of_data({"title": title, "sections": [section]})


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, key: str) -> HttpResponse:
    """Show the versions of a form; begin a draft, copy it, withdraw it."""
    if request.method != "POST":
        with _unit(request, "desk:form-builder:read"):
            return _page(request, "form.html", shown_building.history(key))
    step = request.POST.get("step")
    if step == "copy":
        with _unit(request, "desk:form-builder:read"):
            newest = versions.of_key(key)[0].form
        title = f"Copy of {newest.title}"[: forms_building.LINE_MAX]
        copied = newest.model_copy(update={"title": title})
        return _to("form-draft", _begin(request, copied, "copy"))
    if step == "withdraw":
        return _withdraw(request, key)
    with _unit(request, "desk:form-builder:edit") as permit:
        building.new_draft(permit=permit, key=key, by=permit.by, at=permit.at)
    return _to("form-draft", key)


def _withdraw(request: HttpRequest, key: str) -> HttpResponse:
    why = text_of(request.POST, "why")
    try:
        with _unit(request, "desk:form-builder:withdraw") as permit:
            building.withdraw(
                permit=permit,
                key=key,
                version=number_of(request.POST, "version"),
                why=why,
                by=permit.by,
                at=permit.at,
            )
    except Invalid as wrong:
        with _unit(request, "desk:form-builder:read"):
            context = {**shown_building.history(key), "error": str(wrong), "why": why}
            return _page(request, "form.html", context, wrong.status)
    request.session[SAID] = "The form is withdrawn. What was answered to it stays."
    return _to("form", key)


@require_safe
def preview(request: HttpRequest, key: str, version: int) -> HttpResponse:
    """Show one version as the patient sees it."""
    with _unit(request, "desk:form-builder:preview") as permit:
        context = shown_building.preview(versions.one(key, version), permit)
        return _page(request, "preview.html", context)


@require_safe
def export(request: HttpRequest, key: str, version: int) -> HttpResponse:
    """Hand out one version as JSON, to be kept or brought to another clinic."""
    with _unit(request, "desk:form-builder:export"):
        text = versions.one(key, version).form.text()
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{key}-{version}.json"'
    return pages.private(answer)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Show the draft of a form, and take each small step of its making."""
    if request.method != "POST":
        with _unit(request, "desk:form-builder:edit") as permit:
            context = shown_building.draft(versions.draft(key), permit)
            return _page(request, "draft.html", context)
    step, on = request.POST.get("step", ""), request.POST.get("on", "")
    try:
        _take(request, key, step, on)
    except (Conflict, Invalid) as wrong:
        return _draft_again(request, key, wrong)
    if step == "drop":
        request.session[SAID] = "The draft is thrown away."
        known = _is_there(request, key)
        return _to("form", key) if known else _to("forms")
    return _to("form-draft", key, part=f"#{on}" if on and step != "remove" else "")


def _is_there(request: HttpRequest, key: str) -> bool:
    with _unit(request, "desk:form-builder:read"):
        return any(one.key == key for one in versions.listed())


def _take(request: HttpRequest, key: str, step: str, on: str) -> None:
    """Take one step of the draft. Raises Conflict or Invalid, and nothing is kept."""
    edition = number_of(request.POST, "edition")
    with _unit(request, f"desk:form-builder:{step[:20] or 'save'}") as permit:
        said: dict[str, Any] = {"permit": permit, "by": permit.by, "at": permit.at}
        if step == "drop":
            building.drop(key=key, edition=edition, **said)
            return
        before = versions.draft(key).form
        if step in ("up", "down"):
            after = editing.moved(
                before, on, editing.UP if step == "up" else editing.DOWN
            )
        elif step == "remove":
            after = editing.without(before, on)
        elif step == "head":
            after = _headed(request, before)
        else:
            raise NotFound
        building.save(key=key, edition=edition, form=after, **said)


def _headed(request: HttpRequest, before: Definition) -> Definition:
    title = line_of(request.POST, "title")
    if not title:
        raise Invalid(forms_building.TITLE_MISSING)
    if len(title) > forms_building.LINE_MAX:
        raise Invalid(TITLE_LONG)
    about = request.POST.get("about", "")
    return editing.headed(
        before,
        title=title,
        says=text_of(request.POST, "says").strip(),
        about=about if about in ("history", "treatment") else "other",
    )


def _draft_again(request: HttpRequest, key: str, wrong: CandourError) -> HttpResponse:
    """Show the draft as it is now, with what was typed and what is wrong with it."""
    with _unit(request, "desk:form-builder:edit") as permit:
        context = shown_building.draft(versions.draft(key), permit)
        if request.POST.get("step") == "head":
            context["title"] = text_of(request.POST, "title")
            context["says"] = text_of(request.POST, "says")
        context["error"] = str(wrong)
        return _page(request, "draft.html", context, wrong.status)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, key: str) -> HttpResponse:
    """Show a section of a draft, or an empty one, and keep what is typed."""
    on = request.GET.get("on", "")
    if request.method != "POST":
        with _unit(request, "desk:form-builder:edit"):
            version = versions.draft(key)
            found = version.form.section(on)
            if on and found is None:
                raise NotFound
            said = found.model_dump() if found else {"asked": True}
            context = shown_building.section(version, said, "", on)
            return _page(request, "section.html", context)
    try:
        with _unit(request, "desk:form-builder:save") as permit:
            version = versions.draft(key)
            made = forms_building.section_of(request.POST, version.form, on)
            after = editing.with_section(version.form, made, instead_of=on)
            _save(request, permit, version, after)
    except (Conflict, Invalid) as wrong:
        said = {
            "title": text_of(request.POST, "title"),
            "says": text_of(request.POST, "says"),
            "switch": request.POST.get("switch", ""),
            "asked": request.POST.get("asked") == "yes",
        }
        with _unit(request, "desk:form-builder:edit"):
            context = shown_building.section(versions.draft(key), said, str(wrong), on)
            return _page(request, "section.html", context, wrong.status)
    return _to("form-draft", key, part=f"#{made.key}")


def _save(
    request: HttpRequest, permit: Permit, version: Version, after: Definition
) -> None:
    building.save(
        permit=permit,
        key=version.key,
        edition=number_of(request.POST, "edition"),
        form=after,
        by=permit.by,
        at=permit.at,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, key: str) -> HttpResponse:
    """Show a question of a draft, or an empty one, and keep what is typed."""
    on, inside = request.GET.get("on", ""), request.GET.get("in", "")
    if request.method != "POST":
        with _unit(request, "desk:form-builder:edit") as permit:
            version = versions.draft(key)
            found = version.form.question(on)
            if (on and found is None) or version.form.section(inside) is None:
                raise NotFound
            context = shown_building.question(
                version, Written.of(found), key=on, section=inside, permit=permit
            )
            return _page(request, "question.html", context)
    written = Written.posted(request.POST)
    try:
        with _unit(request, "desk:form-builder:save") as permit:
            version = versions.draft(key)
            made = written.question(version.form, on)
            after = editing.with_question(
                version.form, made, section=inside, instead_of=on
            )
            _save(request, permit, version, after)
    except (Conflict, Invalid) as wrong:
        written.error = str(wrong)
        with _unit(request, "desk:form-builder:edit") as permit:
            context = shown_building.question(
                versions.draft(key), written, key=on, section=inside, permit=permit
            )
            return _page(request, "question.html", context, wrong.status)
    return _to("form-draft", key, part=f"#{made.key}")


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Show what publishing changes and what the policy says to it, and publish."""
    if request.method != "POST":
        with _unit(request, "desk:form-builder:check") as permit:
            context = shown_building.publishing(versions.draft(key), permit)
            return _page(request, "publish.html", context)
    try:
        with _unit(request, "desk:form-builder:publish") as permit:
            building.publish(
                permit=permit,
                key=key,
                edition=number_of(request.POST, "edition"),
                by=permit.by,
                at=permit.at,
            )
    except (Conflict, Invalid) as wrong:
        with _unit(request, "desk:form-builder:check") as permit:
            context = shown_building.publishing(versions.draft(key), permit)
            context["error"] = "" if isinstance(wrong, NotAllowed) else str(wrong)
            return _page(request, "publish.html", context, wrong.status)
    request.session[SAID] = "Published. It is what patients are asked from now on."
    return _to("form", key)
