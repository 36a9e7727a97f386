"""The demonstration's post, shown where a real clinic has a mail server."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.core.errors import NotFound
from candour.outbox.mailbox import is_open
from candour.public import post
from candour.web import pages
from candour.web.context import has_mailbox


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """List what was sent, newest first. There is no such page in a real clinic."""
    _only_in_a_demonstration(request)
    asked = request.GET.get("page", "1")
    number = max(1, int(asked)) if asked.isascii() and asked.isdigit() else 1
    messages, count = post.listed(min(number, 10_000))
    context = {"messages": messages, "page": _pager(number, count, len(messages))}
    return pages.private(pages.page(request, "public/mailbox.html", context))


@require_safe
def message(request: HttpRequest, id: str) -> HttpResponse:
    """Show one message as text, with its links to follow."""
    _only_in_a_demonstration(request)
    context = {"message": post.one(id)}
    return pages.private(pages.page(request, "public/mailbox_message.html", context))


def _only_in_a_demonstration(request: HttpRequest) -> None:
    """Raise NotFound for a real clinic, and for anybody who is not at this machine."""
    if not (has_mailbox(request) and is_open()):
        raise NotFound


def _pager(number: int, count: int, shown: int) -> dict[str, Any] | None:
    pages_ = -(-count // post.SHOWN)
    if pages_ < 2 or not shown:
        return None
    here, first = reverse("public:mailbox"), (number - 1) * post.SHOWN + 1
    return {
        "number": number,
        "pages": pages_,
        "first": first,
        "last": first + shown - 1,
        "count": count,
        "previous_url": f"{here}?page={number - 1}" if number > 1 else "",
        "next_url": f"{here}?page={number + 1}" if number < pages_ else "",
        "things": "messages",
    }
