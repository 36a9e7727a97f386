"""What stands around the clinic: a mail server that keeps its mail, and a worker."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LINK = re.compile(r"https?://\S+/your-(?:data|address)/\S+")


class Inbox:
    """Keeps every message that a real SMTP server took."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def handle_DATA(  # noqa: N802  # the name aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take one message."""
        content = envelope.content
        assert isinstance(content, bytes)
        read = message_from_bytes(content, policy=policy.default)
        assert isinstance(read, EmailMessage)
        self.messages.append(read)
        return "250 taken"

    def newest(self) -> EmailMessage:
        """Return the last message that came."""
        return self.messages[-1]

    def link(self, *, holding: str) -> str:
        """Return the path of the link in the newest message that has one with it."""
        for message in reversed(self.messages):
            for found in LINK.findall(str(message.get_content())):
                if holding in found:
                    return "/" + str(found).split("/", 3)[3]
        raise AssertionError(f"no message has a link with {holding}")


@contextmanager
def mail_server() -> Iterator[tuple[Inbox, int]]:
    """Run an SMTP server on the loopback; yield what it keeps and its port."""
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=0)
    # aiosmtpd asks its own port whether it answers; with port 0 it must be told first.
    controller.port = free_port()
    controller.start()
    try:
        yield inbox, controller.port
    finally:
        controller.stop()


def free_port() -> int:
    import socket

    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def work() -> None:
    """Do the queued jobs with procrastinate's own worker until none is left.

    In a thread of its own: the browser's driver has an event loop in this one.
    """
    worker = threading.Thread(target=_work)
    worker.start()
    worker.join(timeout=60)
    assert not worker.is_alive(), "the queue does not empty"


def _work() -> None:
    from django.db import connection
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.models import ProcrastinateJob

    while ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).exists():
        connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
        with app.replace_connector(connector) as working:
            working.run_worker(
                wait=False,
                install_signal_handlers=False,
                listen_notify=False,
                delete_jobs="successful",
            )
    connection.close()
