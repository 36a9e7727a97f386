"""Reading what the gate's statement says of a person into the policy's terms."""

from datetime import date, datetime
from typing import Any

from candour.core.clock import local_date
from candour.policy.terms import Facts


def facts_of(said: dict[str, Any], at: datetime) -> Facts:
    """Return the facts of one person, as they stand at `at`."""
    return Facts(
        restricted=said["restricted"],
        locked=said["locked"],
        died=said["died"] is not None,
        age=_age(said["born"], local_date(at)),
        relation=frozenset(said["relation"]),
        permissions=frozenset(
            (purpose, channel) for purpose, channel in said["permissions"]
        ),
    )


def _age(born: str | None, today: date) -> int | None:
    if born is None:
        return None
    day = date.fromisoformat(born)
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))
