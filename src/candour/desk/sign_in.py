"""Allauth's forms, where the words on them are ours."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.http import HttpRequest

from candour.accounts import queries as accounts
from candour.core.ids import new_ref
from candour.desk import new_password
from candour.jobs import queue


class SignIn(LoginForm):  # type: ignore[misc]  # allauth is untyped
    """Email and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Email"


class NewPassword(ResetPasswordForm):  # type: ignore[misc]  # allauth is untyped
    """Where to send a link that gives a new password.

    Each address costs the same here: one look-up, and one job. Only the job finds out
    that nobody is there, and talks to the mail server; no page waits for it.
    """

    def clean_email(self) -> str:
        """Return the address as it is: nobody is looked for yet."""
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Queue the letter; return the address."""
        email = str(self.cleaned_data["email"])
        staff = accounts.staff_by_email(email)
        queue.defer(new_password.SEND, staff=staff.ref if staff else new_ref())
        return email


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """The name of a new passkey, and whether it stands in for the password too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "What to call it"
        self.fields["name"].help_text = "Such as “my phone”, to know it again."
        self.initial["name"] = ""
        alone = self.fields["passwordless"]
        alone.label = "Sign in with this alone, without the password"
        alone.help_text = (
            "Your device then asks for your fingerprint, face or code each time."
        )
