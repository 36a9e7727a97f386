"""Rendering pages. A page about a person says on top what it was opened for."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.register.permit import Permit
from candour.web import words

# What web/context.py gives every page: who is signed in, the clinic, the menu.
SHELL = {"clinic", "brand", "policy_banner", "mailbox", "staff", "menu"}
SEEN = "That you opened this is on the trail, and the person can see it."


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    permit: Permit | None = None,
    note: str = SEEN,
    status: int = 200,
) -> HttpResponse:
    """Return the rendered page; given a `permit`, one with its purpose bar.

    Rendering happens here and now, so call it inside the unit of work and return what
    it gives after the unit is committed. A page with a permit is kept by no cache.
    """
    given = dict(context or {})
    if hidden := SHELL & given.keys():
        raise ValueError(f"a page may not hide what the shell shows: {sorted(hidden)}")
    if permit is not None:
        given["opened"] = {
            "purpose": words.purpose(permit.policy, permit.purpose),
            "clause": words.number(permit.policy, permit.decision.clause),
            "note": note,
        }
    response = render(request, template, given, status=status)
    return private(response) if permit is not None else response


def private(response: HttpResponse) -> HttpResponse:
    """Mark a response as somebody's own: no cache keeps it.

    Its address stays within the site as it is (Referrer-Policy: same-origin). Stricter
    would not do: a browser then sends the page's forms with an empty origin.
    """
    response["Cache-Control"] = "no-store, private"
    return response
