"""Who waits for a time, and who should come back."""

from datetime import date, timedelta
from http import HTTPStatus
from itertools import islice
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from candour import gate
from candour.appointments import office, queries, sites, times
from candour.appointments.actions import after as come_back
from candour.appointments.actions import waiting as waiting_list
from candour.appointments.actions.waiting import Asked
from candour.catalogue import queries as catalogue
from candour.core import clock
from candour.core.clock import local_date
from candour.core.errors import Conflict, Invalid, NotFound
from candour.desk import own, shown_diary, wording
from candour.desk.forms_diary import day_of, number_of, slot_value
from candour.desk.typed import ref_of
from candour.desk.views import diary
from candour.desk.views.diary import PURPOSE
from candour.desk.wording_diary import SOURCES, WEEKDAYS, spans
from candour.people import queries as people
from candour.register.permit import Permit, Row
from candour.web import clinic, pages, who, words

OFFERED = 3  # free times beside each who waits
SOON = timedelta(days=30)  # how far ahead recalls are shown
LISTED = (
    "That you opened this list is on the trail, and each person in it can see that."
)
SPANS = 3  # spans of the week that one form asks


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Show who waits, each with the free times that they said they can come."""
    with diary.opened(request, "desk:waiting:list") as permit:
        rows, hidden = queries.waiting(permit=permit)
        mine = own.records(request, permit=permit)
        fits = _Fits(permit)
        context = {
            "rows": [_row(row, fits, permit) for row in rows if row.person not in mine],
            "hidden": hidden,
            "done": request.session.pop("desk.done", ""),
        }
        return pages.page(
            request, "desk/diary/waiting.html", context, permit=permit, note=LISTED
        )


class _Fits:
    """Free times of the next two weeks, looked up once for each service and site."""

    def __init__(self, permit: Permit) -> None:
        self._permit = permit
        self._known: dict[tuple[int, str], office.Known] = {}
        self._services = {one.pk: one for one in catalogue.menu()}

    def of(self, row: Row) -> list[dict[str, Any]]:
        """Return the first free times that somebody who waits can come."""
        service = self._services.get(row.service)
        if service is None:
            return []
        now = self._permit.at
        known = self._known.get((row.service, row.site))
        if known is None:
            known = self._known[row.service, row.site] = office.known(
                site=row.site,
                since=local_date(now),
                count=14,
                service=service,
                permit=self._permit,
            )
        staff = [row.staff] if row.staff else []
        found = office.free_in(known, service, since=now, staff=staff)
        return [
            {"value": slot_value(slot.starts_at, slot.staff), "at": slot.starts_at}
            for slot in islice(
                (slot for slot in found if _can(row, slot.starts_at, slot.ends_at)),
                OFFERED,
            )
        ]


def _can(row: Row, starts_at: Any, ends_at: Any) -> bool:
    day = local_date(starts_at)
    until: date | None = wording.given(row.until_on)
    since: date = wording.given(row.from_on) or day
    if day < since or (until is not None and day > until):
        return False
    return times.suits(wording.given(row.available) or [], starts_at, ends_at)


def _row(row: Row, fits: _Fits, permit: Permit) -> dict[str, Any]:
    service = next((s for s in catalogue.menu() if s.pk == row.service), None)
    book = reverse("desk:visit-new") + f"?person={row.person__ref}"
    if service is not None:
        book += f"&service={service.ref}&site={row.site}"
    return {
        "ref": row.ref,
        "name": wording.given(row.person__name),
        "what": wording.given(row.what),
        "site": shown_diary.site_name(row.site, permit.policy),
        "when": spans(wording.given(row.available) or []),
        "from_on": wording.given(row.from_on),
        "until_on": wording.given(row.until_on),
        "note": wording.given(row.note) or "",
        "since": row.made_at,
        "book_url": book,
        "fits": [{**one, "url": f"{book}&slot={one['value']}"} for one in fits.of(row)],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def wait(request: HttpRequest) -> HttpResponse:
    """Put somebody on the waiting list, with when they can come."""
    ref = ref_of(request.GET.get("person", ""))
    if ref is None:
        raise NotFound
    if request.method != "POST":
        return _ask(request, ref)
    try:
        with _unit(request, ref, "desk:waiting:add") as permit:
            [pk] = permit.people
            own.refuse(request, [pk], permit=permit)
            asked = _asked(request, permit)
            waiting_list.wait(
                permit=permit, person_id=pk, asked=asked, by=permit.by, at=permit.at
            )
    except (Conflict, Invalid) as error:
        return _ask(request, ref, wrong=str(error), status=error.status)
    request.session["desk.done"] = "They are on the waiting list."
    return HttpResponseRedirect(reverse("desk:waiting"))


def _unit(request: HttpRequest, person: UUID, verb: str) -> Any:
    by = who.staff(request, policy=clinic.policy(request), purpose=PURPOSE)
    whom = [gate.person_of(person)]
    return gate.open(by=by, purpose=PURPOSE, people=whom, verb=verb, at=clock.now())


def _asked(request: HttpRequest, permit: Permit) -> Asked:
    sent, today = request.POST, local_date(permit.at)
    service = ref_of(sent.get("service", ""))
    if service is None:
        raise Invalid("Choose what they wait for.")
    until = sent.get("until_on", "")
    return Asked(
        service=service,
        site=sent.get("site", ""),
        staff=number_of(sent.get("staff", "")),
        from_on=day_of(sent.get("from_on", ""), today),
        until_on=day_of(until, today) if until else None,
        available=_spans(sent),
        note=sent.get("note", "").replace("\0", "").strip(),
        source=sent.get("source", ""),
    )


def _spans(sent: Any) -> list[str]:
    """Return the spans that the form's three lines say; an empty line says nothing."""
    found = []
    for number in range(SPANS):
        day, since, until = (
            sent.get(f"{name}-{number}", "") for name in ("weekday", "since", "until")
        )
        if day:
            found.append(f"{day} {since or '00:00'}-{until or '23:59'}")
    return found


def _ask(
    request: HttpRequest, ref: UUID, *, wrong: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    with _unit(request, ref, "desk:waiting:choose") as permit:
        [pk] = permit.people
        own.refuse(request, [pk], permit=permit)
        header = people.header(pk, permit=permit)
        sent = request.POST if request.method == "POST" else request.GET
        context = {
            "patient": {"name": wording.given(header.name), "ref": ref},
            "wrong": wrong,
            "sent": {key: value for key, value in sent.items() if value},
            "services": [(str(s.ref), s.name) for s in catalogue.menu()],
            "sites": [(s.slug, s.name) for s in sites.of(permit.policy)],
            "weekdays": list(WEEKDAYS.items()),
            "lines": [_line(sent, number) for number in range(SPANS)],
            "sources": [
                one for one in SOURCES.items() if one[0] in permit.policy.collected_from
            ],
            "today": local_date(permit.at),
        }
        return pages.page(
            request, "desk/diary/wait.html", context, permit=permit, status=status
        )


def _line(sent: Any, number: int) -> dict[str, Any]:
    named = {name: sent.get(f"{name}-{number}", "") for name in ("since", "until")}
    return {
        "number": number,
        "day": sent.get(f"weekday-{number}", ""),
        **named,
    }


@require_POST
def stop_waiting(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Take somebody off the waiting list."""
    by = who.staff(request, policy=clinic.policy(request), purpose=PURPOSE)
    with gate.open(
        by=by,
        purpose=PURPOSE,
        people=[queries.person_waiting(ref)],
        verb="desk:waiting:end",
        at=clock.now(),
    ) as permit:
        waiting_list.end(permit=permit, ref=ref, by=permit.by, at=permit.at)
    request.session["desk.done"] = "They are no longer on the waiting list."
    return HttpResponseRedirect(reverse("desk:waiting"))


@require_safe
def recalls(request: HttpRequest) -> HttpResponse:
    """Show who should come back, the longest due first."""
    with diary.opened(request, "desk:recall:list") as permit:
        today = local_date(permit.at)
        rows, hidden = queries.recalls(permit=permit, until=today + SOON)
        mine = own.records(request, permit=permit)
        services = {one.pk: one for one in catalogue.everything()}
        context = {
            "rows": [
                {
                    "ref": row.ref,
                    "name": wording.given(row.person__name),
                    "what": wording.given(row.what),
                    "due_on": wording.given(row.due_on),
                    "late": row.due_on < today,
                    "written_at": wording.given(row.written_at),
                    "book_url": reverse("desk:visit-new") + f"?person={row.person__ref}"
                    f"&service={services[row.service].ref}",
                }
                for row in rows
                if row.person not in mine
            ],
            "hidden": hidden,
            "clause": words.number(permit.policy, permit.decision.clause),
            "done": request.session.pop("desk.done", ""),
        }
        return pages.page(
            request, "desk/diary/recalls.html", context, permit=permit, note=LISTED
        )


@require_POST
def recall(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say that somebody need not come back."""
    by = who.staff(request, policy=clinic.policy(request), purpose=PURPOSE)
    with gate.open(
        by=by,
        purpose=PURPOSE,
        people=[queries.person_recalled(ref)],
        verb="desk:recall:end",
        at=clock.now(),
    ) as permit:
        come_back.end_recall(permit=permit, ref=ref, by=permit.by, at=permit.at)
    request.session["desk.done"] = "They need not come back for this."
    return HttpResponseRedirect(reverse("desk:recalls"))
