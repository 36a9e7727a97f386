"""What a controller must have in place before it uses data at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from candour.law.parameters import ADEQUATE_COUNTRIES, RECORD_EXEMPT_BELOW
from candour.law.verdicts import Verdict, allow, deny


def record_of_processing_required(
    *,
    employees: int,
    special_category: bool,
    occasional: bool = False,
    risky: bool = False,
) -> bool:
    """Say whether an Article 30 record must be kept.

    Below 250 staff it need not, unless the data is of a special category, the use is
    more than occasional, or it is likely to result in a risk (Art 30(5)).
    """
    small = employees < RECORD_EXEMPT_BELOW.value
    return not small or special_category or risky or not occasional


def impact_assessment_required(
    *,
    large_scale: bool,
    special_category: bool = False,
    public_monitoring: bool = False,
    significant_profiling: bool = False,
) -> bool:
    """Say whether a data protection impact assessment must come first (Art 35(3))."""
    at_scale = large_scale and (special_category or public_monitoring)
    return at_scale or significant_profiling


@dataclass(frozen=True, slots=True)
class Use:
    """A purpose as it would be switched on, with the grounds it stands on."""

    basis: str | None
    special_category: bool = False
    condition: str | None = None
    assessed: bool = True


def may_activate_purpose(use: Use) -> Verdict:
    """Say whether a purpose may be switched on (Art 6, Art 9).

    It needs a basis; for special category data a condition too; and for a legitimate
    interest, a written assessment.
    """
    if not use.basis:
        return deny("lawful_basis_missing", "UK GDPR Art 6(1)")
    if use.special_category and not use.condition:
        return deny("article9_condition_missing", "UK GDPR Art 9(2)")
    if use.basis == "legitimate_interests" and not use.assessed:
        return deny("assessment_missing", "UK GDPR Art 6(1)(f)")
    return allow("lawful", "UK GDPR Art 6(1)")


def may_activate_processor(
    country: str, *, safeguard: str | None = None, uk_only_promised: bool = False
) -> Verdict:
    """Say whether data may go to a processor in that country (Art 44-46).

    Consent deemed from using a site is no safeguard. A promise to store in the United
    Kingdom is kept whatever the safeguard.
    """
    if country.upper() in {"GB", "UK"}:
        return allow("in_the_uk", "UK GDPR Art 44")
    if uk_only_promised:
        return deny("clinic_promise_uk_storage", "the clinic's notice")
    if country.upper() in ADEQUATE_COUNTRIES.value:
        return allow("adequate", ADEQUATE_COUNTRIES.source)
    if safeguard and safeguard != "deemed_consent":
        return allow("safeguard", "UK GDPR Art 46")
    return deny("safeguard_missing", "UK GDPR Art 46")


def unnamed_recipients(named: Iterable[str], active: Iterable[str]) -> tuple[str, ...]:
    """Return who receives data without being in the notice (Art 13(1)(e))."""
    told = {name.casefold() for name in named}
    return tuple(name for name in active if name.casefold() not in told)


def recipients_to_tell(event: str, recipients: Sequence[str]) -> tuple[str, ...]:
    """Return who must be told of a change made at the person's request (Art 19)."""
    if event in {"rectification", "erasure", "restriction"}:
        return tuple(recipients)
    return ()


def decided_by_a_person(decided_by: str | None) -> bool:
    """Say whether a significant decision has a person behind it (Art 22A-22C)."""
    return bool(decided_by) and not str(decided_by).startswith("system")
