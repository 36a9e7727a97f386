"""Taking files in while they arrive: sealed chunk by chunk, never in clear on a disk.

A handler of Django's multipart parser. Each file is looked at as soon as enough of it
is there; what cannot be kept is dropped at once, and the rest of it is read and thrown
away, so that whoever sends it can be told why.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

from candour.core.ids import new_ref
from candour.files import look, store
from candour.files.kinds import AT_ONCE, LARGEST, LIMITS, MB, Form, Kind
from candour.files.reasons import NotTaken
from candour.vault.stream import Sealer

PIECE = 1 << 18  # bytes read at a time
MOST = LARGEST + 20 * MB  # bytes of one sending; beyond that nobody is told anything


@dataclass(frozen=True, slots=True)
class Berth:
    """Leave to take in files of one kind for one person, with the key to seal them."""

    person_id: int
    kind: Kind
    key_id: UUID
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that is on the disk, sealed, and in no table yet."""

    ref: UUID
    form: Form
    raw_name: str
    size: int
    sha256: str


def place_of(kind: Kind, ref: UUID, what: str = "raw") -> str:
    """Return what a file is sealed for, so that one cannot pass as another."""
    return f"{kind.table}.{what}:{ref}"


class Intake(FileUploadHandler):
    """Seals files as they arrive. `arrived` and `refused` say what came of each.

    Call `forget` when the request is over: what was not marked `kept` is removed.
    """

    chunk_size = PIECE

    def __init__(self, berth: Berth) -> None:
        super().__init__()
        self.berth = berth
        self.arrived: list[Arrived] = []
        self.refused: list[str] = []
        self.kept = False
        self._now: _Arriving | None = None
        self._total = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the next file. What it is called is not looked at."""
        super().new_file(*args, **kwargs)
        if len(self.arrived) + len(self.refused) >= AT_ONCE:
            self._refuse("too-many")
        self._now = _Arriving(self.berth)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take the next piece of the file."""
        self._total += len(raw_data)
        if self._total > MOST:
            raise StopUpload(connection_reset=True)
        try:
            self._arriving().take(raw_data)
        except NotTaken as error:
            self._refuse(error.reason)

    def file_complete(self, file_size: int) -> Any:
        """Finish a file that came whole. Django is given nothing: we keep the list."""
        if self._now is None:
            return None
        try:
            self.arrived.append(self._now.finish())
        except NotTaken as error:
            self._now.drop()
            self.refused.append(error.reason)
        self._now = None
        return None

    def upload_interrupted(self) -> None:
        """Drop what was being written: the sender went away."""
        self._drop()

    def forget(self) -> None:
        """Remove what was not kept: nothing half stored."""
        self._drop()
        if not self.kept:
            store.remove(arrived.raw_name for arrived in self.arrived)

    def _arriving(self) -> "_Arriving":
        if self._now is None:
            raise SkipFile
        return self._now

    def _refuse(self, reason: str) -> None:
        self._drop()
        self.refused.append(reason)
        raise SkipFile  # the rest of it is read and thrown away

    def _drop(self) -> None:
        if self._now is not None:
            self._now.drop()
            self._now = None


class _Arriving:
    """One file on its way to the disk."""

    def __init__(self, berth: Berth) -> None:
        self._berth, self._ref = berth, new_ref()
        place = place_of(berth.kind, self._ref)
        self._sealer = Sealer(berth.key, berth.key_id, place)
        self._writing: store.Writing | None = None
        self._head, self._tail = bytearray(), bytearray()
        self._form: Form | None = None
        self._size = 0

    def take(self, piece: bytes) -> None:
        self._size += len(piece)
        if len(self._head) < look.HEAD:
            self._head += piece[: look.HEAD - len(self._head)]
        self._tail += piece[-look.TAIL :]
        del self._tail[: -look.TAIL]
        if self._form is None and self._size >= look.ENOUGH:
            self._find_form()
        if self._form is not None and self._size > LIMITS[self._form]:
            raise look.too_large(self._form)
        if self._writing is None:
            self._writing = store.Writing()
        self._writing.write(self._sealer.feed(piece))

    def _find_form(self) -> Form:
        form = look.form_of(bytes(self._head[: look.ENOUGH]))
        if form not in self._berth.kind.takes:
            raise NotTaken("not-here")
        self._form = form
        return form

    def finish(self) -> Arrived:
        if self._writing is None:
            raise NotTaken("empty")
        form = self._form or self._find_form()
        look.look(form, bytes(self._head), bytes(self._tail), self._size)
        self._writing.write(self._sealer.finish())
        name, digest = self._writing.name, self._writing.finish()
        return Arrived(self._ref, form, name, self._size, digest)

    def drop(self) -> None:
        if self._writing is not None:
            self._writing.drop()
