"""Units of work.

    with gate.open(by=actor, purpose="enquiry", people=[7], verb="desk:enquiry:read",
                   at=now) as permit:
        ...

One transaction: the scope is set, the policy decides, the work is done, and the event
that covers it is committed with it, before anything leaves the process. A refusal is
committed on its own, before anything else has happened, and then raised.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection, models, transaction

from candour.core.actor import Actor, ActorKind
from candour.core.errors import NotFound, Refused, Unavailable
from candour.core.ids import new_ref
from candour.gate.facts import Known, facts_of, known_of
from candour.notices import current
from candour.people.models import Person
from candour.policy.compile import Policy
from candour.policy.decided_by import DecidedBy
from candour.policy.terms import Decision, Facts, Outcome, Reach
from candour.policy.vocabulary import RecordClass
from candour.register.apply import sign
from candour.register.permit import Permit
from candour.trail import record
from candour.trail.flight import COMMIT, fly
from candour.vault.keyring import Keyring

OPEN = b"SELECT policy, known FROM gate_open($1, $2)"
SECONDS = 60
EVERYONE = "*"


class _PolicyMoved(Exception):
    """Another version is in force than the one that was decided by."""


@contextmanager
def open(
    *,
    by: Actor,
    purpose: str,
    verb: str,
    at: datetime,
    people: Sequence[int] = (),
    reach: Reach = Reach.ONE,
    seconds: int = SECONDS,
) -> Iterator[Permit]:
    """Open a unit of work about `people` for `purpose`, or raise Refused.

    With reach ONE it is about the people named; with DAY or ALL about whoever the
    reads bring up, behind the record classes of the purpose. `seconds` is how long the
    scope holds (at most 900). Raises Unavailable when no policy is in force.
    """
    if people and reach is not Reach.ONE:
        raise ValueError("a list is about whoever it brings up: name nobody")
    ask = _Ask(by, purpose, verb, at, tuple(people), reach, seconds)
    version = current.last_known_id()
    for _ in range(3):
        try:
            with _unit(ask, current.policy(version), version) as permit:
                yield permit
            return
        except _PolicyMoved:
            version = current.current_id()
        except _Refusal as refusal:
            if version != (newest := current.current_id()):
                version = newest
                continue
            decision = refusal.decision
            _write_refusal(ask, version, decision.clause, decision.outcome)
            if isinstance(refusal, _NotTheirs):
                raise NotFound from None
            raise Refused(
                clause=decision.clause, reason=decision.reason, purpose=purpose
            ) from None
        except Refused as refused:
            # Something in the unit asked for more than the purpose covers: the unit has
            # rolled back whole, and that it was refused is written on its own.
            _write_refusal(ask, version, refused.clause, Outcome.REFUSE)
            raise
    raise Unavailable


class _Refusal(Exception):
    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.reason)
        self.decision = decision


class _NotTheirs(_Refusal):
    """Somebody reached for another person: kept as a refusal, said as not found."""


class _Ask:
    __slots__ = ("at", "by", "people", "purpose", "reach", "seconds", "verb")

    def __init__(
        self,
        by: Actor,
        purpose: str,
        verb: str,
        at: datetime,
        people: tuple[int, ...],
        reach: Reach,
        seconds: int,
    ) -> None:
        self.by, self.purpose, self.verb, self.at = by, purpose, verb, at
        self.people, self.reach, self.seconds = people, reach, seconds


@contextmanager
def _unit(ask: _Ask, policy: Policy, version: int) -> Iterator[Permit]:
    decision = policy.decide(ask.by.role, ask.purpose, ask.reach)
    if not decision.allowed:
        raise _Refusal(decision)
    act = new_ref()
    with transaction.atomic(durable=True):
        raw = _raw()
        newest, people = _opened(raw, _scope(ask, decision, act, raw.info.backend_pid))
        if newest != version:
            raise _PolicyMoved
        _must_be_theirs(ask, people, decision)
        facts = {said.person: facts_of(said, policy, ask.at) for said in people}
        decision = _decide_each(ask, policy, decision, facts)
        permit = Permit(
            by=ask.by,
            purpose=ask.purpose,
            verb=ask.verb,
            decision=decision,
            policy=policy,
            policy_id=version,
            act=act,
            at=ask.at,
            people=ask.people if ask.reach is Reach.ONE else None,
            facts=facts,
            keys=Keyring(raw, people),
            reach=ask.reach,
        )
        yield permit
        if not connection.needs_rollback:
            # The event and the commit go together. What is committed here is not
            # committed again at the end of the block.
            event = _event(ask, act, version, decision, permit.seen)
            fly(raw, record.statement(event), COMMIT)


def _opened(raw: psycopg.Connection[Any], said: str) -> tuple[int | None, list[Known]]:
    """Open the scope; return the policy in force and what is known of its people.

    What is signed is bound by the server and never stands in a statement's text.
    """
    values = (said.encode(), sign(_key(), said).encode())
    [result] = fly(raw, (OPEN, values))
    newest, known = result.get_value(0, 0), result.get_value(0, 1)
    return int(newest) if newest else None, known_of((known or b"").decode())


def _must_be_theirs(ask: _Ask, people: list[Known], decision: Decision) -> None:
    """Raise unless a person asks for themselves, and a visitor for nobody who is known.

    Also when somebody is known without a standing: then nothing can be decided.
    """
    theirs = all(said.stands for said in people)
    if ask.by.kind is ActorKind.PERSON:
        theirs = theirs and {said.ref for said in people} == {ask.by.ref}
    if ask.by.kind is ActorKind.VISITOR:
        theirs = not people
    if not theirs:
        raise _NotTheirs(
            Decision(
                outcome=Outcome.REFUSE,
                rule=DecidedBy.ONLY_THEIR_OWN,
                clause=decision.clause,
                reason="This is not yours to open.",
                source=decision.source,
                policy=decision.policy,
            )
        )


def _decide_each(
    ask: _Ask, policy: Policy, decision: Decision, facts: dict[int, Facts]
) -> Decision:
    for person in ask.people:
        known = facts.get(person)
        if known is not None:
            decision = policy.decide(ask.by.role, ask.purpose, ask.reach, known)
            if not decision.allowed:
                raise _Refusal(decision)
    return decision


def _raw() -> psycopg.Connection[Any]:
    connection.ensure_connection()
    return connection.connection  # type: ignore[no-any-return]


def _scope(ask: _Ask, decision: Decision, act: UUID, pid: int) -> str:
    people = ",".join(map(str, ask.people)) if ask.reach is Reach.ONE else EVERYONE
    until = int(time.time()) + ask.seconds
    return f"{_words(decision.classes)}|{people}|{pid}|{until}|{act}"


@cache
def _words(classes: frozenset[RecordClass]) -> str:
    return ",".join(sorted(classes))


@cache
def _key() -> bytes:
    return (Path(settings.KEYS_DIR) / "scope").read_bytes()


def _event(
    ask: _Ask, act: UUID, version: int, decision: Decision, seen: set[int]
) -> record.Event:
    return record.Event(
        at=ask.at,
        act=act,
        by=ask.by,
        verb=ask.verb,
        purpose=ask.purpose,
        outcome=decision.outcome.value,
        clause=decision.clause,
        policy=version,
        categories=_widest(decision.categories),
        people={*ask.people, *seen},
    )


@cache
def _widest(categories: frozenset[str]) -> tuple[str, ...]:
    """Leave out what a wider category in the same set already says."""
    return tuple(sorted(c for c in categories if not _inside_another(c, categories)))


def _inside_another(category: str, categories: frozenset[str]) -> bool:
    wide, dot, _ = category.partition(".")
    return bool(dot) and wide in categories


def _write_refusal(ask: _Ask, version: int, clause: str, outcome: Outcome) -> None:
    event = record.Event(
        at=ask.at,
        act=new_ref(),
        by=ask.by,
        verb=ask.verb,
        purpose=ask.purpose,
        outcome=outcome.value,
        clause=clause,
        policy=version,
        categories=(),
        people=ask.people,
    )
    with transaction.atomic(durable=True):
        record.write(_raw(), event)


def owner_of(model: type[models.Model], ref: UUID) -> int:
    """Return the id of the person whose row `ref` is. Raises NotFound for no row.

    It is how a page addressed by a ref can name its person before it reads anything.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.owner_of(%s, %s)", [model._meta.db_table, ref])
        [owner] = cursor.fetchone()
    if owner is None:
        raise NotFound
    return int(owner)


def person_of(ref: UUID) -> int:
    """Return the id of the person whose own ref this is. Raises NotFound for none."""
    return owner_of(Person, ref)
