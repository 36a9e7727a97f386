"""What each clinic's notice promises beyond the law, as facts the cases need.

One row a clinic. The policy packs say the same at length; a case names a clinic only
by its slug, and this table is all that it brings.
"""

from dataclasses import dataclass

from candour.law.periods import days, months
from candour.law.requests import NO_PROMISE, Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """The promises of one notice; each default is the law without a promise."""

    access: Promise = NO_PROMISE
    access_is_free: bool = False


NO_CLINIC = Clinic()

CLINICS: dict[str, Clinic] = {
    "cm-london-medical": Clinic(access_is_free=True),
    "dermaesthetics": Clinic(
        access=Promise(target=days(14), limit=months(1), extensible=False),
    ),
    "ai-beauty": Clinic(access=Promise(limit=days(30)), access_is_free=True),
    "private-clinic": Clinic(),
    "pro-aesthetics": Clinic(),
}


def clinic(slug: str) -> Clinic:
    """Return the promises of the clinic; an unnamed or unknown one has none."""
    return CLINICS.get(slug, NO_CLINIC)
