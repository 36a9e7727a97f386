"""PDF: what acts or is attached is refused; what says who made it is taken out.

qpdf writes the file anew from its objects, so that what stood between and after them
is gone. Text and pictures stay as they are, but for what telephones write into the
pictures of a scan. A signature that a machine would check does not survive that.
"""

import io

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf, Stream

from candour.files.wash.forms import Done, Refusal

MAX_OBJECTS = 500_000
# What does something when a page is opened, read or clicked, and what hides files.
ACTIVE = frozenset(
    {
        *("/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/XFA"),
        *("/EF", "/EmbeddedFile", "/EmbeddedFiles", "/SubmitForm", "/ImportData"),
        *("/GoToE", "/GoToR", "/Movie", "/Sound", "/Rendition", "/3D", "/RichMedia"),
        *("/RichMediaContent", "/RichMediaSettings"),
    }
)
ACTIONS = frozenset(
    {
        *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR"),
        *("/Movie", "/Sound", "/Rendition", "/RichMediaExecute"),
    }
)
SUBTYPES = frozenset(
    ("/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D")
)
TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/SpiderInfo")
HARMLESS_OPENING = ("/GoTo",)


def washed(data: bytes) -> Done:
    """Return the PDF without metadata. Raises Refusal if it acts or is locked."""
    try:
        with Pdf.open(io.BytesIO(data), attempt_recovery=True) as pdf:
            if pdf.is_encrypted:
                raise Refusal("locked")
            if len(pdf.objects) > MAX_OBJECTS or len(pdf.pages) == 0:
                raise Refusal("cannot-be-read")
            for found in pdf.objects:
                _look(found)
            _strip(pdf)
            out = io.BytesIO()
            pdf.save(
                out,
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )
    except pikepdf.PasswordError as cause:
        raise Refusal("locked") from cause
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as cause:
        raise Refusal("cannot-be-read") from cause
    return Done("application/pdf", {"file": out.getvalue()})


def _look(found: Object, depth: int = 0) -> None:
    """Raise Refusal for an object that acts, also inside others."""
    if depth > 60:
        raise Refusal("cannot-be-read")
    if isinstance(found, pikepdf.Array):
        for part in found:
            if _is_inside(part):
                _look(part, depth + 1)
        return
    if not isinstance(found, Dictionary | Stream):
        return
    for name, value in found.items():
        if name in ACTIVE and not _is_harmless(name, value):
            raise Refusal("active")
        if _is_inside(value):
            _look(value, depth + 1)
    kind = found.get("/S")
    if kind is not None and str(kind) in ACTIONS and "/Type" not in found:
        raise Refusal("active")
    if (
        kind is not None
        and str(kind) in ACTIONS
        and str(found.get("/Type")) == "/Action"
    ):
        raise Refusal("active")
    if str(found.get("/Subtype", "")) in SUBTYPES:
        raise Refusal("active")


def _is_inside(part: object) -> bool:
    """Say whether a value is written out here, and not one of the PDF's own objects."""
    if not isinstance(part, pikepdf.Array | Dictionary | Stream):
        return False
    return not part.is_indirect


def _is_harmless(name: str, value: object) -> bool:
    """Say whether opening the file only shows a page of it, as most programs write."""
    if name != "/OpenAction":
        return False
    if isinstance(value, pikepdf.Array):
        return True
    return isinstance(value, Dictionary) and str(value.get("/S")) in HARMLESS_OPENING


def _strip(pdf: Pdf) -> None:
    """Take out who made it, when and with what, wherever that is said."""
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for found in pdf.objects:
        if not isinstance(found, Dictionary | Stream):
            continue
        for name in TELLING:
            if name in found:
                del found[name]
        if isinstance(found, Stream) and found.get("/Filter") == Name.DCTDecode:
            found.write(without_segments(found.read_raw_bytes()), filter=Name.DCTDecode)


def without_segments(jpeg: bytes) -> bytes:
    """Return a JPEG without EXIF, XMP, comments and what stands after its end.

    Its pixels are not touched. The parts that say how colours are meant stay (APP0,
    APP2's profile, APP14).
    """
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    out, at = bytearray(b"\xff\xd8"), 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xDA:
            break
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        told = marker == 0xFE or (0xE1 <= marker <= 0xEF and marker not in (0xE2, 0xEE))
        if not told:
            out += jpeg[at:end]
        at = end
    last = jpeg.rfind(b"\xff\xd9")
    return bytes(out + jpeg[at : last + 2 if last > at else len(jpeg)])
