"""Taking files in as the desk does, without the web: a person, a sending, a washing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from candour import gate
from candour.core.actor import Actor, staff, system
from candour.files import actions, clean, queries, store
from candour.files.kinds import KINDS
from candour.files.models import TABLES, Stored
from candour.files.upload import PIECE, Intake
from candour.policy.terms import Reach
from candour.register.permit import Permit
from tests.apps import files_cast
from tests.factories import NOON, make_enquiry

DOCTOR = staff("11111111-1111-7111-8111-111111111111", "practitioner")


def someone(name: str = "Zephyrine Quillfeather") -> int:
    """Return the id of a person."""
    return make_enquiry(name=name, email=f"{name.split()[0]}@example.org").person_id


@contextmanager
def opened(
    person: int, *, purpose: str = "care", by: Actor = DOCTOR
) -> Iterator[Permit]:
    """Open a unit of work about one person."""
    with gate.open(
        by=by, purpose=purpose, people=[person], verb="test:file:use", at=NOON
    ) as permit:
        yield permit


def sent(intake: Intake, data: bytes) -> None:
    """Push a file through the handler, as Django's parser does."""
    from django.core.files.uploadhandler import SkipFile

    try:
        intake.new_file("file", "holiday.jpg", "image/jpeg", None)
        for start in range(0, len(data), PIECE):
            intake.receive_data_chunk(data[start : start + PIECE], start)
    except SkipFile:
        return
    intake.file_complete(len(data))


def take(person: int, data: bytes, kind: str = "photograph", **more: Any) -> Stored:
    """Take one file in and keep it, in quarantine. Raises AssertionError if refused."""
    chosen = KINDS[kind]
    with opened(person, purpose=chosen.purpose) as permit:
        intake = Intake(actions.berth(chosen, person, permit=permit))
    sent(intake, data)
    assert intake.refused == []
    with opened(person, purpose=chosen.purpose) as permit:
        [row] = actions.keep(
            intake.arrived,
            intake.berth,
            permit=permit,
            title=more.get("title", ""),
            source=more.get("source", "consultation"),
            by=permit.by,
            at=NOON,
        )
    return row


def washed(person: int, data: bytes, kind: str = "photograph", **more: Any) -> Stored:
    """Take one file in and wash it; return its row as it is then."""
    row = take(person, data, kind, **more)
    clean.clean(ref=row.ref, at=NOON)
    done: Stored = fresh(row.ref)
    return done


def fresh(ref: UUID) -> Any:
    """Return the row of a file as it is now."""
    with gate.open(
        by=system("test"),
        purpose="retention",
        reach=Reach.ALL,
        verb="test:look:on",
        at=NOON,
    ):
        for model in TABLES.values():
            row = model.objects.filter(ref=ref).first()  # type: ignore[attr-defined]
            if row is not None:
                return row
    return None


def contents(person: int, ref: UUID, what: str = "file") -> bytes:
    """Return the plain bytes of a washed file."""
    with opened(person) as permit:
        one = queries.opened(ref, permit=permit, what=what)
        return b"".join(one.part(0, one.size))


def on_disk() -> dict[str, bytes]:
    """Return every file in the folder, as it lies there."""
    return {path.name: path.read_bytes() for path in store.folder().iterdir()}


def live(person: int) -> None:
    """Put a file in every table: one washed, some in quarantine, one on paper."""
    washed(person, files_cast.jpeg(40, 30), title="Left cheek")
    rows(person)


def rows(person: int) -> None:
    """Put a row in every table of files, none of them washed."""
    take(person, files_cast.png(20, 20))
    take(person, files_cast.pdf(), "letter", title="From Dr Foxglove Underhill")
    with opened(person) as permit:
        actions.file_elsewhere(
            permit=permit,
            person_id=person,
            kind="consent",
            medium="paper",
            locator="Cupboard 4, shelf B",
            source="consultation",
            by=permit.by,
            at=NOON,
        )
    prove(person)


def prove(person: int) -> Stored:
    """Keep a copy of a proof, which no purpose of the model's takes; return its row.

    The system may, for what the law asks of it: see `candour.files.kinds`.
    """
    kind = KINDS["identity-proof"]
    with opened(person, purpose="rights", by=system("test")) as permit:
        intake = Intake(actions.berth(kind, person, permit=permit))
        sent(intake, files_cast.jpeg(40, 30))
        [row] = actions.keep(
            intake.arrived,
            intake.berth,
            permit=permit,
            title="",
            source="in-person",
            by=permit.by,
            at=NOON,
        )
    return row
