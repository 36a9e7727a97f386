"""What was changed in a person's details, by whom, and what it was before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from candour.core.actor import Actor
from candour.people.models import Change
from candour.register.permit import Permit


def remember(
    permit: Permit, person_id: int, was: Mapping[str, str], by: Actor, at: datetime
) -> None:
    """Keep the old values of what was changed, sealed."""
    row = Change(person_id=person_id, fields=sorted(was), at=at, by=str(by))
    row.before = permit.seal(row, "before", json.dumps(was))
    row.save(force_insert=True)


@dataclass(frozen=True, slots=True)
class Changed:
    """One change: when, by whom, and what it was before, by what was changed."""

    at: datetime
    by: str
    was: Mapping[str, str]


def changes(person_id: int, *, permit: Permit, most: int = 50) -> list[Changed]:
    """Return what was changed in a person's details, newest first, with what it was."""
    rows = permit.read(
        Change.objects.filter(person=person_id).order_by("-at", "-pk")[:most],
        "fields",
        "before",
        "at",
        "by",
    )
    return [Changed(row.at, row.by, _was(row.before)) for row in rows]


def _was(before: Any) -> dict[str, str]:
    return dict(json.loads(before)) if isinstance(before, str) else {}
