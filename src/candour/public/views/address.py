"""Answering whether an address is one's own, and stopping news and offers."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from candour.core import clock
from candour.core.actor import VISITOR
from candour.public import offers
from candour.public.forms import StopForm
from candour.rights import addresses, stopping
from candour.web import clinic, limits, pages, words

AT_MOST, SECONDS = 30, 600


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whoever reads an address if it is theirs; later, let them stop offers.

    Opening the page does nothing, so that a mail program's look settles nothing.
    """
    limits.spend("address", limits.client(request), at_most=AT_MOST, seconds=SECONDS)
    now = clock.now()
    if request.method == "POST":
        choice = request.POST.get("choice")
        if choice in {"mine", "mine-and-offers"}:
            addresses.own(token, offers=choice == "mine-and-offers", at=now)
        elif choice == "not-mine":
            addresses.disown(token, at=now)
        elif choice == "stop":
            addresses.stop(token, at=now)
        return HttpResponseRedirect(request.path)
    context = _shown(addresses.said(token, at=now))
    return pages.private(pages.page(request, "public/address.html", context))


def _shown(said: addresses.Said) -> dict[str, Any]:
    state = "mine" if said.proven else "not-mine" if said.wrong else "asked"
    return {
        "state": state,
        "waits": words.listed(_ways(said.waits)),
        "has_waits": bool(said.waits),
        "sent": words.listed(_ways(said.sent)),
        "has_sent": bool(said.sent),
    }


def _ways(channels: tuple[str, ...]) -> list[str]:
    return [offers.CHANNELS[channel].lower() for channel in channels]


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest) -> HttpResponse:
    """Take a stop from anybody, and say the same to everybody."""
    form = StopForm()
    if request.method == "POST":
        limits.spend("stop", limits.client(request), at_most=AT_MOST, seconds=SECONDS)
        if form.read(request.POST):
            stopping.ask(
                address=form.address.answer,
                brand=clinic.brand(request).slug,
                by=VISITOR,
                at=clock.now(),
            )
            return HttpResponseRedirect(reverse("public:stopped"))
    policy, shown = clinic.policy(request), form.shown()
    context = {"form": shown, "clause": words.number(policy, policy.marketing.clause)}
    status = 422 if shown["errors"] else 200
    return pages.private(
        pages.page(request, "public/stop.html", context, status=status)
    )


@require_safe
def stopped(request: HttpRequest) -> HttpResponse:
    """Say that it is done, and nothing of who asked."""
    return pages.page(request, "public/stopped.html", {})
