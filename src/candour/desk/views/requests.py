"""Data requests."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse


def requests(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError


def request(request: HttpRequest, ref: UUID) -> HttpResponse:
    raise NotImplementedError
