"""Signing in: a password is half of it, and only staff have an account."""

from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from allauth.mfa.utils import decrypt
from django.core import mail
from django.test import Client

from candour.accounts import actions as accounts
from candour.accounts.models import Staff
from tests.factories import make_enquiry, make_staff, publish_policy
from tests.surfaces.desk import (
    PASSWORD,
    SECOND,
    SIGN_IN,
    digits,
    give_app,
    send_password,
    sign_in,
)
from tests.surfaces.visiting import work

pytestmark = pytest.mark.usefixtures("db")

INBOX = "/desk/enquiries/"
YOURS = "/desk/your-sign-in/"


@pytest.fixture
def reception() -> Staff:
    publish_policy()
    return make_staff("reception")


@pytest.mark.parametrize(
    "path",
    ["/desk/", INBOX, "/desk/requests/", YOURS, "/desk/your-sign-in/app/"],
)
def test_a_stranger_is_sent_to_sign_in(client: Client, path: str) -> None:
    publish_policy()

    response = client.get(path)

    assert response.status_code == 302
    assert response["Location"].startswith(f"{SIGN_IN}?next=")


def test_the_page_for_signing_in_opens_without_one(client: Client) -> None:
    publish_policy()

    response = client.get(SIGN_IN)

    assert response.status_code == 200
    assert b"passkey" in response.content


def test_a_password_and_then_six_digits_open_the_desk(
    client: Client, reception: Staff
) -> None:
    secret = give_app(reception)

    first = send_password(client, reception)
    second = client.post(SECOND, {"code": digits(secret)})

    assert first["Location"] == SECOND
    assert second["Location"] == "/desk/"
    assert client.get(INBOX).status_code == 200


def test_a_password_alone_opens_nothing(client: Client, reception: Staff) -> None:
    give_app(reception)

    send_password(client, reception)

    assert client.get(INBOX)["Location"].startswith(SIGN_IN)
    assert client.get("/desk/")["Location"].startswith(SIGN_IN)


def test_the_wrong_digits_open_nothing(client: Client, reception: Staff) -> None:
    secret = give_app(reception)
    right = digits(secret)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    send_password(client, reception)

    response = client.post(SECOND, {"code": wrong})

    assert response.status_code == 200
    assert client.get(INBOX)["Location"].startswith(SIGN_IN)


def test_digits_work_once(client: Client, reception: Staff) -> None:
    secret = give_app(reception)
    code = digits(secret)
    send_password(client, reception)
    client.post(SECOND, {"code": code})
    other = Client()
    send_password(other, reception)

    other.post(SECOND, {"code": code})

    assert other.get(INBOX)["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize(
    "password", ["", "wrong horse battery staple", "a\0b", "🐴" * 99]
)
def test_a_wrong_password_opens_nothing(
    client: Client, reception: Staff, password: str
) -> None:
    response = send_password(client, reception, password)

    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_an_address_without_account_is_told_the_same_as_a_wrong_password(
    client: Client, reception: Staff
) -> None:
    wrong = send_password(client, reception, "wrong horse battery staple")
    unknown = client.post(
        SIGN_IN, {"login": "nobody@clinic.example", "password": PASSWORD}
    )

    assert wrong.context["form"].non_field_errors() == (
        unknown.context["form"].non_field_errors()
    )


def test_staff_without_a_second_step_are_led_to_set_one_up(
    client: Client, reception: Staff
) -> None:
    send_password(client, reception)

    assert client.get(INBOX)["Location"] == YOURS
    assert client.get("/desk/")["Location"] == YOURS
    page = client.get(YOURS)
    assert page.status_code == 200
    assert "A password alone does not open the desk" in page.content.decode()


def test_a_visit_that_began_with_a_password_alone_never_grows_into_a_whole_one(
    client: Client, reception: Staff
) -> None:
    """Somebody else with the password waits until its owner sets up the app."""
    send_password(client, reception)
    assert client.get(YOURS).status_code == 200
    give_app(reception)

    for path in (INBOX, YOURS, "/desk/your-sign-in/passkeys/add/"):
        assert client.get(path)["Location"].startswith(SIGN_IN)


def test_setting_up_the_app_opens_the_desk(client: Client, reception: Staff) -> None:
    send_password(client, reception)
    page = client.get("/desk/your-sign-in/app/")
    secret = page.context["form"].secret

    done = client.post("/desk/your-sign-in/app/", {"code": digits(secret)})

    assert done["Location"] == "/desk/your-sign-in/codes/"
    assert len(client.get(done["Location"]).context["unused_codes"]) == 10
    assert client.get(INBOX).status_code == 200


def test_a_recovery_code_stands_in_for_the_digits_once(
    client: Client, reception: Staff
) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    give_app(reception)
    code = RecoveryCodes.activate(reception.user).get_unused_codes()[0]
    other = Client()
    for visitor in (client, other):
        send_password(visitor, reception)
        visitor.post(SECOND, {"code": code})

    assert client.get(INBOX).status_code == 200
    assert other.get(INBOX)["Location"].startswith(SIGN_IN)


def test_signing_out_closes_the_desk(client: Client) -> None:
    publish_policy()
    sign_in(client)

    client.post("/desk/sign-out/")

    assert client.get(INBOX)["Location"].startswith(SIGN_IN)


def test_a_link_cannot_sign_anybody_out(client: Client) -> None:
    publish_policy()
    sign_in(client)

    client.get("/desk/sign-out/")

    assert client.get(INBOX).status_code == 200


def test_who_leaves_is_out_at_once(client: Client) -> None:
    publish_policy()
    staff = sign_in(client)

    accounts.leave(staff=staff, at=datetime.now(UTC))

    assert client.get(INBOX).status_code in (302, 403)
    fresh = Client()
    send_password(fresh, staff)
    assert "_auth_user_id" not in fresh.session


def test_a_role_that_ended_opens_nothing(client: Client) -> None:
    publish_policy()
    enquiry = make_enquiry()
    staff = sign_in(client)
    assert client.get(f"{INBOX}{enquiry.ref}/").status_code == 200

    accounts.end_role(staff=staff, role="reception", at=datetime.now(UTC))

    assert client.get(f"{INBOX}{enquiry.ref}/").status_code == 403


def test_changing_the_password_needs_the_old_one(client: Client) -> None:
    publish_policy()
    staff = sign_in(client)
    new = "a different horse entirely"
    page = "/desk/your-sign-in/password/"

    for old, changed in (("not it at all, no", False), (PASSWORD, True)):
        client.post(page, {"oldpassword": old, "password1": new, "password2": new})
        staff.user.refresh_from_db()
        assert staff.user.check_password(new) is changed


def test_a_short_password_is_refused(client: Client) -> None:
    publish_policy()
    staff = sign_in(client)

    client.post(
        "/desk/your-sign-in/password/",
        {"oldpassword": PASSWORD, "password1": "short", "password2": "short"},
    )

    staff.user.refresh_from_db()
    assert staff.user.check_password(PASSWORD)


@pytest.mark.parametrize(
    "path", ["signup/", "sign-up/", "email/", "login/", "3rdparty/", "2fa/"]
)
def test_there_is_no_page_for_signing_up_or_changing_the_address(
    client: Client, path: str
) -> None:
    publish_policy()
    sign_in(client)

    assert client.get(f"/desk/{path}").status_code == 404


def test_the_link_of_that_mail_gives_a_new_password_once(
    client: Client, reception: Staff
) -> None:
    client.post("/desk/sign-in/new-password/", {"email": reception.user.email})
    work()
    [link] = [word for word in mail.outbox[0].body.split() if "/new-password/" in word]
    new = "a different horse entirely"

    form = client.get(link, follow=True)
    done = client.post(
        form.redirect_chain[-1][0], {"password1": new, "password2": new}, follow=True
    )

    assert done.status_code == 200
    reception.user.refresh_from_db()
    assert reception.user.check_password(new)
    again = Client().get(link, follow=True)
    assert "no longer works" in again.content.decode()


def test_many_wrong_passwords_are_slowed_down(client: Client, reception: Staff) -> None:
    answers = [send_password(client, reception, f"wrong horse {n}") for n in range(30)]

    assert answers[-1].status_code == 429 or (
        "Too many" in answers[-1].content.decode()
    )


def test_the_secret_of_an_app_lies_sealed_in_the_database(
    reception: Staff, owner_sql: psycopg.Connection[Any]
) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    secret = give_app(reception)
    codes = RecoveryCodes.activate(reception.user)

    stored = str(owner_sql.execute("SELECT data FROM mfa_authenticator").fetchall())

    assert secret not in stored
    assert decrypt(codes.instance.data["seed"]) not in stored
    assert all(code not in stored for code in codes.get_unused_codes())


def test_a_secret_that_was_changed_in_the_database_does_not_open(
    client: Client, reception: Staff, owner_sql: psycopg.Connection[Any]
) -> None:
    secret = give_app(reception)
    owner_sql.execute(
        "UPDATE mfa_authenticator SET data = %s", [f'{{"secret": "{secret}"}}']
    )
    client.raise_request_exception = False
    send_password(client, reception)

    client.post(SECOND, {"code": digits(secret)})

    assert client.get(INBOX)["Location"].startswith(SIGN_IN)
