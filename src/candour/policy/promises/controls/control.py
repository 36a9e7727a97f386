"""What a control is, and the parts of the work in which controls become true."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

PARTS: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: "a clinic that runs",
        2: "policy and law",
        3: "patient file and calendar",
        4: "rights, retention, disclosures, incidents",
        5: "messages, money, feedback, premises, figures",
        6: "public site and portal",
        7: "proof, walls, operations",
    }
)
"""The parts in which Candour is built, in order."""


@dataclass(frozen=True, slots=True)
class Control:
    """What keeps a promise: a rule, a constraint, a job or a page.

    `keeps` is the module that does it (or the one to come), `does` says what it does.
    A control that is `built` names the tests that check it, as `file::function`; one
    that is not built yet names none, and its `part` says when it comes.
    """

    id: str
    part: int
    keeps: str
    does: str
    tests: tuple[str, ...] = ()
    built: bool = False


def faults(controls: Sequence[Control]) -> Iterator[str]:
    """Yield what is wrong with a list of controls, a sentence each."""
    seen: set[str] = set()
    for control in controls:
        if control.id in seen:
            yield f"{control.id} is on the list twice."
        seen.add(control.id)
        if control.part not in PARTS:
            yield f"{control.id} belongs to no part of the work."
        if control.built and not control.tests:
            yield f"{control.id} is built and no test checks it."
        if control.tests and not control.built:
            yield f"{control.id} has tests and is not marked as built."
        if not control.keeps.startswith("candour."):
            yield f"{control.id} does not say which module keeps it."
