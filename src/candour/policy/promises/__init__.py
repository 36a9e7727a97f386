"""Every promise of a published notice: what carries it, what keeps it, how it stands.

A pack keeps its table beside its policy, in `promises.yaml`. The clause of a row is a
key of the compiled policy, its control a word of the closed list in `controls`. How a
promise stands is worked out from these and is written down nowhere.
"""

from candour.policy.promises.controls import CONTROLS, LISTED, PARTS, Control, faults
from candour.policy.promises.sheet import FILE, Row, Sheet, packs, read_sheet
from candour.policy.promises.standing import Promise, State, promises_of
from candour.policy.promises.tested import untested

__all__ = [
    "CONTROLS",
    "FILE",
    "LISTED",
    "PARTS",
    "Control",
    "Promise",
    "Row",
    "Sheet",
    "State",
    "faults",
    "packs",
    "promises_of",
    "read_sheet",
    "untested",
]
