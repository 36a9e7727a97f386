"""What every page is given: the clinic, the brand, and who is signed in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from candour.web import clinic as shown
from candour.web import limits, who


def clinic(request: HttpRequest) -> dict[str, Any]:
    """Return the page shell's context; see web/base.html and web/console.html.

    Lazy, so that a page which does not name them does not ask the database for them.
    """
    return {
        "clinic": SimpleLazyObject(lambda: shown.described(request)),
        "brand": SimpleLazyObject(lambda: shown.brand(request)),
        "policy_banner": SimpleLazyObject(lambda: shown.draft_line(request) or ""),
        "mailbox": has_mailbox(request),
        "staff": SimpleLazyObject(lambda: who.member(request)),
        "menu": SimpleLazyObject(lambda: who.menu(request, shown.policy(request))),
    }


def has_mailbox(request: HttpRequest) -> bool:
    """Return whether mail stays on this machine, and whoever asks sits at it.

    It is everybody's letters, with the links that prove who they are.
    """
    stays = settings.MAIL.ready and not settings.MAIL.host
    return stays and limits.is_here(request)
