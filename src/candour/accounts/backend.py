"""Who signs in with an address and a password: the same work for everybody who tries.

Whether an address has an account must not be told by how long the answer takes. So
there is one look-up and one hash is computed, of the account's password or of one that
nobody has.
"""

import secrets
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from candour.accounts.models import User

NOBODYS = make_password(secrets.token_urlsafe(32))


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """Allauth's, with a look-up of our own: an account has one address, its name."""

    def authenticate(
        self, request: HttpRequest | None, **credentials: Any
    ) -> User | None:
        """Return the account of an address and its password, or None.

        An account that was closed is put aside for allauth, which says so to whoever
        knows its password.
        """
        email, password = credentials.get("email"), credentials.get("password")
        if not email or not password:
            return None
        user = User.objects.filter(email__iexact=email).first()
        if user is None or not user.has_usable_password():
            check_password(password, NOBODYS)
            return None
        if not user.check_password(password):
            return None
        if not self.user_can_authenticate(user):
            self._stash_user(user)
            return None
        return user
