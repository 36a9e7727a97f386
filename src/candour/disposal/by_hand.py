"""Paper and models of somebody erased: no programme can destroy them, so a person must.

What the erasure could not reach is noted in its transaction. The certificate is not
complete until somebody has said of each thing that it is destroyed; where it lay is
forgotten with that.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from candour.core.actor import Actor
from candour.core.errors import Conflict, NotFound
from candour.disposal.models import ByHand, Erasure
from candour.files.models import Document
from candour.jobs import queue
from candour.policy.vocabulary import RecordClass
from candour.register.declare import declaration

FINISH = "disposal:erasure:finish"
TABLE = "by-hand"
NAME = "Paper and models"
WAITS = (
    "Somebody has to destroy this by hand. Your certificate is whole once they have."
)


def count(person_id: int, classes: Collection[str]) -> int:
    """Return how many things of a person a person would have to destroy."""
    return len(_things(person_id, classes))


def note(erasure: Erasure, at: datetime) -> None:
    """Write down what lies where, before the rows that say so are erased."""
    ByHand.objects.bulk_create(
        ByHand(
            erasure=erasure.ref,
            request_ref=erasure.request_ref,
            medium=row.medium,
            place=row.locator,
            since=at,
        )
        for row in _things(erasure.person_id, erasure.goes)
    )


def waiting(erasure: UUID) -> int:
    """Return how many things of an erasure nobody has destroyed yet."""
    return ByHand.objects.filter(erasure=erasure, done_at=None).count()


def destroyed(*, ref: UUID, by: Actor, at: datetime) -> None:
    """Write down that a thing is destroyed; its place is forgotten. Raises NotFound.

    Raises Conflict when somebody said so before. The certificate is written anew.
    """
    row = ByHand.objects.select_for_update().filter(ref=ref).first()
    if row is None:
        raise NotFound
    if row.done_at is not None:
        raise Conflict
    row.place, row.done_at, row.done_by = "", at, str(by)
    row.save()
    queue.defer(FINISH, erasure=row.erasure)


def _things(person_id: int, classes: Collection[str]) -> list[Document]:
    if declaration(Document).record_class not in {RecordClass(c) for c in classes}:
        return []
    here = Document.objects.filter(person=person_id, state="clean")
    return list(here.exclude(medium="electronic").order_by("pk"))
