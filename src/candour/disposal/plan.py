"""What an erasure would take and what it would leave, before anything happens.

A record class goes unless the law or the clinic's policy has a ground to keep it (Art
17(3)). Who the person is stays only while something else does, since a record of care
must say whose it is; so does the request. Reading it changes nothing.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import psycopg
from django.db import connection

from candour.core.clock import local_date
from candour.disposal import by_hand, refusals, statements
from candour.disposal.collect import in_reading_order
from candour.people.models import Standing
from candour.policy.compile import Policy
from candour.policy.compiled.rules import Ground
from candour.policy.vocabulary import RecordClass
from candour.register.declare import Declaration, Survives, Withheld
from candour.register.permit import Permit

KEY_DUMPS_LAST = timedelta(days=7)
BACKUPS_LAST = timedelta(days=35)
# Kept only while another class is: without that, they go like the rest.
COMPANIONS = frozenset((RecordClass.IDENTITY, RecordClass.REQUEST))
RIGHT = "rights.erasure"
ABOUT_ASKING = frozenset(("rights_request", "rights_step", "people_merge"))
TRAIL, LEDGER, REFUSALS = "trail_event", "disposal_ledger", "consent_suppression"
HELD = Ground(
    "hold",
    "UK GDPR Article 17(3)(e)",
    "A legal claim needs this record, so nothing may be erased until it is settled.",
    RIGHT,
)
WHOSE = (
    "companion",
    "UK GDPR Articles 17(3)(b) and 11",
    "What we must keep has to say whose it is, and why it was kept.",
)


@dataclass(frozen=True, slots=True)
class Goes:
    """Rows of one table that would go."""

    table: str
    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class Stays:
    """Rows that would stay: why, by which article and clause, and until when."""

    table: str
    name: str
    rows: int
    why: str
    article: str
    clause: str
    until_says: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What would go and stay, with the three dates of the certificate.

    `fingerprint` is of what is shown: an erasure is confirmed with it, so that what is
    erased is what was seen. `policy` is the id of the version that decided, `by_hand`
    how much of it is paper or models, which a person has to destroy.
    """

    goes: tuple[Goes, ...]
    stays: tuple[Stays, ...]
    classes: tuple[str, ...]
    policy: int
    gone_at: date
    keys_by: date
    backups_by: date
    by_hand: int

    @property
    def fingerprint(self) -> str:
        """Return 64 hexadecimal digits that change when anything shown does."""
        # What was asked, and that records were joined, changes while somebody decides.
        goes = [
            (item.table, item.rows)
            for item in self.goes
            if item.table not in ABOUT_ASKING
        ]
        stays = [(item.table, item.clause) for item in self.stays]
        said = json.dumps([self.policy, goes, stays], separators=(",", ":"))
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def kept(self) -> dict[str, dict[str, str]]:
        """Return table -> why it stays, as the certificate will repeat it."""
        return {
            item.table: {
                "name": item.name,
                "why": item.why,
                "article": item.article,
                "clause": item.clause,
            }
            for item in self.stays
        }


def dates(at: datetime) -> tuple[date, date, date]:
    """Return the three days: gone here, unreadable where sealed, gone from backups."""
    day = local_date(at)
    return day, day + KEY_DUMPS_LAST, day + BACKUPS_LAST


def rows_of(person_id: int) -> dict[str, int]:
    """Return table -> how many rows the person has there, in one statement."""
    sql, times = statements.counts()
    raw: psycopg.Connection[Any] = connection.connection
    return dict(raw.execute(sql, [person_id] * times).fetchall())


def plan(person_id: int, *, permit: Permit) -> Plan:
    """Return what an erasure of this person would do today. It only reads."""
    rows = rows_of(person_id)
    held = Standing.objects.filter(person=person_id, held=True).exists()
    grounds = grounds_for(permit.policy, rows, held=held)
    entries = [entry for entry in in_reading_order() if rows[entry.table]]
    gone_at, keys_by, backups_by = dates(permit.at)
    classes = tuple(_going(permit.policy, grounds))
    return Plan(
        goes=tuple(
            Goes(entry.table, name_of(entry), rows[entry.table])
            for entry in entries
            if entry.record_class not in grounds
            and not isinstance(entry.disposal, Survives)
        ),
        stays=(
            *(
                _stays(entry, rows[entry.table], grounds, permit.policy)
                for entry in entries
                if entry.record_class in grounds
            ),
            *_without_a_name(person_id, permit),
        ),
        classes=classes,
        policy=permit.policy_id,
        gone_at=gone_at,
        keys_by=keys_by,
        backups_by=backups_by,
        by_hand=by_hand.count(person_id, classes),
    )


def grounds_for(
    policy: Policy, rows: Mapping[str, int], *, held: bool
) -> dict[RecordClass, Ground]:
    """Return the record classes that stay, each with its ground."""
    here = {table for table, count in rows.items() if count}
    classes = statements.classes_of(
        [entry for entry in in_reading_order() if entry.table in here]
    )
    if held:
        return dict.fromkeys(classes, HELD)
    found = {
        klass: ground
        for klass in classes - COMPANIONS
        if (ground := policy.must_keep(klass)) is not None
    }
    if found:
        found |= {klass: _companion(policy, klass) for klass in COMPANIONS}
    return found


def _going(policy: Policy, grounds: Mapping[RecordClass, Ground]) -> list[str]:
    """Return the classes that go, also those the person has nothing in today.

    A class with a ground to keep it never goes unseen: what arrives in it between
    confirming and erasing calls the erasure off.
    """
    return [
        klass
        for klass in RecordClass
        if klass not in grounds
        and (klass in COMPANIONS or policy.must_keep(klass) is None)
    ]


def _companion(policy: Policy, klass: RecordClass) -> Ground:
    rule = policy.retention_of(klass)
    return Ground(*WHOSE, rule.clause if rule else RIGHT)


def _stays(
    entry: Declaration,
    rows: int,
    grounds: Mapping[RecordClass, Ground],
    policy: Policy,
) -> Stays:
    klass = entry.record_class or RecordClass.TRAIL
    ground, rule = grounds[klass], policy.retention_of(klass)
    return Stays(
        entry.table,
        name_of(entry),
        rows,
        ground.sentence,
        ground.article,
        ground.clause,
        rule.says if rule else "",
    )


def _without_a_name(person_id: int, permit: Permit) -> list[Stays]:
    """Return what outlives every erasure: numbers, which then lead to nobody.

    They are shown because leaving them out would claim that nothing at all is left.
    """
    ground = permit.policy.must_keep(RecordClass.TRAIL)
    raw: psycopg.Connection[Any] = connection.connection
    [[events]] = raw.execute(
        "SELECT count(*) FROM trail_of_person(%s)", [person_id]
    ).fetchall()
    # No job lets go of these yet, so no end is promised.
    said, clause = "No end is set yet.", ground.clause if ground else RIGHT
    why = "We have to be able to show what we did. It holds a number and no name."
    article = "UK GDPR Articles 5(2) and 17(3)(b)"
    return [
        Stays(TRAIL, "Who looked, by number", events, why, article, clause, said),
        Stays(LEDGER, "That we erased you", 1, why, article, clause, said),
        *_refusals(person_id, permit),
    ]


def _refusals(person_id: int, permit: Permit) -> list[Stays]:
    count = len(refusals.addresses(person_id, permit=permit))
    clause, until = permit.policy.marketing.clause, "For as long as we send offers."
    why, article = refusals.WHY, refusals.ARTICLE
    name = "That you said no to offers"
    found = Stays(REFUSALS, name, count, why, article, clause, until)
    return [found] if count else []


def name_of(entry: Declaration) -> str:
    """Return what a table is called for the person it is about."""
    said = entry.copy.why if isinstance(entry.copy, Withheld) else entry.copy
    return said[:1].upper() + said[1:]
