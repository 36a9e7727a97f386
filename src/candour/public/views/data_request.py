"""One request about one's data: identity, waiting, the copy, the erasure, its proof."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from http import HTTPStatus
from itertools import chain
from typing import Any
from uuid import UUID

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from candour import gate
from candour.core import clock
from candour.core.actor import Actor
from candour.core.errors import NotFound
from candour.disposal import queries as disposals
from candour.disposal.actions import Changed, Confirmed, NothingGoes
from candour.public import proofs
from candour.public.forms import IdentityForm
from candour.register.permit import Permit
from candour.rights import erasure, identity, queries, refusing
from candour.rights.actions import Asked
from candour.rights.copy import fetch
from candour.rights.queries import Status
from candour.web import clinic, limits, pages, who, words

LATE = timedelta(minutes=15)  # a copy takes about one
CHANGED = "Something was added since you looked. This is the list as it is now."
DOUBT = "The link shows that you read this address. It does not show who you are."
NO_MATCH = "That does not fit what we know. Look again: you have {left} left."


@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show where somebody's own request stands, and what they can do next."""
    by = who.asking(request, ref)
    if request.method == "POST":
        return _identify(request, ref, by)
    try:
        return _stands(request, ref, by)
    except NotFound:
        return _erased(request, ref)


def _stands(
    request: HttpRequest, ref: UUID, by: Actor, *, changed: str = ""
) -> HttpResponse:
    now = clock.now()
    with _reading(ref, by, now) as permit:
        status = queries.status(ref, permit=permit)
        template, context = _page_of(status, permit, now)
        given = {"asked": _asked(status, permit), "changed": changed, **context}
        code = HTTPStatus.CONFLICT if changed else HTTPStatus.OK
        response = pages.page(request, template, given, status=code)
    if status.kind == "erasure" and disposals.certificate(ref) is not None:
        return HttpResponseRedirect(reverse("public:certificate", args=[ref]))
    return pages.private(response)


def _asked(status: Status, permit: Permit) -> dict[str, Any]:
    return {
        "ref": status.ref,
        "number": status.number,
        "received_at": status.received_at,
        "answer_by": status.answer_by,
        "clause": words.number(permit.policy, status.clause),
    }


def _page_of(
    status: Status, permit: Permit, now: datetime
) -> tuple[str, dict[str, Any]]:
    """Return the template for where the request stands, and what it shows."""
    if status.state == "waiting-identity":
        form = IdentityForm() if status.tries_left else None
        return "public/request_identity.html", _identity(status, permit, form)
    if status.kind == "access" and _has_or_gets_copy(status):
        return "public/request_copy.html", proofs.copy(
            status, now, permit.policy, late=LATE
        )
    if status.kind == "erasure" and status.state == "open":
        if status.confirmed_at is not None:
            return "public/request_erasure_plan.html", {"state": "working"}
        plan = erasure.shown(status.ref, permit=permit)
        return "public/request_erasure_plan.html", proofs.plan(plan, permit.policy)
    steps = queries.steps(status.ref, permit=permit)
    letter = refusing.letter_sent(status.ref, permit=permit)
    ended = proofs.closed(status, steps, letter, permit.policy)
    return "public/request_closed.html", ended


def _has_or_gets_copy(status: Status) -> bool:
    return status.state in {"open", "ready", "done"} or status.copy is not None


def _identity(
    status: Status, permit: Permit, form: IdentityForm | None, *, trouble: str = ""
) -> dict[str, Any]:
    return {
        "reason": DOUBT,
        "action": reverse("public:request", args=[status.ref]),
        "form": form.shown(trouble=trouble) if form else None,
        "clause": words.number(permit.policy, "identity"),
        "remedies": None if form else proofs.remedies(permit.policy),
    }


def _identify(request: HttpRequest, ref: UUID, by: Actor) -> HttpResponse:
    """Compare what was answered; go on, or say how many tries are left."""
    limits.spend("identity", limits.client(request), at_most=30, seconds=600)
    form, now = IdentityForm(), clock.now()
    trouble = ""
    if form.read(request.POST):
        found = identity.identify(
            ref=ref, name=form.name.answer, detail=form.detail.answer, by=by, at=now
        )
        if found.request is not None:
            _let_in(request, found.request)
            return HttpResponseRedirect(_address(found.request.ref))
        if not found.tries_left:
            return HttpResponseRedirect(_address(ref))
        trouble = NO_MATCH.format(left=_tries(found.tries_left))
    return _ask_again(request, ref, by, form, trouble=trouble)


def _let_in(request: HttpRequest, asked: Asked) -> None:
    who.remember(request, asked.ref, asked.person_ref, asked.visit)


def _ask_again(
    request: HttpRequest, ref: UUID, by: Actor, form: IdentityForm, *, trouble: str
) -> HttpResponse:
    with _reading(ref, by, clock.now()) as permit:
        status = queries.status(ref, permit=permit)
        context = _identity(status, permit, form, trouble=trouble)
        template = "public/request_identity.html"
        response = pages.page(request, template, context, status=422)
    return pages.private(response)


def _reading(ref: UUID, by: Actor, at: datetime) -> AbstractContextManager[Permit]:
    return gate.open(
        by=by,
        purpose="rights",
        people=[queries.owner(ref)],
        verb="public:request:read",
        at=at,
    )


def _tries(left: int) -> str:
    return "1 try" if left == 1 else f"{left} tries"


def _address(ref: UUID) -> str:
    return reverse("public:request", args=[ref])


@require_POST
def download(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """Hand the copy over as it is opened, once it is on the trail that it was."""
    found = fetch.fetch(ref=ref, by=who.asking(request, ref), at=clock.now())
    response = StreamingHttpResponse(
        _begun(found.chunks), content_type="application/zip"
    )
    response["Content-Length"] = str(found.size)
    response["Content-Disposition"] = f'attachment; filename="{found.filename}"'
    response["Cache-Control"] = "no-store, private"
    return response


def _begun(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Open the first chunk now: a file that does not open is an error, not a stub."""
    return chain([next(chunks, b"")], chunks)


@require_POST
def erase(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Erase what was shown, or keep everything, as the button said."""
    by, now = who.asking(request, ref), clock.now()
    choice = request.POST.get("choice")
    try:
        if choice == "erase":
            seen = request.POST.get("plan", "")
            erasure.confirm(ref=ref, seen=seen, by=by, at=now)
        elif choice == "keep":
            erasure.keep(ref=ref, by=by, at=now)
    except Changed:
        return _stands(request, ref, by, changed=CHANGED)
    except (NotFound, Confirmed, NothingGoes, erasure.NotOpen):
        pass  # pressed twice, or from an old page: the request page says how it stands
    return HttpResponseRedirect(_address(ref))


def _erased(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Answer for a request that went with the rest: checking, or certified."""
    if disposals.certificate(ref) is not None:
        return HttpResponseRedirect(reverse("public:certificate", args=[ref]))
    if not disposals.is_erased(ref):
        raise NotFound
    context = {"state": "working", "asked": {"ref": ref}}
    page = pages.page(request, "public/request_erasure_plan.html", context)
    return pages.private(page)


@require_safe
def certificate(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show what was found when everything was read again. It names nobody.

    Whoever has its address may see it: there is nobody left to sign in.
    """
    found = disposals.certificate(ref)
    if found is None:
        return _erased(request, ref)
    context = {"certificate": proofs.certificate(found, clinic.policy(request))}
    return pages.private(pages.page(request, "public/certificate.html", context))
