"""The gate: every use of personal data is one unit of work, opened here or refused."""

from candour.gate.unit import open, owner_of

__all__ = ["open", "owner_of"]
