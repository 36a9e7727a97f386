"""Files: sealing them, taking a photograph in, and what memory a large one takes."""

import hashlib
import io
import os
import tracemalloc
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from uuid import uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from benchmarks.protocol import Peer, Row
from candour.files import store
from candour.files.kinds import KINDS
from candour.files.models import Image
from candour.files.upload import PIECE, Berth, Intake
from candour.vault.stream import CHUNK, open_stream, seal_stream
from tests.apps import files_cast
from tests.surfaces.desk import reading, signed_in
from tests.surfaces.filed import file_of, make_person

KEY, KEY_ID, PLACE = os.urandom(32), uuid4(), "files_image.raw:bench"
SEALED = 30_000_000  # bytes: at 300 MB a second this takes 100 ms
LARGE = 200_000_000
FLAT = 8_000_000  # bytes that a sending may hold at any moment
HOST = "localhost"


def _pieces(size: int) -> Iterator[bytes]:
    piece = os.urandom(PIECE)
    for at in range(0, size, PIECE):
        yield piece[: size - at]


def sealing() -> Row:
    """30 MB in chunks of 1 MB, against the bare cipher; 300 MB a second at least."""
    plain = list(_pieces(SEALED))
    whole = b"".join(plain)

    def ours() -> None:
        for _ in seal_stream(KEY, KEY_ID, PLACE, plain):
            pass

    def bare() -> None:
        cipher = AESGCM(KEY)
        for number, at in enumerate(range(0, SEALED, CHUNK)):
            cipher.encrypt(number.to_bytes(12, "big"), whole[at : at + CHUNK], b"x")

    def same() -> None:
        sealed = b"".join(seal_stream(KEY, KEY_ID, PLACE, plain))
        assert b"".join(open_stream(KEY, PLACE, io.BytesIO(sealed))) == whole

    peers = (Peer("the cipher alone", bare, 2.0),)
    return Row("seal 30 MB", ours, peers, same, inner=2, within=100)


def arriving() -> Row:
    """200 MB through the upload handler, against writing them to the disk in clear."""
    pieces = list(_pieces(10_000_000))

    def film() -> Iterator[bytes]:
        yield files_cast.clip(film=b"", large=LARGE)
        for _ in range(LARGE // 10_000_000):
            yield from pieces

    def ours() -> None:
        intake = Intake(Berth(1, KINDS["photograph"], KEY_ID, KEY))
        intake.new_file("file", "x", "video/mp4", None)
        for piece in film():
            intake.receive_data_chunk(piece, 0)
        intake.forget()

    def in_clear() -> None:
        path = Path(settings.DATA_DIR) / "clear"
        digest = hashlib.sha256()
        with path.open("wb") as file:
            for piece in film():
                file.write(piece)
                digest.update(piece)
        path.unlink()

    def same() -> None:
        tracemalloc.start()
        ours()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < FLAT, f"{most} bytes were held"
        assert not list(store.folder().iterdir())

    peers = (Peer("the same to disk, in clear", in_clear, 2.0),)
    return Row("200 MB arriving, flat", ours, peers, same, inner=1)


@cache
def _photograph() -> bytes:
    """Return 12 million pixels with the grain of a real photograph: some 4 MB."""
    from PIL import Image as Pictures

    grain = os.urandom(1000 * 750 * 3)
    rough = Pictures.frombytes("RGB", (1000, 750), grain)
    smooth = rough.resize((4000, 3000), Pictures.Resampling.BICUBIC)
    out = io.BytesIO()
    smooth.save(out, "JPEG", quality=90, exif=files_cast.exif())
    return out.getvalue()


def photograph() -> Row:
    """A photograph of 12 MP, from the form to "it is here": a person waits for that."""
    client, person = Client(SERVER_NAME=HOST), make_person()
    signed_in(client, "practitioner")
    address = file_of(person, "documents/add/photograph/")

    def ours() -> None:
        sent = SimpleUploadedFile("x.jpg", _photograph(), "image/jpeg")
        answer = client.post(address, {"source": "consultation", "file": sent})
        assert answer.status_code == 302, answer.status_code

    def same() -> None:
        ours()
        with reading():
            [row] = Image.objects.filter(person=person)
        assert row.size == len(_photograph())

    return Row("photograph of 12 MP", ours, (), same, inner=1, within=300)
