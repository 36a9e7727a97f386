"""`candour trail`, `staff` and `mail`, run as they are run."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.test import Client

from candour.people.models import Person
from candour.trail.seal import seal
from tests.factories import NOON, make_enquiry, make_staff, publish_policy
from tests.surfaces.desk import SIGN_IN, reading

pytestmark = pytest.mark.usefixtures("db")

Sql = psycopg.Connection[Any]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def candour(db: None) -> Run:
    """A function that runs one `candour` command on the tests' database."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-P", "-m", "candour.config.main", *words]
        return subprocess.run(
            command, capture_output=True, text=True, env=dict(os.environ), timeout=60
        )

    return run


# --- trail ----------------------------------------------------------------------------


def test_a_whole_trail_verifies(candour: Run) -> None:
    publish_policy()
    make_enquiry()
    seal(at=NOON)
    make_enquiry()

    done = candour("trail", "verify")

    assert done.returncode == 0, done.stderr
    assert re.search(r"\d+ rows are sealed in 1 batch; \d+ rows wait", done.stdout)
    assert "The trail is whole" in done.stdout


def test_a_trail_that_was_tampered_with_fails_and_says_where(
    candour: Run, superuser_sql: Sql
) -> None:
    publish_policy()
    make_enquiry()
    seal(at=NOON)
    superuser_sql.execute("ALTER TABLE trail_event DISABLE TRIGGER ALL")
    superuser_sql.execute("UPDATE trail_event SET role = 'nobody'")
    superuser_sql.execute("ALTER TABLE trail_event ENABLE TRIGGER ALL")

    done = candour("trail", "verify")

    assert done.returncode == 1
    assert "batch 1: a row is not as it was sealed" in done.stdout
    assert "The trail is not whole: 1 problem." in done.stdout


def test_sealing_by_hand_leaves_nothing_waiting(candour: Run) -> None:
    publish_policy()
    make_enquiry()

    assert "Batch 1 holds 1 act and" in candour("trail", "seal").stdout
    assert "nothing new" in candour("trail", "seal").stdout
    assert "0 rows wait" in candour("trail", "verify").stdout


def test_showing_a_person_prints_who_looked_and_is_an_act_itself(
    candour: Run, owner_sql: Sql
) -> None:
    publish_policy()
    enquiry = make_enquiry()
    make_enquiry()
    with reading():
        ref = Person.objects.get(pk=enquiry.person_id).ref

    done = candour("trail", "show", "--person", str(ref))

    assert done.returncode == 0, done.stderr
    assert "public:enquiry:send" in done.stdout
    assert done.stdout.count("public:enquiry:send") == 1
    assert "ephyrine" not in done.stdout
    [(people,)] = owner_sql.execute(
        "SELECT people FROM trail_event WHERE verb = 'cli:trail:show'"
    ).fetchall()
    assert people == [enquiry.person_id]


@pytest.mark.parametrize("ref", ["17", "01a2012e-97a3-7597-968c-3444b50f69f1", "x"])
def test_showing_nobody_is_an_error(candour: Run, ref: str) -> None:
    publish_policy()

    done = candour("trail", "show", "--person", ref)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_showing_the_newest_acts_names_nobody(candour: Run) -> None:
    publish_policy()
    for _ in range(3):
        make_enquiry()

    done = candour("trail", "show", "--limit", "2")

    assert done.stdout.count("public:enquiry:send") == 2
    assert "1 person" in done.stdout
    assert "ephyrine" not in done.stdout


# --- staff ----------------------------------------------------------------------------


def test_a_new_member_of_staff_chooses_a_password_by_the_link_and_signs_in(
    candour: Run, client: Client
) -> None:
    publish_policy()

    done = candour(
        "staff", "add", "new@clinic.example", "--name", "New One",
        "--role", "reception", "--role", "manager",
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "New One may sign in as reception, manager." in done.stdout
    [path] = re.findall(r"http://[^/]+(/desk/sign-in/new-password/\S+)", done.stdout)
    form = client.get(path, follow=True).redirect_chain[-1][0]
    word = "a horse of their own choosing"
    client.post(form, {"password1": word, "password2": word})
    client.post(SIGN_IN, {"login": "new@clinic.example", "password": word})
    assert client.get("/desk/")["Location"] == "/desk/your-sign-in/"


def test_an_account_is_added_once(candour: Run) -> None:
    make_staff("reception", email="known@clinic.example")

    done = candour(
        "staff", "add", "Known@Clinic.example", "--name", "X", "--role", "reception"
    )

    assert done.returncode == 1
    assert "has an account already" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("staff", "add", "no address", "--name", "X", "--role", "reception"),
        ("staff", "link", "nobody@clinic.example"),
        ("staff", "close", "nobody@clinic.example"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(candour: Run, words: tuple[str]) -> None:
    done = candour(*words)

    assert done.returncode == 1
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("role", ["person", "visitor", "system", "queen"])
def test_staff_get_roles_of_staff_only(candour: Run, role: str) -> None:
    done = candour("staff", "add", "a@clinic.example", "--name", "A", "--role", role)

    assert done.returncode == 2
    assert "invalid choice" in done.stderr


def test_who_left_is_no_longer_listed(candour: Run) -> None:
    make_staff("reception", email="stays@clinic.example")
    make_staff("manager", email="goes@clinic.example")

    assert candour("staff", "close", "goes@clinic.example").returncode == 0

    listed = candour("staff", "list").stdout
    assert "stays@clinic.example" in listed
    assert "goes@clinic.example" not in listed


# --- mail -----------------------------------------------------------------------------


def test_mail_status_counts_and_names_nobody(candour: Run, client: Client) -> None:
    from tests.surfaces.desk import answer, signed_in

    publish_policy()
    signed_in(client)
    answer(client, make_enquiry())

    done = candour("mail", "status")

    assert re.search(r"queued\s+1, the oldest due 20\d\d-", done.stdout)
    assert "mailbox" in done.stdout
    assert "example.org" not in done.stdout
