"""Washing a file that arrived: a unit of work to look, none meanwhile, one to keep.

It may stop anywhere and be done again. Before the second unit nothing has changed but
for files that no row names, and those are swept; after it the washed file is all there
is. Whoever is erased meanwhile has no row any more, and then nothing is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from candour import gate
from candour.core.actor import system
from candour.core.errors import NotFound, Refused, Tampered
from candour.files import actions, films, pot, store
from candour.files.find import found, purpose_of
from candour.files.kinds import FILMS, KINDS, Form, Kind
from candour.files.models import Stored
from candour.files.reasons import NotTaken
from candour.files.upload import place_of
from candour.vault.stream import key_id_of, open_stream, seal_stream

CLEANER = system("clean-files")
PARTS = ("file", "small", "large")
BATCH = 2000  # names asked for at once
ORPHAN_SECONDS = 3600  # a file on its way is not an orphan yet


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be washed, and the key it is sealed under."""

    ref: UUID
    kind: Kind
    form: Form
    raw_name: str
    key_id: UUID
    key: bytes


@dataclass(frozen=True, slots=True)
class _Done:
    """A washed file on the disk: name, SHA-256 and plain size of each part."""

    media_type: str
    parts: dict[str, tuple[str, str, int]]
    width: int | None = None
    height: int | None = None
    taken_at: datetime | None = None


def clean(*, ref: UUID, at: datetime) -> None:
    """Wash one file. One that is gone, done or refused is left alone.

    The file of somebody whose data may not be used just now stays in quarantine.
    """
    try:
        model, person_id = found(ref)
        work = _begin(model, person_id, ref, at)
    except (NotFound, Refused):
        return
    if work is None:
        return
    try:
        done = _wash(work)
    except NotTaken as error:
        _settle(model, person_id, work, error.reason, at)
        return
    try:
        _settle(model, person_id, work, done, at)
    except BaseException:
        store.remove(name for name, _, _ in done.parts.values())
        raise


def _begin(
    model: type[Stored], person_id: int, ref: UUID, at: datetime
) -> _Work | None:
    with gate.open(
        by=CLEANER,
        purpose=purpose_of(model),
        people=[person_id],
        verb="files:file:wash",
        at=at,
    ) as permit:
        row = model.objects.filter(ref=ref, state="quarantined").first()  # type: ignore[attr-defined]
        if row is None:
            return None
        key = permit.keys.key_of(person_id, row.key_id)
        form = Form(row.media_type)
        return _Work(ref, KINDS[row.kind], form, row.raw_name, row.key_id, key)


def _wash(work: _Work) -> _Done:
    """Return the washed file, sealed on the disk. Raises NotTaken, and OSError."""
    raw = place_of(work.kind, work.ref)
    try:
        with store.opened(work.raw_name) as source:
            if key_id_of(source) != work.key_id:
                raise Tampered
            if work.form in FILMS:
                parts = films.washed(work.key, raw, source)
                return _Done(work.form.value, {"file": _put(work, "file", parts)})
            washed = pot.wash(work.form, open_stream(work.key, raw, source))
    except (Tampered, FileNotFoundError) as cause:
        raise NotTaken("damaged-here") from cause
    stored: dict[str, tuple[str, str, int]] = {}
    try:
        for what in PARTS:
            if washed.parts.get(what):
                stored[what] = _put(work, what, iter([washed.parts[what]]))
    except BaseException:
        store.remove(name for name, _, _ in stored.values())
        raise
    return _Done(
        washed.media_type, stored, washed.width, washed.height, washed.taken_at
    )


def _put(work: _Work, what: str, parts: Iterator[bytes]) -> tuple[str, str, int]:
    size = 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for part in parts:
            size += len(part)
            yield part

    place = place_of(work.kind, work.ref, what)
    sealed = seal_stream(work.key, work.key_id, place, counted())
    return *store.write(sealed), size


def _settle(
    model: type[Stored], person_id: int, work: _Work, came: "_Done | str", at: datetime
) -> None:
    """Write down what came of it, unless somebody has done so or the row is gone."""
    fresh = [] if isinstance(came, str) else [n for n, _, _ in came.parts.values()]
    with gate.open(
        by=CLEANER,
        purpose=work.kind.purpose,
        people=[person_id],
        verb="files:file:settle",
        at=at,
    ):
        row = (
            model.objects.select_for_update()  # type: ignore[attr-defined]
            .filter(ref=work.ref, state="quarantined", raw_name=work.raw_name)
            .first()
        )
        if row is None:
            transaction.on_commit(lambda: store.remove(fresh))
            return
        row.checked_at = at
        if isinstance(came, str):
            actions.emptied(row, state="rejected", because=came)
        else:
            _keep(row, came, at)
        row.save()


def _keep(row: Stored, done: _Done, at: datetime) -> None:
    raw = row.raw_name
    row.state, row.raw_name, row.media_type = "clean", "", done.media_type
    row.name, row.sha256, row.size = done.parts["file"]
    row.small_name = done.parts.get("small", ("",))[0]
    row.large_name = done.parts.get("large", ("",))[0]
    row.width, row.height, row.taken_at = done.width, done.height, done.taken_at
    row.file_name = actions.file_name(row, done.media_type, at)
    transaction.on_commit(lambda: store.remove([raw]))


def waiting() -> list[UUID]:
    """Return the files in quarantine, to be taken up again where a crash left them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT files_waiting()")
        return [ref for (ref,) in cursor.fetchall()]


def sweep(*, at: datetime) -> int:
    """Remove files that no row names: an upload or a washing that did not end.

    Return how many. What somebody writes to just now is younger than an hour.
    """
    old = store.older_than(at.timestamp() - ORPHAN_SECONDS)
    swept = 0
    for start in range(0, len(old), BATCH):
        batch = old[start : start + BATCH]
        with connection.cursor() as cursor:
            cursor.execute("SELECT files_named(%s)", [batch])
            orphans = set(batch) - {name for (name,) in cursor.fetchall()}
        store.remove(orphans)
        swept += len(orphans)
    return swept
