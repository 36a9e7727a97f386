"""The register of recipients: who data may go to, where they are, when checked."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from candour import gate
from candour.core import clock
from candour.core.errors import Conflict, Invalid
from candour.desk.forms_recipients import RecipientForm
from candour.desk.forms_records import number_of
from candour.desk.views.record import done, say
from candour.policy.compile import Policy
from candour.policy.vocabulary import CATEGORIES
from candour.recipients import actions, queries
from candour.register.permit import Permit
from candour.web import clinic, pages, who, words

CARE, PASSED_ON = "care", "disclosures"
NOTE = "Nothing of any patient is on this page. That you opened it is on the trail."


@contextmanager
def _opened(request: HttpRequest, verb: str) -> Iterator[Permit]:
    """Open the register for who treats, or for who keeps track of what is passed on."""
    policy = clinic.policy(request)
    member = who.member(request)
    roles = member.roles if member else ()
    treats = any(policy.decide(role, CARE).allowed for role in roles)
    purpose = CARE if treats else PASSED_ON
    by = who.staff(request, policy=policy, purpose=purpose)
    with gate.open(by=by, purpose=purpose, verb=verb, at=clock.now()) as permit:
        yield permit


@require_safe
def recipients(request: HttpRequest) -> HttpResponse:
    """Show everybody data may go to, and those it may not go to yet."""
    with _opened(request, "desk:recipient:list") as permit:
        context = {
            "rows": [_row(one, permit) for one in queries.everyone()],
            "add": reverse("desk:recipients-add"),
            "done": done(request),
        }
        return pages.page(
            request, "desk/letters/recipients.html", context, permit=permit, note=NOTE
        )


def _row(one: Any, permit: Permit) -> dict[str, Any]:
    rule = actions.rule_of(permit.policy, one.slug)
    over = actions.is_over(one, permit.at.date())
    state, word = ("kept", "May get data") if one.active else ("quiet", "Not yet")
    if over:
        state, word = "wrong", "Contract has run out"
    if rule is None or not rule.active:
        state, word = "wrong", "Not in the notice" if rule is None else "Notice waits"
    return {
        "name": one.name,
        "url": reverse("desk:recipient", args=[one.ref]),
        "class": actions.called(rule) if rule else one.slug,
        "clause": words.number(permit.policy, rule.clause) if rule else "",
        "where": one.country,
        "screened_at": one.screened_at,
        "state": state,
        "word": word,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a recipient of a class that the notice names."""
    form = RecipientForm(_classes(clinic.policy(request)), ())
    form.country.values = ["GB"]
    if request.method == "POST" and form.read(request.POST):
        try:
            with _opened(request, "desk:recipient:add") as permit:
                actions.add(
                    policy=permit.policy,
                    slug=form.slug.value,
                    told=form.told(was=None, at=permit.at),
                    by=permit.by,
                    at=permit.at,
                )
        except (Invalid, Conflict) as wrong:
            form.problem = str(wrong)
        else:
            return _done(request, "They are on the register.")
    return _form(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def recipient(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show one recipient, and take what changed."""
    policy, row = clinic.policy(request), queries.recipient(ref)
    rule = actions.rule_of(policy, row.slug)
    form = RecipientForm((), sorted(rule.gets & _wide(rule.gets)) if rule else ())
    form.fill(row)
    if request.method == "POST" and form.read(request.POST):
        try:
            with _opened(request, "desk:recipient:change") as permit:
                actions.change(
                    policy=permit.policy,
                    ref=ref,
                    seen=number_of(request.POST, "seen"),
                    told=form.told(was=row, at=permit.at),
                    by=permit.by,
                    at=permit.at,
                )
        except (Invalid, Conflict) as wrong:
            form.problem = str(wrong)
        else:
            return _done(request, "The register is changed.")
    return _form(request, form, row)


def _wide(gets: frozenset[str]) -> set[str]:
    """Return the widest kinds of data among those that somebody may get."""
    return {
        one for one in gets if one in CATEGORIES and one.rpartition(".")[0] not in gets
    }


def _classes(policy: Policy) -> list[tuple[str, str]]:
    named = [one for one in policy.recipients if one.active and not one.anonymous]
    return [(one.slug, actions.called(one)) for one in named]


def _form(request: HttpRequest, form: RecipientForm, row: Any) -> HttpResponse:
    wrong = request.method == "POST"
    with _opened(request, "desk:recipient:form") as permit:
        rule = actions.rule_of(permit.policy, row.slug) if row else None
        context = {
            "form": form.shown(),
            "row": row and {"name": row.name, "version": row.version},
            "clause": words.number(permit.policy, rule.clause) if rule else "",
            "back": reverse("desk:recipients"),
        }
        return pages.page(
            request,
            "desk/letters/recipient.html",
            context,
            permit=permit,
            note=NOTE,
            status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        )


def _done(request: HttpRequest, text: str) -> HttpResponse:
    say(request, text)
    return HttpResponseRedirect(reverse("desk:recipients"))
