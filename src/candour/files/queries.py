"""Reading files: lists of them, one of them, and its bytes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from candour.core.errors import NotFound
from candour.files import store
from candour.files.find import table_of
from candour.files.kinds import KINDS
from candour.files.models import TABLES, Stored
from candour.files.upload import place_of
from candour.register.declare import declaration
from candour.register.permit import WITHHELD, Permit, Row
from candour.vault.stream import key_id_of, open_part, plain_size

LISTED = (
    "ref", "kind", "state", "because", "title", "file_name", "media_type", "size",
    "small_name", "width", "height", "taken_at", "made_at", "checked_at", "source",
)  # fmt: skip
ON_PAPER = ("medium", "locator", "template")
COLUMNS = {"file": "name", "small": "small_name", "large": "large_name"}
JPEG = "image/jpeg"


@dataclass(frozen=True, slots=True)
class Opened:
    """A file ready to be read: how large, what it is, what it is called.

    The key stands in memory until it is read; whoever takes one must close it.
    """

    size: int
    media_type: str
    file_name: str
    source: BinaryIO
    key: bytes
    place: str

    def part(self, start: int, length: int) -> "Part":
        """Return `length` bytes from `start` on, to be read once."""
        return Part(self, start, length)

    def close(self) -> None:
        """Let go of the file."""
        self.source.close()


class Part:
    """Some bytes of a file. Closing it lets go of the file, read or not.

    A server closes what it was given also when the other side has gone away.
    """

    def __init__(self, opened: Opened, start: int, length: int) -> None:
        self._opened = opened
        self._parts = open_part(opened.key, opened.place, opened.source, start, length)

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._parts
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._opened.close()


def covered(table: str, permit: Permit) -> bool:
    """Say whether the record class of a table is open to this permit."""
    return declaration(TABLES[table]).record_class in permit.decision.classes


def of_person(person_id: int, table: str, *, permit: Permit) -> list[Row]:
    """Return the files of one table, newest first, as this purpose may see them."""
    model = TABLES[table]
    rows = model.objects.filter(person=person_id).order_by("-made_at", "-pk")  # type: ignore[attr-defined]
    more = ON_PAPER if table == "files_document" else ()
    return permit.read(rows, *LISTED, *more)


def opened(ref: UUID, *, permit: Permit, what: str = "file") -> Opened:
    """Return one washed file, or a thumbnail of it, opened but not read.

    Raises NotFound for one that is in quarantine, refused, gone, or of a kind that the
    purpose does not cover: nobody is served what has not been washed.
    """
    return _opened(table_of(ref), ref, permit, what)


def _opened(model: type[Stored], ref: UUID, permit: Permit, what: str) -> Opened:
    rows = permit.read(
        model.objects.filter(ref=ref, state="clean"),  # type: ignore[attr-defined]
        "kind", "person", "media_type", "size", "file_name", COLUMNS[what],
    )  # fmt: skip
    row = rows[0] if rows else None
    name = getattr(row, COLUMNS[what]) if row else ""
    if row is None or not name or row.media_type is WITHHELD:
        raise NotFound
    try:
        source = store.opened(name)
    except FileNotFoundError as cause:
        raise NotFound from cause
    key = permit.keys.key_of(row.person, key_id_of(source))
    size = row.size if what == "file" else _plain_size(source)
    media_type = row.media_type if what == "file" else JPEG
    place = place_of(KINDS[row.kind], ref, what)
    return Opened(size, media_type, row.file_name, source, key, place)


def _plain_size(source: BinaryIO) -> int:
    return plain_size(source.seek(0, 2))


def held(person_id: int, *, permit: Permit) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yield the name and the bytes of every washed file of a person, for a copy.

    One is opened when it is its turn, so that however many there are, none but a chunk
    of one stands in memory.
    """
    for model in TABLES.values():
        yield from _held(model, person_id, permit)


def _held(
    model: type[Stored], person_id: int, permit: Permit
) -> Iterator[tuple[str, Iterable[bytes]]]:
    rows = (
        model.objects.filter(person=person_id, state="clean")  # type: ignore[attr-defined]
        .exclude(name="")
        .order_by("pk")
        .values_list("ref", "file_name")
    )
    for ref, file_name in list(rows):
        one = _opened(model, ref, permit, "file")
        yield file_name, one.part(0, one.size)
