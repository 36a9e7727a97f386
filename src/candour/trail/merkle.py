"""Merkle tree roots as in RFC 6962 section 2.1, over leaf hashes made elsewhere."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()
BLOCK = 1024  # leaves; a power of two


def leaf(line: bytes) -> bytes:
    """Return the hash of one leaf's bytes."""
    return sha256(b"\x00" + line).digest()


def leaves(lines: Iterable[bytes]) -> list[bytes]:
    """Return the hashes of many leaves; without a call for each, which counts here."""
    return [sha256(b"\x00" + line).digest() for line in lines]


class Tree:
    """A tree that grows leaf by leaf and holds only log2(n) hashes."""

    __slots__ = ("_peaks", "count")

    def __init__(self) -> None:
        self.count = 0
        self._peaks: list[bytes] = []  # roots of full subtrees, the largest first

    def add(self, top: bytes) -> None:
        """Add one leaf hash at the end."""
        self._grow(top, 1)

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Add many leaf hashes, whole blocks level by level: that is faster."""
        place = 0
        while place < len(leaves):
            if self.count % BLOCK or len(leaves) - place < BLOCK:
                self.add(leaves[place])
                place += 1
                continue
            level = leaves[place : place + BLOCK]
            while len(level) > 1:
                pairs = zip(level[::2], level[1::2], strict=True)
                level = [sha256(b"\x01" + one + two).digest() for one, two in pairs]
            self._grow(level[0], BLOCK)
            place += BLOCK

    def _grow(self, top: bytes, leaves: int) -> None:
        # Each one-bit at the end of the count is a full subtree of that height.
        full = self.count // leaves
        while full & 1:
            top = sha256(b"\x01" + self._peaks.pop() + top).digest()
            full >>= 1
        self._peaks.append(top)
        self.count += leaves

    def root(self) -> bytes:
        """Return the root over the leaves added so far."""
        if not self._peaks:
            return EMPTY
        *rest, top = self._peaks
        for peak in reversed(rest):
            top = sha256(b"\x01" + peak + top).digest()
        return top


def root(leaves: Iterable[bytes]) -> bytes:
    """Return the root over `leaves`, in order."""
    tree = Tree()
    for item in leaves:
        tree.add(item)
    return tree.root()
