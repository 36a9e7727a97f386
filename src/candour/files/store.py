"""The sealed files on the disk: written whole or not there, under random names."""

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from candour.files.models import FOLDER


def folder() -> Path:
    """Return where sealed files are; made on first use."""
    path = Path(settings.DATA_DIR) / FOLDER
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


class Writing:
    """A sealed file that is being written. Until it is finished nothing names it."""

    def __init__(self) -> None:
        self.name = secrets.token_hex(16)
        self._path = folder() / self.name
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(handle, "wb", buffering=0)
        self._hash = hashlib.sha256()

    def write(self, parts: Iterable[bytes]) -> None:
        """Add to the end. Raises OSError, as for a full disk."""
        for part in parts:
            view = memoryview(part)
            while view:
                view = view[self._file.write(view) :]
            self._hash.update(part)

    def finish(self) -> str:
        """Put everything on the disk for good; return its SHA-256 in hexadecimal."""
        os.fsync(self._file.fileno())
        self._file.close()
        _flush_folder()
        return self._hash.hexdigest()

    def drop(self) -> None:
        """Take the file away; also when it was finished."""
        self._file.close()
        self._path.unlink(missing_ok=True)


def write(parts: Iterable[bytes]) -> tuple[str, str]:
    """Write a sealed file; return its name and SHA-256. A failure leaves nothing."""
    writing = Writing()
    try:
        writing.write(parts)
        return writing.name, writing.finish()
    except BaseException:
        writing.drop()
        raise


def opened(name: str) -> BinaryIO:
    """Return the sealed file of that name. Raises FileNotFoundError."""
    return (folder() / name).open("rb")


def remove(names: Iterable[str]) -> None:
    """Take files away; it is no mistake that one is gone already."""
    for name in names:
        if name:
            (folder() / name).unlink(missing_ok=True)


def older_than(moment: float) -> list[str]:
    """Return the names of files that nothing was written to since `moment`, in s."""
    return [
        entry.name
        for entry in os.scandir(folder())
        if entry.is_file() and entry.stat().st_mtime < moment
    ]


def _flush_folder() -> None:
    handle = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
