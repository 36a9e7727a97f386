"""Processes that end when this one does, and the account they run as.

Two things make the server safe to start from any terminal. It dies with its parent,
cleanly, even when the parent is killed outright. And it never runs as root, which
PostgreSQL refuses: in a user namespace where there is one, else as `nobody`.
"""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from candour.core.errors import Misconfigured

PR_SET_PDEATHSIG = 1  # prctl(2)
LARGEST_LOG = 10_000_000  # bytes; then one older file is kept
# Maps root to an ordinary number inside; files keep their owner and mode outside.
NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")


@dataclass(frozen=True, slots=True)
class Account:
    """How to start a program without root: words before it, or another uid."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None


def spawn(
    words: Sequence[str | Path],
    *,
    log: IO[bytes],
    dies_by: signal.Signals = signal.SIGTERM,
    account: Account | None = None,
    env: dict[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program that outlives neither us nor a Ctrl-C meant for us.

    It is in a process group of its own, so that we decide the order in which things
    stop, and the kernel sends it `dies_by` should we vanish (Linux only). Call it from
    the main thread: the kernel watches the thread that forked.
    """
    account = account or Account()
    return subprocess.Popen(
        [*account.prefix, *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        cwd="/" if account.uid is not None else None,
        env=env,
        process_group=0,
        user=account.uid,
        group=account.gid,
        extra_groups=[] if account.uid is not None else None,
        preexec_fn=_tie_to_parent(dies_by),
    )


def _tie_to_parent(dies_by: signal.Signals) -> Callable[[], None] | None:
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)  # found here: nothing may be loaded between fork and exec
    parent = os.getpid()

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(dies_by))
        if os.getppid() != parent:  # we were gone before the kernel was asked
            os._exit(1)

    return tie


def end(
    process: subprocess.Popen[bytes], *signals: tuple[signal.Signals, float]
) -> None:
    """Stop a process: each signal in turn, with so many seconds to act on it."""
    for number, seconds in signals:
        if process.poll() is not None:
            return
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
            return
    process.kill()
    process.wait()


def open_log(data: Path, name: str) -> IO[bytes]:
    """Open a log to append to; one that has grown large makes room for itself."""
    folder = data / "log"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    path = folder / f"{name}.log"
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".old.log"))
    path.touch(mode=0o600)
    log = path.open("ab")
    log.seek(0, os.SEEK_END)
    return log


def account_for(files: Path, program: Path) -> Account:
    """Return how PostgreSQL can run here, given where its files are or will be.

    An ordinary user runs it as themselves. Root runs it as the files' owner; when root
    owns them, or there are none yet, in a namespace; and where the kernel gives none
    (many containers), as `nobody`. Raises Misconfigured when nothing works.
    """
    owner = files.stat().st_uid if files.exists() else None
    if os.geteuid() != 0:
        if owner not in (None, os.geteuid()):
            raise Misconfigured(
                f"The database in {files} belongs to another account "
                f"({_name_of(owner)}): run Candour as that account."
            )
        return Account()
    if not owner and _runs(Account(prefix=NAMESPACE), program, files):
        return Account(prefix=NAMESPACE)
    if owner == 0:
        raise Misconfigured(
            f"The database in {files} belongs to root, and PostgreSQL will not run as "
            "root without user namespaces: give the files to an ordinary account and "
            "run Candour as that, or set DATABASE_URL."
        )
    nobody = pwd.getpwnam("nobody")
    as_owner = pwd.getpwuid(owner) if owner else nobody
    account = Account(uid=as_owner.pw_uid, gid=as_owner.pw_gid)
    if _runs(account, program, files):
        return account
    raise Misconfigured(
        f"PostgreSQL will not run as root here, and {as_owner.pw_name} cannot reach "
        f"{program.parent} or {files.parent}: run Candour as an ordinary user, put it "
        "under /srv, or set DATABASE_URL."
    )


def _name_of(uid: int | None) -> str:
    try:
        return pwd.getpwuid(uid or 0).pw_name
    except KeyError:
        return str(uid)


def _runs(account: Account, program: Path, files: Path) -> bool:
    """Say whether `account` can start the program and reach the files' folder."""
    probe = 'test -x "$1" && "$0" --version'
    try:
        asked = subprocess.run(
            [*account.prefix, "/bin/sh", "-c", probe, str(program), str(files.parent)],
            capture_output=True,
            cwd="/",
            user=account.uid,
            group=account.gid,
            extra_groups=[] if account.uid is not None else None,
        )
    except OSError:
        return False
    return asked.returncode == 0
