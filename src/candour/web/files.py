"""Sending a file of somebody's to a browser: decrypted chunk by chunk, kept by nobody.

It is shown in the browser and not saved, unless saving is asked for: what is saved on a
computer of the clinic is out of reach of the trail and of an erasure.
"""

import re
from collections.abc import Iterable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http import StreamingHttpResponse as Streaming

from candour.files.queries import Opened

# Nothing in a file may run, load or be framed elsewhere, whatever it turns out to be.
ALONE = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline';"
    " frame-ancestors 'none'; sandbox"
)
SHOWN = frozenset(
    {"image/jpeg", "image/png", "video/mp4", "video/quicktime", "application/pdf"}
)
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def answer(
    request: HttpRequest, opened: Opened, *, save: bool = False
) -> HttpResponseBase:
    """Return the file, or the part of it that a player asks for (RFC 9110, 14).

    Call it when the unit of work that opened it is committed.
    """
    span = _span(request.headers.get("Range", ""), opened.size)
    if span is None:
        opened.close()
        refused = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        refused["Content-Range"] = f"bytes */{opened.size}"
        return _headed(refused, opened, save)
    start, end, partial = span
    body = _body(request, opened, start, end - start)
    response = Streaming(body, content_type=opened.media_type)
    response["Content-Length"] = str(end - start)
    response["Accept-Ranges"] = "bytes"
    if partial:
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response["Content-Range"] = f"bytes {start}-{end - 1}/{opened.size}"
    return _headed(response, opened, save)


def _headed(response: HttpResponseBase, opened: Opened, save: bool) -> HttpResponseBase:
    shown = opened.media_type in SHOWN and not save
    how = "inline" if shown else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{opened.file_name}"'
    response["Content-Security-Policy"] = ALONE
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _body(
    request: HttpRequest, opened: Opened, start: int, length: int
) -> Iterable[bytes]:
    if request.method == "HEAD":
        opened.close()
        return ()
    return opened.part(start, length)


def _span(told: str, size: int) -> tuple[int, int, bool] | None:
    """Return start, end and whether it is a part; None where there is no such part.

    What is no single range of bytes is read as asking for the whole.
    """
    found = RANGE.fullmatch(told.replace(" ", ""))
    if not found or found.groups() == ("", ""):
        return 0, size, False
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start = int(first)
        end = min(size, int(last) + 1) if last else size
    return (start, end, True) if start < end else None
