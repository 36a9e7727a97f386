"""Asking for a copy of one's data, or for its erasure."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candour.core.errors import NotFound
from candour.web import pages


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    raise NotFound


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    raise NotFound


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    raise NotFound


@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: HttpRequest, ref: UUID) -> HttpResponse:
    raise NotFound


@require_POST
def download(request: HttpRequest, ref: UUID) -> HttpResponse:
    raise NotFound


@require_POST
def erase(request: HttpRequest, ref: UUID) -> HttpResponse:
    raise NotFound


@require_safe
def certificate(request: HttpRequest, ref: UUID) -> HttpResponse:
    raise NotFound
