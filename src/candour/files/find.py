"""Which table a file is in, and whose it is, by its ref alone."""

from uuid import UUID

from candour import gate
from candour.core.errors import NotFound
from candour.files.kinds import KINDS
from candour.files.models import TABLES, Stored


def found(ref: UUID) -> tuple[type[Stored], int]:
    """Return the table a file is in, and the id of its person. Raises NotFound."""
    for model in TABLES.values():
        try:
            return model, gate.owner_of(model, ref)
        except NotFound:
            continue
    raise NotFound


def table_of(ref: UUID) -> type[Stored]:
    """Return the table a file is in. Raises NotFound."""
    return found(ref)[0]


def purpose_of(model: type[Stored]) -> str:
    """Return what files of a table are kept for; all of one are for one purpose."""
    table = model._meta.db_table
    return next(kind.purpose for kind in KINDS.values() if kind.table == table)


def whose(ref: UUID) -> tuple[int, str]:
    """Return the id of a file's person, and what it is kept for. Raises NotFound."""
    model, person_id = found(ref)
    return person_id, purpose_of(model)
