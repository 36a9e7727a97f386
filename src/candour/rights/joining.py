"""Joining two files at the desk: what would happen, doing it, and undoing it.

UK GDPR Article 5(1)(d): what is held must be accurate, and two files of one human
being are not. Staff say how they made sure; a mistake is taken apart again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from candour import gate
from candour.consent import actions as consent
from candour.consent.models import Permission
from candour.core.actor import Actor, system
from candour.core.errors import Conflict, Invalid, NotFound
from candour.disposal.collect import in_reading_order
from candour.disposal.plan import rows_of
from candour.people import merge, parting
from candour.people.models import Merge, Patient, Person, Standing
from candour.people.sought import patient_number
from candour.policy.terms import Reach
from candour.register.declare import Declaration, Withheld
from candour.register.permit import Permit
from candour.rights import circle
from candour.rights.identity import METHODS
from candour.rights.models import OPEN_STATES, Request

FORGETTER = system("forget-joinings")


class BothAsked(Conflict):
    """Both have asked the same of their data. Answer one of them first."""

    code = "both_asked"


@dataclass(frozen=True, slots=True)
class Differs:
    """One thing in which the two files differ, and which of the two will hold."""

    what: str
    one: str
    other: str
    holds: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What joining would do: rows that move, by what they are, and what differs."""

    moves: list[tuple[str, int]]
    differs: list[Differs]
    barred: str


def preview(survivor: int, absorbed: int, *, permit: Permit) -> Preview:
    """Return what joining would do. Nothing is changed."""
    rows = rows_of(absorbed)
    moves = [
        (_heading(entry), rows[entry.table])
        for entry in in_reading_order()
        if rows[entry.table] and entry.table not in {"people_person", "people_standing"}
    ]
    differs = list(_differences(survivor, absorbed, permit))
    return Preview(moves, differs, _barred(survivor, absorbed, permit))


def _heading(entry: Declaration) -> str:
    if isinstance(entry.copy, Withheld):
        return entry.table.partition("_")[2].replace("_", " ").capitalize()
    return entry.copy


def _differences(survivor: int, absorbed: int, permit: Permit) -> Iterator[Differs]:
    one, other = _read(survivor, permit), _read(absorbed, permit)
    for what in one:
        if one[what] != other[what] and (one[what] or other[what]):
            holds = one[what] or other[what]
            yield Differs(what, one[what] or "–", other[what] or "–", holds)
    yield from _permissions(survivor, absorbed)


def _read(person: int, permit: Permit) -> dict[str, str]:
    [row] = permit.read(
        Person.objects.filter(pk=person),
        "name", "preferred_name", "standing__born_on", "standing__died_on",
        "standing__restricted_at", "patient__number", "patient__pronouns",
        "patient__gp",
    )  # fmt: skip
    return {
        "Name": row.name,
        "Called": row.preferred_name,
        "Born": _day(row.standing__born_on),
        "Died": _day(row.standing__died_on),
        "Restricted": _day(row.standing__restricted_at),
        "File": patient_number(row.patient__number),
        "Pronouns": row.patient__pronouns or "",
        "GP": row.patient__gp or "",
    }


def _day(value: Any) -> str:
    return f"{value.day} {value:%B %Y}" if value else ""


def _permissions(survivor: int, absorbed: int) -> Iterator[Differs]:
    held: dict[tuple[str, str], dict[int, str]] = {}
    rows = Permission.objects.filter(person__in=[survivor, absorbed])
    for row in rows.order_by("purpose", "channel"):
        held.setdefault((row.purpose, row.channel), {})[row.person_id] = row.state
    for (purpose, channel), states in held.items():
        if len(set(states.values())) > 1:
            one, other = states[survivor], states[absorbed]
            noes = [s for s in (one, other) if s in consent.NOES]
            what = f"{purpose.replace('-', ' ').capitalize()} by {channel}"
            yield Differs(what, one, other, noes[0] if noes else "the newer one")


def _barred(survivor: int, absorbed: int, permit: Permit) -> str:
    """Return why the two cannot be joined, or nothing."""
    both = [survivor, absorbed]
    standing = Standing.objects.filter(person__in=both)
    births = set(standing.exclude(born_on=None).values_list("born_on", flat=True))
    numbers = Patient.objects.filter(person__in=both).exclude(nhs_key=None)
    if len(births) > 1:
        return str(merge.NotOne())
    if len(set(numbers.values_list("nhs_key", flat=True))) > 1:
        return "They have different NHS numbers, so they are two people."
    if standing.exclude(locked_at=None).exists():
        return "One of them is being erased."
    asked = Request.objects.filter(person__in=both, state__in=OPEN_STATES)
    kinds = list(asked.values_list("kind", flat=True))
    return str(BothAsked()) if len(kinds) > len(set(kinds)) else ""


def join(
    *,
    permit: Permit,
    survivor: int,
    absorbed: int,
    how: str,
    at: datetime,
) -> None:
    """Make two files one, so that it can be undone for 30 days.

    Both must be in scope; the one act names both. Raises Conflict where they are two
    human beings, or where both asked the same of their data.
    """
    if how not in METHODS:
        raise Invalid("Say how you made sure.")
    if survivor == absorbed:
        raise Invalid("These are one file already.")
    if why := _barred(survivor, absorbed, permit):
        raise Conflict(why)
    before = parting.copied(survivor, absorbed)
    circle.absorb(permit=permit, other=absorbed, into=survivor, how=how, at=at)
    after = parting.copied(survivor)
    parting.keep(
        permit=permit, survivor=survivor, absorbed=absorbed, before=before, after=after
    )


def both_of(ref: UUID, *, person: int) -> tuple[int, int]:
    """Return the numbers of the two whose joining `ref` is. Raises NotFound.

    It is read in a unit about the survivor, so that the next can be about both.
    """
    found = Merge.objects.filter(ref=ref, person=person, undone_at=None).first()
    if found is None:
        raise NotFound
    return found.person_id, found.absorbed_id


def undo(*, permit: Permit, ref: UUID, by: Actor, at: datetime) -> None:
    """Take two files apart again; a no said to the one they were counts for both."""
    found = Merge.objects.select_for_update().filter(ref=ref).first()
    if found is None:
        raise NotFound
    one, other, since = found.person_id, found.absorbed_id, found.at
    parting.undo(permit=permit, merge=found, at=at)
    for person, rival in ((one, other), (other, one)):
        noes = Permission.objects.filter(
            person=person, state__in=consent.NOES, since__gt=since
        )
        for purpose, channel in noes.values_list("purpose", "channel"):
            held = Permission.objects.filter(
                person=rival, purpose=purpose, channel=channel
            )
            if not held.filter(state__in=consent.NOES).exists():
                consent.withdraw(
                    permit=permit,
                    person_id=rival,
                    purpose=purpose,
                    channel=channel,
                    how="joined-records",
                    by=by,
                    at=at,
                )


def forget(*, at: datetime) -> int:
    """Let go of what was kept to undo joinings, 30 days on; return how many."""
    with gate.open(
        by=FORGETTER,
        purpose="retention",
        reach=Reach.ALL,
        verb="rights:joining:forget",
        at=at,
    ) as permit:
        return parting.forget(permit=permit, at=at)
