"""Pictures: decoded, turned upright, brought to sRGB, and encoded anew.

What comes out holds pixels and nothing else: no EXIF, no place, no XMP, no comment, no
profile, no thumbnail of before it was cut, nothing after the end.
"""

import io
from datetime import datetime, timedelta, timezone

import pillow_heif
from PIL import Image, ImageCms, ImageOps

from candour.files.wash.forms import Done, Refusal

MAX_PIXELS = 64_000_000
SMALL, LARGE = 320, 1600  # pixels of the longer side
QUALITY, THUMB_QUALITY = 93, 82
FORMATS = {
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/heic": ("HEIF",),
}
TAKEN, OFFSET, ORIENTATION = 0x9003, 0x9011, 0x0112
EXIF_IFD = 0x8769
WIDE = ("I;16", "I;16B", "I;16L", "I")  # grey with more than 8 bits

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
pillow_heif.register_heif_opener(thumbnails=False)


def washed(form: str, data: bytes) -> Done:
    """Return the picture anew, with two thumbnails. Raises Refusal."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS[form]) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise Refusal("too-many-pixels")
            taken = taken_at(opened)
            opened.load()
            picture = upright(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as cause:
        raise Refusal("too-many-pixels") from cause
    except Refusal:
        raise
    except Exception as cause:  # decoders raise whatever they like
        raise Refusal("cannot-be-read") from cause
    media_type = "image/png" if form == "image/png" else "image/jpeg"
    parts = {"file": encoded(picture, media_type), **thumbnails(picture)}
    return Done(media_type, parts, picture.width, picture.height, taken)


def upright(opened: Image.Image) -> Image.Image:
    """Return the picture as it is looked at, in sRGB or grey, and nothing else."""
    profile = opened.info.get("icc_profile")
    turned = ImageOps.exif_transpose(opened) or opened
    picture = _in_srgb(turned, profile)
    picture.info = {}
    return picture


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if picture.mode in WIDE:
        return picture.copy()
    if picture.mode in ("P", "PA", "1", "LA"):
        has_alpha = picture.mode in ("PA", "LA") or "transparency" in picture.info
        grey = picture.mode in ("1", "LA") and not has_alpha
        picture = picture.convert("RGBA" if has_alpha else "L" if grey else "RGB")
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        try:
            return _converted(picture, profile)
        except ImageCms.PyCMSError:
            pass  # a profile that makes no sense: the numbers are taken as they are
    if picture.mode in ("RGB", "RGBA", "L"):
        return picture.copy()
    return picture.convert("RGB")


def _converted(picture: Image.Image, profile: bytes) -> Image.Image:
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    bare = picture.convert("RGB") if alpha else picture
    found = ImageCms.profileToProfile(
        bare,
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="RGB",
    )
    if found is None:
        raise ImageCms.PyCMSError("nothing was converted")
    if alpha:
        found.putalpha(alpha)
    return found


def encoded(picture: Image.Image, media_type: str) -> bytes:
    """Return the picture as JPEG or PNG."""
    out = io.BytesIO()
    if media_type == "image/png":
        picture.save(out, "PNG")
    else:
        bare = picture if picture.mode in ("RGB", "L") else picture.convert("RGB")
        bare.save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()


def thumbnails(picture: Image.Image) -> dict[str, bytes]:
    """Return the two sizes that pages show, as JPEG."""
    plain = on_white(picture)
    plain.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS, reducing_gap=3)
    found = {"large": _thumbnail(plain)}
    plain.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS, reducing_gap=3)
    return {**found, "small": _thumbnail(plain)}


def _thumbnail(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=THUMB_QUALITY)
    return out.getvalue()


def on_white(picture: Image.Image) -> Image.Image:
    """Return a copy in eight bits without transparency."""
    if picture.mode in WIDE:
        low, high = picture.convert("I").getextrema()
        span = max(1, int(high) - int(low))  # type: ignore[arg-type]
        scaled = picture.convert("F").point(lambda v: (v - low) * (255 / span))
        return scaled.convert("L")
    if picture.mode == "RGBA":
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        return paper
    return picture.copy()


def taken_at(opened: Image.Image) -> str:
    """Return when the picture was taken, as its camera says; "" where it does not.

    A time without an offset is the clinic's: it is left without one here.
    """
    said = opened.getexif().get_ifd(EXIF_IFD)
    try:
        moment = datetime.strptime(str(said.get(TAKEN, "")), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        return ""
    offset = str(said.get(OFFSET, ""))
    try:
        hours, minutes = int(offset[:3]), int(offset[4:6])
    except ValueError:
        return moment.isoformat()
    away = timedelta(hours=hours, minutes=minutes if hours >= 0 else -minutes)
    return moment.replace(tzinfo=timezone(away)).isoformat()
