"""Keeping files of people: taking in, filing, taking away."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from candour.core.actor import Actor
from candour.core.clock import local_date
from candour.core.errors import Conflict, Invalid, NotFound
from candour.core.ids import new_ref
from candour.files import store
from candour.files.find import table_of
from candour.files.kinds import ENDINGS, KINDS, PROOF, Kind, of_form
from candour.files.letters import Template
from candour.files.models import TABLES, Document, Stored
from candour.files.reasons import SAID
from candour.files.upload import Arrived, Berth, place_of
from candour.jobs import queue
from candour.policy.vocabulary import RecordClass
from candour.register.declare import declaration
from candour.register.permit import Permit
from candour.vault.stream import seal_stream

CLEAN = "files:file:clean"
LONGEST_TITLE = 120
GONE = ("verified", "not-theirs", "not-needed")


def record_class(kind: Kind) -> RecordClass:
    """Return the record class that files of a kind are of."""
    found = declaration(TABLES[kind.table]).record_class
    if found is None:
        raise LookupError(f"{kind.table} has no record class")
    return found


def berth(kind: Kind, person_id: int, *, permit: Permit) -> Berth:
    """Return leave to take in files of `kind`, with the key to seal them.

    The key outlives the unit of work, since a file may arrive for minutes; the files
    are kept in a second one. Raises Refused where the purpose does not cover the kind.
    """
    permit.must_cover(kind.category)
    key_id, key = permit.keys.data_key(person_id, record_class(kind))
    return Berth(person_id, kind, key_id, key)


def keep(
    arrived: Sequence[Arrived],
    taken: Berth,
    *,
    permit: Permit,
    title: str,
    source: str,
    by: Actor,
    at: datetime,
) -> list[Stored]:
    """Write down files that arrived, and have them washed; nobody is shown them before.

    Raises Conflict when the person's key has gone since: they were erased or joined
    while the files arrived, and nothing is kept then. Raises Invalid for a source that
    the policy does not name.
    """
    permit.must_cover(taken.kind.category)
    permit.must_be_source(source)
    key_id, _ = permit.keys.data_key(taken.person_id, record_class(taken.kind))
    if key_id != taken.key_id:
        raise Conflict
    return [
        _keep(one, taken, permit=permit, title=title, source=source, by=by, at=at)
        for one in arrived
    ]


def _keep(
    one: Arrived,
    taken: Berth,
    *,
    permit: Permit,
    title: str,
    source: str,
    by: Actor,
    at: datetime,
) -> Stored:
    row = TABLES[taken.kind.table](
        ref=one.ref,
        person_id=taken.person_id,
        kind=of_form(taken.kind, one.form).slug,
        media_type=one.form.value,
        size=one.size,
        sha256=one.sha256,
        key_id=taken.key_id,
        raw_name=one.raw_name,
        source=source,
        made_at=at,
        by=str(by),
        policy_id=permit.policy_id,
        clause=permit.decision.clause,
    )
    _name(row, title, permit)
    row.save(force_insert=True)
    queue.defer(CLEAN, file=row.ref)
    return row


def _name(row: Stored, title: str, permit: Permit) -> None:
    if len(title) > LONGEST_TITLE:
        raise Invalid(f"A title has at most {LONGEST_TITLE} letters.")
    if title:
        row.title = permit.seal(row, "title", title)


def file_name(row: Stored, media_type: str, at: datetime) -> str:
    """Return what a file is called when it is handed out: nothing of the person."""
    ending = ENDINGS[media_type]
    day = local_date(row.taken_at or at)
    return f"{row.kind}-{day:%Y-%m-%d}-{secrets.token_hex(3)}.{ending}"


def file_document(
    *,
    permit: Permit,
    person_id: int,
    kind: str,
    pdf: bytes,
    template: Template,
    title: str = "",
    source: str = "our-own-records",
    by: Actor,
    at: datetime,
) -> Document:
    """File a PDF of our own making (`letters.render`), sealed, with its SHA-256.

    It is there for good: nothing changes a filed document. Should the caller's unit of
    work roll back, the file is swept with the other orphans.
    """
    permit.must_be_source(source)
    row = Document(
        ref=new_ref(),
        person_id=person_id,
        kind=kind,
        state="clean",
        media_type="application/pdf",
        size=len(pdf),
        template=template.name,
        template_version=template.version,
        filed_sha256=hashlib.sha256(pdf).hexdigest(),
        source=source,
        made_at=at,
        checked_at=at,
        by=str(by),
        policy_id=permit.policy_id,
        clause=permit.decision.clause,
    )
    _name(row, title, permit)
    row.file_name = file_name(row, row.media_type, at)
    row.key_id, key = permit.keys.data_key(person_id, record_class(KINDS[kind]))
    place = place_of(KINDS[kind], row.ref, "file")
    row.name, row.sha256 = store.write(seal_stream(key, row.key_id, place, [pdf]))
    row.save(force_insert=True)
    return row


def file_elsewhere(
    *,
    permit: Permit,
    person_id: int,
    kind: str,
    medium: str,
    locator: str,
    title: str = "",
    source: str,
    by: Actor,
    at: datetime,
) -> Document:
    """Write down where a paper or a model of somebody's is kept."""
    permit.must_be_source(source)
    row = Document(
        ref=new_ref(),
        person_id=person_id,
        kind=kind,
        state="clean",
        medium=medium,
        locator=locator,
        source=source,
        made_at=at,
        by=str(by),
        policy_id=permit.policy_id,
        clause=permit.decision.clause,
    )
    _name(row, title, permit)
    row.save(force_insert=True)
    return row


def take_away(
    *, permit: Permit, ref: UUID, why: str, by: Actor, at: datetime
) -> Stored:
    """Delete a file and keep its row: what it was, why it went, when and by whom.

    `why` is one of GONE. What was filed from a template stays. The bytes go when the
    unit of work is committed; should the machine stop just then, the sweep takes them.
    Raises NotFound.
    """
    if why not in GONE:
        raise LookupError(f"{why} is no reason for a file to go")
    row = locked(ref)
    if getattr(row, "template", ""):
        raise Invalid("What was filed is not deleted by hand.")
    if row.state == "gone":
        return row
    emptied(row, state="gone", because=why)
    row.checked_at, row.by = at, str(by)
    row.save()
    return row


def proved(*, permit: Permit, person_id: int, by: Actor, at: datetime) -> int:
    """Delete every copy of a proof of somebody's, now that it has proved it.

    The rows stay: that a proof of this kind was seen. The result itself is a check of
    the person's. Return how many copies went (UK GDPR Article 5(1)(c) and (e)).
    """
    rows = TABLES[PROOF].objects.filter(person=person_id).exclude(state="gone")  # type: ignore[attr-defined]
    refs = list(rows.order_by("pk").values_list("ref", flat=True))
    for ref in refs:
        take_away(permit=permit, ref=ref, why="verified", by=by, at=at)
    return len(refs)


def locked(ref: UUID) -> Stored:
    """Return the row of a file in scope, locked. Raises NotFound."""
    row = table_of(ref).objects.select_for_update().filter(ref=ref).first()  # type: ignore[attr-defined]
    if row is None:
        raise NotFound
    return row  # type: ignore[no-any-return]


def emptied(row: Stored, *, state: str, because: str) -> None:
    """Make a row one without a file; the files go when this is committed."""
    names = [row.raw_name, row.name, row.small_name, row.large_name]
    row.raw_name = row.name = row.small_name = row.large_name = ""
    row.state, row.because, row.sha256, row.size = state, because, "", 0
    if because not in SAID:
        raise LookupError(f"{because} has no words")
    transaction.on_commit(lambda: store.remove(names))
