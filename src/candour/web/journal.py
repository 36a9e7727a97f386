"""What is logged of a request: its route and the kind of error, never what was in it.

A path may hold the secret of a link, and the words of an exception may hold a value
(PostgreSQL quotes the row that broke a constraint), so neither reaches a log.
"""

import logging
import traceback
from http import HTTPStatus
from types import TracebackType

from django.http import HttpRequest

INNERMOST = 15  # frames: beyond these is only Django
log = logging.getLogger("candour.web")


class NothingPersonal(logging.Filter):
    """Rewrites Django's record of a failed request.

    A form that came back for a mistake is no failure, and leaves no record.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the path by the route, and the exception's words by where it rose."""
        if getattr(record, "nothing_personal", False):
            return True
        record.nothing_personal = True
        request = getattr(record, "request", None)
        status = getattr(record, "status_code", "")
        if isinstance(request, HttpRequest):
            record.msg, record.args = (
                "%s %s %s",
                (status, request.method, route(request)),
            )
        if record.exc_info:
            kind, _, trace = record.exc_info
            record.msg = f"{record.getMessage()} {frames(kind, trace)}"
            record.args = ()
            record.exc_info = record.exc_text = None
        return status != HTTPStatus.UNPROCESSABLE_ENTITY


def route(request: HttpRequest) -> str:
    """Return the pattern that matched: `your-data/link/<token>/`, not the token."""
    match = request.resolver_match
    return f"/{match.route}" if match else "(no such address)"


def frames(kind: type[BaseException] | None, trace: TracebackType | None) -> str:
    """Return the kind of an exception and the lines it passed, without its words."""
    name = kind.__name__ if kind else "unknown"
    stack = traceback.extract_tb(trace)[-INNERMOST:]
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in stack]
    return " < ".join([name, *reversed(places)])


def note(request: HttpRequest, status: int, cause: BaseException) -> None:
    """Log that a request ended in `cause`, which we expected and have a page for."""
    code = getattr(cause, "code", "") or type(cause).__name__
    log.warning("%s %s %s %s", status, request.method, route(request), code)
