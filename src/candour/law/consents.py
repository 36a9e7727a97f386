"""Whether a person agreed: for this channel, by a clear act of their own.

UK GDPR Articles 4(11) and 7. Silence, a ticked box and use of a site are no consent.
"""

from collections.abc import Mapping
from enum import StrEnum

from candour.law.parameters import CONSENT_MECHANISMS_VOID


class Consent(StrEnum):
    """What there is to rely on for one channel or purpose."""

    NONE = "none"
    ELSEWHERE = "elsewhere"
    VOID = "void"
    WITHDRAWN = "withdrawn"
    GIVEN = "given"


def consent_for(
    key: str,
    said: Mapping[str, bool] | bool | None,
    *,
    mechanism: str | None = None,
    withdrawn: bool = False,
) -> Consent:
    """Return what the person agreed to for one channel or purpose.

    `said` is yes or no for each, or one answer for all. Consent given to another is
    `ELSEWHERE`: it says nothing here, since consent is specific.
    """
    if mechanism in CONSENT_MECHANISMS_VOID.value:
        return Consent.VOID
    if withdrawn:
        return Consent.WITHDRAWN
    if isinstance(said, Mapping):
        if said.get(key):
            return Consent.GIVEN
        return Consent.ELSEWHERE if any(said.values()) else Consent.NONE
    return Consent.GIVEN if said else Consent.NONE
