"""The link with which a member of staff chooses a password."""

from typing import TYPE_CHECKING

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

if TYPE_CHECKING:
    from candour.accounts.models import User


def link(user: "User") -> str:
    """Return a link that works once, for a few days. It is as good as a password."""
    key = EmailAwarePasswordResetTokenGenerator().make_token(user)
    path = reverse(
        "account_reset_password_from_key", args=[user_pk_to_url_str(user), key]
    )
    return f"{settings.BASE_URL}{path}"
