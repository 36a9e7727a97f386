"""DICOM: identifiers taken out by the Basic Application Level Confidentiality Profile.

The tags and what becomes of each are table E.1-1 of DICOM PS3.15 (2026c), as the
library keeps it; it is applied here at every depth, to private tags and to what stands
before the file as well. Who is on the image is said by our own row, sealed.
"""

import io
from typing import Any

import pydicom
from dicomanonymizer.simpledicomanonymizer import initialize_actions
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.encaps import generate_frames

from candour.files.wash import pictures
from candour.files.wash.forms import Done, Refusal

TABLE = "dicomfields_2026c"
METHOD = "DICOM PS3.15 Annex E Basic Profile, 2026c"
MAX_PIXELS = 64_000_000
JPEG_LIKE = {
    "1.2.840.10008.1.2.4.50",  # JPEG baseline
    "1.2.840.10008.1.2.4.90",  # JPEG 2000, lossless
    "1.2.840.10008.1.2.4.91",  # JPEG 2000
}
PREAMBLE = b"\0" * 128


def washed(data: bytes) -> Done:
    """Return the image without identifiers; with thumbnails where it can be shown."""
    try:
        found = pydicom.dcmread(io.BytesIO(data))
        wide, high = int(found.get("Columns") or 0), int(found.get("Rows") or 0)
        if "PixelData" not in found or not (wide and high):
            raise Refusal("no-image")
        if wide * high > MAX_PIXELS:
            raise Refusal("too-many-pixels")
        taken = taken_at(found)
        without_identifiers(found)
        out = io.BytesIO()
        found.save_as(out, enforce_file_format=True)
    except Refusal:
        raise
    except Exception as cause:  # a hostile file fails in many ways
        raise Refusal("cannot-be-read") from cause
    return Done(
        "application/dicom",
        {"file": out.getvalue(), **_thumbnails(found)},
        wide,
        high,
        taken,
    )


def without_identifiers(found: Dataset) -> None:
    """Apply the profile, at every depth."""
    actions = initialize_actions(TABLE)
    single = {tag: act for tag, act in actions.items() if len(tag) == 2}
    groups = [(tag, act) for tag, act in actions.items() if len(tag) > 2]
    _apply(found, single, groups)
    meta: Any = found.file_meta
    for tag, act in single.items():
        if tag[0] == 0x0002:
            act(meta, tag)
    for name in ("ImplementationVersionName", "SourceApplicationEntityTitle"):
        if name in meta:
            delattr(meta, name)
    if "PrivateInformation" in meta:
        del meta.PrivateInformation
    meta.MediaStorageSOPInstanceUID = found.SOPInstanceUID
    found.preamble = PREAMBLE
    found.PatientIdentityRemoved = "YES"
    found.DeidentificationMethod = METHOD


def _apply(found: Dataset, single: dict[Any, Any], groups: list[Any]) -> None:
    found.remove_private_tags()
    for element in list(found):
        tag = (element.tag.group, element.tag.element)
        act = single.get(tag) or _of_group(tag, groups)
        if act is not None:
            act(found, tag)
        if tag in found and found[tag].VR == "SQ":
            for item in found[tag].value:
                _apply(item, single, groups)


def _of_group(tag: tuple[int, int], groups: list[Any]) -> Any:
    """Return what becomes of a tag that repeats, such as an overlay's, if anything."""
    for pattern, act in groups:
        group, element, group_mask, element_mask = pattern
        if (
            tag[0] & group_mask == group & group_mask
            and tag[1] & element_mask == element & element_mask
        ):
            return act
    return None


def taken_at(found: Dataset) -> str:
    """Return the day and time of the exposure in ISO 8601; "" where it is not said."""
    day = str(found.get("AcquisitionDate") or found.get("StudyDate") or "")
    if not (len(day) == 8 and day.isdecimal()):
        return ""
    time = str(found.get("AcquisitionTime") or found.get("StudyTime") or "")[:6]
    clock = f"{time[:2]}:{time[2:4]}:{time[4:6]}" if len(time) == 6 else "12:00:00"
    return f"{day[:4]}-{day[4:6]}-{day[6:8]}T{clock}"


def _thumbnails(found: Dataset) -> dict[str, bytes]:
    """Return the thumbnails, or none: not every way of packing pixels is read here."""
    try:
        shown = _picture(found)
    except Exception:  # noqa: BLE001  # without a thumbnail it is still a radiograph
        return {}
    return {} if shown is None else pictures.thumbnails(shown)


def _picture(found: Dataset) -> Image.Image | None:
    syntax: Any = found.file_meta.TransferSyntaxUID
    shown: Image.Image
    if str(syntax) in JPEG_LIKE:
        frame = next(generate_frames(found.PixelData, number_of_frames=1))
        with Image.open(io.BytesIO(frame), formats=("JPEG", "JPEG2000")) as opened:
            shown = opened.copy()
    elif syntax.is_compressed:
        return None
    else:
        shown = _uncompressed(found, big=not syntax.is_little_endian)
    shown.info = {}
    if found.PhotometricInterpretation == "MONOCHROME1":
        grey = pictures.on_white(shown)
        return grey.point(lambda value: 255 - value)
    return shown


def _uncompressed(found: Dataset, *, big: bool) -> Image.Image:
    size = (int(found.Columns), int(found.Rows))
    wide = int(found.BitsAllocated) == 16
    samples = int(found.get("SamplesPerPixel", 1))
    if samples == 3 and not wide:
        return Image.frombytes("RGB", size, found.PixelData[: size[0] * size[1] * 3])
    if samples != 1:
        raise Refusal("cannot-be-read")
    length = size[0] * size[1] * (2 if wide else 1)
    mode = "L" if not wide else "I;16B" if big else "I;16"
    return Image.frombytes(mode, size, found.PixelData[:length])
