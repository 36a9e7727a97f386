"""What happens around every view, in the order of settings.MIDDLEWARE.

Each function makes one middleware. Those that look at exceptions or at the view are
small classes, because that is the only form in which Django asks them.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import RequestDataTooBig
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.urls import Resolver404, resolve, reverse

from candour.core.errors import CandourError
from candour.files import upload
from candour.web import errors, who

Handler = Callable[[HttpRequest], HttpResponseBase]

# Every page needs sign-in by staff, but these. One list, so that no page is public by
# accident; a test compares it with every address there is.
PUBLIC = frozenset(
    {
        "public:home",
        "public:brand-css",
        "public:notice",
        "public:notice-pdf",
        "public:notice-version",
        "public:cookies",
        "public:enquiry",
        "public:enquiry-thanks",
        "public:your-data",
        "public:your-data-sent",
        "public:address",
        "public:stop",
        "public:stopped",
        "public:link",
        "public:request",
        "public:request-download",
        "public:request-erase",
        "public:certificate",
        "public:mailbox",
        "public:mailbox-message",
        "health",
        "robots",
        "favicon",
        "calendar-feed",
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "mfa_login_webauthn",
    }
)

# Where files are sent to, and how many bytes at most. They are never held in memory:
# each view sets the handler that takes them in, before anything is read.
UPLOADS = dict.fromkeys(
    ("desk:patient-documents-add", "desk:patient-letters-came"), upload.MOST
)

# What somebody may open who has signed in but has no second factor yet.
SETTING_UP = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_change_password",
        "account_set_password",
    }
)


def database_errors(get_response: Handler) -> Handler:
    """Answer 503 when the database cannot be reached: nothing was acknowledged."""
    return DatabaseErrors(get_response)


def staff_only(get_response: Handler) -> Handler:
    """Ask everybody to sign in, except where a page is on the list of public ones."""
    return StaffOnly(get_response)


def candour_errors(get_response: Handler) -> Handler:
    """Turn our own errors into pages; refuse what is too large before it is read."""
    return CandourErrors(get_response)


class DatabaseErrors:
    """See `database_errors`."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        """Answer an error that a view raised, when it is the database that is gone."""
        return errors.gone(request, error) if errors.is_gone(error) else None


class StaffOnly:
    """See `staff_only`."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Let the view be called, or answer in its place."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in PUBLIC:
            return None
        if not request.user.is_authenticated:
            return HttpResponseRedirect(_sign_in(request))
        found = who.member(request)
        if found is None:
            return errors.plain(
                HTTPStatus.FORBIDDEN, "This account is no longer in use."
            )
        if not found.second_factor and name not in SETTING_UP:
            return HttpResponseRedirect(reverse("mfa_index"))
        if found.second_factor and not who.took_second_step(request):
            logout(request)
            return HttpResponseRedirect(_sign_in(request))
        return None


class CandourErrors:
    """See `candour_errors`."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        told = request.META.get("CONTENT_LENGTH") or "0"
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if told.isdecimal() and int(told) > most and int(told) > _may_send(request):
            raise RequestDataTooBig
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            answer = errors.plain(HTTPStatus.METHOD_NOT_ALLOWED)
            answer["Allow"] = response["Allow"]
            return answer
        return response

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        """Answer one of our own errors; leave others to whoever knows them."""
        return (
            errors.of_ours(request, error) if isinstance(error, CandourError) else None
        )


def _may_send(request: HttpRequest) -> int:
    """Return how many bytes a page takes that takes files, and 0 for any other."""
    try:
        return UPLOADS.get(resolve(request.path_info).view_name, 0)
    except Resolver404:
        return 0


def _sign_in(request: HttpRequest) -> str:
    """Return where to sign in, and from there back to a page that was only read."""
    if request.method != "GET":
        return settings.LOGIN_URL
    return f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}"
