"""Launching: a data folder of one's own, and nothing told by the environment."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from candour.config.postgres import Cluster

TOLD = (
    "DATABASE_URL",
    "DATABASE_RUNTIME_URL",
    "CANDOUR_DB_POOL",
    "CANDOUR_DB_ROLE",
    "CANDOUR_STATIC",
    "DJANGO_SETTINGS_MODULE",
    "PG_BIN",
)


@contextmanager
def bare_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make a data folder, short enough for a socket and open to other accounts."""
    folder = Path(tempfile.mkdtemp(prefix="candour-launch-"))
    folder.chmod(0o711)
    for name in TOLD:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CANDOUR_DATA", str(folder))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield a data folder of this test's own."""
    with bare_folder(monkeypatch) as folder:
        yield folder


@pytest.fixture
def cluster(data: Path) -> Iterator[Cluster]:
    """Yield a server that is not running yet, and is stopped afterwards."""
    made = Cluster(data, durable=False)
    yield made
    made.stop()


@pytest.fixture
def candour(data: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs one `candour` command on the data folder."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-P", "-m", "candour.config.main", *words]
        return subprocess.run(
            command, capture_output=True, text=True, env=dict(os.environ), timeout=60
        )

    return run
