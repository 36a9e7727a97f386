"""When health data may be used without explicit consent. UK GDPR Article 9(2).

Where a clinic rests health data on explicit consent, the law still lets it go on in a
few cases. Each is named here with its source, and whoever uses one says why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class LegalException:
    """One case in which explicit consent is not needed, in words, with its source."""

    slug: str
    says: str
    source: str


EXCEPTIONS: Final[Mapping[str, LegalException]] = MappingProxyType(
    {
        one.slug: one
        for one in (
            LegalException(
                "health-care",
                "A health professional needs it to diagnose or treat this person",
                "UK GDPR Article 9(2)(h) and (3); DPA 2018 s11(1), Sch 1 para 2",
            ),
            LegalException(
                "public-health",
                "It protects others from a serious threat to their health",
                "UK GDPR Article 9(2)(i); DPA 2018 Sch 1 para 3",
            ),
            LegalException(
                "vital-interests",
                "A life may depend on it and the person cannot agree or refuse",
                "UK GDPR Article 9(2)(c)",
            ),
            LegalException(
                "legal-claims",
                "It is needed for a legal claim",
                "UK GDPR Article 9(2)(f)",
            ),
        )
    }
)
"""The exceptions a clinic may name, by slug, the most usual first."""
