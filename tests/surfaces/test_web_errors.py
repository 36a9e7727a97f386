"""What goes wrong, and the page that says so."""

import logging
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client

from candour.catalogue import queries as catalogue
from candour.core.errors import Conflict, Expired, Misconfigured, NotFound, Tampered
from candour.outbox import actions as outbox
from candour.web import errors
from tests.factories import CANARY, CANARY_EMAIL, QUESTION, make_staff, publish_policy
from tests.surfaces.visiting import form_at, text_of

pytestmark = pytest.mark.usefixtures("db")
ASKED = {"name": CANARY, "email": CANARY_EMAIL, "message": QUESTION}


@pytest.fixture
def visitor() -> Client:
    publish_policy()
    return Client(raise_request_exception=False)


@pytest.fixture
def away() -> Iterator[Any]:
    """Yield a function after which the database cannot be reached, until the end."""
    told, host = connection.settings_dict, connection.settings_dict["HOST"]

    def go_away() -> None:
        connection.close()
        told["HOST"] = "/nowhere"

    yield go_away
    told["HOST"] = host


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let the front page meet `error` on its way."""

    def fail() -> None:
        raise error

    monkeypatch.setattr(catalogue, "menu", fail)


@pytest.mark.parametrize("path", ["/", "/privacy/", "/enquiry/", "/your-data/"])
def test_without_a_database_every_page_says_so(
    visitor: Client, away: Any, path: str
) -> None:
    away()

    answer = visitor.get(path)

    assert answer.status_code == 503
    assert "We cannot reach our records" in text_of(answer)
    assert answer["Retry-After"]


def test_without_a_database_a_question_is_not_acknowledged(
    visitor: Client, away: Any
) -> None:
    form = form_at(visitor, "/enquiry/")
    away()

    answer = visitor.post("/enquiry/", {**form, **ASKED})

    assert answer.status_code == 503
    assert "nothing was saved" in text_of(answer)
    assert "go back, wait a minute, and send it again" in text_of(answer)


def test_without_a_database_health_says_so(visitor: Client, away: Any) -> None:
    away()

    answer = visitor.get("/health")

    assert answer.status_code == 503
    assert answer.json()["database"] == "unreachable"


def test_when_the_database_goes_while_a_question_is_kept_nothing_is_acknowledged(
    visitor: Client, owner_sql: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(**_: object) -> None:
        connection.cursor().execute("SELECT pg_terminate_backend(pg_backend_pid())")

    form = form_at(visitor, "/enquiry/")
    monkeypatch.setattr(outbox, "queue_email", cut_off)

    answer = visitor.post("/enquiry/", {**form, **ASKED})

    assert answer.status_code == 503
    left = owner_sql.execute("SELECT count(*) FROM people_person").fetchone()
    assert left == (0,)


def test_without_a_database_a_page_behind_sign_in_says_so_too(
    visitor: Client, away: Any
) -> None:
    visitor.force_login(make_staff().user)
    away()

    assert visitor.get("/desk/").status_code == 503


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (NotFound(), 404, "There is nothing here"),
        (Expired(), 410, "This link has expired"),
        (Conflict(), 409, "Somebody else changed this first"),
        (Misconfigured(), 500, "Candour is not set up fully"),
        (Tampered(), 500, "A sealed value does not open"),
    ],
)
def test_an_error_of_ours_has_its_sentence_and_its_status(
    visitor: Client,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    status: int,
    said: str,
) -> None:
    failing(monkeypatch, error)

    answer = visitor.get("/")

    assert answer.status_code == status
    assert said in text_of(answer)


def test_an_unknown_error_says_nothing_of_itself(
    visitor: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    failing(monkeypatch, ValueError(f"Key (value)=({CANARY_EMAIL}) already exists"))

    with caplog.at_level(logging.INFO):
        answer = visitor.get("/")

    assert answer.status_code == 500
    assert "It is our fault" in text_of(answer)
    assert CANARY_EMAIL not in text_of(answer) + caplog.text
    assert "ValueError" in caplog.text
    assert "home.py" in caplog.text


def test_a_path_that_holds_a_secret_is_logged_by_its_pattern(
    visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    visitor.get("/your-data/link/s3cr3t/")
    visitor.get(f"/nothing/{CANARY}/?name={CANARY}")

    assert "s3cr3t" not in caplog.text
    assert CANARY not in caplog.text


def test_the_page_for_an_error_needs_no_database(away: Any) -> None:
    away()

    for status in errors.PAGES:
        assert errors.plain(status).status_code == status


@pytest.mark.parametrize("path", ["/nothing/", "/desk/nothing/", "/your-data/x/"])
def test_where_there_is_nothing_a_plain_page_says_so(
    visitor: Client, path: str
) -> None:
    answer = visitor.get(path)

    assert answer.status_code == 404
    assert "There is nothing here" in text_of(answer)
