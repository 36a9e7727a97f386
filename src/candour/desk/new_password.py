"""The letter with a link that gives a member of staff a new password."""

import logging
import smtplib
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from candour.accounts import queries as accounts
from candour.core.errors import Unavailable
from candour.notices import current
from candour.web import passwords

SEND = "desk:password:send"
TEMPLATE = "account/email/password_reset_key_{}.txt"

log = logging.getLogger("candour.desk")


class NotSent(Unavailable):
    """The mail server did not take a letter about an account. It is tried again."""

    code = "account_letter_not_sent"


def send(*, staff: UUID) -> None:
    """Send the letter, if somebody works here under this ref.

    Raises NotSent when the mail server did not take it; its own words, in which the
    address may stand, go no further.
    """
    found = accounts.working().filter(ref=staff).first()
    if found is None:
        return
    if not settings.MAIL.ready:
        log.error("A new password was not sent: no mail server is set")
        return
    context = {
        "clinic": {"name": current.policy(current.current_id()).clinic},
        "password_reset_url": passwords.link(found.user),
    }
    letter = EmailMessage(
        subject=render_to_string(TEMPLATE.format("subject"), context).strip(),
        body=render_to_string(TEMPLATE.format("message"), context).strip(),
        to=[found.user.email],
    )
    try:
        letter.send()
    except (smtplib.SMTPException, OSError) as cause:
        log.error("A new password was not sent: %s", type(cause).__name__)
        raise NotSent from None
