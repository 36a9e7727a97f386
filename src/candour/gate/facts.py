"""Reading what the gate's statement says of a person into the policy's terms."""

from datetime import date, datetime
from typing import Any

from candour.core.clock import local_date
from candour.policy.compile import Policy
from candour.policy.terms import Facts


def facts_of(said: dict[str, Any], policy: Policy, at: datetime) -> Facts:
    """Return the facts of one person, as they stand at `at` under `policy`.

    A permission holds for what it was given for: when the purpose has changed since,
    its fingerprint differs and the permission is not counted (UK GDPR Art 4(11)).
    """
    given, taken_back, objected = set(), set(), set()
    for purpose, channel, state, fingerprint in said["permissions"]:
        if state == "objected":
            objected.add(purpose)
        if state in {"objected", "withdrawn"}:
            taken_back.add((purpose, channel))
        elif _still(policy, purpose, fingerprint):
            given.add((purpose, channel))
    return Facts(
        restricted=said["restricted"],
        locked=said["locked"],
        died=said["died"] is not None,
        age=_age(said["born"], local_date(at)),
        relation=frozenset(said["relation"] or ()),
        permissions=frozenset(given),
        objections=frozenset(objected),
        refusals=frozenset(taken_back),
        sold=frozenset(said["sold"] or ()),
        interests=frozenset(said["interests"] or ()),
    )


def _still(policy: Policy, purpose: str, fingerprint: str) -> bool:
    return purpose in policy.purposes and policy.fingerprint(purpose) == fingerprint


def _age(born: str | None, today: date) -> int | None:
    if born is None:
        return None
    day = date.fromisoformat(born)
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))
