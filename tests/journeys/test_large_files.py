"""Large files through the server that `./run` starts: memory flat, limits kept."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from candour.files import store
from candour.files.kinds import MB
from tests.apps import files_cast as cast
from tests.factories import publish_policy
from tests.journeys.world import free_port
from tests.surfaces.desk import signed_in
from tests.surfaces.filed import file_of, make_person

pytestmark = pytest.mark.usefixtures("db")
TOKEN = "a" * 32
BOUNDARY = "candour-boundary"
PIECE = bytes(1 << 20)
GROWTH = 40 * MB  # bytes that a sending may add to the server, however large it is


@dataclass
class Server:
    """The site in a process of its own, and how much memory that takes."""

    port: int
    processes: list[int]

    def memory(self) -> int:
        """Return the resident memory of the server in bytes."""
        found = 0
        for pid in self.processes:
            status = Path(f"/proc/{pid}/statm").read_text().split()
            found += int(status[1]) * os.sysconf("SC_PAGE_SIZE")
        return found


@pytest.fixture
def server(db: None) -> Iterator[Server]:
    publish_policy()
    port = free_port()
    settings = {"DJANGO_SETTINGS_MODULE": "candour.config.settings"}
    command = [sys.executable, "-P", "-m", "candour.config.main", "web"]
    started = subprocess.Popen(
        [*command, "--port", str(port)],
        env={**os.environ, **settings, "CANDOUR_URL": f"http://localhost:{port}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        inner = Path(f"/proc/{started.pid}/task/{started.pid}/children").read_text()
        yield Server(port, [started.pid, *map(int, inner.split())])
    finally:
        started.terminate()
        started.wait(timeout=30)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            with closing(http.client.HTTPConnection("localhost", port)) as asked:
                asked.request("GET", "/health")
                asked.getresponse().read()
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def body(head: bytes, size: int) -> tuple[int, Iterator[bytes]]:
    """Return the length and the pieces of a form with one file of `size` bytes."""
    fields = {"csrfmiddlewaretoken": TOKEN, "source": "consultation", "title": ""}
    before = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        f"{value}\r\n"
        for name, value in fields.items()
    )
    before += (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file";'
        ' filename="x.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    )
    after = f"\r\n--{BOUNDARY}--\r\n".encode()

    def pieces() -> Iterator[bytes]:
        yield before.encode() + head
        left = size - len(head)
        while left > 0:
            yield PIECE[:left]
            left -= len(PIECE)
        yield after

    return len(before.encode()) + size + len(after), pieces()


def send(server: Server, client: Client, address: str, head: bytes, size: int) -> Any:
    """Send a file as a browser does; return status, answer and most memory taken."""
    length, pieces = body(head, size)
    session = client.cookies["sessionid"].value
    connection = http.client.HTTPConnection("localhost", server.port, timeout=120)
    with closing(connection) as asked:
        asked.putrequest("POST", address)
        asked.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
        asked.putheader("Content-Length", str(length))
        asked.putheader("Cookie", f"sessionid={session}; csrftoken={TOKEN}")
        asked.putheader("Accept", "application/json")
        asked.endheaders()
        most = 0
        for count, piece in enumerate(pieces):
            asked.send(piece)
            if count % 10 == 0:
                most = max(most, server.memory())
        answer = asked.getresponse()
        said = answer.read().decode()
        return answer.status, said, max(most, server.memory())


def kept() -> int:
    """Return how many bytes lie in the folder of files."""
    return sum(path.stat().st_size for path in store.folder().iterdir())


def test_a_clip_of_200_mb_is_taken_with_the_memory_of_a_small_one(
    server: Server, client: Client
) -> None:
    signed_in(client, "practitioner")
    address = file_of(make_person(), "documents/add/photograph/")
    send(server, client, address, cast.jpeg(), len(cast.jpeg()))  # what is loaded once
    before = server.memory()
    film = cast.clip(film=b"", large=200 * MB)

    status, said, most = send(server, client, address, film, 200 * MB)

    assert (status, "documents/" in said) == (200, True)
    assert kept() > 200 * MB
    assert most - before < GROWTH


def test_a_photograph_of_200_mb_is_refused_and_leaves_nothing(
    server: Server, client: Client
) -> None:
    signed_in(client, "practitioner")
    address = file_of(make_person(), "documents/add/photograph/")
    send(server, client, address, cast.jpeg(), len(cast.jpeg()))
    before, small = server.memory(), kept()

    status, said, most = send(server, client, address, cast.jpeg(), 200 * MB)

    assert status == 422
    assert "larger than 50 MB" in said
    assert kept() == small
    assert most - before < GROWTH


def test_who_is_not_signed_in_sends_nothing(server: Server, client: Client) -> None:
    signed_in(client, "practitioner")
    address = file_of(make_person(), "documents/add/photograph/")
    client.cookies["sessionid"] = "b" * 32

    try:
        status, _, _ = send(server, client, address, cast.jpeg(), 5 * MB)
    except (BrokenPipeError, ConnectionResetError):
        status = 302  # it was cut off before it had sent everything

    assert status == 302
    assert kept() == 0
