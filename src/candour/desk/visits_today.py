"""The visits of this day, for the page that a member of staff starts on."""

from typing import Any

from django.http import HttpRequest

from candour import gate
from candour.accounts import queries as accounts
from candour.appointments import queries
from candour.core.actor import Actor
from candour.core.clock import local_date
from candour.desk import own, shown_diary
from candour.policy.terms import Reach
from candour.register.permit import Permit
from candour.web import who, words

PURPOSE = "appointments"
MOST = 12  # visits on the page; the calendar has the rest


def of(request: HttpRequest, by: Actor | None, *, now: Any) -> dict[str, Any] | None:
    """Return what is still to come today, or None where no role of theirs may list it.

    Whoever sees people has their own visits here, everybody else those of the clinic.
    """
    if by is None:
        return None
    with gate.open(
        by=by, purpose=PURPOSE, reach=Reach.DAY, verb="desk:calendar:today", at=now
    ) as permit:
        day = local_date(now)
        staff = _sees_people(request)
        found = queries.diary(permit=permit, since=day, until=day, staff=staff)
        coming = [
            visit
            for visit in found.visits
            if visit.row.status in shown_diary.HOLDING[:3]
        ]
        mine = own.records(request, permit=permit)
        return {
            "own": staff is not None,
            "rows": [
                shown_diary.line(visit, permit.policy, steps=False, mine=mine)
                for visit in coming[:MOST]
            ],
            "more": max(0, len(coming) - MOST),
            "hidden": found.hidden,
            "clause": _clause(permit),
        }


def _sees_people(request: HttpRequest) -> int | None:
    member = who.member(request)
    if member is None:
        return None
    staff = accounts.by_ref(member.ref)
    return staff.pk if accounts.sees_people(staff) else None


def _clause(permit: Permit) -> str:
    return words.number(permit.policy, permit.decision.clause)
