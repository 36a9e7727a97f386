"""Which table a file is in, and whose it is, by its ref alone."""

from uuid import UUID

from candour import gate
from candour.core.errors import NotFound
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
