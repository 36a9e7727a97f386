"""The heads of the batches, kept in a file beside the data and not in the database.

One line a batch, its number and its digest, in the order they were sealed. Whoever cuts
the newest batches off the database is found by what still stands here.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from candour.trail import keys


class Heads:
    """The published heads, open to be added to. `newest` is the last one's number."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.newest = 0
        whole = 0
        for line in file:
            if not line.endswith(b"\n"):
                break  # a crash tore the last line; it is written again
            self.newest = int(line.split()[0])
            whole += len(line)
        file.truncate(whole)
        file.seek(whole)

    def add(self, number: int, digest: bytes) -> None:
        """Add one head."""
        self._file.write(f"{number} {digest.hex()}\n".encode())


@contextmanager
def open_to_add() -> Iterator[Heads]:
    """Open the file, one process at a time; what was added is on disk at the end."""
    path = keys.heads_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    with path.open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield Heads(file)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path | None = None) -> tuple[dict[int, str], list[str]]:
    """Return number -> digest as published, and what is wrong with the file itself.

    A last line without an end is one that was being written; it is not counted.
    """
    path = path or keys.heads_file()
    found: dict[int, str] = {}
    problems: list[str] = []
    if not path.exists():
        return found, problems
    for line in path.read_bytes().split(b"\n")[:-1]:
        number, _, digest = line.decode("ascii", "replace").partition(" ")
        if not number.isdecimal() or len(digest) != 64:
            problems.append("the file of published heads holds a line that is none")
        elif int(number) != max(found, default=0) + 1:
            problems.append(f"head {number} was not published after the one before it")
        else:
            found[int(number)] = digest
    return found, problems
