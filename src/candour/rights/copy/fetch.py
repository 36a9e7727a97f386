"""Handing a copy over, and removing it when its time is up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import connection

from candour import gate
from candour.core.actor import Actor, system
from candour.core.errors import Expired, NotFound
from candour.rights import letters
from candour.rights.actions import brand_of, step
from candour.rights.circle import PURPOSE
from candour.rights.copy.build import folder, place_of
from candour.rights.lapse import tell
from candour.rights.models import Request
from candour.rights.queries import must_be_theirs
from candour.rights.refusing import asked
from candour.vault.stream import key_id_of, open_stream

SWEEPER = system("remove-copies")
FILENAME = "your-data.zip"
ORPHAN_SECONDS = 3600  # a copy being made is not an orphan yet


FETCHABLE = ("ready", "done")  # once fetched, again until its time is up


@dataclass(frozen=True, slots=True)
class Download:
    """A copy on its way: how large, and its bytes, opened chunk by chunk."""

    size: int
    filename: str
    chunks: Iterator[bytes]


def fetch(*, ref: UUID, by: Actor, at: datetime) -> Download:
    """Return the copy of a request, once it is on the trail that it was fetched.

    Raises NotFound where there is none, and Expired when it was kept long enough.
    """
    owner = gate.owner_of(Request, ref)
    with gate.open(
        by=by, purpose=PURPOSE, people=[owner], verb="rights:copy:download", at=at
    ) as permit:
        request = Request.objects.select_for_update().filter(ref=ref).first()
        if request is None:
            raise NotFound
        must_be_theirs(owner, request.visit_hash, by)
        if not request.copy_name or request.copy_size is None:
            raise NotFound
        if request.state not in FETCHABLE:
            raise NotFound  # it waits for who is asking, or is over
        if request.copy_expires_at is None or request.copy_expires_at <= at:
            raise Expired
        request.copy_downloaded_at = at
        if request.state == "ready":
            request.state = "done"
        request.save(update_fields=["copy_downloaded_at", "state"])
        step(request, "copy-fetched", by=by, at=at)
        place = folder() / request.copy_name
        try:
            with place.open("rb") as sealed:
                key = permit.keys.key_of(owner, key_id_of(sealed))
        except FileNotFoundError as cause:
            raise NotFound from cause
    source = place.open("rb")
    return Download(request.copy_size, FILENAME, _opened(source, key, place_of(ref)))


def _opened(source: BinaryIO, key: bytes, place: str) -> Iterator[bytes]:
    with source:
        yield from open_stream(key, place, source)


def remove_expired(*, at: datetime) -> int:
    """Remove the copies whose time is up, and close what waits for a download."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ref, person_id FROM rights_copies_over(%s)", [at])
        over = cursor.fetchall()
    for ref, person_id in over:
        with gate.open(
            by=SWEEPER,
            purpose=PURPOSE,
            people=[person_id],
            verb="rights:copy:remove",
            at=at,
        ) as permit:
            request = Request.objects.select_for_update().filter(ref=ref).first()
            if request is None:
                continue
            (folder() / request.copy_name).unlink(missing_ok=True)
            request.copy_name = ""
            if request.state == "ready":
                request.state, request.link_hash = "expired", None
            request.save(update_fields=["copy_name", "state", "link_hash"])
            step(request, "copy-removed", by=SWEEPER, at=at)
            if request.state == "expired":
                letter = letters.not_fetched(
                    asked=asked(request),
                    brand=brand_of(permit, request),
                    policy=permit.policy,
                )
                tell(permit=permit, request=request, letter=letter)
    return len(over)


def remove_orphans(*, at: datetime) -> int:
    """Remove files that no request names: a crash left them, and no key opens them."""
    old = {
        path.name: path
        for path in folder().iterdir()
        if at.timestamp() - path.stat().st_mtime > ORPHAN_SECONDS
    }
    if not old:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT rights_copies_named(%s)", [sorted(old)])
        named = {name for (name,) in cursor.fetchall()}
    for name in old.keys() - named:
        old[name].unlink(missing_ok=True)
    return len(old.keys() - named)
