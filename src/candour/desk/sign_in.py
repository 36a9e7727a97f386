"""Allauth's forms, where the words on them are ours."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm


class SignIn(LoginForm):  # type: ignore[misc]  # allauth is untyped
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail"


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
