"""Install what a command needs into .venv, from a lock file with checksums.

Run by deploy/ready.sh with whichever Python was found; needs nothing but the standard
library. One install at a time: a second one waits, then finds its work done.
"""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
INSTALLED = VENV / "installed"  # one line a lock file: its name and its cksum
SOURCE_LINE = "../../../../src\n"  # from site-packages; survives moving the checkout


class Missing(Exception):
    """Something this machine lacks, in one sentence."""


def main(wanted: str) -> int:
    """Install `wanted` (run, dev or bench); return the exit code."""
    try:
        with _one_at_a_time():
            if not _is_installed(wanted):
                _install(wanted)
    except Missing as missing:
        _say(str(missing))
        return 1
    except KeyboardInterrupt:
        _say("Stopped. What is half installed is finished next time.")
        return 130
    return 0


def _install(wanted: str) -> None:
    """Bring .venv to `wanted` and whatever it already had: it only grows.

    So ./run never takes the test tools away from a developer, nor ./bench.
    """
    started = time.monotonic()
    locks = sorted({*_stamps(), "run", wanted})
    uv = _uv()
    _make_venv(uv)
    INSTALLED.unlink(missing_ok=True)
    _sync(uv, [ROOT / "requirements" / f"{lock}.txt" for lock in locks])
    for packages in VENV.glob("lib/python3*/site-packages"):
        (packages / "candour.pth").write_text(SOURCE_LINE)
    fresh = INSTALLED.with_suffix(".new")
    fresh.write_text("".join(f"{lock} {_cksum(lock)}\n" for lock in locks))
    fresh.rename(INSTALLED)
    _say(f"Installed in {time.monotonic() - started:.0f} s.")


def _sync(uv: Path, locks: list[Path]) -> None:
    lines = [line for lock in locks for line in lock.read_text().splitlines()]
    count = len({line.split("==")[0] for line in lines if "==" in line})
    _say(f"Installing {count} packages into .venv (once, about half a minute)…")
    quiet = () if sys.stderr.isatty() else ("--quiet",)
    python = str(VENV / "bin" / "python")
    _call(
        [str(uv), "pip", "sync", *quiet, "--require-hashes", "--python", python]
        + [str(lock) for lock in locks],
        "The packages could not be installed: see the lines above. Is this machine "
        "connected?",
    )


def _uv() -> Path:
    """Return the pinned uv, installed by pip into .tools on first use."""
    uv = TOOLS / "bin" / "uv"
    lock = ROOT / "requirements" / "tools.txt"
    pinned = lock.read_text().split()[0].partition("==")[2]
    if _version_of(uv) == pinned:
        return uv
    _need_ensurepip()
    _say(f"Installing uv {pinned} into .tools…")
    _call(
        [sys.executable, "-m", "venv", "--clear", str(TOOLS)],
        "Python could not make an environment in .tools: see the lines above.",
    )
    pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    pip += ["--no-input", "--disable-pip-version-check", "--require-hashes"]
    _call(
        [*pip, "-r", str(lock)],
        "uv could not be downloaded: see the lines above. Is this machine connected?",
    )
    return uv


def _version_of(uv: Path) -> str:
    try:
        said = subprocess.run([uv, "--version"], capture_output=True, text=True)
    except OSError:
        return ""
    return said.stdout.split()[1] if said.returncode == 0 else ""


def _need_ensurepip() -> None:
    """Debian packages it apart; as root we may fetch it, else we say how."""
    if _has_ensurepip():
        return
    command = "apt-get install python3-venv"
    if os.geteuid() == 0 and Path("/usr/bin/apt-get").exists():
        _say("Installing Debian's python3-venv…")
        apt = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-qq"], ["install", "-qq", "-y", "python3-venv"]):
            subprocess.run(["apt-get", *words], env=apt, stdout=subprocess.DEVNULL)
        if _has_ensurepip():
            return
    raise Missing(f"Python's venv module is missing: run `sudo {command}` first.")


def _has_ensurepip() -> bool:
    probe = [sys.executable, "-c", "import ensurepip, venv"]
    return subprocess.run(probe, capture_output=True).returncode == 0


def _make_venv(uv: Path) -> None:
    probe = "import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))"
    try:
        works = subprocess.run([VENV / "bin" / "python", "-c", probe]).returncode == 0
    except OSError:
        works = False
    if not works:
        command = [str(uv), "venv", "--quiet", "--clear", "--python", sys.executable]
        _call([*command, str(VENV)], "Python could not make an environment in .venv.")


def _call(command: list[str], otherwise: str) -> None:
    env = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_COMPILE_BYTECODE": "1"}
    env.pop("VIRTUAL_ENV", None)
    if subprocess.run(command, env=env, stdin=subprocess.DEVNULL).returncode:
        raise Missing(otherwise)


def _cksum(name: str) -> str:
    with (ROOT / "requirements" / f"{name}.txt").open("rb") as lock:
        said = subprocess.run(["cksum"], stdin=lock, capture_output=True, check=True)
    return said.stdout.decode().strip()


def _stamps() -> dict[str, str]:
    if not INSTALLED.exists():
        return {}
    lines = INSTALLED.read_text().splitlines()
    return dict(line.split(" ", 1) for line in lines)


def _is_installed(name: str) -> bool:
    works = (VENV / "bin" / "python").exists()
    return works and _stamps().get(name) == _cksum(name)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (ROOT / ".install.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("Another command is installing; waiting for it…")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
