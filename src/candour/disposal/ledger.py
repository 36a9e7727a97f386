"""The ledger outside the database: one line an erasure, flushed before it is committed.

A line may stand for an erasure whose transaction then failed. That is harmless: it was
confirmed, and it is tried again until it is done. The other way round would not be: a
backup could bring somebody back. Lines hold ids only, and are never changed.
"""

import fcntl
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings


def path() -> Path:
    """Return where the ledger is: in the data folder, beside the database."""
    return Path(settings.DATA_DIR) / "ledger" / "erasures"


def append(line: Mapping[str, Any]) -> None:
    """Add one line, and return when it is on the disk. Raises OSError when it is not.

    A line torn by a crash is left as it is, and the new one begins after it.
    """
    place = path()
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = not place.exists()
    said = json.dumps(dict(line), sort_keys=True, separators=(",", ":")) + "\n"
    handle = os.open(place, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        size = os.fstat(handle).st_size
        torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        os.write(handle, (("\n" if torn else "") + said).encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    if fresh:
        _flush_folder(place.parent)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class Read:
    """The ledger's lines by erasure, and the numbers of the lines that are damaged."""

    lines: Mapping[str, Mapping[str, Any]]
    damaged: tuple[int, ...]


def read() -> Read:
    """Return what the file says. An erasure that stands twice is one."""
    place = path()
    lines: dict[str, Mapping[str, Any]] = {}
    damaged = []
    text = place.read_text(errors="replace") if place.exists() else ""
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            said = json.loads(line)
            lines[said["erasure"]] = said
        except (ValueError, KeyError, TypeError):
            damaged.append(number)
    return Read(lines, tuple(damaged))
