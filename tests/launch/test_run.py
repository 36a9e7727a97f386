"""`./run`: a whole clinic in one terminal, which looks after itself and closes well."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from candour.config import env
from candour.config.env import Role
from tests.launch.conftest import bare_folder

pytestmark = pytest.mark.skipif(
    not Path("/proc").exists(), reason="looks at processes as Linux shows them"
)

WORDS = [sys.executable, "-P", "-m", "candour.config.main", "run"]
PATIENCE = 60  # seconds; what is waited for is there or it is not


@dataclass
class Clinic:
    """A `./run` that is open."""

    process: subprocess.Popen[str]
    port: int
    data: Path
    said: str

    def pid(self, name: str) -> int:
        """Return the process of the site, the worker or the database."""
        if name == "postgres":
            return int(
                (self.data / "postgres" / "postmaster.pid").read_text().split()[0]
            )
        word = {"site": b"web", "worker": b"worker"}[name]
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                parent = re.search(r"^PPid:\t(\d+)", status.read_text(), re.MULTILINE)
                words = status.with_name("cmdline").read_bytes().split(b"\0")
            except OSError:
                continue  # it ended while we looked
            if parent and int(parent[1]) == self.process.pid and word in words:
                return int(status.parent.name)
        raise LookupError(name)

    def health(self) -> int:
        """Return the status of /health, or 0 when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/health", headers={"Host": "localhost"})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def is_well_again(self) -> bool:
        """Wait until /health answers 200."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.health() == 200:
                return True
            time.sleep(0.05)
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def opened(data: Path) -> Clinic:
    port = free_port()
    process = subprocess.Popen(
        [*WORDS, "--data", str(data), "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=dict(os.environ),
    )
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Stop with Ctrl-C" in line:
            return Clinic(process, port, data, said)
    raise AssertionError(f"`candour run` ended with {process.wait()}:\n{said}")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch, bare_folder(patch) as made:
        yield made


@pytest.fixture(scope="module")
def last_opened() -> Iterator[list[Clinic]]:
    """Yield the clinic that is open, if one is; close it in the end."""
    held: list[Clinic] = []
    yield held
    for clinic in held:
        clinic.process.terminate()
        clinic.process.communicate(timeout=PATIENCE)


@pytest.fixture
def clinic(folder: Path, last_opened: list[Clinic]) -> Clinic:
    """Return the clinic that is open, opening it again after a test that closed it."""
    if not last_opened or last_opened[0].process.poll() is not None:
        last_opened[:] = [opened(folder)]
    return last_opened[0]


def gone(pid: int) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def test_it_says_where_the_clinic_is(clinic: Clinic) -> None:
    assert f"http://localhost:{clinic.port}/" in clinic.said
    assert f"http://localhost:{clinic.port}/desk/" in clinic.said
    assert str(clinic.data) in clinic.said
    assert clinic.health() == 200


def test_the_site_comes_in_as_the_role_that_owns_nothing(clinic: Clinic) -> None:
    owner = make_conninfo(**env.connection(Role.OWNER))
    with psycopg.connect(owner) as database:
        rows = database.execute(
            "SELECT DISTINCT usename FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()

    assert rows == [("candour_runtime",)]


def test_a_second_one_on_the_same_data_says_where_the_first_is(clinic: Clinic) -> None:
    second = subprocess.run(
        [*WORDS, "--data", str(clinic.data)], capture_output=True, text=True
    )

    assert second.returncode == 1
    assert f"open already, at http://localhost:{clinic.port}" in second.stderr
    assert f"process {clinic.process.pid}" in second.stderr
    assert clinic.health() == 200


def test_a_port_in_use_is_said_in_a_sentence(clinic: Clinic, data: Path) -> None:
    other = subprocess.run(
        [*WORDS, "--data", str(data), "--port", str(clinic.port)],
        capture_output=True,
        text=True,
    )

    assert other.returncode == 1
    assert f"Port {clinic.port} cannot be used" in other.stderr
    assert "--port" in other.stderr


@pytest.mark.parametrize("name", ["site", "worker", "postgres"])
def test_what_dies_is_started_again(clinic: Clinic, name: str) -> None:
    before = clinic.pid(name)
    os.kill(before, signal.SIGKILL)

    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if clinic.pid(name) != before:
                break
        except (LookupError, FileNotFoundError):
            time.sleep(0.05)
    assert clinic.pid(name) != before
    assert clinic.is_well_again()


def test_no_line_of_any_log_repeats_a_sign_in(clinic: Clinic) -> None:
    secrets = re.findall(r"password\s+(\S+)", clinic.said)

    for log in (clinic.data / "log").glob("*.log"):
        text = log.read_text()
        assert [secret for secret in secrets if secret in text] == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_closes_everything(
    clinic: Clinic, number: signal.Signals
) -> None:
    pids = [clinic.pid(name) for name in ("site", "worker", "postgres")]

    clinic.process.send_signal(number)
    said, _ = clinic.process.communicate(timeout=PATIENCE)

    assert clinic.process.returncode == 0, said
    assert "Everything is kept" in said
    assert all(gone(pid) for pid in pids)
    assert not (clinic.data / "postgres" / "postmaster.pid").exists()
    assert not (clinic.data / "run" / "run.json").exists()


def test_killed_outright_it_takes_everything_with_it(
    clinic: Clinic, folder: Path
) -> None:
    pids = [clinic.pid(name) for name in ("site", "worker", "postgres")]

    clinic.process.kill()
    clinic.process.communicate(timeout=PATIENCE)

    assert all(gone(pid) for pid in pids)
    assert not (folder / "postgres" / "postmaster.pid").exists()


def test_what_a_killed_one_left_is_in_nobody_s_way(clinic: Clinic) -> None:
    clinic.process.kill()

    again = opened(clinic.data)

    assert again.health() == 200
    again.process.terminate()
    again.process.communicate(timeout=PATIENCE)
    clinic.process.communicate(timeout=PATIENCE)
    assert again.process.returncode == 0
