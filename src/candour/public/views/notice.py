"""The privacy notice, its earlier versions, its PDF; and the cookie notice."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from candour.notices import current, queries
from candour.notices.queries import Version
from candour.policy import render
from candour.policy.compile import Policy
from candour.web import clinic, pages, words


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """Show the notice in force, and which versions there were."""
    return _shown(request, clinic.version(request), current=True)


@require_safe
def earlier(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show one version, which may no longer be in force."""
    found = queries.version_of(ref)
    return _shown(request, found, current=found.id == clinic.version(request).id)


def _shown(request: HttpRequest, version: Version, *, current: bool) -> HttpResponse:
    policy = _policy(version)
    context = {
        "notice": render.notice(policy),
        "current": current,
        "pdf": current,
        "versions": _versions(version),
        "open_decisions": [
            {
                "clause": words.number(policy, one.key),
                "why": one.why,
                "meanwhile": one.meanwhile,
            }
            for one in policy.open_decisions
        ],
    }
    return pages.page(request, "public/notice.html", context)


def _policy(version: Version) -> Policy:
    return current.policy(version.id)


def _versions(shown: Version) -> list[dict[str, Any]]:
    return [
        {
            "ref": one.ref,
            "version": one.version,
            "effective": one.published_at,
            "current": place == 0,
            "shown": one.id == shown.id,
            "summary": "",
        }
        for place, one in enumerate(queries.versions())
    ]


@require_safe
def pdf(request: HttpRequest) -> HttpResponse:
    """Send the notice in force as a PDF, for keeping or printing."""
    version = clinic.version(request)
    response = HttpResponse(_pdf(version.id), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="privacy-notice.pdf"'
    response["Cache-Control"] = "public, max-age=300"
    response["ETag"] = f'"{version.hash[:16]}"'
    return response


@lru_cache(maxsize=4)
def _pdf(version_id: int) -> bytes:
    """Set one version, once in each process: it takes a tenth of a second."""
    return render.to_typst(current.policy(version_id))


@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """Say which cookies are set, and for what."""
    policy = clinic.policy(request)
    told = render.cookie_notice(policy)
    context = {
        "notice": told,
        "cookies": told.cookies,
        "planned": told.planned,
        "clause": words.number(policy, "cookies"),
    }
    return pages.page(request, "public/cookies.html", context)
