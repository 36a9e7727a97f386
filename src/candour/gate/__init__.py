"""The gate: every use of personal data is one unit of work, opened here or refused.

`gate.open` and the others are in `unit`; they are looked up when first used, since
Django imports this package before any model may be.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from candour.gate.unit import open, owner_of, person_of

__all__ = ["open", "owner_of", "person_of"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    from candour.gate import unit

    return getattr(unit, name)
