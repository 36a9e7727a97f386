"""What machines ask for: is the clinic open, and what may be indexed."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from candour.core import clock
from candour.core.errors import Unavailable
from candour.jobs import queries as jobs
from candour.web import clinic, errors

CLOSED_TO_ROBOTS = (
    "/desk/",
    "/your-data/",
    "/your-address/",
    "/mailbox/",
    "/enquiry/thanks/",
)


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Say whether the database answers, which policy is in force, how jobs stand.

    503 when there is no database or no policy: nothing can be served then.
    """
    try:
        queue = jobs.queue(at=clock.now())
        version = clinic.version(request)
    except errors.GONE:
        return _told("database-unreachable", database="unreachable")
    except Unavailable:
        return _told("no-policy", database="reachable")
    policy = {"name": version.name, "version": version.version, "demo": version.demo}
    counts = {
        "waiting": queue.waiting,
        "working": queue.working,
        "failed": queue.failed,
    }
    return _told("ok", database="reachable", policy=policy, jobs=counts)


def _told(state: str, **facts: object) -> JsonResponse:
    status = HTTPStatus.OK if state == "ok" else HTTPStatus.SERVICE_UNAVAILABLE
    facts = {"policy": None, "jobs": None, **facts}
    response = JsonResponse({"status": state, **facts}, status=status)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots from pages of one's own, and from all of a demonstration."""
    closed = ("/",) if clinic.version(request).demo else CLOSED_TO_ROBOTS
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """Point to the drawn icon, for browsers that ask for the old address."""
    return HttpResponseRedirect(static("web/favicon.svg"))
