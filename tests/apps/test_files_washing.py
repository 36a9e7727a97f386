"""A file that arrives is sealed, washed of what tells, and only then there to see."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest

from candour.core.errors import NotFound
from candour.files import clean
from candour.files.models import Document, Image
from tests.apps import files_cast as cast
from tests.apps.files_office import contents, fresh, on_disk, someone, take, washed
from tests.factories import NOON, publish_policy

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def clinic(db: None) -> None:
    publish_policy()


def tells(data: bytes) -> bool:
    """Say whether a file still says who or where."""
    return any(word in data for word in (cast.CANARY_PLACE, b"Canarycam", b"CANARY"))


def test_what_lies_on_the_disk_is_sealed_from_the_first_byte() -> None:
    data = cast.jpeg()
    row = take(someone(), data)

    [(name, sealed)] = on_disk().items()
    assert name == row.raw_name
    assert sealed.startswith(b"CANDOUR1")
    assert not tells(sealed)
    assert data[:64] not in sealed


def test_nobody_is_served_what_is_in_quarantine() -> None:
    person = someone()
    row = take(person, cast.jpeg())

    with pytest.raises(NotFound):
        contents(person, row.ref)


@pytest.mark.parametrize("make", [cast.jpeg, cast.heic, cast.png])
def test_a_picture_comes_out_without_what_tells(make: Any) -> None:
    from PIL import Image as Pictures

    person = someone()
    data = make()
    row = washed(person, data)

    plain = contents(person, row.ref)
    with Pictures.open(io.BytesIO(plain)) as picture:
        assert dict(picture.getexif()) == {}
        assert picture.info.keys() <= {"jfif", "jfif_version", "jfif_unit",
                                       "jfif_density"}  # fmt: skip
    assert tells(data)
    assert not tells(plain)
    assert (row.state, row.raw_name) == ("clean", "")
    assert row.taken_at == datetime(2026, 11, 2, 14, 30, tzinfo=UTC)


def test_a_picture_is_turned_upright_and_keeps_its_colours() -> None:
    from PIL import Image as Pictures

    person = someone()
    row = washed(person, cast.jpeg(400, 200, orientation=6))

    with Pictures.open(io.BytesIO(contents(person, row.ref))) as picture:
        assert picture.size == (row.width, row.height) == (200, 400)
        red, green, _ = picture.getpixel((195, 200))  # type: ignore[misc]
        assert red > 240
        assert green < 20


def test_colours_of_a_wide_profile_become_those_of_any_screen() -> None:
    """Without its profile, the numbers of another space would show other colours."""
    from PIL import Image as Pictures
    from PIL import ImageCms

    person = someone()
    # A profile in which red and blue have changed places is as wide as one can be.
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    good = washed(person, cast.jpeg(icc_profile=srgb))
    odd = washed(person, cast.jpeg(icc_profile=profile))

    for row in (good, odd):
        with Pictures.open(io.BytesIO(contents(person, row.ref))) as picture:
            assert "icc_profile" not in picture.info
            red, green, _ = picture.getpixel((10, 5))  # type: ignore[misc]
            assert (red > 200, green < 60) == (True, True)


def test_thumbnails_have_two_sizes_and_are_sealed_too() -> None:
    from PIL import Image as Pictures

    person = someone()
    row = washed(person, cast.jpeg(2400, 1200))

    for what, wide in (("small", 320), ("large", 1600)):
        with Pictures.open(io.BytesIO(contents(person, row.ref, what))) as picture:
            assert picture.size == (wide, wide // 2)
    assert on_disk().keys() == {row.name, row.small_name, row.large_name}
    assert all(sealed.startswith(b"CANDOUR1") for sealed in on_disk().values())


def test_a_radiograph_loses_every_identifier_at_every_depth() -> None:
    import pydicom

    person = someone()
    data = cast.dicom()
    row = washed(person, data, "radiograph")

    plain = contents(person, row.ref)
    found = pydicom.dcmread(io.BytesIO(plain))
    assert tells(data)
    assert not tells(plain)
    assert b"19800229" not in plain
    assert found.PatientIdentityRemoved == "YES"
    assert found.PixelData == pydicom.dcmread(io.BytesIO(data)).PixelData
    assert found.file_meta.MediaStorageSOPInstanceUID == found.SOPInstanceUID
    assert (row.width, row.height, row.small_name != "") == (80, 60, True)


def test_a_pdf_loses_who_made_it_and_keeps_its_page() -> None:
    import pikepdf

    person = someone()
    data = cast.pdf()
    row = washed(person, data, "letter")

    plain = contents(person, row.ref)
    with pikepdf.open(io.BytesIO(plain)) as paper:
        assert "/Info" not in paper.trailer
        assert "/Metadata" not in paper.Root
        scan: Any
        [scan] = paper.pages[0].get_images().values()
        assert not tells(scan.read_raw_bytes())
        assert pikepdf.PdfImage(scan).as_pil_image().size == (80, 60)


@pytest.mark.parametrize("brand", [b"qt  ", b"isom"])
def test_a_clip_loses_its_places_and_keeps_its_film(brand: bytes) -> None:
    person = someone()
    data = cast.clip(brand=brand, film=b"F" * 3_000_000)
    row = washed(person, data)

    plain = contents(person, row.ref)
    assert row.kind == "clip"
    assert tells(data)
    assert not tells(plain)
    assert b"+51.50" not in plain
    assert len(plain) == len(data)
    assert plain.count(b"F" * 1000) == 3000


@pytest.mark.parametrize(
    ("kind", "make", "reason"),
    [
        ("photograph", lambda: cast.jpeg()[:4000], "cannot-be-read"),
        ("letter", lambda: cast.pdf(script=True), "active"),
        ("letter", lambda: cast.pdf(attached=True), "active"),
        ("letter", lambda: cast.pdf(locked=True), "locked"),
        ("radiograph", lambda: cast.dicom(pixels=False), "no-image"),
        ("photograph", lambda: cast.clip().replace(b"moov", b"moox"), "cut-off"),
    ],
)
def test_what_cannot_be_washed_is_refused_with_the_reason(
    kind: str, make: Any, reason: str
) -> None:
    person = someone()
    row = washed(person, make(), kind)

    assert (row.state, row.because) == ("rejected", reason)
    assert on_disk() == {}


def test_what_was_changed_on_the_disk_is_refused_and_not_shown() -> None:
    from candour.files import store

    row = take(someone(), cast.jpeg())
    path = store.folder() / row.raw_name
    sealed = bytearray(path.read_bytes())
    sealed[100] ^= 1
    path.write_bytes(sealed)

    clean.clean(ref=row.ref, at=NOON)

    after = fresh(row.ref)
    assert (after.state, after.because) == ("rejected", "damaged-here")


def test_the_title_is_sealed() -> None:
    person = someone()
    row = washed(person, cast.pdf(), "letter", title="From Dr Thistlewood")

    assert isinstance(row, Document)
    assert b"Thistlewood" not in bytes(row.title or b"")


def test_names_of_files_say_nothing_of_the_person() -> None:
    row = washed(someone(), cast.jpeg())

    assert isinstance(row, Image)
    assert row.file_name.startswith("photograph-2026-11-02-")
    assert row.file_name.endswith(".jpg")
