"""The shell of the patient file: who it is about, what stands above every tab.

Each tab's view opens its person here and renders through `page`:

    @patient.tab
    def letters(request, ref):
        with patient.opened(request, ref, verb="desk:letters:read") as opened:
            context = shown_letters.listed(opened.pk, permit=opened.permit)
            return patient.page(request, opened, "desk/letters/list.html", context)

One page is one permit: for `care` where a role of theirs has it, else for the day's
`appointments`. A tab is offered when it exists and the purpose covers what it shows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse

from candour import gate
from candour.core import clock
from candour.core.errors import NotFound, Refused
from candour.desk import own, wording
from candour.people import merge, sought
from candour.people import queries as people
from candour.register.permit import Permit, Row
from candour.web import clinic, pages, who, words

CARE, DAY, EMERGENCY = "care", "appointments", "emergency"
RESTRICTED = "rights.restriction"

# What was just done, by what the session remembers of it over a redirect.
DONE = {
    "registered": "They are registered.",
    "changed": "The details are changed, and what they were is kept.",
    "contact": "The ways to reach them are changed.",
    "permission": "What they said is written down, and holds from now.",
    "tie": "Who belongs to them is changed.",
    "check": "What was checked is written down.",
    "told": "It is written down that they were told.",
    "died": "Their death is written down. No message goes out any more.",
    "note": "The note is kept on the timeline.",
    "joined": "The two records are one. This can be undone for 30 days.",
    "undone": "The two records are apart again, as they were.",
    "insurer": "The insurer is written down.",
}

# What other layers put above every tab: functions of (person id, permit).
Alert = Mapping[str, str]  # state: "wrong" | "due"; title; text
ALERTS: list[Callable[[int, Permit], Sequence[Alert]]] = []
NEXT_VISITS: list[Callable[[int, Permit], dict[str, Any] | None]] = []


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of the file; `needs` is data of which the purpose must cover some."""

    name: str
    label: str
    needs: tuple[str, ...] = ()


TABS = (
    Tab("patient", "Summary"),
    Tab("patient-forms", "Forms", ("health", "consent-to-treatment", "treatment")),
    Tab("patient-record", "Record", ("treatment", "notes", "health")),
    Tab("patient-photographs", "Photographs", ("images",)),
    Tab("patient-letters", "Letters", ("correspondence", "treatment")),
    Tab("patient-appointments", "Appointments", ("appointments",)),
    Tab("patient-timeline", "Timeline"),
    Tab("patient-documents", "Documents", ("treatment", "images", "correspondence")),
    Tab("patient-details", "Details"),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """One person's file as it is open for one page."""

    pk: int
    ref: UUID
    permit: Permit
    person: Row

    @property
    def age(self) -> int | None:
        """Return the person's age in whole years, where a birth date is held."""
        return self.permit.facts[self.pk].age


@contextmanager
def opened(
    request: HttpRequest, ref: UUID, *, verb: str, purpose: str = ""
) -> Iterator[Opened]:
    """Open the file of the person `ref`, for the purpose that fits who asks.

    Raises NotFound for nobody, and Refused where the notice keeps it shut, or where it
    is the file of who asks.
    """
    policy, now = clinic.policy(request), clock.now()
    wanted = purpose or purpose_of(request)
    by = who.staff(request, policy=policy, purpose=wanted)
    pk = gate.person_of(ref)
    with gate.open(by=by, purpose=wanted, people=[pk], verb=verb, at=now) as permit:
        own.refuse(request, [pk], permit=permit)
        yield Opened(pk, ref, permit, people.header(pk, permit=permit))


def purpose_of(request: HttpRequest) -> str:
    """Return `care` where a role of theirs may open a file for it, else the day's."""
    policy = clinic.policy(request)
    found = who.member(request)
    roles = found.roles if found else ()
    cares = any(policy.decide(role, CARE).allowed for role in roles)
    return CARE if cares else DAY


def page(
    request: HttpRequest,
    opened: Opened,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Return a tab of the file, under its header. Call it inside the unit of work."""
    given = {
        "done": DONE.get(request.session.pop("desk.done", ""), ""),
        **(context or {}),
        "patient": header(request, opened),
        "tabs": tabs(request, opened),
    }
    return pages.page(request, template, given, permit=opened.permit, status=status)


def header(request: HttpRequest, opened: Opened) -> dict[str, Any]:
    """Return who the file is about, as desk/patient/base.html takes it."""
    row, permit = opened.person, opened.permit
    alerts = [alert for source in ALERTS for alert in source(opened.pk, permit)]
    planned = NEXT_VISITS if permit.covers("appointments") else []
    visits = [visit for source in planned if (visit := source(opened.pk, permit))]
    return {
        "ref": opened.ref,
        "name": wording.given(row.name),
        "preferred": _other_name(row),
        "pronouns": wording.given(row.patient__pronouns) or "",
        "born_on": wording.given(row.standing__born_on),
        "age": opened.age,
        "number": sought.patient_number(wording.given(row.patient__number)),
        "died_on": wording.given(row.standing__died_on),
        "restricted_at": row.standing__restricted_at,
        "alerts": alerts,
        "next": visits[0] if visits else None,
    }


def _other_name(row: Row) -> str:
    preferred = wording.given(row.preferred_name) or ""
    return preferred if preferred != row.name else ""


def tabs(request: HttpRequest, opened: Opened) -> list[dict[str, Any]]:
    """Return the tabs there are, the one that is open marked."""
    here = _here(request)
    return [
        {"label": tab.label, "url": url, "current": tab.name == here}
        for tab in TABS
        if _covered(tab, opened.permit) and (url := _url(tab, opened.ref))
    ]


def _here(request: HttpRequest) -> str:
    """Return the tab that a page belongs to: `patient-record-note` is in the record."""
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    inside = [t.name for t in TABS if name == t.name or name.startswith(f"{t.name}-")]
    return max(inside, key=len, default="")


def _covered(tab: Tab, permit: Permit) -> bool:
    return not tab.needs or any(map(permit.covers_part, tab.needs))


def _url(tab: Tab, ref: UUID) -> str:
    try:
        return reverse(f"desk:{tab.name}", args=[ref])
    except NoReverseMatch:
        return ""


View = Callable[..., HttpResponse]


def tab(view: View) -> View:
    """Let a tab's view answer a restriction with what stays open: the alerts.

    A file that was joined to another leads to the one it became.
    """

    @wraps(view)
    def answered(request: HttpRequest, ref: UUID, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, ref, **kwargs)
        except NotFound:
            now = merge.called(ref)
            if now is None or request.method not in {"GET", "HEAD"}:
                raise
            return HttpResponseRedirect(reverse("desk:patient", args=[now]))
        except Refused as refused:
            if refused.clause != RESTRICTED:
                raise
            return _shut(request, ref, refused)

    return answered


def _shut(request: HttpRequest, ref: UUID, refused: Refused) -> HttpResponse:
    """Show that the file is shut, and its alerts to whoever may protect a life."""
    policy = clinic.policy(request)
    told = {**words.refusal(policy, refused, at_desk=True), "heading": "h2"}
    told["title"] = "This file is restricted"
    told["instead"] = None
    by = who.staff(request, policy=policy, purpose=EMERGENCY)
    if not policy.decide(by.role, EMERGENCY).allowed:
        raise refused
    with opened(request, ref, verb="desk:patient:alerts", purpose=EMERGENCY) as in_need:
        context = {
            "refusal": told,
            "restricted": True,
            "patient": header(request, in_need),
            "tabs": [],
        }
        return pages.page(
            request,
            "desk/patient/restricted.html",
            context,
            permit=in_need.permit,
            status=HTTPStatus.FORBIDDEN,
        )
