"""Files as people send them, made here: good ones, and those that should be refused."""

import io
import struct
import zipfile
from typing import Any

CANARY_PLACE = b"Zephyrine Quillfeather, Rose Cottage"
# 51 degrees 30 minutes north, as a camera writes it.
GPS = {1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)}


def picture(wide: int = 400, high: int = 300, *, mode: str = "RGB") -> Any:
    """Return a picture of gradients: its top left is red, its bottom right green."""
    from PIL import Image

    red = Image.linear_gradient("L").rotate(180).resize((wide, high))
    green = Image.linear_gradient("L").resize((wide, high))
    blue = Image.new("L", (wide, high), 40)
    return Image.merge("RGB", (red, green, blue)).convert(mode)


def exif(*, orientation: int = 1) -> bytes:
    """Return EXIF with a place, a name and a day, as a telephone writes it."""
    from PIL import Image

    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010F] = "Canarycam"
    found[0x013B] = CANARY_PLACE.decode()
    found.get_ifd(0x8769)[0x9003] = "2026:11:02 14:30:00"
    found.get_ifd(0x8825).update(GPS)
    return found.tobytes()


def jpeg(
    wide: int = 400, high: int = 300, *, orientation: int = 1, **more: Any
) -> bytes:
    """Return a photograph with everything in it that should not stay."""
    out = io.BytesIO()
    picture(wide, high).save(
        out,
        "JPEG",
        quality=90,
        exif=exif(orientation=orientation),
        comment=CANARY_PLACE,
        xmp=b"<x:xmpmeta>" + CANARY_PLACE + b"</x:xmpmeta>",
        **more,
    )
    return out.getvalue()


def heic(wide: int = 400, high: int = 300) -> bytes:
    """Return a photograph as iPhones take it."""
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False)
    out = io.BytesIO()
    picture(wide, high).save(out, "HEIF", quality=80, exif=exif(orientation=6))
    return out.getvalue()


def png(wide: int = 400, high: int = 300, *, mode: str = "RGBA") -> bytes:
    """Return a PNG with a text in it."""
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    said.add_text("Author", CANARY_PLACE.decode())
    out = io.BytesIO()
    picture(wide, high, mode=mode).save(out, "PNG", pnginfo=said, exif=exif())
    return out.getvalue()


def bomb(wide: int = 50_000, high: int = 50_000) -> bytes:
    """Return a small PNG that says it is enormous, with rows that would be."""
    import zlib

    def chunk(name: bytes, body: bytes) -> bytes:
        check = zlib.crc32(name + body)
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((wide // 8 + 1) * 100), 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def archive() -> bytes:
    """Return a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("run.exe", b"MZ" * 50)
    return out.getvalue()


def pdf(*, script: bool = False, attached: bool = False, locked: bool = False) -> bytes:
    """Return a PDF of one page that says who made it, with a scanned picture."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name

    made = pikepdf.new()
    page = made.add_blank_page(page_size=(595, 842))
    scan = pikepdf.Stream(made, jpeg(80, 60))
    scan.update(
        Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=80, Height=60,
            ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode,
        )
    )  # fmt: skip
    page.Resources = Dictionary(XObject=Dictionary(Scan=made.make_indirect(scan)))
    page.Contents = made.make_stream(b"q 200 0 0 150 100 600 cm /Scan Do Q")
    made.docinfo["/Author"] = CANARY_PLACE.decode()
    made.Root.OpenAction = Array([page.obj, Name.Fit])
    if script:
        act = Dictionary(S=Name.JavaScript, JS="app.alert('seen')")
        made.Root.OpenAction = made.make_indirect(act)
    if attached:
        made.attachments["letter.txt"] = b"hidden"
    out = io.BytesIO()
    lock = pikepdf.Encryption(user="secret", owner="secret")
    made.save(out, encryption=lock if locked else False)
    return out.getvalue()


def dicom(*, mono: str = "MONOCHROME2", pixels: bool = True) -> bytes:
    """Return a radiograph with a name in every place a machine writes one."""
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.uid import UID, ExplicitVRLittleEndian, generate_uid

    name = CANARY_PLACE.decode()
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = UID("1.2.840.10008.5.1.4.1.1.1.1")
    meta.MediaStorageSOPInstanceUID = generate_uid()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.SourceApplicationEntityTitle = "CANARYROOM"
    made = Dataset()
    made.file_meta = meta
    made.SOPClassUID = meta.MediaStorageSOPClassUID
    made.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    made.PatientName, made.PatientID = name, "CANARY-77"
    made.PatientBirthDate, made.StudyDate = "19800229", "20261102"
    made.StudyTime = "143000"
    made.InstitutionName, made.StudyDescription = name, name
    made.StudyInstanceUID = made.SeriesInstanceUID = generate_uid()
    made.Modality = "DX"
    asked = Dataset()
    asked.RequestedProcedureDescription, asked.RequestingPhysician = name, name
    inner = Dataset()
    inner.PatientComments = name
    asked.ReferencedPatientSequence = [inner]
    made.RequestAttributesSequence = [asked]
    made.private_block(0x0029, "CANARY CORP", create=True).add_new(1, "LO", name)
    if pixels:
        made.Rows, made.Columns, made.SamplesPerPixel = 60, 80, 1
        made.PhotometricInterpretation = mono
        made.BitsAllocated, made.BitsStored, made.HighBit = 16, 12, 11
        made.PixelRepresentation = 0
        made.PixelData = b"".join(struct.pack("<H", i % 4096) for i in range(4800))
    out = io.BytesIO()
    made.preamble = b"\0" * 128
    made.save_as(out, enforce_file_format=True)
    return out.getvalue()


def _box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + name + body


def _track(handler: bytes, offset: int, size: int) -> bytes:
    table = _box(
        b"stbl",
        _box(b"stsd", bytes(8)),
        _box(b"stsc", bytes(4), struct.pack(">IIII", 1, 1, 1, 1)),
        _box(b"stsz", bytes(4), struct.pack(">III", 0, 1, size)),
        _box(b"stco", bytes(4), struct.pack(">II", 1, offset)),
    )
    said = bytes(8) + handler + bytes(13)
    dates = bytes(4) + struct.pack(">II", 3_900_000_000, 3_900_000_001) + bytes(76)
    inside = _box(b"hdlr", said), _box(b"minf", table)
    return _box(b"trak", _box(b"tkhd", dates), _box(b"mdia", *inside))


def clip(*, brand: bytes = b"qt  ", film: bytes = b"F" * 5000, large: int = 0) -> bytes:
    """Return a clip: a picture track, and a track of places beside it, as phones do.

    Its frames are no real film; a player is not asked here. With `large` it is only the
    beginning of a clip of so many bytes, whose film comes last.
    """
    place = b"+51.5074-000.1278/" + CANARY_PLACE
    head = _box(b"ftyp", brand, bytes(4), brand)
    start = len(head) + 8
    moov = _box(
        b"moov",
        _box(b"mvhd", bytes(4), struct.pack(">II", 3_900_000_000, 0), bytes(88)),
        _track(b"vide", start, len(film)),
        _track(b"meta", start + len(film), len(place)),
        _box(b"udta", _box(b"\xa9xyz", place)),
        _box(b"meta", place),
    )
    if large:
        rest = large - len(head) - len(moov)
        return head + moov + struct.pack(">I", rest) + b"mdat"
    return head + _box(b"mdat", film, place) + moov + _box(b"uuid", place)
