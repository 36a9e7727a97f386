"""A ZIP that is written while it is read, so that no copy ever stands in memory."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, cast

from candour.core.clock import LONDON

PERMISSIONS = 0o644 << 16  # an ordinary file, where the system asks


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive. Its parts are made when it is their turn."""

    name: str
    parts: Iterable[bytes]
    is_packed: bool = False  # packing it again would only take time


class _Sink:
    """A file that can only be written, and gives away what was written so far."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        self._held += data
        return len(data)

    def flush(self) -> None:
        """Do nothing: there is nowhere to flush to."""

    def take(self) -> bytes:
        taken = bytes(self._held)
        self._held.clear()
        return taken


def packed(members: Iterable[Member], *, at: datetime) -> Iterator[bytes]:
    """Yield the bytes of a ZIP archive with `members`, in their order."""
    sink = _Sink()
    with zipfile.ZipFile(cast(IO[bytes], sink), "w") as archive:
        for member in members:
            with archive.open(_info(member, at), "w") as entry:
                for part in member.parts:
                    entry.write(part)
                    if ready := sink.take():
                        yield ready
    yield sink.take()


def _info(member: Member, at: datetime) -> zipfile.ZipInfo:
    local = at.astimezone(LONDON)
    info = zipfile.ZipInfo(member.name, local.timetuple()[:6])
    packing = zipfile.ZIP_STORED if member.is_packed else zipfile.ZIP_DEFLATED
    info.compress_type, info.external_attr = packing, PERMISSIONS
    return info


class Spool:
    """Text that must wait for its turn in the archive, held compressed.

    The page and the data file are made of the same rows, read once; only one of them
    can be written at a time, and nothing of it may touch a disk in clear.
    """

    def __init__(self) -> None:
        self._packer = zlib.compressobj(level=6)
        self._held: list[bytes] = []

    def write(self, text: str) -> None:
        """Add text at the end."""
        if packed_ := self._packer.compress(text.encode()):
            self._held.append(packed_)

    def parts(self) -> Iterator[bytes]:
        """Yield what was written, once; nothing can be added after."""
        self._held.append(self._packer.flush())
        unpacker = zlib.decompressobj()
        for held in self._held:
            if part := unpacker.decompress(held):
                yield part
        yield unpacker.flush()
