"""Clips: what says where, when and with what is blanked; picture and sound stay.

An MP4 or MOV file is boxes in boxes. Those that tell are turned into empty space of the
same length, and so are the tracks of data that a telephone films beside the picture
(place, faces), with their samples. Nothing moves, so nothing is decoded and the file is
never whole in memory: its frame is read first, and then it is copied in one pass.
"""

import struct
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from candour.files.reasons import NotTaken
from candour.vault.stream import open_part, open_stream, plain_size

INSIDE = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf"}
TELLING = {b"udta", b"meta", b"uuid", b"XMP_", b"\xa9xyz", b"loci"}
# Top boxes that belong; anything else is blanked.
KNOWN = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"moof", b"mfra",
         b"sidx", b"styp", b"pnot"}  # fmt: skip
DATED = {b"mvhd", b"tkhd", b"mdhd"}
KEPT_TRACKS = {b"vide", b"soun", b"auxv"}
MOST_FRAME = 64_000_000  # bytes of `moov`: hours of film
MOST_BOXES = 20_000
DEEPEST = 12


Reader = Callable[[int, int], bytes]  # start, length


@dataclass(slots=True)
class Patches:
    """What to write over, by position in the file."""

    blanks: list[tuple[int, int]] = field(default_factory=list)  # start, end
    words: list[tuple[int, bytes]] = field(default_factory=list)

    def blank_box(self, start: int, length: int, header: int) -> None:
        """Turn a box into empty space of the same length."""
        self.words.append((start + 4, b"free"))
        self.blanks.append((start + header, start + length))


@dataclass(frozen=True, slots=True)
class Box:
    """Where a box starts, how long it is with its header, and of what kind."""

    start: int
    length: int
    header: int
    name: bytes

    @property
    def end(self) -> int:
        """Return where the next box starts."""
        return self.start + self.length


def washed(key: bytes, place: str, source: BinaryIO) -> Iterator[bytes]:
    """Yield the clip without what tells. Raises NotTaken before the first bytes.

    Raises Tampered like `open_stream`.
    """
    size = plain_size(source.seek(0, 2))

    def read(start: int, length: int) -> bytes:
        return b"".join(open_part(key, place, source, start, length))

    patches = patches_of(read, size)
    source.seek(0)
    return patched(open_stream(key, place, source), patches)


def patches_of(read: Reader, size: int) -> Patches:
    """Return what to write over in a clip of `size` bytes. Raises NotTaken."""
    patches, frames, data = Patches(), 0, 0
    for box in _boxes(read, 0, size):
        if box.end > size:
            raise NotTaken("cut-off")
        if box.name == b"moov":
            if box.length > MOST_FRAME:
                raise NotTaken("cannot-be-read")
            frames += 1
            _Frame(read(box.start, box.length), box.start, size).into(patches)
        elif box.name not in KNOWN or box.name in (b"free", b"skip", b"wide"):
            # Empty space is blanked as well: something may stand in it.
            patches.blank_box(box.start, box.length, box.header)
        data += box.name == b"mdat"
    if frames != 1 or not data:
        raise NotTaken("cut-off" if not frames else "cannot-be-read")
    patches.blanks.sort()
    patches.words.sort()
    return patches


def _boxes(read: Reader, at: int, end: int) -> Iterator[Box]:
    count = 0
    while at < end:
        head = read(at, 16)
        if len(head) < 8:
            raise NotTaken("cut-off")
        length, name = struct.unpack(">I4s", head[:8])
        header = 8
        if length == 1 and len(head) == 16:
            length, header = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:
            length = end - at
        count += 1
        if length < header or count > MOST_BOXES:
            raise NotTaken("cannot-be-read")
        yield Box(at, length, header, name)
        at += length


class _Frame:
    """The box `moov`, which says what the file holds and where."""

    def __init__(self, data: bytes, offset: int, size: int) -> None:
        self._data, self._offset, self._size = data, offset, size
        self._patches = Patches()
        self._tracks = 0
        self._samples: list[tuple[int, int]] = []

    def into(self, patches: Patches) -> None:
        """Add what to write over in this frame. Raises NotTaken."""
        [moov] = self._inside(0, len(self._data), 0)
        self._walk(moov, 1)
        if not self._tracks:
            raise NotTaken("cannot-be-read")
        patches.blanks += [
            (start + self._offset, end + self._offset)
            for start, end in self._patches.blanks
        ]
        patches.words += [(at + self._offset, word) for at, word in self._patches.words]
        patches.blanks += self._samples

    def _inside(self, at: int, end: int, depth: int) -> list[Box]:
        def read(start: int, length: int) -> bytes:
            return self._data[start : start + length]

        # A container may end in four zero bytes (QuickTime).
        if end - at == 4:
            return []
        found = list(_boxes(read, at, end))
        if depth > DEEPEST or any(box.end > end for box in found):
            raise NotTaken("cannot-be-read")
        return found

    def _walk(self, box: Box, depth: int) -> None:
        for inner in self._inside(box.start + box.header, box.end, depth):
            if inner.name == b"trak" and self._handler(inner) not in KEPT_TRACKS:
                self._samples += self._where(inner)
                self._patches.blank_box(inner.start, inner.length, inner.header)
                continue
            self._tracks += inner.name == b"trak"
            if inner.name in TELLING or inner.name in (b"free", b"skip"):
                self._patches.blank_box(inner.start, inner.length, inner.header)
            elif inner.name in DATED:
                self._undate(inner)
            elif inner.name in INSIDE:
                self._walk(inner, depth + 1)

    def _undate(self, box: Box) -> None:
        """Blank the two dates that a header begins with."""
        at = box.start + box.header
        wide = 16 if self._data[at : at + 1] == b"\1" else 8
        self._patches.blanks.append((at + 4, min(at + 4 + wide, box.end)))

    def _find(self, box: Box, *path: bytes) -> Box | None:
        for name in path:
            inside = self._inside(box.start + box.header, box.end, 0)
            found = next((inner for inner in inside if inner.name == name), None)
            if found is None:
                return None
            box = found
        return box

    def _body(self, track: Box, *path: bytes) -> bytes:
        found = self._find(track, *path)
        return self._data[found.start + found.header : found.end] if found else b""

    def _handler(self, track: Box) -> bytes:
        return self._body(track, b"mdia", b"hdlr")[8:12]

    def _where(self, track: Box) -> list[tuple[int, int]]:
        """Return where in the file the samples of a track stand."""
        table = (b"mdia", b"minf", b"stbl")
        sizes = _sizes(self._body(track, *table, b"stsz"))
        runs = _triples(self._body(track, *table, b"stsc"))
        offsets = _numbers(self._body(track, *table, b"stco"), 4)
        offsets = offsets or _numbers(self._body(track, *table, b"co64"), 8)
        found, at = [], 0
        for number, offset in enumerate(offsets, start=1):
            run = bisect_left(runs, (number + 1, 0, 0)) - 1
            count = runs[run][1] if run >= 0 else 0
            length = sum(sizes[at : at + count])
            at += count
            if length and offset + length <= self._size:
                found.append((offset, offset + length))
        return found


def _sizes(body: bytes) -> list[int]:
    if len(body) < 12:
        return []
    same, count = struct.unpack(">II", body[4:12])
    if same:
        return [same] * min(count, MOST_FRAME // 16)
    return _unpacked(body[12:], 4, count)


def _numbers(body: bytes, width: int) -> list[int]:
    if len(body) < 8:
        return []
    return _unpacked(body[8:], width, int.from_bytes(body[4:8], "big"))


def _triples(body: bytes) -> list[tuple[int, int, int]]:
    if len(body) < 8:
        return []
    count = 3 * int.from_bytes(body[4:8], "big")
    flat = _unpacked(body[8:], 4, count)
    return sorted(zip(flat[::3], flat[1::3], flat[2::3], strict=False))


def _unpacked(body: bytes, width: int, count: int) -> list[int]:
    count = min(count, len(body) // width)
    code = "I" if width == 4 else "Q"
    return list(struct.unpack(f">{count}{code}", body[: count * width]))


def patched(parts: Iterator[bytes], patches: Patches) -> Iterator[bytes]:
    """Yield the parts with the patches written over them."""
    at = 0
    for part in parts:
        end, changed = at + len(part), bytearray(part)
        for start, stop in patches.blanks:
            if start < end and stop > at:
                one, other = max(start, at) - at, min(stop, end) - at
                changed[one:other] = bytes(other - one)
        for start, word in patches.words:
            for index, byte in enumerate(word):
                if at <= start + index < end:
                    changed[start + index - at] = byte
        yield bytes(changed)
        at = end
