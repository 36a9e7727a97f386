"""What the pages of data requests show: each request with its clock, in words."""

from collections.abc import Iterable
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.urls import reverse

from candour.accounts import queries as accounts
from candour.core.clock import local_date
from candour.desk import wording
from candour.desk.forms import RequestFilter, WhoAsks
from candour.policy.compile import Policy
from candour.register.permit import Permit
from candour.rights import queries, refusing
from candour.rights.queries import Counts, Happened, Page, Status
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
        "withdrawn": "Called off by whoever asked",
        "expired": "Ended by itself",
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
        "refused": "Refused",
        "erased": "Erased, with a certificate",
        "lapsed": "Ended: nobody opened the link in time",
        "reminded": "Reminded: nothing is erased before they say so",
        "not-decided": "Ended: they did not say that we should go on",
    }
)
WHICH = MappingProxyType(
    {
        "open": "To answer",
        "link": "Waiting for their link",
        "ended": "Answered or ended",
        "all": "All",
    }
)
EMPTY = MappingProxyType(
    {
        "open": (
            "Nothing to answer",
            "When someone asks for a copy or to be erased, the request appears here"
            " with the day it is due.",
        ),
        "link": (
            "No link is waited for",
            "When someone asks, we send a link to their address. Until it is opened,"
            " the request is here.",
        ),
        "ended": (
            "Nothing has ended yet",
            "What was answered, refused or called off is found here later.",
        ),
        "all": ("No requests yet", "Nobody has asked for a copy or to be erased yet."),
    }
)
COLUMNS = (
    # heading, the order it gives, and the order it gives when that is already so
    ("Request", "number", "-number"),
    ("Kind", "", ""),
    ("From", "", ""),
    ("Came", "came", "-came"),
    ("Due", "due", "-due"),
    ("Where it stands", "", ""),
    ("Clock", "", ""),
)


def listed(
    found: Page,
    waiting: Page | None,
    wanted: RequestFilter,
    counts: Counts,
    now: datetime,
) -> dict[str, Any]:
    """Return the context of desk/requests.html.

    `waiting` is what waits for its link, shown under what is to be answered.
    """
    today = local_date(now)
    kinds = [{"value": "", "label": "All kinds"}]
    kinds += [{"value": value, "label": label} for value, label in KINDS.items()]
    title, text = EMPTY[wanted.which]
    if wanted.kind:
        title, text = "None of this kind", "Choose all kinds to see the others."
    return {
        "filter": {
            "kind": wanted.kind,
            "kinds": kinds,
            "state": wanted.which,
            "states": [{"value": v, "label": said} for v, said in WHICH.items()],
            "sort": wanted.sort,
            "active": wanted.active,
        },
        "title": WHICH[wanted.which],
        "counts": counts,
        "columns": [_column(wanted, *column) for column in COLUMNS],
        "rows": [row(status, today) for status in found.rows],
        "page": _pager(found, wanted),
        "empty": {"title": title, "text": text},
        "waiting": _waiting(waiting, wanted, today),
    }


def _waiting(
    waiting: Page | None, wanted: RequestFilter, today: date
) -> dict[str, Any] | None:
    if waiting is None or not waiting.rows:
        return None
    return {
        "rows": [row(status, today) for status in waiting.rows],
        "columns": [{"label": label, "url": "", "sort": ""} for label, *_ in COLUMNS],
        "more": max(0, waiting.total - len(waiting.rows)),
        "url": wanted.query(which="link", number=1),
    }


def _column(
    wanted: RequestFilter, label: str, order: str, opposite: str
) -> dict[str, str]:
    now = bool(order) and wanted.sort in (order, opposite)
    turned = opposite if wanted.sort == order else order
    direction = "descending" if wanted.sort.startswith("-") else "ascending"
    return {
        "label": label,
        "url": wanted.query(sort=turned, number=1) if order else "",
        "sort": direction if now else "",
    }


def _pager(found: Page, wanted: RequestFilter) -> dict[str, Any]:
    first = (found.number - 1) * queries.PAGE + 1
    before, after = found.number > 1, found.number < found.pages
    return {
        "number": found.number,
        "pages": found.pages,
        "first": first,
        "last": first + len(found.rows) - 1,
        "count": found.total,
        "previous_url": wanted.query(number=found.number - 1) if before else "",
        "next_url": wanted.query(number=found.number + 1) if after else "",
        "things": "request" if found.total == 1 else "requests",
    }


def row(status: Status, today: date) -> dict[str, Any]:
    """Return a request as a line of the list."""
    came = local_date(status.received_at)
    state, word = clock(status, today)
    return {
        "ref": status.ref,
        "number": status.number,
        "kind": KINDS[status.kind],
        "from_": _from(status),
        "came_on": came,
        "due_on": status.answer_by,
        "stage": stage(status),
        "state": state,
        "word": word,
        "used": min(max(0, (today - came).days), (status.answer_by - came).days),
        "of": max(1, (status.answer_by - came).days),
    }


def _from(status: Status) -> str:
    """Return who asked: until the link is opened, anybody may have typed an address."""
    if not status.name:
        return "Not known yet"
    return f"Perhaps {status.name}" if status.state == "waiting-link" else status.name


def stage(status: Status) -> str:
    """Return where a request stands, in words."""
    if status.state != "open":
        return STAGES[status.state]
    if status.kind == "erasure" and status.confirmed_at:
        return "Being erased and checked"
    return OPEN_STAGES[status.kind]


def clock(status: Status, today: date) -> tuple[str, str]:
    """Return the mark and the words of a request's clock."""
    if status.state not in (*queries.TO_ANSWER, *queries.WAITING):
        return ("kept", "Answered") if status.answered_at else ("quiet", "Ended")
    left = (status.answer_by - today).days
    if left < 0:
        return "wrong", f"{_days(-left)} late"
    if left == 0:
        return "wrong", "Due today"
    return "due" if left <= SOON else "quiet", f"{_days(left)} left"


def one(
    status: Status, asks: WhoAsks | None, *, permit: Permit, now: datetime
) -> dict[str, Any]:
    """Return the context of desk/request.html; `asks` while it is not known who does.

    That is the form with which staff settle it, as it was sent if it came back.
    """
    steps = queries.steps(status.ref, permit=permit)
    return {
        "asked": line(status, permit.policy, local_date(now)),
        "events": _events(steps),
        "facts": _facts(status, permit.policy),
        "asks": asks.shown() if asks else None,
        "tries_left": status.tries_left,
        "letter": refusing.letter_sent(status.ref, permit=permit),
        "refuse_url": _refuse_url(status),
    }


def line(status: Status, policy: Policy, today: date) -> dict[str, Any]:
    """Return a request as the pages about it alone name it."""
    return {
        **row(status, today),
        "kind": KINDS[status.kind].lower(),
        "law_by": status.due_on,
        "clause": words.number(policy, status.clause),
    }


def _refuse_url(status: Status) -> str:
    """Return where to refuse the request, or nothing once it has its answer."""
    decided = status.answered_at is not None or status.confirmed_at is not None
    if decided or status.state not in refusing.REFUSABLE:
        return ""
    return reverse("desk:refuse", args=[status.ref])


def _events(steps: Iterable[Happened]) -> list[dict[str, Any]]:
    listed = list(steps)
    staff = {one.by.removeprefix("staff:") for one in listed if _is_staff(one)}
    names = accounts.names_of(staff) if staff else {}
    return [_event(step, names) for step in reversed(listed)]


def _is_staff(step: Happened) -> bool:
    return step.by.startswith("staff:")


def _event(step: Happened, names: dict[str, str]) -> dict[str, Any]:
    by = names.get(step.by.removeprefix("staff:"), "") if _is_staff(step) else ""
    said = [step.ground] if step.ground else []
    said += [f"By {by}"] if by else []
    return {
        "at": step.at,
        "title": STEPS.get(step.what) or wording.plainly(step.what),
        "text": ". ".join(said),
    }


def _facts(status: Status, policy: Policy) -> list[dict[str, str]]:
    facts = []
    if status.verified_at:
        facts.append(("Address", "Proven by a link"))
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
