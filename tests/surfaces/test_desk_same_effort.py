"""Nobody learns from how long a page takes who has an account at the desk.

What takes the time is counted and not timed: passwords hashed, statements, jobs, mail.
"""

import logging
import smtplib
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from candour.accounts import backend
from candour.accounts.actions import leave
from candour.accounts.models import Staff
from candour.core.ids import new_ref
from candour.desk import new_password
from tests.factories import NOON, make_staff, publish_policy
from tests.surfaces.desk import PASSWORD, SIGN_IN, send_password, text_of
from tests.surfaces.visiting import work

pytestmark = pytest.mark.usefixtures("db")

NEW_PASSWORD = "/desk/sign-in/new-password/"
WHO = ["reception", "RECEPTION", "left", "invited", "nobody", "reception+x"]


@pytest.fixture
def reception(db: None) -> Staff:
    publish_policy()
    leave(staff=make_staff("finance", email="left@clinic.example"), at=NOON)
    invited = make_staff("manager", email="invited@clinic.example").user
    invited.set_unusable_password()
    invited.save()
    return make_staff()


@pytest.fixture
def hashed(reception: Staff, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is added to each time that a password is hashed."""
    seen: list[str] = []
    for name in ("encode", "verify"):
        real = getattr(Argon2PasswordHasher, name)

        def counted(
            self: Any, *args: Any, _real: Any = real, _name: str = name, **kwargs: Any
        ) -> Any:
            seen.append(_name)
            return _real(self, *args, **kwargs)

        monkeypatch.setattr(Argon2PasswordHasher, name, counted)
    return seen


def effort(path: str, form: dict[str, str]) -> tuple[int, int, str]:
    """Return the status, how many statements were run, and the page."""
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(path, form)
    return answer.status_code, len(queries), text_of(answer)


@pytest.mark.parametrize("who", WHO)
def test_a_wrong_password_is_hashed_once_whoever_it_is(
    hashed: list[str], who: str
) -> None:
    effort(SIGN_IN, {"login": f"{who}@clinic.example", "password": "a wrong horse"})

    assert hashed == ["verify"]


def test_a_wrong_sign_in_costs_the_same_for_everybody(reception: Staff) -> None:
    tried = [
        effort(SIGN_IN, {"login": f"{who}@clinic.example", "password": "a wrong horse"})
        for who in WHO
    ]

    assert len({(status, queries) for status, queries, _ in tried}) == 1
    assert len({page for *_, page in tried}) == 1


def test_nobodys_password_is_hashed_as_everybody_elses(reception: Staff) -> None:
    own = Argon2PasswordHasher().decode(reception.user.password)
    nobodys = Argon2PasswordHasher().decode(backend.NOBODYS)

    for cost in ("time_cost", "memory_cost", "parallelism", "variety", "version"):
        assert own[cost] == nobodys[cost]


@pytest.mark.parametrize("password", ["", PASSWORD])
def test_an_account_without_a_password_is_opened_by_none(
    reception: Staff, password: str
) -> None:
    staff = Staff.objects.get(user__email="invited@clinic.example")

    answer = send_password(Client(), staff, password)

    assert answer.status_code == 200


def test_an_account_that_was_closed_says_so_only_to_whoever_knows_its_password(
    reception: Staff,
) -> None:
    staff = Staff.objects.get(user__email="left@clinic.example")

    assert send_password(Client(), staff, "a wrong horse").status_code == 200
    assert send_password(Client(), staff)["Location"] == "/desk/sign-in/closed/"


def test_an_address_is_known_however_it_is_typed(reception: Staff) -> None:
    reception.user.email = " RECEPTION@Clinic.Example "

    assert send_password(Client(), reception).status_code == 302


# --- a new password -------------------------------------------------------------------


def test_asking_for_a_new_password_costs_the_same_for_everybody(
    hashed: list[str],
) -> None:
    tried = [effort(NEW_PASSWORD, {"email": f"{who}@clinic.example"}) for who in WHO]

    assert len(set(tried)) == 1
    assert tried[0][0] == 302
    assert hashed == []
    assert not mail.outbox
    assert ProcrastinateJob.objects.count() == len(WHO)


def test_the_link_goes_to_who_works_here_and_to_nobody_else(reception: Staff) -> None:
    for who in WHO:
        Client().post(NEW_PASSWORD, {"email": f"{who}@clinic.example"})
    work()

    assert [letter.to for letter in mail.outbox] == [
        ["reception@clinic.example"],
        ["reception@clinic.example"],
        ["invited@clinic.example"],
    ]
    [letter, *_] = mail.outbox
    assert letter.subject == "Choose a new password"
    assert "http://localhost:8000/desk/sign-in/new-password/" in str(letter.body)
    assert str(letter.body).endswith("Quillane")


def test_the_queue_holds_no_address(reception: Staff) -> None:
    for who in WHO:
        Client().post(NEW_PASSWORD, {"email": f"{who}@clinic.example"})

    waiting = ProcrastinateJob.objects.order_by("id")
    assert {tuple(job.args) for job in waiting} == {("staff",)}
    assert "clinic.example" not in repr([job.args for job in waiting])


@pytest.mark.parametrize("failure", [smtplib.SMTPServerDisconnected(), OSError()])
def test_a_link_the_mail_server_did_not_take_is_tried_again(
    reception: Staff,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    failure: Exception,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise failure

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", fail)
        with caplog.at_level(logging.ERROR), pytest.raises(new_password.NotSent):
            new_password.send(staff=reception.ref)

    assert "was not sent" in caplog.text
    assert reception.user.email not in caplog.text
    new_password.send(staff=reception.ref)
    assert len(mail.outbox) == 1


def test_without_a_mail_server_no_link_ends_up_in_the_demonstrations_post(
    reception: Staff, settings: Any
) -> None:
    settings.MAIL = replace(settings.MAIL, ready=False)

    new_password.send(staff=reception.ref)

    assert not mail.outbox


def test_to_nobody_nothing_is_sent(reception: Staff) -> None:
    new_password.send(staff=new_ref())

    assert not mail.outbox
