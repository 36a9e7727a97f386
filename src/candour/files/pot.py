"""The washing of pictures, papers and radiographs, in a process of its own.

Decoders of pictures and of PDF are large programs in C that read what strangers made.
So they run apart: in a process that has no key, no database and no address, that may
not write to any file, and that ends by itself when it takes too much memory or time.
It is given the plain file through a pipe and gives back what is washed.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from candour.core.clock import LONDON
from candour.core.errors import CandourError
from candour.files.kinds import Form
from candour.files.reasons import SAID, NotTaken

SECONDS = 120
MOST = 300_000_000  # bytes it may give back
COMMAND = [sys.executable, "-P", "-m", "candour.files.wash"]


class Broken(CandourError):
    """The washing of files does not start. It is tried again."""

    code = "washing_broken"


@dataclass(frozen=True, slots=True)
class Washed:
    """A file without what does not belong in it, and its thumbnails."""

    media_type: str
    parts: Mapping[str, bytes]  # "file", and where there are any "small" and "large"
    width: int | None
    height: int | None
    taken_at: datetime | None


def wash(form: Form, plain: Iterable[bytes]) -> Washed:
    """Return the washed file. Raises NotTaken for one that cannot be.

    Raises what `plain` raises, and Broken when the process says nothing that makes
    sense of its own accord: that is our fault and not the file's.
    """
    process = subprocess.Popen(
        [*COMMAND, form.value],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a decoder may print what it read
        env={},
        close_fds=True,
    )
    if process.stdin is None or process.stdout is None:
        raise Broken
    feeding = _Feeding(process.stdin, plain)
    killer = threading.Timer(SECONDS, process.kill)
    killer.start()
    try:
        said = process.stdout.read(MOST)
    finally:
        killer.cancel()
        process.kill()
        process.stdout.close()
        code = process.wait()
        feeding.end()
    return _read(said, code)


class _Feeding:
    """Gives the file to the process while what it says is read."""

    def __init__(self, pipe: IO[bytes], plain: Iterable[bytes]) -> None:
        self._pipe, self._plain = pipe, plain
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._feed, daemon=True)
        self._thread.start()

    def _feed(self) -> None:
        try:
            with self._pipe:
                for part in self._plain:
                    self._pipe.write(part)
        except BrokenPipeError:
            return  # it has heard enough
        except BaseException as error:  # noqa: BLE001  # raised where it is waited for
            self._error = error

    def end(self) -> None:
        """Wait for the end; raise what reading the file raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error


def _read(said: bytes, code: int) -> Washed:
    head, found, body = said.partition(b"\n")
    if not found:
        # It said nothing: it was ended for taking too much, or a decoder fell over.
        if code in (0, 1, 2):
            raise Broken
        raise NotTaken("cannot-be-read")
    told = json.loads(head)
    if "refused" in told:
        raise NotTaken(told["refused"] if told["refused"] in SAID else "cannot-be-read")
    parts, at = {}, 0
    for name, size in told["parts"]:
        parts[name] = body[at : at + size]
        at += size
    if at != len(body):
        raise NotTaken("cannot-be-read")
    return Washed(
        told["media_type"],
        parts,
        told["width"],
        told["height"],
        _moment(told["taken_at"]),
    )


def _moment(said: str) -> datetime | None:
    """Return a moment; one without an offset is by the clinic's own clock."""
    if not said:
        return None
    moment = datetime.fromisoformat(said)
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
