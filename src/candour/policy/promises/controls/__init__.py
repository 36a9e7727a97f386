"""The closed list of controls: what keeps the promises of a notice.

A promise names one of these words. The list is written out by hand, a module for each
part of the work: whoever builds a control marks it here and names the tests.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from candour.policy.promises.controls import (
    clinic,
    messages,
    policy,
    proof,
    records,
    rights,
    site,
)
from candour.policy.promises.controls.control import PARTS, Control, faults

__all__ = ["CONTROLS", "LISTED", "PARTS", "Control", "faults"]

LISTED: Final[tuple[Control, ...]] = (
    *clinic.CONTROLS,
    *policy.CONTROLS,
    *records.CONTROLS,
    *rights.CONTROLS,
    *messages.CONTROLS,
    *site.CONTROLS,
    *proof.CONTROLS,
)
"""Every control, in the order of the work."""

CONTROLS: Final[Mapping[str, Control]] = MappingProxyType(
    {control.id: control for control in LISTED}
)
"""The same by name."""
