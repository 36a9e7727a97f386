"""The scripts a fresh clone starts with, and the lock files they install from."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def pinned(lock: str) -> set[str]:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    return set(re.findall(r"^([a-z0-9._-]+==[^\s;\\]+)", text, re.MULTILINE))


def shell(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            "/bin/sh",
            "-euc",
            f'root=$1; . "$root/deploy/ready.sh"; {script}',
            "sh",
            ROOT,
        ],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_has_checksums_and_no_address(lock: Path) -> None:
    text = lock.read_text()

    assert "://" not in text
    entries = re.split(r"\n(?=[a-z])", text)
    assert [e.split()[0] for e in entries if "--hash=sha256:" not in e] == []


@pytest.mark.parametrize("larger", ["dev", "bench"])
def test_what_runs_the_clinic_is_the_same_wherever_it_is_installed(
    larger: str,
) -> None:
    assert pinned("run") <= pinned(larger)


def test_what_is_asked_for_directly_is_locked() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    block = text.partition("dependencies = [")[2].partition("\n]")[0]
    named = re.findall(r'^\s*"([A-Za-z0-9._-]+)', block, re.MULTILINE)
    asked = {name.lower().replace(".", "-") for name in named}

    assert len(asked) > 15
    assert asked <= {entry.partition("==")[0] for entry in pinned("run")}


def test_without_a_python_the_machine_is_told_what_to_install(tmp_path: Path) -> None:
    said = shell("find_python", PATH=str(tmp_path), CANDOUR_PYTHON="")

    assert said.returncode == 1
    assert "needs Python 3.11 to 3.14" in said.stderr
    assert "apt-get install python3" in said.stderr


def test_a_python_too_old_is_passed_over(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)

    said = shell("find_python", PATH=str(tmp_path), CANDOUR_PYTHON="")

    assert said.returncode == 1
    assert str(old) not in said.stdout


def test_a_changed_lock_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    python = tmp_path / ".venv" / "bin" / "python"
    python.touch(mode=0o755)
    lock = tmp_path / "requirements" / "run.txt"
    lock.write_text("one==1\n")
    answer = f"root={tmp_path}; installed run && echo yes || echo no"

    assert shell(answer).stdout == "no\n"
    stamp = shell(f"cksum <{lock}").stdout
    (tmp_path / ".venv" / "installed").write_text(f"run {stamp}")
    assert shell(answer).stdout == "yes\n"
    lock.write_text("one==2\n")
    assert shell(answer).stdout == "no\n"


@pytest.mark.parametrize("name", ["run", "test", "candour", "bench", ".ci/run"])
def test_a_script_is_plain_shell_that_anyone_may_run(name: str) -> None:
    script = ROOT / name

    assert os.access(script, os.X_OK)
    assert script.read_text().startswith("#!/bin/sh\n")
    checked = subprocess.run(["/bin/sh", "-n", script], capture_output=True, text=True)
    assert checked.stderr == ""


@pytest.fixture
def install() -> ModuleType:
    """Return deploy/install.py, which is a script and not in any package."""
    spec = importlib.util.spec_from_file_location("install", ROOT / "deploy/install.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_without_ensurepip_an_ordinary_user_is_told_the_one_command(
    install: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "_has_ensurepip", lambda: False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(install.Missing, match="sudo apt-get install python3-venv"):
        install._need_ensurepip()


def test_what_cannot_be_downloaded_is_said_and_nothing_counts_as_installed(
    install: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if not (ROOT / ".tools" / "bin" / "uv").exists():
        pytest.skip("uv was not installed by ./test")
    (tmp_path / "requirements").mkdir()
    for lock in ("run", "tools"):
        shutil.copy(ROOT / "requirements" / f"{lock}.txt", tmp_path / "requirements")
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(install, "TOOLS", ROOT / ".tools")
    monkeypatch.setattr(install, "INSTALLED", tmp_path / ".venv" / "installed")
    for name in ("UV_OFFLINE", "UV_NO_CACHE"):
        monkeypatch.setenv(name, "1")

    assert install.main("run") == 1

    assert "Is this machine connected?" in capsys.readouterr().err
    assert not (tmp_path / ".venv" / "installed").exists()
