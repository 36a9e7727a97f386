"""What changes for a person between two policies, in sentences.

A change is told of where it asks more of people or gives them less: a new purpose, more
data, another recipient, a longer period, a slower answer (UK GDPR Articles 5(1)(a),
13(3) and 14(4)). A change that only gives more is published with the notice.
"""

from collections.abc import Callable, Iterator
from typing import Final

from candour.policy.changes import conduct, data, reach
from candour.policy.changes.terms import Change, Weight
from candour.policy.compiled.policy import Policy

__all__ = ["Change", "Weight", "between", "must_tell"]

_PARTS: Final[tuple[Callable[[Policy, Policy], Iterator[Change]], ...]] = (
    conduct.who,
    data.collected,
    data.forms,
    data.purposes,
    reach.messages,
    reach.marketing,
    reach.permissions,
    reach.recipients,
    data.keeping,
    conduct.rights,
    conduct.cookies,
    conduct.care,
)


def between(old: Policy, new: Policy) -> tuple[Change, ...]:
    """Return what changes for a person, in the order of a notice."""
    return tuple(change for part in _PARTS for change in part(old, new))


def must_tell(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return the changes that people have to be told of, beyond publishing them."""
    return tuple(one for one in changes if one.weight is Weight.MORE)
