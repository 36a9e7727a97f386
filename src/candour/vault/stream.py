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


def seal_stream(
    key: bytes, key_id: UUID, place: str, parts: Iterable[bytes]
) -> Iterator[bytes]:
    """Yield the sealed file: a head, then chunks of at most 1 MB + 16 bytes."""
    prefix = os.urandom(PREFIX)
    yield MAGIC + key_id.bytes + prefix
    cipher, held, number = AESGCM(key), b"", 0
    for part in parts:
        held += part
        while len(held) > CHUNK:
            yield _seal(cipher, prefix, number, False, place, held[:CHUNK])
            held, number = held[CHUNK:], number + 1
    yield _seal(cipher, prefix, number, True, place, held)


def open_stream(key: bytes, place: str, source: BinaryIO) -> Iterator[bytes]:
    """Yield the plain chunks of `source`. Raises Tampered at the first bad one."""
    head = source.read(len(MAGIC) + 16 + PREFIX)
    if head[: len(MAGIC)] != MAGIC or len(head) < len(MAGIC) + 16 + PREFIX:
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


def key_id_of(source: BinaryIO) -> UUID:
    """Return the id of the key that opens `source`, which is then at its start again.

    Raises Tampered for what is no sealed file.
    """
    head = source.read(len(MAGIC) + 16)
    source.seek(0)
    if head[: len(MAGIC)] != MAGIC or len(head) < len(MAGIC) + 16:
        raise Tampered
    return UUID(bytes=head[-16:])


def _seal(
    cipher: AESGCM, prefix: bytes, number: int, last: bool, place: str, plain: bytes
) -> bytes:
    return cipher.encrypt(_nonce(prefix, number, last), plain, place.encode())


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\x01" if last else b"\x00")
