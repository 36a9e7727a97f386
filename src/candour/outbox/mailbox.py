"""The demonstration's stand-in for everybody's inbox: files that one page shows.

It is the world outside, not a record of the clinic: with a mail server set it is never
used, and each file's name is random. Real people's mail must not end in it, so it takes
nothing unless this is a demonstration and the policy in force says so too.
"""

import secrets
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from candour.notices import queries


def may_leave() -> bool:
    """Say whether mail has a way out: a server, or the mailbox of a demonstration."""
    return bool(settings.MAIL.host) or is_open()


def is_open() -> bool:
    """Say whether this is a demonstration, by its settings and by its policy."""
    if settings.MAIL.host or not settings.MAIL.ready:
        return False
    return any(version.demo for version in queries.versions()[:1])


class Mailbox(BaseEmailBackend):
    """Writes each message as an .eml file in MAILBOX_DIR."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages; return how many. Raises OSError when it cannot."""
        if not is_open():
            raise PermissionError("The mailbox is for demonstrations only.")
        folder = Path(settings.MAILBOX_DIR)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            path = folder / f"{secrets.token_hex(12)}.eml"
            path.write_bytes(message.message().as_bytes())
        return len(email_messages)
