"""Asking for a copy of one's data or for its erasure, and following the link."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from candour.core import clock
from candour.core.actor import VISITOR
from candour.policy.compile import Policy
from candour.policy.compiled import sayings
from candour.public.forms import AskForm
from candour.rights import actions as rights
from candour.rights import deadlines
from candour.rights.remedies import REGULATOR
from candour.web import clinic, limits, pages, who, words
from candour.web.answers import hidden

AT_MOST, SECONDS = 30, 600
KINDS = {"access": "copy", "erasure": "erasure"}


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take a request from anybody, and say the same to everybody."""
    form = AskForm()
    if request.method != "POST":
        return _shown(request, form)
    limits.spend("ask", limits.client(request), at_most=AT_MOST, seconds=SECONDS)
    if not form.read(request.POST):
        return _shown(request, form)
    rights.ask(
        kind=form.kind.value,
        address=form.email.answer,
        brand=clinic.brand(request).slug,
        by=VISITOR,
        at=clock.now(),
    )
    return HttpResponseRedirect(reverse("public:your-data-sent"))


def _shown(request: HttpRequest, form: AskForm) -> HttpResponse:
    policy = clinic.policy(request)
    shown = form.shown()
    context = {
        "form": shown,
        "answer_by": answer_by(policy, clock.now()),
        "within": _within(policy),
        "clause": words.number(policy, "rights.access"),
        "other_ways": _other_ways(policy),
        "complain": _complain(policy),
    }
    status = 422 if shown["errors"] else 200
    response = pages.page(request, "public/your_data.html", context, status=status)
    return pages.private(response)


def answer_by(policy: Policy, now: datetime) -> date:
    """Return the day by which whatever is asked now is answered."""
    return max(deadlines.days(policy, kind, now).answer_by for kind in KINDS)


def _within(policy: Policy) -> str:
    """Return the time for an answer in words: promised for both, or the law's."""
    promised = {policy.right(kind).within for kind in KINDS}
    [one, *others] = promised
    return sayings.period(one) if one and not others else "one month"


def _other_ways(policy: Policy) -> list[dict[str, str]]:
    contact = policy.contact_for("rights")
    ways = [("Email", one, f"mailto:{one}") for one in contact.emails]
    ways += [("Post", contact.post, "")] if contact.post else []
    if contact.phone:
        ways.append(("Phone", contact.phone, f"tel:{contact.phone.replace(' ', '')}"))
    return [{"label": label, "value": value, "url": url} for label, value, url in ways]


def _complain(policy: Policy) -> dict[str, Any]:
    contact, found = (
        policy.contact_for("complaints"),
        words.clause(policy, "complaints"),
    )
    where = (
        f"Write to {contact.emails[0]}." if contact.emails else "Tell us in any way."
    )
    return {
        "us": " ".join([where, *(found.paragraphs[1:] if found else ())]),
        **REGULATOR,
    }


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say where to look, and nothing of who asked."""
    hours = int(rights.LINK_LASTS.total_seconds()) // 3600
    context = {
        "link_life": f"{hours} hours",
        "answer_by": answer_by(clinic.policy(request), clock.now()),
    }
    return pages.page(request, "public/your_data_sent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button, so that a mail program's look uses nothing up; then go on."""
    limits.spend("link", limits.client(request), at_most=AT_MOST, seconds=SECONDS)
    now = clock.now()
    if request.method == "POST":
        found = rights.follow_link(token=token, at=now)
        who.remember(request, found.ref, found.person_ref, found.visit)
        return HttpResponseRedirect(reverse("public:request", args=[found.ref]))
    _, kind, until = rights.of_link(token, at=now)
    context = {
        "kind": KINDS[kind],
        "action": request.path,
        "hidden": hidden(),
        "answer_by": answer_by(clinic.policy(request), now),
        "expires_at": until,
    }
    return pages.private(pages.page(request, "public/request_confirm.html", context))
