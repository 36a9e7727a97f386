"""Enquiries: the inbox, one of them, and the answer."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from candour import gate
from candour.core import clock
from candour.core.errors import Conflict, Invalid
from candour.desk import own, shown, sought
from candour.desk.forms import Answer, InboxFilter
from candour.enquiries import actions, queries
from candour.outbox import queries as outbox
from candour.people import queries as people
from candour.policy.terms import Reach
from candour.register.permit import Permit
from candour.web import clinic, pages, who

PURPOSE = "enquiry"
LISTED = (
    "That you opened this list is on the trail, and each person in it can see that."
)
OVERTAKEN = (
    "Somebody answered while you were writing. Read their answer, then send yours if "
    "it is still needed."
)
DONE = {
    "replied": "Your answer is on its way.",
    "answered": "This enquiry counts as answered.",
    "closed": "This enquiry is closed.",
    "new": "This enquiry is open again.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: HttpRequest) -> HttpResponse:
    """Show a page of enquiries. A search is posted: no name is in an address."""
    if request.method == "POST":
        wanted = InboxFilter.of_form(request.POST)
        return HttpResponseRedirect(reverse("desk:enquiries") + wanted.query())
    policy, now = clinic.policy(request), clock.now()
    asked = InboxFilter.of_address(request.GET)
    by = who.staff(request, policy=policy, purpose=PURPOSE, reach=Reach.DAY)
    with gate.open(
        by=by, purpose=PURPOSE, reach=Reach.DAY, verb="desk:enquiry:list", at=now
    ) as permit:
        found = people.search(asked.words, permit=permit) if asked.text else None
        theirs = own.records(request, permit=permit)
        context = shown.inbox(_page(asked, found, theirs, permit), asked, policy)
        context["closest"], context["own"] = sought.closest(found), bool(theirs)
        return pages.page(
            request, "desk/enquiries.html", context, permit=permit, note=LISTED
        )


def _page(
    asked: InboxFilter, found: list[int] | None, but: Collection[int], permit: Permit
) -> queries.Page:
    return queries.inbox(
        permit=permit,
        status=asked.status,
        people=found,
        but=but,
        sort=asked.sort,
        number=asked.number,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def enquiry(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show one enquiry, and take what is done with it."""
    if request.method != "POST":
        return _show(request, ref)
    action = request.POST.get("action", "")
    if action != "reply":
        return _set_status(request, ref, action)
    answer = Answer.posted(request.POST)
    if answer.text.error:
        return _show(request, ref, answer, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _reply(request, ref, answer)


def _show(
    request: HttpRequest, ref: UUID, answer: Answer | None = None, *, status: int = 200
) -> HttpResponse:
    with _unit(request, ref, "desk:enquiry:read") as permit:
        context = shown.enquiry(ref, permit=permit, answer=answer)
        context["done"] = DONE.get(request.session.pop("desk.done", ""), "")
        return pages.page(
            request, "desk/enquiry.html", context, permit=permit, status=status
        )


def _reply(request: HttpRequest, ref: UUID, answer: Answer) -> HttpResponse:
    try:
        with _unit(request, ref, "desk:enquiry:reply") as permit:
            subject, why_not = shown.subject(ref, permit=permit)
            if why_not:
                raise Invalid(why_not)
            actions.reply(
                permit=permit,
                ref=ref,
                subject=subject,
                body=answer.body,
                by=permit.by,
                at=permit.at,
            )
            # The enquiry is locked now, so nobody can slip in after this look.
            if len(outbox.thread(ref, permit=permit)) != answer.seen + 1:
                raise Conflict(OVERTAKEN)
    except (Conflict, Invalid) as error:
        answer.text.error = str(error)
        return _show(request, ref, answer, status=error.status)
    return _done(request, ref, "replied")


def _set_status(request: HttpRequest, ref: UUID, action: str) -> HttpResponse:
    status, _, was = action.partition(":")
    with _unit(request, ref, "desk:enquiry:set-status") as permit:
        actions.set_status(
            permit=permit, ref=ref, status=status, was=was, by=permit.by, at=permit.at
        )
    return _done(request, ref, status)


@contextmanager
def _unit(request: HttpRequest, ref: UUID, verb: str) -> Iterator[Permit]:
    """Open the unit of work about the one person whose enquiry this is: a stranger."""
    by = who.staff(request, policy=clinic.policy(request), purpose=PURPOSE)
    person = queries.person_of(ref)
    with gate.open(
        by=by, purpose=PURPOSE, people=[person], verb=verb, at=clock.now()
    ) as permit:
        own.refuse(request, [person], permit=permit)
        yield permit


def _done(request: HttpRequest, ref: UUID, what: str) -> HttpResponse:
    request.session["desk.done"] = what
    return HttpResponseRedirect(reverse("desk:enquiry", args=[ref]))
