"""Reading which versions of the policy were published. None of it is personal."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from candour.core.errors import NotFound
from candour.notices.models import PolicyVersion

FIELDS = ("pk", "ref", "name", "version", "hash", "published_at", "demo")


@dataclass(frozen=True, slots=True)
class Version:
    """One published version of the policy. It never changes."""

    id: int
    ref: UUID
    name: str
    version: str
    hash: str
    published_at: datetime
    demo: bool


def versions() -> list[Version]:
    """Return every version that was ever in force, newest first."""
    rows = PolicyVersion.objects.order_by("-pk").values_list(*FIELDS)
    return [Version(*row) for row in rows]


@lru_cache(maxsize=16)
def version(version_id: int) -> Version:
    """Return one version by its number. Raises NotFound for a number never given."""
    row = PolicyVersion.objects.filter(pk=version_id).values_list(*FIELDS).first()
    if row is None:
        raise NotFound
    return Version(*row)


def version_of(ref: UUID) -> Version:
    """Return one version by its ref. Raises NotFound when there is none."""
    row = PolicyVersion.objects.filter(ref=ref).values_list(*FIELDS).first()
    if row is None:
        raise NotFound
    return Version(*row)
