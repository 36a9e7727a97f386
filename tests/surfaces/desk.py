"""Signing in at the desk as staff do: a password, then six digits."""

from datetime import timedelta

from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from candour.accounts.actions import add_staff
from candour.accounts.models import Staff
from candour.web.who import SECOND_STEP
from tests.factories import NOON, make_staff

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


def signed_in(client: Client, role: str = "reception") -> Staff:
    """Be a new member of staff who took both steps. There is no password to hash."""
    staff = add_staff(
        email=f"{role}@clinic.example",
        name=f"{role.capitalize()} Thistlewood",
        roles=[role],
        at=NOON - timedelta(days=365),
    )
    give_app(staff)
    client.force_login(staff.user)
    session = client.session
    session[SECOND_STEP] = True
    session.save()
    return staff


def sign_in(client: Client, role: str = "reception") -> Staff:
    """Sign in as a new member of staff in `role`, with both steps."""
    staff = make_staff(role)
    secret = give_app(staff)
    assert send_password(client, staff).status_code == 302
    answer = client.post(SECOND, {"code": digits(secret)})
    assert answer.status_code == 302
    return staff
