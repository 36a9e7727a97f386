"""Reading the demonstration's post: the files that `candour.outbox.mailbox` writes."""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

from candour.core.errors import NotFound

ID = re.compile(r"[0-9a-f]{24}")
SHOWN = 25


@dataclass(frozen=True, slots=True)
class Sent:
    """One message as it was sent."""

    id: str
    sender: str
    to: str
    subject: str
    at: datetime
    text: str


def listed(number: int) -> tuple[list[Sent], int]:
    """Return one page of what was sent, newest first, and how many there are in all."""
    files = sorted(_files(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    first = (number - 1) * SHOWN
    return [_read(path) for path in files[first : first + SHOWN]], len(files)


def one(id: str) -> Sent:
    """Return one message. Raises NotFound for an id that is none."""
    path = Path(settings.MAILBOX_DIR) / f"{id}.eml"
    if not ID.fullmatch(id) or not path.is_file():
        raise NotFound
    return _read(path)


def _files() -> Iterator[Path]:
    folder = Path(settings.MAILBOX_DIR)
    return (path for path in folder.glob("*.eml") if ID.fullmatch(path.stem))


def _read(path: Path) -> Sent:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101  what this policy makes
    body = message.get_body(preferencelist=("plain", "html"))
    return Sent(
        id=path.stem,
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        text=str(body.get_content()) if body is not None else "",
    )
