"""The registers a clinic stands on, and the form each gives its numbers.

A form is checked, not a number: whether it is the clinic's own, only the register can
say. Where a register publishes no form, anything short with a figure in it is taken.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Register:
    """Who keeps it, what it is called in a sentence, and the form of its numbers."""

    body: str
    form: str
    like: str
    the: str = "the "

    @property
    def named(self) -> str:
        """Return its keeper as a sentence names it."""
        return f"{self.the}{self.body}"

    def fits(self, number: str) -> bool:
        """Say whether a number has the form that the register gives."""
        return re.fullmatch(self.form, number) is not None


_ANY: Final = r"(?=.*\d)[A-Za-z0-9/-]{2,20}"

COMPANIES: Final = "companies"
ICO: Final = "ICO"

REGISTERS: Final[Mapping[str, Register]] = MappingProxyType(
    {
        COMPANIES: Register(
            "Companies House", r"\d{8}|[A-Z]{2}\d{6}|R\d{7}", "01234567"
        ),
        ICO: Register(
            "Information Commissioner’s Office",
            r"Z[A-Z]?\d{6,7}|C\d{7}|000\d{8}",
            "ZA123456",
        ),
        "CQC": Register("Care Quality Commission", r"1-\d{6,12}", "1-101668152"),
        "HIS": Register("Healthcare Improvement Scotland", _ANY, "00123", ""),
        "HIW": Register("Healthcare Inspectorate Wales", _ANY, "IH123", ""),
        "RQIA": Register(
            "Regulation and Quality Improvement Authority", _ANY, "RQ12345"
        ),
        "GMC": Register("General Medical Council", r"\d{7}", "7012345"),
        "GDC": Register("General Dental Council", r"\d{4,6}", "123456"),
        "NMC": Register(
            "Nursing and Midwifery Council", r"\d{2}[A-L]\d{4}[CENOSW]", "12A3456E"
        ),
        "GPhC": Register("General Pharmaceutical Council", r"\d{7}", "2012345"),
        "HCPC": Register(
            "Health and Care Professions Council", r"[A-Z]{2}\d{4,6}", "PH123456"
        ),
    }
)
"""Short name → the register. The first two have keys of their own."""
