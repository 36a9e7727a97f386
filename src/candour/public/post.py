"""Reading the demonstration's post: the files that `candour.outbox.mailbox` writes."""

import email
import email.policy
import re
from collections.abc import Iterator
from contextlib import suppress
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
    files = sorted(_files(), reverse=True)
    first = (number - 1) * SHOWN
    read = (_read(path) for _, path in files[first : first + SHOWN])
    return [sent for sent in read if sent is not None], len(files)


def one(id: str) -> Sent:
    """Return one message. Raises NotFound for an id that is none."""
    sent = _read(Path(settings.MAILBOX_DIR) / f"{id}.eml") if ID.fullmatch(id) else None
    if sent is None:
        raise NotFound
    return sent


def _files() -> Iterator[tuple[int, Path]]:
    """Yield when each message came, and its file; an erasure may take one meanwhile."""
    for path in Path(settings.MAILBOX_DIR).glob("*.eml"):
        with suppress(FileNotFoundError):
            if ID.fullmatch(path.stem):
                yield path.stat().st_mtime_ns, path


def _read(path: Path) -> Sent | None:
    """Read a message; None for a file that is not there, or not any more."""
    try:
        written, came = path.read_bytes(), path.stat().st_mtime
    except FileNotFoundError:
        return None
    message = email.message_from_bytes(written, policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101  what this policy makes
    body = message.get_body(preferencelist=("plain", "html"))
    return Sent(
        id=path.stem,
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        at=datetime.fromtimestamp(came, UTC),
        text=str(body.get_content()) if body is not None else "",
    )
