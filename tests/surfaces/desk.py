"""Signing in at the desk as staff do: a password, then six digits."""

from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from candour.accounts.models import Staff
from tests.factories import make_staff

PASSWORD = "correct horse battery staple"
SIGN_IN = "/desk/sign-in/"
SECOND = "/desk/sign-in/code/"


def give_app(staff: Staff) -> str:
    """Give a member of staff an authenticator app; return its secret."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    TOTP.activate(staff.user, secret)
    return secret


def digits(secret: str) -> str:
    """Return what the app shows now, as though no digits were used before."""
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    cache.clear()
    *_, counter = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, counter))


def send_password(
    client: Client, staff: Staff, password: str = PASSWORD
) -> HttpResponse:
    """Send e-mail and password, as the sign-in page does."""
    form = {"login": staff.user.email, "password": password}
    return client.post(SIGN_IN, form)  # type: ignore[return-value]


def sign_in(client: Client, role: str = "reception", *, email: str = "") -> Staff:
    """Sign in as a new member of staff in `role`, with both steps."""
    staff = make_staff(role, email=email or None)
    secret = give_app(staff)
    assert send_password(client, staff).status_code == 302
    answer = client.post(SECOND, {"code": digits(secret)})
    assert answer.status_code == 302
    return staff
