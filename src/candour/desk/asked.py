"""What the pages of data requests show: each request with its clock, in words."""

from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.http import QueryDict

from candour.core.clock import local_date
from candour.desk import wording
from candour.policy.compile import Policy
from candour.register.permit import Permit
from candour.rights import identity, queries
from candour.rights.circle import Circle
from candour.rights.queries import Happened, Status
from candour.web import words

SOON = 7  # days before a request is due at which it stands out
KINDS = MappingProxyType({"access": "Copy of data", "erasure": "Erasure"})
STAGES = MappingProxyType(
    {
        "waiting-link": "Waiting for the link to be opened",
        "waiting-identity": "Waiting to know who asks",
        "ready": "Ready, waiting to be fetched",
        "done": "Answered",
        "refused": "Refused, with the reason",
        "withdrawn": "Called off",
        "expired": "Lapsed: nobody opened the link",
    }
)
OPEN_STAGES = MappingProxyType(
    {"access": "The copy is being made", "erasure": "Waiting for them to decide"}
)
STEPS = MappingProxyType(
    {
        "received": "Asked on the public site",
        "address-proven": "The link was opened: the address is theirs",
        "more-asked": "One more detail was asked for",
        "identity-not-matched": "An answer did not fit anybody",
        "identity-for-staff": "Five answers did not fit: staff go on",
        "identified": "It is settled who asks",
        "time-runs-from-proof": "The time counts from the proof of who asks",
        "copy-made": "The copy was made",
        "copy-fetched": "The copy was fetched",
        "copy-removed": "The copy’s time was up, and its file was removed",
        "look-again": "Something changed: the plan has to be looked at again",
        "withdrawn": "Called off",
        "erased": "Erased, with a certificate",
        "lapsed": "Nobody opened the link in time",
    }
)
HOW = "Make sure first: call a number we held before, or meet them."


@dataclass(frozen=True, slots=True)
class Filter:
    """Which requests to show: of a kind, and open ones or every one."""

    kind: str = ""
    every: bool = False

    @classmethod
    def of_address(cls, query: QueryDict) -> "Filter":
        """Return the filter that a link holds; anything odd is read as the usual."""
        kind = query.get("kind", "")
        return cls(kind if kind in KINDS else "", query.get("state", "") == "all")


def listed(
    found: list[Status], wanted: Filter, everything: int, now: datetime
) -> dict[str, Any]:
    """Return the context of desk/requests.html."""
    rows = [s for s in found if not wanted.kind or s.kind == wanted.kind]
    kinds = [{"value": "", "label": "All kinds"}]
    kinds += [{"value": value, "label": label} for value, label in KINDS.items()]
    return {
        "filter": {
            "kind": wanted.kind,
            "kinds": kinds,
            "state": "all" if wanted.every else "open",
            "states": [
                {"value": "open", "label": "Open"},
                {"value": "all", "label": "All"},
            ],
        },
        "counts": {
            "open": sum(s.state in queries.TO_ANSWER for s in found),
            "all": everything,
        },
        "rows": [row(status, local_date(now)) for status in rows],
        "page": {
            "number": 1,
            "pages": 1,
            "first": 1,
            "last": len(rows),
            "count": len(rows),
            "previous_url": "",
            "next_url": "",
            "things": "requests",
        },
    }


def row(status: Status, today: date) -> dict[str, Any]:
    """Return a request as a line of the list."""
    came = local_date(status.received_at)
    state, word = clock(status, today)
    return {
        "ref": status.ref,
        "number": status.number,
        "kind": KINDS[status.kind],
        "from_": status.name or "Not known yet",
        "came_on": came,
        "due_on": status.answer_by,
        "stage": stage(status),
        "state": state,
        "word": word,
        "used": min(max(0, (today - came).days), (status.answer_by - came).days),
        "of": max(1, (status.answer_by - came).days),
    }


def stage(status: Status) -> str:
    """Return where a request stands, in words."""
    if status.state != "open":
        return STAGES[status.state]
    if status.kind == "erasure" and status.confirmed_at:
        return "Being erased and checked"
    return OPEN_STAGES[status.kind]


def clock(status: Status, today: date) -> tuple[str, str]:
    """Return the mark and the words of a request's clock."""
    if status.state not in queries.TO_ANSWER:
        return ("kept", "Answered") if status.answered_at else ("quiet", "Closed")
    left = (status.answer_by - today).days
    if left < 0:
        return "wrong", f"{_days(-left)} late"
    if left == 0:
        return "wrong", "Due today"
    return "due" if left <= SOON else "quiet", f"{_days(left)} left"


def one(ref: UUID, around: Circle, *, permit: Permit, now: datetime) -> dict[str, Any]:
    """Return the context of desk/request.html."""
    status = queries.status(ref, permit=permit)
    line = row(status, local_date(now))
    asks = identity.candidates(around, permit=permit) if status.is_unsure else []
    return {
        "asked": {
            **line,
            "kind": KINDS[status.kind].lower(),
            "law_by": status.due_on,
            "clause": words.number(permit.policy, status.clause),
        },
        "events": [
            _event(step) for step in reversed(queries.steps(ref, permit=permit))
        ],
        "facts": _facts(status, asks, permit.policy),
        "actions": [
            {
                "value": f"confirm:{person.ref}",
                "label": f"This is {person.name or 'somebody without a name'}",
                "danger": False,
                "hint": HOW if person is asks[-1] else "",
            }
            for person in asks
        ],
    }


def _event(step: Happened) -> dict[str, Any]:
    return {
        "at": step.at,
        "title": STEPS.get(step.what) or wording.plainly(step.what),
        "text": step.ground,
    }


def _facts(
    status: Status, asks: list[identity.Candidate], policy: Policy
) -> list[dict[str, str]]:
    facts = []
    if status.verified_at:
        facts.append(("Address", "Proven by a link"))
    for person in asks:
        reach = ", ".join(value for _, value in person.contacts)
        facts.append((f"Held for {person.name or 'no name'}", reach))
    if asks:
        facts.append(("Answers left", str(status.tries_left)))
    if status.copy is not None:
        fetched = status.copy.downloaded_at
        facts.append(("The copy", "Fetched" if fetched else "Not fetched yet"))
    clause = words.number(policy, "identity")
    return [
        {"label": label, "value": value, "clause": clause if label == "Address" else ""}
        for label, value in facts
    ]


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
