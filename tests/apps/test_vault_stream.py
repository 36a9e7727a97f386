"""Sealing as a file arrives, and opening only a part of it."""

import io
import os
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.core.errors import Tampered
from candour.vault import stream
from candour.vault.stream import CHUNK, TAG, Sealer, open_part, open_stream, plain_size

KEY, KEY_ID, PLACE = os.urandom(32), uuid4(), "files_image.file:1"
PLAIN = os.urandom(3 * CHUNK + 17)


def sealed(plain: bytes, pieces: int = 70_000) -> bytes:
    sealer = Sealer(KEY, KEY_ID, PLACE)
    out = [
        part
        for at in range(0, len(plain), pieces)
        for part in sealer.feed(plain[at : at + pieces])
    ]
    return b"".join(out + sealer.finish())


SEALED = sealed(PLAIN)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_what_is_pushed_opens_as_it_was(size: int) -> None:
    whole = sealed(PLAIN[:size])

    assert b"".join(open_stream(KEY, PLACE, io.BytesIO(whole))) == PLAIN[:size]
    assert plain_size(len(whole)) == size


@given(st.integers(0, len(PLAIN) + 9), st.integers(0, len(PLAIN) + 9))
def test_a_part_is_that_part(start: int, length: int) -> None:
    found = b"".join(open_part(KEY, PLACE, io.BytesIO(SEALED), start, length))

    assert found == PLAIN[start : start + length]


def test_a_sealer_holds_a_chunk_and_no_more() -> None:
    sealer = Sealer(KEY, KEY_ID, PLACE)
    for _ in range(40):
        sealer.feed(bytes(300_000))
        assert len(sealer._held) <= CHUNK + 300_000


@pytest.mark.parametrize(
    "changed",
    [
        SEALED[: stream.HEAD + 2 * (CHUNK + TAG)],  # cut off between two chunks
        SEALED[:-1],
        SEALED[:500] + bytes([SEALED[500] ^ 1]) + SEALED[501:],
        b"ANOTHER1" + SEALED[8:],
        b"",
    ],
)
def test_a_part_of_what_was_changed_does_not_open(changed: bytes) -> None:
    with pytest.raises(Tampered):
        b"".join(open_part(KEY, PLACE, io.BytesIO(changed), 0, len(PLAIN)))


def test_a_part_does_not_open_elsewhere() -> None:
    with pytest.raises(Tampered):
        list(open_part(KEY, "files_image.file:2", io.BytesIO(SEALED), 0, 1))
