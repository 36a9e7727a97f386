"""`candour run`: one terminal in which a whole clinic is open, until Ctrl-C.

It starts PostgreSQL, brings the database up to date, opens the clinic that the policy
describes, and then looks after three processes. Each is started again if it dies, with
longer waits if it keeps dying. Should this process itself be killed outright, the
kernel stops the others, and nothing that was acknowledged is lost.
"""

import argparse
import fcntl
import http.client
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from candour.config import env
from candour.config.postgres import Cluster
from candour.config.processes import end, open_log, spawn
from candour.core.errors import CandourError, Misconfigured, Unavailable

TICK = 0.05  # seconds between looks at the processes
LONGEST_WAIT = 30.0  # seconds before a process that keeps dying is tried again
STEADY = 60.0  # seconds after which a process counts as well
OPENING = 60.0  # seconds for the first page to answer
STOPPING = 5.5  # seconds for the site and the worker to finish what they do
WEEK = 7 * 24 * 3600
CANDOUR = (sys.executable, "-P", "-m", "candour.config.main")


class Stopped(CandourError):
    """Stopped."""

    code = "stopped"


@dataclass(slots=True)
class Child:
    """A process that is to be running: what it is called and how to start it."""

    name: str
    words: tuple[str, ...]
    data: Path
    env: dict[str, str]
    orphaned_by: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    retry_at: float = 0.0

    def start(self) -> None:
        """Start it, with what it says going to its log."""
        with open_log(self.data, self.name) as log:
            self.process = spawn(
                [*CANDOUR, *self.words],
                log=log,
                dies_by=self.orphaned_by,
                env=self.env,
            )
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Start it again if it died, after a wait that doubles each time."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.retry_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            if now - self.started > STEADY:
                self.deaths = 0
            return
        self.clear_away()
        wait = min(LONGEST_WAIT, 2.0**self.deaths)
        self.deaths += 1
        self.retry_at = now + wait
        log = self.data / "log" / f"{self.name}.log"
        _say(f"The {self.name} stopped by itself (see {log}); again in {wait:.0f} s.")

    def clear_away(self) -> None:
        """End whatever is left of it: its own children are in its process group."""
        if self.process is not None:
            with suppress(ProcessLookupError):  # nothing is left: just as well
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


class Supervisor:
    """The processes of one clinic, on one data folder."""

    def __init__(self, data: Path, port: int, *, demo: bool) -> None:
        self.data = data
        self.port = port
        self.demo = demo
        self.stopping = False
        self.cluster = Cluster(data) if env.is_embedded() else None
        self.env = {
            **os.environ,
            "CANDOUR_DATA": str(data),
            "CANDOUR_PORT": str(port),
            "CANDOUR_DEMO": "yes" if demo else "no",
            "PYTHONUNBUFFERED": "1",
        }
        self.children = [
            # Should we be killed, the worker could only wait for a database that is
            # going too. A job cut short is taken up again from its row.
            Child("worker", ("worker",), data, self.env, signal.SIGKILL),
            Child("site", ("web", "--port", str(port)), data, self.env),
        ]
        self._database_retry_at = 0.0
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def open(self, policy: str) -> list[str]:
        """Bring everything up; return what the clinic has to say for a start."""
        if self.cluster is not None:
            with _timed("PostgreSQL"):
                # A `candour` command may be using the database for a moment.
                self.cluster.start(patience=30)
        with _timed("tables, walls and grants"):
            self._step("migrate")
        with _timed(f"policy {policy}" + (", an invented clinic" if self.demo else "")):
            words = () if self.demo else ("--no-demo",)
            said = self._step("open", "--policy", policy, *words)
        with _timed("site and worker"):
            for child in self.children:
                child.start()
            self._wait_for_first_page()
        return said

    def keep_open(self) -> None:
        """Look after the processes until asked to stop."""
        while not self.stopping:
            if self.cluster is not None and not self.cluster.alive():
                self._restart_database(self.cluster)
            for child in self.children:
                child.look_after()
            self._maintain()
            time.sleep(TICK)

    def close(self) -> None:
        """Stop the site, then the worker, then PostgreSQL; nothing is lost."""
        running = [child for child in reversed(self.children) if child.process]
        deadline = time.monotonic() + STOPPING
        for child in running:
            if child.process is not None and child.process.poll() is None:
                child.process.send_signal(signal.SIGTERM)
        for child in running:
            while (
                child.process is not None
                and child.process.poll() is None
                and time.monotonic() < deadline
            ):
                time.sleep(TICK)
            child.clear_away()
        if self.cluster is not None:
            self.cluster.stop()

    def _step(self, *words: str) -> list[str]:
        """Run one command to its end; return its lines, or raise with them."""
        with tempfile.TemporaryFile() as said:
            process = spawn([*CANDOUR, *words], log=said, env=self.env)
            while process.poll() is None:
                if self.stopping:
                    end(process, (signal.SIGTERM, 3))
                    raise Stopped
                time.sleep(TICK)
            said.seek(0)
            lines = said.read().decode(errors="replace").splitlines()
        if process.returncode:
            if len(lines) == 1:
                raise Unavailable(lines[0])
            print("\n".join(lines), file=sys.stderr)
            raise Unavailable(f"`candour {words[0]}` failed: see the lines above.")
        return lines

    def _wait_for_first_page(self) -> None:
        deadline = time.monotonic() + OPENING
        while not _answers(self.port):
            if self.stopping:
                raise Stopped
            for child in self.children:
                child.look_after()
            failing = [child.name for child in self.children if child.deaths >= 2]
            if failing or time.monotonic() > deadline:
                name = failing[0] if failing else "site"
                print(_tail(self.data, name), file=sys.stderr)
                log = self.data / "log" / f"{name}.log"
                raise Unavailable(f"The {name} does not start: see above, and {log}.")
            time.sleep(TICK)

    def _restart_database(self, cluster: Cluster) -> None:
        if time.monotonic() < self._database_retry_at:
            return
        self._database_retry_at = time.monotonic() + 5
        _say("PostgreSQL stopped by itself; starting it again.")
        try:
            cluster.start()
        except CandourError as error:
            _say(str(error))

    def _maintain(self) -> None:
        """Start the week's maintenance when it is due."""
        stamp = self.data / "run" / "maintained"
        if not stamp.exists():
            stamp.touch()
        if time.time() - stamp.stat().st_mtime < WEEK:
            return
        stamp.touch()
        if importlib.util.find_spec("candour.cli.maintain"):
            with open_log(self.data, "maintain") as log:
                spawn([*CANDOUR, "maintain"], log=log, env=self.env)


def run(args: argparse.Namespace) -> int:
    """Open a clinic here and keep it open. Return 0 when stopped as asked."""
    data = env.data_dir()
    started = time.monotonic()
    with _only_one(data, args.port):
        _refuse_unknown(args.policy)
        _refuse_busy(args.port)
        supervisor = Supervisor(data, args.port, demo=args.demo)
        try:
            said = supervisor.open(args.policy)
            _announce(args.port, data, said, time.monotonic() - started)
            supervisor.keep_open()
        except Stopped:
            pass  # asked to before it was open: that is no failure
        finally:
            supervisor.close()
    _say("Closed. Everything is kept.")
    return 0


def prepare(args: argparse.Namespace) -> int:
    """Publish the policy if need be and print what a newcomer wants to know."""
    if args.demo:
        from candour.cli.demo import prepare as furnish
    else:
        from candour.cli.setup import prepare as furnish
    for line in furnish(policy=args.policy):
        print(line)
    return 0


@contextmanager
def _only_one(data: Path, port: int) -> Iterator[None]:
    """Have the data folder to ourselves, or say where the other `./run` is."""
    folder = data / "run"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        data.chmod(0o711)
        lock = (folder / "run.lock").open("a")
    except OSError as cause:
        raise Misconfigured(
            f"The data folder {data} cannot be written: {cause.strerror}."
        ) from cause
    note = folder / "run.json"
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            there = json.loads(note.read_text()) if note.exists() else {}
            raise Misconfigured(
                f"This clinic is open already, at {there.get('address', '?')} (process "
                f"{there.get('pid', '?')}), on the data in {data}. Stop it there with "
                "Ctrl-C, or give another --data."
            ) from None
        fresh = note.with_suffix(".new")
        fresh.write_text(json.dumps({"address": _address(port), "pid": os.getpid()}))
        fresh.replace(note)
        try:
            yield
        finally:
            note.unlink(missing_ok=True)


def _refuse_unknown(policy: str) -> None:
    from candour.policy.load import names

    clinics = [name for name in names() if not name.startswith("baseline-")]
    if policy not in clinics:
        raise Misconfigured(
            f"There is no policy {policy!r}. There are: {', '.join(clinics)}."
        )


def _refuse_busy(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as cause:
            raise Misconfigured(
                f"Port {port} cannot be used ({cause.strerror}): choose another with "
                "--port."
            ) from cause


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _announce(port: int, data: Path, said: list[str], seconds: float) -> None:
    lines = ["", f"Open after {seconds:.1f} s.", ""]
    lines += [f"  the clinic's site   {_address(port)}/"]
    lines += [f"  the clinic's desk   {_address(port)}/desk/"]
    lines += ["", *said, ""] if said else [""]
    lines += [f"Everything is kept in {data}. Stop with Ctrl-C."]
    _say("\n".join(lines))


def _address(port: int) -> str:
    return f"http://localhost:{port}"


@contextmanager
def _timed(what: str) -> Iterator[None]:
    started = time.monotonic()
    print(f"  {what:<44}", end="", flush=True)
    try:
        yield
    except BaseException:
        print("  no", flush=True)
        raise
    print(f"{time.monotonic() - started:5.1f} s", flush=True)


def _tail(data: Path, name: str, lines: int = 12) -> str:
    text = (data / "log" / f"{name}.log").read_text(errors="replace")
    return "\n".join(text.splitlines()[-lines:])


def _say(text: str) -> None:
    print(text, flush=True)
