"""Storing or reading on someone's device. PECR regulation 6 and Schedule A1.

Since 5 February 2026 three more uses need no consent, each only for its sole purpose,
told of, and easy to object to: statistics of one's own service, how it looks, and
help in an emergency. Everything else but what is strictly necessary needs a choice.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from candour.law.parameters import DEVICE_EXCEPTIONS
from candour.law.verdicts import Verdict, allow, deny

LAW = "PECR reg 6, Sch A1"


class DeviceUse(StrEnum):
    """What a cookie, a pixel or a script is for."""

    NECESSARY = "necessary"
    STATISTICS = "statistics"
    APPEARANCE = "appearance"
    EMERGENCY = "emergency"
    ANALYTICS = "analytics"
    ADVERTISING = "advertising"
    TRACKING = "tracking"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the visitor chose, and whether that choice counts.

    `accepts` are the uses agreed to. `fair` is whether refusing was as easy as
    accepting; `decided` whether there is any choice at all.
    """

    decided: bool = False
    accepts: frozenset[DeviceUse] = frozenset()
    fair: bool = True
    withdrawn: bool = False


NO_CHOICE = Choice()


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """What would be stored, and the conditions of its exception, if it claims one."""

    use: DeviceUse
    own: bool = True
    sole_purpose: bool = True
    shared: bool = False
    told: bool = False
    easy_objection: bool = False
    objected: bool = False


def may_store(
    storage: Storage,
    choice: Choice = NO_CHOICE,
    *,
    on: date | None = None,
    prior_consent_promised: bool = False,
) -> Verdict:
    """Say whether something may be stored on, or read from, the visitor's device.

    `on` None is today's law. A clinic that promised to ask before anything optional
    asks, even where an exception would let it not.
    """
    if storage.use is DeviceUse.NECESSARY:
        return allow("strictly_necessary", LAW)
    if choice.withdrawn:
        return deny("withdrawn", "UK GDPR Art 7(3)")
    if choice.decided and storage.use in choice.accepts:
        if not choice.fair:
            return deny("invalid_consent", "UK GDPR Art 4(11)")
        return allow("consent", LAW)
    exempt = _exception(storage, choice, on)
    if exempt is not None:
        if exempt.allowed and prior_consent_promised:
            return deny("clinic_promise_prior_consent", "the clinic's notice")
        return exempt
    if choice.accepts:
        return deny("no_consent_for_purpose", "UK GDPR Art 4(11)")
    if choice.decided:
        return deny("rejected", LAW)
    return deny("consent_required", LAW)


def _exception(storage: Storage, choice: Choice, on: date | None) -> Verdict | None:
    """Return the verdict of the exceptions of 2026, None where none is claimed."""
    use = storage.use
    if use is DeviceUse.ANALYTICS:
        use = DeviceUse.STATISTICS
    if use not in DEVICE_EXCEPTIONS.value:
        return None
    if use is DeviceUse.EMERGENCY:
        holds = storage.sole_purpose
    else:
        holds = storage.sole_purpose and storage.told and storage.easy_objection
    if use is DeviceUse.STATISTICS:
        holds = holds and storage.own and not storage.shared
    if not holds:
        return None
    if on is not None and not DEVICE_EXCEPTIONS.in_force(on):
        return deny("exception_not_in_force", LAW)
    if use is DeviceUse.EMERGENCY:
        return allow("emergency_exception", LAW)
    refused = choice.decided and not choice.accepts
    if storage.objected or refused:
        return deny("objected", LAW)
    name = "statistical" if use is DeviceUse.STATISTICS else "appearance"
    return allow(f"{name}_exception", LAW)
