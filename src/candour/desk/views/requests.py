"""Data requests: which are open, one of them, and making sure who asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from candour import gate
from candour.core import clock
from candour.core.actor import Actor
from candour.core.errors import Conflict, Invalid, NotFound
from candour.desk import asked, own
from candour.desk.forms import RequestFilter, WhoAsks
from candour.disclosures import queries as disclosures
from candour.disposal import queries as disposals
from candour.disposal.plan import plan
from candour.people.merge import NotOne
from candour.policy.terms import Reach
from candour.register.permit import Permit
from candour.rights import circle, identity, queries
from candour.rights.circle import Circle
from candour.rights.queries import Status
from candour.web import clinic, pages, who

if TYPE_CHECKING:
    from candour.rights.models import Request

PURPOSE = "rights"
LISTED = (
    "That you opened this list is on the trail, and each person in it can see that."
)
CONFIRM = "confirm"
CONFIRMED = "It is settled who asks. The request goes on as theirs."
REFUSED = "Refused. The letter is on its way to whoever asked."
THEIRS = (
    "This request is of somebody we know already. Their record has to be among those"
    " you tick."
)


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Show requests with their clocks, the one due first at the top."""
    policy, now = clinic.policy(request), clock.now()
    by = who.staff(request, policy=policy, purpose=PURPOSE, reach=Reach.DAY)
    wanted = RequestFilter.of_address(request.GET)
    with gate.open(
        by=by, purpose=PURPOSE, reach=Reach.DAY, verb="desk:request:list", at=now
    ) as permit:
        context = _list(wanted, permit, now)
        context["to_destroy"] = len(disposals.to_destroy())
        return pages.page(
            request, "desk/requests.html", context, permit=permit, note=LISTED
        )


def _list(wanted: RequestFilter, permit: Permit, now: datetime) -> dict[str, Any]:
    found = queries.requests(
        permit=permit,
        which=wanted.which,
        kind=wanted.kind,
        sort=wanted.sort,
        number=wanted.number,
    )
    waiting = None
    if wanted.which == "open":
        waiting = queries.requests(permit=permit, which="link", kind=wanted.kind)
    return asked.listed(found, waiting, wanted, queries.counts(permit=permit), now)


@contextmanager
def opened(
    request: HttpRequest, ref: UUID, by: Actor, at: datetime
) -> Iterator[tuple[Permit, "Request", Circle]]:
    """Open a request and all who hold its address, unless who asks is one of them."""
    with circle.opened(ref=ref, by=by, verb="desk:request:read", at=at) as found:
        permit, _, around = found
        everybody = {around.owner, *around.known, *around.locked}
        own.refuse(request, everybody, permit=permit)
        yield found


@require_http_methods(["GET", "HEAD", "POST"])
def request(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show one request; take from staff who it is that asks."""
    by = who.staff(request, policy=clinic.policy(request), purpose=PURPOSE)
    if request.method == "POST":
        return _confirm(request, ref, by)
    done = REFUSED if request.session.pop("desk.done", "") == "refused" else ""
    return _show(request, ref, by, done=done)


def _show(
    request: HttpRequest,
    ref: UUID,
    by: Actor,
    *,
    form: WhoAsks | None = None,
    done: str = "",
    code: str = "",
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    with opened(request, ref, by, now) as (permit, _, around):
        stands = queries.status(ref, permit=permit)
        asks = (form or _asks(around, permit)) if stands.is_unsure else None
        context = asked.one(stands, asks, permit=permit, now=now)
        context |= {
            "done": done,
            "code": code,
            "nothing_goes": _nothing_goes(stands, around, permit),
            "paper": _paper(stands, around, permit),
        }
        return pages.page(
            request, "desk/request.html", context, permit=permit, status=status
        )


def _nothing_goes(stands: Status, around: Circle, permit: Permit) -> bool:
    """Say whether an erasure waits for its person, who can decide nothing."""
    waits = stands.kind == "erasure" and stands.state == "open"
    if not waits or stands.confirmed_at is not None:
        return False
    return not plan(around.owner, permit=permit).goes


def _paper(stands: Status, around: Circle, permit: Permit) -> list[str]:
    """Return where paper of theirs is, which somebody fetches for a copy."""
    if stands.kind != "access":
        return []
    rows = disclosures.places(around.owner, permit=permit)
    return [str(row.locator) for row in rows]


def _asks(around: Circle, permit: Permit) -> WhoAsks:
    return WhoAsks(identity.candidates(around, permit=permit))


def _confirm(request: HttpRequest, ref: UUID, by: Actor) -> HttpResponse:
    """Take whose records these are and how staff know it; say the code to tell them.

    The code is on this page alone, once: it is kept nowhere.
    """
    now = clock.now()
    with opened(request, ref, by, now) as (permit, _, around):
        if request.POST.get("action") != CONFIRM:
            raise Invalid("There is no such step.")
        if not queries.status(ref, permit=permit).is_unsure:
            raise Conflict
        form = _asks(around, permit)
    if not form.read(request.POST):
        return _again(request, ref, by, form)
    people = [UUID(value) for value in form.people.values]
    try:
        settled = identity.confirm(
            ref=ref, people=people, how=form.how.value, by=by, at=now
        )
    except NotOne as error:
        form.people.error = str(error)
        return _again(request, ref, by, form, status=HTTPStatus.CONFLICT)
    except NotFound:
        form.people.error = THEIRS
        return _again(request, ref, by, form)
    return _show(request, settled.request.ref, by, done=CONFIRMED, code=settled.code)


def _again(
    request: HttpRequest,
    ref: UUID,
    by: Actor,
    form: WhoAsks,
    *,
    status: int = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> HttpResponse:
    return _show(request, ref, by, form=form, status=status)
