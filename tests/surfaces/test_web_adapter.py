"""Accounts are the clinic's to give, and no page sends a letter about one."""

from datetime import date
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.core import mail
from django.test import Client, RequestFactory

from candour.accounts.models import User
from candour.web import limits
from tests.factories import make_staff, publish_policy
from tests.surfaces.desk import send_password

pytestmark = pytest.mark.usefixtures("db")


def test_nobody_signs_up() -> None:
    adapter = get_adapter()

    assert adapter.is_open_for_signup(RequestFactory().get("/")) is False


def test_an_account_without_a_working_member_of_staff_opens_nothing() -> None:
    publish_policy()
    staff = make_staff()
    staff.left_on = date(2026, 1, 1)
    staff.save()
    client = Client()

    answer = send_password(client, staff)

    assert answer["Location"] == "/desk/sign-in/closed/"
    assert User.objects.filter(is_active=True).exists()
    assert "_auth_user_id" not in client.session


def test_no_page_sends_a_letter(caplog: pytest.LogCaptureFixture) -> None:
    publish_policy()
    email = make_staff().user.email

    get_adapter().send_mail("account/email/anything", email, {})

    assert not mail.outbox
    assert "anything was not sent" in caplog.text
    assert email not in caplog.text


@pytest.mark.parametrize(
    ("secure", "remote", "forwarded", "found"),
    [
        (False, "192.0.2.7", "198.51.100.9", "192.0.2.7"),
        (True, "192.0.2.7", "203.0.113.1, 198.51.100.9", "198.51.100.9"),
        (True, "192.0.2.7", None, "192.0.2.7"),
        (False, "2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64"),
        (False, "", None, "unknown"),
        (True, "192.0.2.7", "<b>", "unknown"),
    ],
)
def test_a_client_is_known_by_the_address_that_the_nearest_proxy_saw(
    settings: Any, secure: bool, remote: str, forwarded: str | None, found: str
) -> None:
    settings.SECURE = secure
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)

    assert limits.client(request) == found
