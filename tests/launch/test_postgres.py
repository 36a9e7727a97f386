"""The embedded server: starting, sharing, crashing, and who it runs as."""

import os
import pwd
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from candour.config import processes
from candour.config.postgres import Cluster, InUse
from candour.core.errors import Misconfigured, Unavailable

HOLD = """
import sys, time
from pathlib import Path
from candour.config.postgres import Cluster
cluster = Cluster(Path(sys.argv[1]))
cluster.{how}()
print("up", flush=True)
sys.stdin.readline()
cluster.stop(wait_for_others=True)
print("down", flush=True)
"""


@contextmanager
def another_process(data: Path, how: str) -> Iterator[subprocess.Popen[str]]:
    """Run a process that has the server of `data` until it is sent a line."""
    with subprocess.Popen(
        [sys.executable, "-P", "-c", HOLD.format(how=how), str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "up\n"
        try:
            yield other
        finally:
            other.kill()


def write(cluster: Cluster, number: int) -> None:
    with psycopg.connect(cluster.conninfo()) as database:
        database.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
        database.execute("INSERT INTO kept VALUES (%s)", [number])


def kept(cluster: Cluster) -> list[int]:
    with psycopg.connect(cluster.conninfo()) as database:
        return [n for (n,) in database.execute("SELECT number FROM kept ORDER BY 1")]


def postmaster(data: Path) -> int:
    return int((data / "postgres" / "postmaster.pid").read_text().split()[0])


def gone(pid: int, within: float = 10) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def test_it_keeps_what_was_written_from_one_start_to_the_next(cluster: Cluster) -> None:
    cluster.start()
    write(cluster, 1)
    cluster.stop()
    cluster.start()

    assert kept(cluster) == [1]


def test_it_listens_on_no_network_and_only_its_owner_reaches_the_socket(
    cluster: Cluster,
) -> None:
    cluster.start()

    with psycopg.connect(cluster.conninfo()) as database:
        assert database.execute("SHOW listen_addresses").fetchone() == ("",)
    folder = cluster.data / "run" / "postgres"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_letters_outside_ascii_have_a_capital(cluster: Cluster) -> None:
    cluster.start()

    with psycopg.connect(cluster.conninfo()) as database:
        assert database.execute("SELECT upper('é'), lower('Ł')").fetchone() == (
            "É",
            "ł",
        )


def test_a_server_killed_outright_loses_nothing(data: Path) -> None:
    cluster = Cluster(data)
    cluster.start()
    try:
        write(cluster, 1)
        os.kill(postmaster(data), signal.SIGKILL)
        while cluster.alive():
            time.sleep(0.01)

        cluster.start()

        assert kept(cluster) == [1]
    finally:
        cluster.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's word is Linux's")
def test_a_starter_killed_outright_takes_the_server_with_it_and_loses_nothing(
    data: Path,
) -> None:
    cluster = Cluster(data)
    with another_process(data, "start") as starter:
        write(cluster, 1)
        pid = postmaster(data)
        starter.kill()
        assert gone(pid)
    assert not (data / "postgres" / "postmaster.pid").exists()  # it shut down cleanly

    cluster.start()
    try:
        assert kept(cluster) == [1]
    finally:
        cluster.stop()


def test_starting_at_once_after_the_starter_was_killed_waits_for_its_server(
    data: Path,
) -> None:
    cluster = Cluster(data)
    with another_process(data, "start") as starter:
        starter.kill()
        starter.wait()
        cluster.start()
    try:
        write(cluster, 1)
    finally:
        cluster.stop()


def test_a_second_start_on_the_same_folder_says_who_has_it(data: Path) -> None:
    with another_process(data, "start") as first:
        with pytest.raises(InUse) as refused:
            Cluster(data).start()

        assert f"process {first.pid}" in str(refused.value)
        assert str(data) in str(refused.value)


def test_a_command_uses_the_server_that_is_running(data: Path) -> None:
    cluster = Cluster(data)
    with another_process(data, "start"):
        cluster.attach_or_start()
        write(cluster, 1)

        assert not cluster.is_ours
        cluster.stop()
        write(cluster, 2)  # stopping what is not ours leaves it running


def test_a_command_that_started_the_server_waits_for_others_using_it(
    data: Path,
) -> None:
    cluster = Cluster(data)
    with another_process(data, "attach_or_start") as first:
        assert first.stdin is not None
        cluster.attach_or_start()
        first.stdin.write("\n")
        first.stdin.flush()
        time.sleep(0.3)

        assert first.poll() is None
        write(cluster, 1)
        cluster.stop()

        assert first.wait(10) == 0


def test_files_of_another_version_are_refused_in_a_sentence(cluster: Cluster) -> None:
    cluster.files.mkdir()
    (cluster.files / "PG_VERSION").write_text("17\n")

    with pytest.raises(Misconfigured, match="written by PostgreSQL 17, and this is"):
        cluster.start()


def test_files_that_were_only_half_made_are_made_again(cluster: Cluster) -> None:
    half = cluster.data / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    cluster.start()

    assert cluster.alive()
    assert not half.exists()


def test_files_that_are_damaged_are_said_to_be(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    (cluster.files / "global" / "pg_control").unlink()

    with pytest.raises(Unavailable, match=r"PostgreSQL did not start: .*pg_control"):
        cluster.start()


def test_a_folder_too_deep_for_a_socket_has_it_in_a_short_place(data: Path) -> None:
    deep = Cluster(data / ("d" * 90), durable=False)
    deep.start()
    try:
        write(deep, 1)
        place = Path((deep.data / "run" / "socket").read_text())
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
    finally:
        deep.stop()
    assert not place.exists()


def test_what_people_entered_is_not_in_the_log(cluster: Cluster) -> None:
    cluster.start()
    with psycopg.connect(cluster.conninfo(), autocommit=True) as database:
        database.execute("CREATE TABLE names (name text UNIQUE)")
        database.execute("INSERT INTO names VALUES ('Zephyrine')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            database.execute("INSERT INTO names VALUES ('Zephyrine')")
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            database.execute("SELECT 'Zephyrine'::int")
    cluster.stop()

    log = (cluster.data / "log" / "postgres.log").read_text()
    assert "ready to accept connections" in log
    assert "Zephyrine" not in log


def test_a_log_that_grew_large_makes_room(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "LARGEST_LOG", 3)
    processes.open_log(data, "site").close()
    (data / "log" / "site.log").write_text("long")

    processes.open_log(data, "site").close()

    assert (data / "log" / "site.log").read_text() == ""
    assert (data / "log" / "site.old.log").read_text() == "long"


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another")


@as_root
def test_root_runs_it_without_giving_the_files_away(cluster: Cluster) -> None:
    account = processes.account_for(cluster.files, cluster.programs / "postgres")
    if not account.prefix:
        pytest.skip("this kernel gives no user namespaces")

    cluster.start()

    assert cluster.files.stat().st_uid == 0
    assert stat.S_IMODE(cluster.files.stat().st_mode) == 0o700


@as_root
def test_root_without_namespaces_runs_it_as_nobody(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "NAMESPACE", ("false",))

    cluster.start()
    write(cluster, 1)
    cluster.stop()
    monkeypatch.undo()  # namespaces are back, the files still belong to nobody
    cluster.start()

    assert kept(cluster) == [1]
    assert cluster.files.stat().st_uid == pwd.getpwnam("nobody").pw_uid


@as_root
def test_root_is_told_when_nobody_cannot_reach_the_files(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "NAMESPACE", ("false",))
    data.chmod(0o700)

    with pytest.raises(Misconfigured, match="run Candour as an ordinary user"):
        Cluster(data / "deeper").start()


@as_root
def test_an_ordinary_user_runs_it_as_themselves(
    data: Path, ordinary_python: list[str]
) -> None:
    nobody = pwd.getpwnam("nobody")
    os.chown(data, nobody.pw_uid, nobody.pw_gid)
    script = HOLD.format(how="start") + "print(Path(sys.argv[1], 'postgres').owner())"

    ran = subprocess.run(
        [*ordinary_python, "-c", script, str(data)],
        input="\n",
        capture_output=True,
        text=True,
    )

    assert ran.stdout.split() == ["up", "down", "nobody"], ran.stderr


@as_root
def test_an_ordinary_user_is_told_whose_files_they_are(
    data: Path, ordinary_python: list[str]
) -> None:
    Cluster(data, durable=False).files.mkdir()
    for folder in (data, *data.iterdir()):
        folder.chmod(0o777)

    ran = subprocess.run(
        [*ordinary_python, "-c", HOLD.format(how="start"), str(data)],
        input="\n",
        capture_output=True,
        text=True,
    )

    assert "belongs to another account (root)" in ran.stderr


@pytest.fixture
def ordinary_python() -> list[str]:
    """Return the words that run this project's Python as an ordinary user."""
    root = Path(__file__).parents[2]
    packages = next((root / ".venv").glob("lib/python3*/site-packages"))
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    become = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    path = f"PYTHONPATH={root / 'src'}:{packages}"
    for python in (sys.executable, f"/usr/bin/{version}"):
        words = [*become, "env", path, python, "-P"]
        probe = subprocess.run([*words, "-c", "import psycopg"], capture_output=True)
        if probe.returncode == 0:
            return words
    pytest.skip("no Python here that an ordinary user can run")
