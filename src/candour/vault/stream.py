"""Sealing files in chunks of 1 MB, so that a large one never stands in memory.

Each chunk is sealed under the person's key with its number and whether it is the last
in what is authenticated: chunks cannot be swapped, dropped or cut off at the end (the
STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
"""

import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from candour.core.errors import Tampered

CHUNK = 1 << 20
MAGIC = b"CANDOUR1"
PREFIX = 7
TAG = 16
HEAD = len(MAGIC) + 16 + PREFIX


class Sealer:
    """Seals what is pushed to it piece by piece, as a file arrives.

    It holds at most a chunk and a piece. What `feed` and `finish` return, in order, is
    the sealed file; `finish` is called once, at the end.
    """

    def __init__(self, key: bytes, key_id: UUID, place: str) -> None:
        self._prefix = os.urandom(PREFIX)
        self._cipher, self._place, self._number = AESGCM(key), place, 0
        self._held = bytearray()
        self._out: list[bytes] = [MAGIC + key_id.bytes + self._prefix]

    def feed(self, part: bytes) -> list[bytes]:
        """Take the next piece; return what is sealed by now."""
        self._held += part
        # More than a chunk: the last one is known only when nothing follows it.
        while len(self._held) > CHUNK:
            self._seal(bytes(memoryview(self._held)[:CHUNK]), False)
            del self._held[:CHUNK]
        done, self._out = self._out, []
        return done

    def finish(self) -> list[bytes]:
        """Return the rest of the sealed file."""
        self._seal(bytes(self._held), True)
        self._held.clear()
        return self._out

    def _seal(self, plain: bytes, last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, last)
        self._out.append(self._cipher.encrypt(nonce, plain, self._place.encode()))
        self._number += 1


def seal_stream(
    key: bytes, key_id: UUID, place: str, parts: Iterable[bytes]
) -> Iterator[bytes]:
    """Yield the sealed file: a head, then chunks of at most 1 MB + 16 bytes."""
    sealer = Sealer(key, key_id, place)
    for part in parts:
        yield from sealer.feed(part)
    yield from sealer.finish()


def open_stream(key: bytes, place: str, source: BinaryIO) -> Iterator[bytes]:
    """Yield the plain chunks of `source`. Raises Tampered at the first bad one."""
    head = source.read(HEAD)
    if head[: len(MAGIC)] != MAGIC or len(head) < HEAD:
        raise Tampered
    prefix, cipher, number = head[-PREFIX:], AESGCM(key), 0
    chunk = source.read(CHUNK + TAG)
    while True:
        following = source.read(CHUNK + TAG)
        last = not following
        try:
            yield cipher.decrypt(_nonce(prefix, number, last), chunk, place.encode())
        except InvalidTag as cause:
            raise Tampered from cause
        if last:
            return
        chunk, number = following, number + 1


def open_part(
    key: bytes, place: str, source: BinaryIO, start: int, length: int
) -> Iterator[bytes]:
    """Yield `length` plain bytes from `start` on; only their chunks are opened.

    What lies beyond the end is left out. Raises Tampered like `open_stream`, also for
    a file that was cut off: its last chunk then says that it is not the last.
    """
    source.seek(0)
    head = source.read(HEAD)
    if head[: len(MAGIC)] != MAGIC or len(head) < HEAD:
        raise Tampered
    prefix, cipher = head[-PREFIX:], AESGCM(key)
    last = max(0, -(-(source.seek(0, os.SEEK_END) - HEAD) // (CHUNK + TAG)) - 1)
    number, skip = divmod(start, CHUNK)
    source.seek(HEAD + number * (CHUNK + TAG))
    while length > 0 and number <= last:
        nonce = _nonce(prefix, number, number == last)
        try:
            plain = cipher.decrypt(nonce, source.read(CHUNK + TAG), place.encode())
        except InvalidTag as cause:
            raise Tampered from cause
        wanted = plain[skip : skip + length]
        if wanted:
            yield wanted
        length, number, skip = length - len(wanted), number + 1, 0


def plain_size(sealed: int) -> int:
    """Return how many bytes a sealed file of so many bytes opens to."""
    body = sealed - HEAD
    return body - TAG * -(-body // (CHUNK + TAG))


def key_id_of(source: BinaryIO) -> UUID:
    """Return the id of the key that opens `source`, which is then at its start again.

    Raises Tampered for what is no sealed file.
    """
    head = source.read(len(MAGIC) + 16)
    source.seek(0)
    if head[: len(MAGIC)] != MAGIC or len(head) < len(MAGIC) + 16:
        raise Tampered
    return UUID(bytes=head[-16:])


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\x01" if last else b"\x00")
