"""Files that somebody spoilt on purpose: taken, or refused plainly; never a fault."""

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from candour.files import films, look, pot
from candour.files.kinds import FILMS, Form
from candour.files.reasons import NotTaken
from candour.files.wash.papers import without_segments
from tests.apps import files_cast as cast

CLIP, PNG, JPEG = cast.clip(film=b"F" * 300), cast.png(40, 30), cast.jpeg(40, 30)
HEIC = cast.heic(64, 48)
spoils = st.lists(
    st.tuples(st.integers(0, 1 << 16), st.binary(min_size=1, max_size=9)), max_size=6
)


def spoilt(data: bytes, changes: list[tuple[int, bytes]], cut: int) -> bytes:
    out = bytearray(data[: cut % (len(data) + 1)] or data)
    for at, what in changes:
        start = at % len(out)
        out[start : start + len(what)] = what
    return bytes(out)


def looked(data: bytes) -> Form | None:
    """Return the form of what a look lets through, None for what it refuses."""
    try:
        form = look.form_of(data[: look.ENOUGH])
        look.look(form, data[: look.HEAD], data[-look.TAIL :], len(data))
    except NotTaken:  # it cannot be raised without words
        return None
    return form


@given(st.sampled_from([CLIP, PNG, JPEG, HEIC]), spoils, st.integers(0, 1 << 16))
@example(CLIP, [], 0)
def test_a_look_at_anything_gives_a_form_or_a_reason(
    data: bytes, changes: list[tuple[int, bytes]], cut: int
) -> None:
    looked(spoilt(data, changes, cut))


@given(st.binary(max_size=300))
def test_a_look_at_noise_is_no_fault(data: bytes) -> None:
    looked(data)


@given(spoils, st.integers(0, 1 << 16))
@example([], 0)
def test_a_spoilt_clip_is_blanked_at_its_length_or_refused(
    changes: list[tuple[int, bytes]], cut: int
) -> None:
    data = spoilt(CLIP, changes, cut)

    try:
        patches = films.patches_of(
            lambda start, length: data[start : start + length], len(data)
        )
    except NotTaken:
        return
    washed = b"".join(films.patched(iter([data[:777], data[777:]]), patches))

    assert len(washed) == len(data)


@pytest.mark.parametrize("piece", [1, 7, 100, 10_000])
def test_a_clip_is_washed_alike_however_it_is_cut_into_pieces(piece: int) -> None:
    patches = films.patches_of(lambda at, length: CLIP[at : at + length], len(CLIP))
    parts = (CLIP[at : at + piece] for at in range(0, len(CLIP), piece))

    washed = b"".join(films.patched(parts, patches))

    assert cast.CANARY_PLACE not in washed
    assert b"F" * 300 in washed
    assert looked(washed) in FILMS


@given(spoils, st.integers(0, 1 << 16))
def test_segments_are_taken_out_of_any_picture_in_a_paper(
    changes: list[tuple[int, bytes]], cut: int
) -> None:
    data = spoilt(JPEG, changes, cut)

    assert len(without_segments(data)) <= len(data)


def test_segments_out_leaves_the_pixels() -> None:
    from PIL import Image

    bare = without_segments(JPEG + cast.archive())

    assert cast.CANARY_PLACE not in bare
    with Image.open(io.BytesIO(JPEG)) as one, Image.open(io.BytesIO(bare)) as other:
        assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("form", [Form.JPEG, Form.PNG, Form.HEIC, Form.PDF, Form.DICOM])
def test_noise_of_any_form_is_refused_by_the_process_that_washes(form: Form) -> None:
    with pytest.raises(NotTaken) as refused:
        pot.wash(form, [b"noise " * 2000])

    assert refused.value.reason == "cannot-be-read"


def test_a_bomb_that_hides_its_size_is_refused_by_the_process_that_washes() -> None:
    with pytest.raises(NotTaken) as refused:
        pot.wash(Form.PNG, [cast.bomb()])

    assert refused.value.reason == "too-many-pixels"
