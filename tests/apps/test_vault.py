"""Sealed values and files: they open where they were sealed and nowhere else."""

import io
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.core.errors import Tampered
from candour.vault import sealing, stream

KEY, KEY_ID, PLACE = sealing.new_key(), uuid4(), "enquiries_enquiry.message:1"


@given(st.binary(max_size=2000))
def test_what_is_sealed_opens_the_same(plain: bytes) -> None:
    sealed = sealing.seal(KEY, KEY_ID, PLACE, plain)

    assert sealing.unseal(KEY, PLACE, sealed) == plain
    assert sealing.key_id_of(sealed) == KEY_ID


def test_the_same_text_is_never_sealed_the_same_twice() -> None:
    assert sealing.seal(KEY, KEY_ID, PLACE, b"x") != sealing.seal(
        KEY, KEY_ID, PLACE, b"x"
    )


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_no_changed_byte_goes_unseen(place: int, change: int) -> None:
    sealed = bytearray(sealing.seal(KEY, KEY_ID, PLACE, b"red on both cheeks"))
    sealed[place % len(sealed)] ^= change

    with pytest.raises(Tampered):
        sealing.unseal(KEY, PLACE, bytes(sealed))


@pytest.mark.parametrize("torn", [b"", b"\x01", b"\x01" * 20])
def test_a_torn_value_is_tampered_and_not_a_crash(torn: bytes) -> None:
    with pytest.raises(Tampered):
        sealing.unseal(KEY, PLACE, torn)


def test_a_value_moved_to_another_row_does_not_open() -> None:
    sealed = sealing.seal(KEY, KEY_ID, PLACE, b"x")

    with pytest.raises(Tampered):
        sealing.unseal(KEY, "enquiries_enquiry.message:2", sealed)


def test_another_persons_key_does_not_open_it() -> None:
    sealed = sealing.seal(KEY, KEY_ID, PLACE, b"x")

    with pytest.raises(Tampered):
        sealing.unseal(sealing.new_key(), PLACE, sealed)


def test_a_key_wrapped_for_one_id_does_not_unwrap_for_another() -> None:
    kek = sealing.new_key()
    wrapped = sealing.wrap(kek, KEY_ID, KEY)

    assert sealing.unwrap(kek, KEY_ID, wrapped) == KEY
    with pytest.raises(Tampered):
        sealing.unwrap(kek, uuid4(), wrapped)


def sealed_file(size: int, piece: int = 700_000) -> tuple[bytes, bytes]:
    plain = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    parts = (plain[i : i + piece] for i in range(0, len(plain), piece))
    return plain, b"".join(stream.seal_stream(KEY, KEY_ID, PLACE, parts))


@pytest.mark.parametrize(
    "size",
    [
        0,
        1,
        stream.CHUNK - 1,
        stream.CHUNK,
        stream.CHUNK + 1,
        2 * stream.CHUNK,
        3_000_000,
    ],
)
def test_a_file_of_any_size_opens_the_same(size: int) -> None:
    plain, sealed = sealed_file(size)

    assert b"".join(stream.open_stream(KEY, PLACE, io.BytesIO(sealed))) == plain


def opens(sealed: bytes) -> bytes:
    return b"".join(stream.open_stream(KEY, PLACE, io.BytesIO(sealed)))


def test_a_file_cut_at_a_chunk_is_found_out() -> None:
    _, sealed = sealed_file(3 * stream.CHUNK)
    head = len(stream.MAGIC) + 16 + stream.PREFIX

    with pytest.raises(Tampered):
        opens(sealed[: head + 2 * (stream.CHUNK + stream.TAG)])


def test_swapped_chunks_are_found_out() -> None:
    _, sealed = sealed_file(3 * stream.CHUNK)
    head, step = len(stream.MAGIC) + 16 + stream.PREFIX, stream.CHUNK + stream.TAG
    swapped = sealed[:head] + sealed[head + step : head + 2 * step]
    swapped += sealed[head : head + step] + sealed[head + 2 * step :]

    with pytest.raises(Tampered):
        opens(swapped)


@pytest.mark.parametrize("torn", [b"", b"CANDOUR1", b"NOTOURS1" + bytes(40)])
def test_what_is_no_sealed_file_is_tampered(torn: bytes) -> None:
    with pytest.raises(Tampered):
        opens(torn)
