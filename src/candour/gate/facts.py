"""Reading what the gate's statement says of a person into the policy's terms."""

import base64
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from candour.core.clock import local_date
from candour.law.ages import age_on
from candour.policy.compile import Policy
from candour.policy.terms import Facts

_NONE: frozenset[Any] = frozenset()


class Known(NamedTuple):
    """What `gate_open` says of one person, in its order."""

    person: int
    ref: str
    stands: bool
    restricted: bool
    locked: bool
    died: bool
    born: str | None
    relation: list[str] | None
    sold: list[str] | None
    interests: list[str] | None
    permissions: list[tuple[str, str, str, str]] | None
    wrapped: list[tuple[str, str, str]] | None

    def wrapped_keys(self) -> Iterator[tuple[UUID, int, str, bytes]]:
        """Yield each key: its id, its person, its record class, and it, wrapped."""
        for key_id, record_class, wrapped in self.wrapped or ():
            yield UUID(key_id), self.person, record_class, base64.b64decode(wrapped)


def known_of(text: str) -> list[Known]:
    """Return what the gate's statement said, one entry for each person there is."""
    return [Known(*said) for said in json.loads(f"[{text}]")]


def facts_of(said: Known, policy: Policy, at: datetime) -> Facts:
    """Return the facts of one person, as they stand at `at` under `policy`.

    A permission holds for what it was given for: when the purpose has changed since,
    its fingerprint differs and the permission is not counted (UK GDPR Art 4(11)).
    """
    given, taken_back, objected = set(), set(), set()
    for purpose, channel, state, fingerprint in said.permissions or ():
        if state == "objected":
            objected.add(purpose)
        if state in {"objected", "withdrawn"}:
            taken_back.add((purpose, channel))
        elif _still(policy, purpose, fingerprint):
            given.add((purpose, channel))
    return Facts(
        restricted=said.restricted,
        locked=said.locked,
        died=said.died,
        age=age_on(date.fromisoformat(said.born), local_date(at))
        if said.born
        else None,
        relation=_set(said.relation),
        permissions=_set(given),
        objections=_set(objected),
        refusals=_set(taken_back),
        sold=_set(said.sold),
        interests=_set(said.interests),
    )


def _set(values: Any) -> frozenset[Any]:
    return frozenset(values) if values else _NONE


def _still(policy: Policy, purpose: str, fingerprint: str) -> bool:
    return purpose in policy.purposes and policy.fingerprint(purpose) == fingerprint
