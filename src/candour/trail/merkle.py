"""Merkle tree roots as in RFC 6962 section 2.1, over leaf hashes made elsewhere."""

from collections.abc import Iterable
from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf(line: bytes) -> bytes:
    """Return the hash of one leaf's bytes."""
    return sha256(b"\x00" + line).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """Return the root over `leaves`, in order, holding only log2(n) hashes."""
    peaks: list[tuple[int, bytes]] = []  # (height, hash), highest first
    for item in leaves:
        height, top = 0, item
        while peaks and peaks[-1][0] == height:
            top = sha256(b"\x01" + peaks.pop()[1] + top).digest()
            height += 1
        peaks.append((height, top))
    if not peaks:
        return EMPTY
    top = peaks.pop()[1]
    while peaks:
        top = sha256(b"\x01" + peaks.pop()[1] + top).digest()
    return top
