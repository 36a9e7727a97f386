"""What a file is, by its bytes: found while it arrives, from its beginning and its end.

Nothing is decoded here; that is done apart (`wash`), where a decoder can do no harm.
What a look can tell is told at once, so that whoever sends a file hears it at the desk.
"""

import re
import struct
from collections.abc import Iterator

from candour.files.kinds import FILMS, LIMITS, PICTURES, Form
from candour.files.reasons import NotTaken

HEAD = 1 << 20  # bytes kept of the beginning
TAIL = 66_000  # and of the end: a ZIP's directory ends within 65,557 bytes of it
ENOUGH = 4096  # bytes after which the form can be told
MAX_PIXELS = 64_000_000

PNG = b"\x89PNG\r\n\x1a\n"
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
MP4_BRANDS = re.compile(rb"iso[m2-9]|mp4[12]|avc1|M4V |MSNV|dash|3gp[4-9]")
MARKUP = re.compile(rb"<script|<html|<!doctype html|<\?php", re.IGNORECASE)
CODE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|!|svg|html|head|script)", re.I)
# The end of a ZIP's directory, of an archive on one disk.
ZIP_END = b"PK\x05\x06\0\0\0\0"
TIFF = (b"II*\0", b"MM\0*")  # a DICOM file may be one at the same time, lawfully


def form_of(head: bytes) -> Form:
    """Return the form of a file that begins with `head`. Raises NotTaken."""
    if head.startswith(b"\xff\xd8\xff"):
        return Form.JPEG
    if head.startswith(PNG):
        return Form.PNG
    if head.startswith(b"%PDF-"):
        return Form.PDF
    if head[128:132] == b"DICM":
        if head[:128].strip(b"\0") and not head.startswith(TIFF):
            raise NotTaken("two-in-one")
        return Form.DICOM
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise NotTaken("zip")
    raise NotTaken("svg" if CODE.match(head[:512]) else "unknown")


def _by_brand(head: bytes) -> Form:
    size = min(int.from_bytes(head[:4], "big"), 4096)
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, size - 3, 4))]
    if head[8:12] == b"qt  ":
        return Form.MOV
    if b"avif" in brands or b"avis" in brands:
        raise NotTaken("unknown")
    if HEIC_BRANDS & set(brands):
        return Form.HEIC
    if any(MP4_BRANDS.fullmatch(brand) for brand in brands):
        return Form.MP4
    raise NotTaken("unknown")


def too_large(form: Form) -> NotTaken:
    """Return what is said of a file of this form beyond its limit."""
    word = "film" if form in FILMS else "picture" if form in PICTURES else "paper"
    return NotTaken(f"too-large-{word}")


def look(form: Form, head: bytes, tail: bytes, size: int) -> None:
    """Raise NotTaken for what is hidden, cut off or too much to open.

    `head` and `tail` are the first HEAD and the last TAIL bytes; they may overlap.
    """
    if size > LIMITS[form]:
        raise too_large(form)
    _must_be_one_thing(form, head, tail)
    _must_be_whole(form, head, tail, size)
    if any(wide * high > MAX_PIXELS for wide, high in sizes(form, head)):
        raise NotTaken("too-many-pixels")


def _must_be_one_thing(form: Form, head: bytes, tail: bytes) -> None:
    if ZIP_END in tail:
        raise NotTaken("two-in-one")
    if form is Form.PDF:
        return  # what is in it is looked for object by object
    if b"%PDF-" in head[:1024] or MARKUP.search(head[:65_536]) or MARKUP.search(tail):
        raise NotTaken("two-in-one")


def _must_be_whole(form: Form, head: bytes, tail: bytes, size: int) -> None:
    if form is Form.PNG and b"IEND" not in tail:
        raise NotTaken("cut-off")
    if form is Form.PDF and b"%%EOF" not in tail[-4096:]:
        raise NotTaken("cut-off")
    if form in FILMS or form is Form.HEIC:
        end = 0
        for start, length, _ in boxes(head, size):
            end = start + length
        if end > size:
            raise NotTaken("cut-off")


def boxes(head: bytes, size: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield (start, length, type) of an ISO media file's top boxes, as far as seen.

    A box that says it is longer than the file is yielded as it says.
    """
    at = 0
    while at + 16 <= len(head):
        length, name = struct.unpack(">I4s", head[at : at + 8])
        if length == 1:
            length = int.from_bytes(head[at + 8 : at + 16], "big")
        elif length == 0:
            length = size - at
        if length < 8:
            raise NotTaken("cannot-be-read")
        yield at, length, name
        at += length


def sizes(form: Form, head: bytes) -> Iterator[tuple[int, int]]:
    """Yield width and height of the pictures in a file, where its beginning says so."""
    if form is Form.PNG and len(head) >= 24:
        yield struct.unpack(">II", head[16:24])
    elif form is Form.HEIC:
        for found in re.finditer(rb"\0\0\0\x14ispe\0{4}(.{8})", head, re.DOTALL):
            yield struct.unpack(">II", found[1])
    elif form is Form.JPEG:
        yield from _jpeg_sizes(head)


def _jpeg_sizes(head: bytes) -> Iterator[tuple[int, int]]:
    at = 2
    while at + 9 < len(head) and head[at] == 0xFF:
        marker = head[at + 1]
        if marker == 0xFF:  # a filling byte
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            high, wide = struct.unpack(">HH", head[at + 5 : at + 9])
            yield wide, high
            return
        at += 2 + int.from_bytes(head[at + 2 : at + 4], "big")
