"""Where a member of staff starts: what waits, what is due, what their role may open."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour import gate
from candour.core import clock
from candour.core.actor import Actor
from candour.core.clock import local_date
from candour.desk import asked, visits_today
from candour.enquiries import queries as enquiries
from candour.policy.compile import Policy
from candour.policy.terms import Reach
from candour.rights import queries as requests
from candour.web import clinic, pages, who, words


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Show the day. What a role may not count is not counted, and is no refusal."""
    policy, now = clinic.policy(request), clock.now()
    asked_for = _requests(request, policy, now)
    context = {
        "today": local_date(now),
        "tally": _tally(request, policy, now) + asked_for["tally"],
        "due": asked_for["due"],
        "late": asked_for["late"],
        "more": asked_for["more"],
        "visits": visits_today.of(
            request, _allowed(request, policy, visits_today.PURPOSE), now=now
        ),
        "may": _may(request, policy),
        "notice": _notice(request),
    }
    return pages.private(pages.page(request, "desk/today.html", context))


def _tally(request: HttpRequest, policy: Policy, now: datetime) -> list[dict[str, Any]]:
    by = _allowed(request, policy, "enquiry")
    if by is None:
        return []
    with gate.open(
        by=by, purpose="enquiry", reach=Reach.DAY, verb="desk:enquiry:count", at=now
    ) as permit:
        waiting = enquiries.count_new(permit=permit)
    url = reverse("desk:enquiries") + "?status=new"
    return [{"label": "New enquiries", "value": waiting, "note": "", "url": url}]


def _requests(request: HttpRequest, policy: Policy, now: datetime) -> dict[str, Any]:
    """Return the requests to answer and how many, without saying who asked."""
    by = _allowed(request, policy, "rights")
    if by is None:
        return {"due": None, "tally": [], "late": 0, "more": 0}
    with gate.open(
        by=by, purpose="rights", reach=Reach.DAY, verb="desk:request:list", at=now
    ) as permit:
        found = requests.requests(permit=permit)
        counts = requests.counts(permit=permit)
    rows = [asked.row(status, local_date(now)) for status in found.rows]
    return {
        "due": [_due(row) for row in rows],
        "tally": _waiting(counts),
        "late": counts.late,
        "more": found.total - len(rows),
    }


def _due(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "url": reverse("desk:request", args=[row["ref"]]),
        "number": row["number"],
        "what": row["kind"],
        "due_on": row["due_on"],
        "state": row["state"],
        "word": row["word"],
    }


def _waiting(counts: requests.Counts) -> list[dict[str, Any]]:
    url = reverse("desk:requests")
    late = f"{counts.late} late" if counts.late else ""
    told = [
        {"label": "Requests to answer", "value": counts.open, "note": late, "url": url}
    ]
    if counts.link:
        label, linked = "Waiting for their link", f"{url}?state=link"
        told.append({"label": label, "value": counts.link, "note": "", "url": linked})
    return told


def _allowed(request: HttpRequest, policy: Policy, purpose: str) -> Actor | None:
    """Return who asks, in a role that may list people for `purpose`; else None."""
    by = who.staff(request, policy=policy, purpose=purpose, reach=Reach.DAY)
    return by if policy.decide(by.role, purpose, Reach.DAY).allowed else None


def _may(request: HttpRequest, policy: Policy) -> list[dict[str, str]]:
    """Return each purpose that a role of theirs may open, with its clause."""
    member = who.member(request)
    roles = member.roles if member else ()
    return [
        {
            "words": words.purpose(policy, name)[:1].upper()
            + words.purpose(policy, name)[1:],
            "clause": words.number(policy, rule.clause),
        }
        for name, rule in policy.purposes.items()
        if any(policy.decide(role, name).allowed for role in roles)
    ]


def _notice(request: HttpRequest) -> str:
    version = clinic.version(request)
    since = local_date(version.published_at)
    return f"Policy {version.version}, in force since {since:%-d %B %Y}"
