"""Setting up the second step: whoever does it in this visit has taken it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponseBase

from candour.web import who

View = Callable[..., HttpResponseBase]


def first(view: View) -> View:
    """Wrap a page of allauth's that adds a second step to an account.

    Only an account's first counts: where there is one already, a visit must have come
    in by it.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        had = is_mfa_enabled(request.user)
        response = view(request, *args, **kwargs)
        if not had and is_mfa_enabled(request.user):
            who.set_up_second_step(request)
        return response

    return wrapped
