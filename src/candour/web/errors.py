"""One page for each thing that can go wrong, in plain sentences and with its status.

The pages of the `plain` kind ask nothing of the database, because it may be what is
missing. A refusal names the clause that refuses, in the clause's own words.
"""

import sys
from http import HTTPStatus

import psycopg
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from candour.core.errors import CandourError, Refused
from candour.web import clinic, journal, words

# What the driver, its pool and Django raise when the database cannot be reached or
# cannot answer in time. In none of these cases was anything committed.
GONE = (
    OperationalError,
    InterfaceError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
)
PAGES = frozenset({400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503})


def plain(status: int, sentence: str = "", *, name: str = "") -> HttpResponse:
    """Return the page for `status`, with its own sentence or with `sentence`."""
    kind = name or str(status if status in PAGES else HTTPStatus.INTERNAL_SERVER_ERROR)
    body = render_to_string(f"web/errors/{kind}.html", {"sentence": sentence})
    response = HttpResponse(body, status=status)
    response["Cache-Control"] = "no-store"
    return response


def of_ours(request: HttpRequest, error: CandourError) -> HttpResponse:
    """Return the page for one of our own errors."""
    if isinstance(error, Refused):
        return refused(request, error)
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        journal.note(request, error.status, error)
    said = str(error) if error.args or error.status != HTTPStatus.NOT_FOUND else ""
    return plain(error.status, said)


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Return the page that names the clause which refuses, and what to do instead."""
    at_desk = request.path.startswith("/desk/")
    template = "desk/refused.html" if at_desk else "web/errors/refused.html"
    policy = clinic.policy(request)
    told = words.refusal(policy, error, at_desk=at_desk)
    response = render(request, template, {"refusal": told}, status=error.status)
    response["Cache-Control"] = "no-store"
    return response


def is_gone(error: BaseException | None) -> bool:
    """Return whether `error` means that the database cannot be reached just now."""
    return isinstance(error, GONE)


def gone(request: HttpRequest, error: BaseException) -> HttpResponse:
    """Return the page that says that nothing was saved."""
    journal.note(request, HTTPStatus.SERVICE_UNAVAILABLE, error)
    response = plain(HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = "30"
    return response


def bad_request(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    """Answer what could not be read; what was too large is a case of its own."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return plain(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return plain(HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what Django itself denies."""
    return plain(HTTPStatus.FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from our own page, or came too late."""
    return plain(HTTPStatus.FORBIDDEN, name="csrf")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address where there is nothing."""
    return plain(HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours, with no detail.

    Django calls this while the exception is being handled. One that rose outside a
    view, where no middleware sees it, may still be the database that went away.
    """
    error = sys.exc_info()[1]
    if error is not None and is_gone(error):
        return gone(request, error)
    return plain(HTTPStatus.INTERNAL_SERVER_ERROR)
