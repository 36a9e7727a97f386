"""Signing in, and how one does: allauth's pages, which wear the desk's look."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm

from tests.look.cast import NOON
from tests.look.cast_requests import NOOR

Context = dict[str, Any]


class Codes:
    """Recovery codes as allauth hands them to its page."""

    codes = ("7f2k-19xa", "p0c4-88sd", "m3vt-20qe")

    def generate_codes(self) -> tuple[str, ...]:
        """Return all of them."""
        return self.codes

    def get_unused_codes(self) -> tuple[str, ...]:
        """Return those left."""
        return self.codes[1:]


class Passkey:
    """A passkey as allauth lists it."""

    pk = 7
    created_at = NOON
    last_used_at = None

    def __str__(self) -> str:
        return "Noor’s phone"


def wrong_login() -> LoginForm:
    """Return the sign-in form as it comes back with nothing on it."""
    form = LoginForm(data={"login": "", "password": ""})
    form.add_error(None, "The email address or the password is not right.")
    return form


INSIDE: Context = {
    "staff": NOOR,
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "PASSKEY_LOGIN_ENABLED": True,
}
OUTSIDE: Context = {**INSIDE, "staff": None}
SET_UP = {"totp": True, "webauthn": [Passkey()], "recovery_codes": Codes()}
CODES: Context = {
    **INSIDE,
    "unused_codes": Codes.codes,
    "total_count": 10,
    "can_view_codes": True,
}
SQUARE = "otpauth://totp/Candour:noor?secret=JBSWY3DPEHPK3PXP"


def second_step() -> Context:
    """Return what the page of the second step is given."""
    return {
        **OUTSIDE,
        "form": AuthenticateForm(user=None),
        "webauthn_form": AuthenticateWebAuthnForm(user=None),
        "js_data": {"request_options": {}},
    }


# Functions, because allauth's forms look up addresses as they are made.
PAGES: dict[str, tuple[str, Callable[[], Context]]] = {
    "sign-in": ("account/login.html", lambda: {**OUTSIDE, "form": LoginForm()}),
    "sign-in-wrong": (
        "account/login.html",
        lambda: {**OUTSIDE, "form": wrong_login()},
    ),
    "sign-out": ("account/logout.html", lambda: INSIDE),
    "second-step": ("mfa/authenticate.html", second_step),
    "password-reset": (
        "account/password_reset.html",
        lambda: {**OUTSIDE, "form": ResetPasswordForm()},
    ),
    "password-reset-sent": ("account/password_reset_done.html", lambda: OUTSIDE),
    "your-sign-in": ("mfa/index.html", lambda: {**INSIDE, "authenticators": {}}),
    "your-sign-in-set-up": (
        "mfa/index.html",
        lambda: {**INSIDE, "is_mfa_enabled": True, "authenticators": SET_UP},
    ),
    "set-up-app": (
        "mfa/totp/activate_form.html",
        lambda: {**INSIDE, "form": AuthenticateForm(user=None), "totp_url": SQUARE},
    ),
    "recovery-codes": ("mfa/recovery_codes/index.html", lambda: CODES),
    "new-codes": (
        "mfa/recovery_codes/generate.html",
        lambda: {**INSIDE, "unused_code_count": 3},
    ),
    "passkeys": (
        "mfa/webauthn/authenticator_list.html",
        lambda: {**INSIDE, "authenticators": [Passkey()]},
    ),
    "remove-passkey": (
        "mfa/webauthn/authenticator_confirm_delete.html",
        lambda: {**INSIDE, "authenticator": Passkey()},
    ),
}
