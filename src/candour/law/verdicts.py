"""What a rule answers: yes or no, why, and where that is written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of one rule. `reason` is a code that never changes.

    `requires` names what must be on record for the answer to hold.
    """

    allowed: bool
    reason: str
    source: str
    requires: tuple[str, ...] = ()


def allow(reason: str, source: str, *requires: str) -> Verdict:
    """Return a yes."""
    return Verdict(True, reason, source, requires)


def deny(reason: str, source: str, *requires: str) -> Verdict:
    """Return a no."""
    return Verdict(False, reason, source, requires)
