"""How allauth is bent to a clinic: staff only, nobody signs up, no page sends mail."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from candour.accounts import queries as accounts
from candour.core import clock
from candour.web import limits

JUST_NOW = 300  # seconds

log = logging.getLogger("candour.web")


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Lets working members of staff in, and no one else."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: staff are added by the clinic."""
        return False

    def pre_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse | None:
        """Turn away an account behind which nobody works any more."""
        refused: HttpResponse | None = super().pre_login(request, user, **kwargs)
        if refused is None and accounts.staff_of(user.pk) is None:
            return self.respond_user_inactive(request, user)  # type: ignore[no-any-return]
        return refused

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask who it is again, but not of somebody who has just said it here.

        New staff are led to set up a second step, and see its codes, on signing in.
        """
        said = get_authentication_records(self.request, self.request.user)
        if said and clock.now().timestamp() - said[-1]["at"] < JUST_NOW:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """Send nothing: a page that sends a letter takes longer for who has an account.

        The one letter there is, about a new password, is queued: see NewPassword.
        """
        log.error("%s was not sent: letters about accounts are queued", template_prefix)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that sign-in attempts are counted by."""
        return limits.client(request)
