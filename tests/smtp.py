"""A real SMTP server on the loopback, which answers as a test tells it to."""

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Office:
    """Takes messages, unless `rcpt` or `data` says otherwise for an address.

    The answer `"drop"` closes the connection without a word.
    """

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.taken_at: list[float] = []
        self.rcpt: dict[str, str] = {}
        self.data: dict[str, str] = {}
        self.asked: list[str] = []
        self.seconds = 0.0

    async def handle_RCPT(  # noqa: N802  # the name aiosmtpd calls
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Answer for one address."""
        self.asked.append(address)
        answer = self.rcpt.get(address, "250 yes")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802  # the name aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take one message, or answer as told."""
        time.sleep(self.seconds)
        answer = self.data.get(envelope.rcpt_tos[0], "250 taken")
        if answer.startswith("250") or answer == "drop":
            content = envelope.content
            assert isinstance(content, bytes)
            read = message_from_bytes(content, policy=policy.default)
            assert isinstance(read, EmailMessage)
            self.taken.append(read)
            self.taken_at.append(time.time())
        if answer == "drop":
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return answer


@contextmanager
def listening(handler: Any) -> Iterator[int]:
    """Run an SMTP server with `handler` on the loopback; yield its port."""
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
