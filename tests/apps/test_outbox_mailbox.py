"""The mailbox of a demonstration takes a demonstration's mail, and no other."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage

from candour.core.clock import now
from candour.notices.actions import publish
from candour.outbox import mailbox
from candour.outbox.send import send_due
from candour.policy.compile import compile_pack
from tests.apps.outbox_cast import Owner, reply_to, states
from tests.factories import NOON, publish_policy

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize("demo", [True, False])
def test_without_a_server_only_a_demonstrations_mail_leaves(
    owner_sql: Owner, settings: Any, tmp_path: Path, demo: bool
) -> None:
    publish(policy=compile_pack("model"), by="test",
            at=NOON, demo=demo)  # fmt: skip
    settings.EMAIL_BACKEND = "candour.outbox.mailbox.Mailbox"
    settings.MAILBOX_DIR = tmp_path / "mailbox"
    reply_to()

    assert send_due(now=now) == int(demo)

    assert states(owner_sql) == ["sent" if demo else "queued"]
    assert len(list(settings.MAILBOX_DIR.glob("*.eml"))) == int(demo)


def test_the_mailbox_itself_takes_nothing_of_a_real_clinic(
    settings: Any, tmp_path: Path
) -> None:
    publish_policy()
    settings.MAILBOX_DIR = tmp_path / "mailbox"
    settings.MAIL = replace(settings.MAIL, ready=False)

    with pytest.raises(PermissionError):
        mailbox.Mailbox().send_messages([EmailMessage("A", "b", to=["a@example.org"])])
