"""Handing one message to the mail server, and understanding what it answered."""

import logging
import smtplib
from contextlib import suppress
from dataclasses import dataclass

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

log = logging.getLogger(__name__)

FOR_GOOD = 500  # RFC 5321 4.2.1: with 5yz the server asks not to be tried again


@dataclass(frozen=True, slots=True)
class Letter:
    """What is handed to the mail server."""

    address: str
    subject: str
    body: str
    message_id: str


def hand_over(letter: Letter) -> str:
    """Hand a message over; return how that went, as in `Attempt.outcome`.

    It raises nothing and logs no more of a failure than its kind: the words of an
    exception may hold the address.
    """
    mail = EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[letter.address],
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
    )
    try:
        mail.message()
    except Exception as cause:  # noqa: BLE001  one bad message must not stop the rest
        return _said("error", cause)
    try:
        server = get_connection()
        server.open()
    except Exception as cause:  # noqa: BLE001  nothing was handed over, whatever it is
        return _said("unreachable", cause)
    try:
        return _send(server, mail)
    finally:
        # The answer has come: a server that hangs up rudely does not change it.
        with suppress(smtplib.SMTPException, OSError):
            server.close()


def _send(server: BaseEmailBackend, mail: EmailMessage) -> str:
    try:
        server.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as cause:
        codes = [code for code, _ in cause.recipients.values()]
        return _said("refused" if min(codes) >= FOR_GOOD else "deferred", cause)
    except smtplib.SMTPDataError as cause:
        return _said("refused" if cause.smtp_code >= FOR_GOOD else "deferred", cause)
    except (
        smtplib.SMTPSenderRefused,  # the clinic's account, not the person's address
        smtplib.SMTPHeloError,
        smtplib.SMTPNotSupportedError,
    ) as cause:
        return _said("deferred", cause)
    except Exception as cause:  # noqa: BLE001  it may have left, whatever this is
        return _said("unknown", cause)
    return "sent"


def _said(outcome: str, cause: Exception) -> str:
    log.warning("A message was not sent (%s): %s", outcome, type(cause).__name__)
    return outcome
