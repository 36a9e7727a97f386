"""What the surroundings say, and what is said when they say it badly."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from candour.config import env
from candour.config.env import Role
from candour.core.errors import Misconfigured

URL = "postgresql://clinic:s3cret@db.example:6432/records?sslmode=verify-full"


def test_a_secret_can_be_in_a_file(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data / "told").write_text("hush\n")
    monkeypatch.setenv("STRIPE_KEY_FILE", str(data / "told"))

    assert env.secret("STRIPE_KEY") == "hush"


def test_a_secret_that_is_missing_is_named(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STRIPE_KEY", raising=False)

    with pytest.raises(Misconfigured, match="STRIPE_KEY is not set"):
        env.secret("STRIPE_KEY")


def test_a_secret_file_that_cannot_be_read_is_named(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRIPE_KEY_FILE", str(data / "nowhere"))

    with pytest.raises(Misconfigured, match="STRIPE_KEY_FILE: cannot read"):
        env.secret("STRIPE_KEY")


def test_the_secret_key_is_made_once_for_our_eyes_only(data: Path) -> None:
    first = env.secret_key()

    assert first == env.secret_key()
    assert len(first) >= 50
    kept = data / "keys" / "django-secret-key"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700


def test_processes_that_make_the_key_at_once_end_with_the_same(data: Path) -> None:
    words = [sys.executable, "-P", "-c"]
    words += ["from candour.config import env; print(env.secret_key())"]
    started = [subprocess.Popen(words, stdout=subprocess.PIPE) for _ in range(4)]

    said = {process.communicate()[0] for process in started}

    assert len(said) == 1
    assert [path.name for path in (data / "keys").iterdir()] == ["django-secret-key"]


def test_django_is_told_where_the_embedded_server_is(data: Path) -> None:
    told = env.database(Role.RUNTIME)

    assert told["HOST"] == str(data / "run" / "postgres")
    assert (told["NAME"], told["USER"]) == ("candour", "candour_runtime")
    assert told["OPTIONS"]["pool"]["max_size"] == 8
    assert told["CONN_MAX_AGE"] == 0


def test_the_owner_keeps_no_pool_and_does_not_queue_the_clinic(data: Path) -> None:
    told = env.database(Role.OWNER)

    assert "pool" not in told["OPTIONS"]
    assert told["OPTIONS"]["options"] == "-c lock_timeout=10s"


def test_a_database_url_is_passed_on_whole(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", URL)

    told = env.database(Role.OWNER)

    assert (told["HOST"], told["PORT"]) == ("db.example", "6432")
    assert (told["USER"], told["PASSWORD"]) == ("clinic", "s3cret")
    assert told["NAME"] == "records"
    assert told["OPTIONS"]["sslmode"] == "verify-full"
    assert env.runtime_role() == "records_runtime"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://clinic:s3cret@db/records", "cannot be read"),
        ("postgresql://clinic:s3cret@db", "names no dbname"),
        ("postgresql://db/records", "names no user"),
    ],
)
def test_a_database_url_that_makes_no_sense_is_refused_without_repeating_it(
    data: Path, monkeypatch: pytest.MonkeyPatch, url: str, said: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(Misconfigured, match=said) as refused:
        env.database(Role.OWNER)

    assert "s3cret" not in str(refused.value)


def test_a_role_that_is_neither_is_refused(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_DB_ROLE", "postgres")

    with pytest.raises(Misconfigured, match="must be owner or runtime"):
        env.database()


def test_the_site_is_only_itself(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert os.environ.get("CANDOUR_URL") is None
    monkeypatch.setenv("CANDOUR_URL", "https://clinic.example/")
    monkeypatch.setenv("CANDOUR_HOSTS", "www.clinic.example, ")

    assert env.base_url() == "https://clinic.example"
    assert env.allowed_hosts() == ["clinic.example", "localhost", "www.clinic.example"]


@pytest.mark.parametrize(
    ("told", "ready"),
    [
        ({}, False),
        ({"CANDOUR_DEMO": "no"}, False),
        ({"CANDOUR_DEMO": ""}, False),
        ({"CANDOUR_DEMO": "yes"}, True),
        ({"SMTP_HOST": "smtp.example.org"}, True),
    ],
)
def test_mail_waits_for_a_server_unless_it_is_said_to_be_a_demonstration(
    told: dict[str, str], ready: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CANDOUR_DEMO", "SMTP_HOST"):
        monkeypatch.delenv(name, raising=False)
    for name, value in told.items():
        monkeypatch.setenv(name, value)

    assert env.mail().ready is ready
