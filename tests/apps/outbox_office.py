"""A real mail server for tests of sending, and the clinic set up to use it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from tests.apps.outbox_cast import agree, newsletter
from tests.factories import make_enquiry, publish_policy
from tests.smtp import Office, listening

SECOND = "second@example.org"


@contextmanager
def opened(settings: Any) -> Iterator[Office]:
    """Run a mail server, with the clinic set up to use it; yield the server."""
    publish_policy()
    office = Office()
    with listening(office) as port:
        use(settings, port)
        yield office


def use(settings: Any, port: int) -> None:
    """Let the clinic send by the mail server at a port of this machine."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.MAIL = replace(settings.MAIL, host="127.0.0.1", port=port)


def a_newsletter() -> None:
    """Queue a newsletter for somebody who agreed to it."""
    enquiry = make_enquiry()
    agree(enquiry, "email")
    newsletter(enquiry)


def ids(office: Office) -> set[str]:
    """Return the Message-IDs that arrived."""
    return {str(message["Message-ID"]) for message in office.taken}
