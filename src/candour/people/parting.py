"""What is written down when two records are joined, so that they can be taken apart.

Before and after a joining the few tables are copied in which rows give way to one
another. To undo it, what moved moves back, what gave way comes back, and a value that
the joining changed is put back unless somebody has changed it since.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from candour.core.errors import Conflict, NotFound
from candour.people.models import Merge, Standing
from candour.register.permit import Permit

FOR = timedelta(days=30)
# Tables where rows of the two may not stand side by side, parents before children.
TABLES = {
    "people_person": "id",
    "people_standing": "person_id",
    "people_patient": "person_id",
    "people_lifestyle": "person_id",
    "people_insurance": "person_id",
    "people_contact_point": "person_id",
    "people_search_key": "person_id",
    "people_link": "person_id",
    "consent_permission": "person_id",
}
# What protects a person is not taken from either when the two are told apart.
PROTECTING = ("restricted_at", "held", "died_on")
Rows = dict[str, list[dict[str, Any]]]


class TooLate(Conflict):
    """These records were joined more than 30 days ago, so they stay one."""

    code = "too_late"


def copied(*people: int) -> Rows:
    """Return the rows of these people in the tables that give way."""
    held: Rows = {}
    with connection.cursor() as cursor:
        for table, owner in TABLES.items():
            cursor.execute(
                f"SELECT to_jsonb(t)::text FROM {table} t"  # noqa: S608  ours
                f" WHERE {owner} = ANY(%s) ORDER BY id",
                [list(people)],
            )
            held[table] = [json.loads(row[0]) for row in cursor.fetchall()]
    return held


def keep(
    *, permit: Permit, survivor: int, absorbed: int, before: Rows, after: Rows
) -> None:
    """Keep, sealed, what it takes to undo the newest joining of these two."""
    row = Merge.objects.get(person=survivor, absorbed_id=absorbed, undone_at=None)
    told = json.dumps({"before": before, "after": after})
    Merge.objects.filter(pk=row.pk).update(kept=permit.seal(row, "kept", told))


def undo(*, permit: Permit, merge: Merge, at: datetime) -> None:
    """Take two records apart again. Both must be in scope.

    What was written since the joining stays with the survivor. Raises TooLate after 30
    days, or where nothing was kept, and NotFound for one that is undone already.
    """
    if merge.undone_at is not None:
        raise NotFound
    if merge.kept is None or at > merge.at + FOR:
        raise TooLate
    told = json.loads(permit.open(merge, "kept"))
    before, after = told["before"], told["after"]
    [own] = [r for r in before["people_person"] if r["id"] == merge.absorbed_id]
    now = Standing.objects.filter(person=merge.person_id).values(*PROTECTING).get()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT people_unmerge_rows(%s, %s, %s, %s)",
            [merge.ref, json.dumps(own), at, str(permit.by)],
        )
    for table in TABLES:
        _restore(table, before[table], {row["id"]: row for row in after[table]})
    _protect(merge, now, after)


def _restore(
    table: str, before: list[dict[str, Any]], after: Mapping[int, dict[str, Any]]
) -> None:
    with connection.cursor() as cursor:
        for was in before:
            cursor.execute(
                f"SELECT to_jsonb(t)::text FROM {table} t WHERE id = %s",  # noqa: S608
                [was["id"]],
            )
            found = cursor.fetchone()
            if found is None:
                if was["id"] not in after:
                    cursor.execute(
                        f"INSERT INTO {table} SELECT * FROM"  # noqa: S608  ours
                        f" jsonb_populate_record(NULL::{table}, %s)"
                        " ON CONFLICT DO NOTHING",
                        [json.dumps(was)],
                    )
                continue
            changed = _given_way(was, after.get(was["id"]), json.loads(found[0]))
            if changed:
                columns = ", ".join(f'"{name}"' for name in changed)
                cursor.execute(
                    f"UPDATE {table} SET ({columns}) = ROW({columns_of(changed)})"  # noqa: S608
                    f" FROM jsonb_populate_record(NULL::{table}, %s) o"
                    f" WHERE {table}.id = %s",
                    [json.dumps(was), was["id"]],
                )


def columns_of(names: list[str]) -> str:
    """Return the same columns of the old row."""
    return ", ".join(f'o."{name}"' for name in names)


def _given_way(
    was: Mapping[str, Any], then: Mapping[str, Any] | None, now: Mapping[str, Any]
) -> list[str]:
    """Return the columns that the joining changed and nobody has changed since."""
    if then is None:
        return []
    return [
        name
        for name in was
        if name not in {"id", "person_id"}
        and was[name] != then[name]
        and now[name] == then[name]
    ]


def _protect(merge: Merge, now: Mapping[str, Any], after: Rows) -> None:
    """Leave with both what came to protect the one they were taken for."""
    [then] = [r for r in after["people_standing"] if r["person_id"] == merge.person_id]
    since = {
        name: value
        for name, value in now.items()
        if value and not then[name]  # it was not there when they were joined
    }
    if since:
        Standing.objects.filter(person=merge.absorbed_id).update(**since)


@dataclass(frozen=True, slots=True)
class Joined:
    """One joining of a file: when, how it was made sure, whether it can be undone."""

    ref: UUID
    at: datetime
    how: str
    can_part: bool


def joined(person_id: int) -> list[Joined]:
    """Return the joinings of a person that were not undone, newest first."""
    rows = Merge.objects.filter(person=person_id, undone_at=None)
    return [
        Joined(row.ref, row.at, row.how, row.kept is not None)
        for row in rows.order_by("-at", "-pk")
    ]


def forget(*, permit: Permit, at: datetime) -> int:
    """Let go of what was kept for an undoing that can no longer be; return how many."""
    over = Merge.objects.filter(at__lt=at - FOR).exclude(kept=None)
    return over.update(kept=None, moved={})
