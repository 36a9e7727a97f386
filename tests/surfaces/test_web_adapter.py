"""Accounts are the clinic's to give, and their mail goes by itself."""

import logging
import smtplib
from dataclasses import replace
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


def ask_for_a_password(staff: Any) -> Any:
    form = {"email": staff.user.email}
    return Client().post("/desk/sign-in/new-password/", form)


def test_a_new_password_is_sent_to_staff_and_to_nobody_else() -> None:
    publish_policy()
    staff = make_staff()

    known = ask_for_a_password(staff)
    staff.user.email = "nobody@clinic.example"
    unknown = ask_for_a_password(staff)

    assert known["Location"] == unknown["Location"]
    [letter] = mail.outbox
    assert letter.to == ["reception@clinic.example"]


@pytest.mark.parametrize("failure", [smtplib.SMTPServerDisconnected(), OSError()])
def test_mail_that_fails_changes_no_page_and_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, failure: OSError
) -> None:
    publish_policy()

    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)

    with caplog.at_level(logging.ERROR):
        answer = ask_for_a_password(make_staff())

    assert answer.status_code == 302
    assert "was not sent" in caplog.text
    assert "reception@clinic.example" not in caplog.text


def test_without_a_mail_server_nothing_ends_up_in_the_demonstrations_post(
    settings: Any,
) -> None:
    publish_policy()
    settings.MAIL = replace(settings.MAIL, ready=False)

    answer = ask_for_a_password(make_staff())

    assert answer.status_code == 302
    assert not mail.outbox


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
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}

    request = RequestFactory().get("/", REMOTE_ADDR=remote, **headers)

    assert limits.client(request) == found
