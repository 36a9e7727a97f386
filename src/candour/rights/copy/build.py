"""Making a copy: one unit of work, from the request to a sealed file on the disk."""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string

from candour import gate
from candour.core.actor import system
from candour.core.errors import NotFound
from candour.disposal import collect
from candour.files import queries as files
from candour.people.models import Standing
from candour.policy.render import notice, to_markdown
from candour.policy.vocabulary import RecordClass
from candour.register.declare import PerRow
from candour.register.permit import Permit
from candour.rights import letters
from candour.rights.actions import brand_of, new_link, post, step
from candour.rights.circle import PURPOSE
from candour.rights.copy import data, page
from candour.rights.copy.archive import Member, Spool, packed
from candour.rights.copy.data import About
from candour.rights.copy.facts import facts
from candour.rights.models import Request
from candour.vault.stream import seal_stream

BUILDER = system("build-copy")
COPY_LASTS = timedelta(days=7)
FOLDER = "copies"
SECONDS = 900  # how long the scope holds: a copy may be of many years
GATHER = 1 << 16  # bytes: small writes are joined before they are packed


def folder() -> Path:
    """Return where copies wait to be fetched, sealed; made on first use."""
    path = Path(settings.DATA_DIR) / FOLDER
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def place_of(ref: UUID) -> str:
    """Return what a copy is sealed for, so that one file cannot pass as another."""
    return f"rights_request.copy:{ref}"


def build(*, ref: UUID, at: datetime) -> None:
    """Make the copy a request asks for, and say that it is ready.

    A request that is gone, answered, or of somebody being erased is left alone. What
    was written is removed again when anything fails: the job then tries once more.
    """
    try:
        owner = gate.owner_of(Request, ref)
    except NotFound:
        return
    name = secrets.token_hex(16)
    try:
        with gate.open(
            by=BUILDER,
            purpose=PURPOSE,
            people=[owner],
            verb="rights:copy:build",
            at=at,
            seconds=SECONDS,
        ) as permit:
            _keep_here(owner)
            request = Request.objects.select_for_update().filter(ref=ref).first()
            if request is not None and _is_wanted(request):
                _write(permit, request, name)
    except BaseException:
        (folder() / name).unlink(missing_ok=True)
        raise


def _keep_here(person_id: int) -> None:
    """Let an erasure of this person wait for us, or us for it, but never both.

    It is the lock that adding a row about them would take later, taken first.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM people_person WHERE id = %s FOR KEY SHARE", [person_id]
        )


def _is_wanted(request: Request) -> bool:
    locked = Standing.objects.filter(
        person=request.person_id, locked_at__isnull=False
    ).exists()
    return request.kind == "access" and request.state == "open" and not locked


def _write(permit: Permit, request: Request, name: str) -> None:
    at = permit.at
    holds: list[dict[str, object]] = []
    about = About(request.ref, number(request), request.received_at, at, permit.policy)
    plain = _Measured(packed(_members(about, request.person_id, permit, holds), at=at))
    key_id, key = permit.keys.data_key(request.person_id, RecordClass.REQUEST)
    _store(name, seal_stream(key, key_id, place_of(request.ref), plain))
    request.state, request.copy_name = "ready", name
    request.copy_size, request.copy_checksum = plain.size, plain.digest()
    request.copy_built_at = request.answered_at = at
    request.copy_expires_at, request.copy_holds = at + COPY_LASTS, holds
    token = new_link(request, at + COPY_LASTS)
    request.save()
    step(request, "copy-made", by=permit.by, at=at)
    letter = letters.copy_ready(
        token=token, brand=brand_of(permit, request), until=at + COPY_LASTS
    )
    post(permit=permit, request=request, letter=letter, at=at)


def number(request: Request) -> str:
    """Return the number a person may quote."""
    return f"R-{request.pk}"


class _Measured:
    """Passes bytes on, and knows how many there were and their SHA-256."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts, self._hash, self.size = parts, hashlib.sha256(), 0

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            self._hash.update(part)
            self.size += len(part)
            yield part

    def digest(self) -> str:
        """Return the SHA-256 of what passed, in hexadecimal digits."""
        return self._hash.hexdigest()


def _store(name: str, sealed: Iterable[bytes]) -> None:
    """Write a sealed file so that it is whole or not there."""
    path = folder() / name
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for part in sealed:
            file.write(part)
        file.flush()
        os.fsync(file.fileno())


def _members(
    about: About, person_id: int, permit: Permit, holds: list[dict[str, object]]
) -> Iterator[Member]:
    """Yield the files of a copy. `holds` is filled with what each table held."""
    policy, spool = about.policy, Spool()
    context = {"about": about, "contact": policy.contact_for("rights")}
    yield _text("README.txt", render_to_string("rights/copy/README.txt", context))
    for name in ("copy.css", "schema.json"):
        kept = resources.files("candour.rights.copy").joinpath(name)
        yield Member(name, [kept.read_bytes()])
    yield _text(
        "notice.html",
        render_to_string("rights/copy/notice.html", {"notice": notice(policy)}),
    )
    yield _text("notice.md", to_markdown(policy))
    rows = _gathered(_rows(about, person_id, permit, spool, holds))
    yield Member("data.json", rows)
    yield Member("index.html", spool.parts())
    for name, parts in files.held(person_id, permit=permit):
        yield Member(f"{page.FILES}/{name}", parts, is_packed=True)


def _text(name: str, text: str) -> Member:
    return Member(name, [text.encode()])


def _rows(
    about: About,
    person_id: int,
    permit: Permit,
    spool: Spool,
    holds: list[dict[str, object]],
) -> Iterator[str]:
    """Yield the data file; write the page beside it, of the same rows."""
    held: set[str] = set()
    empty: list[str] = []
    spool.write(page.head(about))
    yield data.head(about)
    for index, table in enumerate(collect.tables(person_id, permit=permit)):
        yield data.table_head(table, first=index == 0)
        count = 0
        for count, values in enumerate(table.rows, start=1):
            if count == 1:
                spool.write(page.table_head(table.heading))
            spool.write(page.row(table.columns, values))
            yield data.row(values, first=count == 1)
        yield data.TABLE_TAIL
        if count:
            spool.write(page.TABLE_TAIL)
            held |= _categories(table)
            holds.append({"name": table.heading, "rows": count})
        else:
            empty.append(table.heading)
    withheld = [(entry.table, why) for entry, why in collect.withheld()]
    standing = Standing.objects.filter(person=person_id).first()
    said = facts(
        person_id,
        about.policy,
        held=held,
        relation=standing.relation if standing else (),
        permit=permit,
    )
    yield from data.tail(said, withheld)
    spool.write(page.tail(about, said, empty, [why for _, why in withheld]))


def _categories(table: collect.Table) -> set[str]:
    found: set[str] = set()
    for column in table.columns:
        if isinstance(column.category, PerRow):
            found |= {*column.category.categories.values(), column.category.otherwise}
        elif column.category is not None:
            found.add(column.category)
    return found


def _gathered(parts: Iterable[str]) -> Iterator[bytes]:
    """Join small texts into blocks: packing each row by itself would be slow."""
    held: list[str] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= GATHER:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()
