"""The demonstration's stand-in for everybody's inbox: files that one page shows.

It stands for the world outside, and with a mail server set it is never used. But it is
kept here: so a file is named after its message, and goes when the message's row does.
Real people's mail must not end in it, so it takes nothing unless this is a
demonstration and the policy in force says so too.
"""

import hashlib
import re
import secrets
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from candour import gate
from candour.core.errors import NotFound
from candour.notices import queries
from candour.outbox.models import Message

OURS = re.compile(r"<([0-9a-f-]{36})@candour\.invalid>")


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
            said = message.message()
            path = folder / name_of(said["Message-ID"])
            path.write_bytes(said.as_bytes())
            if _is_erased(said["Message-ID"]):
                path.unlink(missing_ok=True)
        return len(email_messages)


def name_of(message_id: str) -> str:
    """Return the file's name; `Message.Privacy.files` makes the same one in SQL.

    A letter about an account of staff has no row, and a name that leads to nothing.
    """
    if not OURS.fullmatch(message_id):
        return f"{secrets.token_hex(12)}.eml"
    return f"{hashlib.sha256(message_id.encode()).hexdigest()[:24]}.eml"


def _is_erased(message_id: str) -> bool:
    """Say whether whom it is for was erased while it was on its way here.

    Asked once it is here: an erasure that ended earlier is seen, and a later one takes
    the file itself.
    """
    ours = OURS.fullmatch(message_id)
    if ours is None:
        return False
    try:
        gate.owner_of(Message, UUID(ours[1]))
    except NotFound:
        return True
    return False
