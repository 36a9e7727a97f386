"""Cases about a person's requests: their clock, their fee, their refusal."""

from typing import Any

from candour.law.requests import (
    NO_PROMISE,
    Extension,
    Fee,
    Identity,
    RequestClock,
    Right,
    fee_allowed,
    indirect_notice_due,
    refusal,
    request_clock,
)
from candour.law.vectors.clinics import clinic
from candour.law.vectors.read import Given, UnreadableCase, iso

Answer = dict[str, Any]


def request_deadline(given: Given) -> Answer:
    """Answer a case about the clock of a request, or of an Article 14 notice."""
    if given.known("obtained"):
        return _indirect_notice(given)
    answer: Answer = {}
    if given.known("received", "received_at"):
        clock = _clock(given)
        answer |= _times(clock)
        if given.text("decision").startswith("refus"):
            answer |= _refusal(given, clock)
    if given.known("fee") or given.flag("fee_charged"):
        answer |= _fee(given)
    return answer


def _indirect_notice(given: Given) -> Answer:
    due = indirect_notice_due(
        given.must_day("obtained"),
        region=given.region(),
        first_contact=given.day("first_contact", "first_communication"),
        first_disclosure=given.day("first_disclosure"),
    )
    return {"art14_notice_due": iso(due)}


def _right(given: Given) -> Right:
    name = given.text("right", Right.ACCESS.value)
    try:
        return Right(name)
    except ValueError:
        raise UnreadableCase(
            f"right: {name!r} is not one of {', '.join(Right)}"
        ) from None


def _clock(given: Given) -> RequestClock:
    right = _right(given)
    promise = clinic(given.text("clinic")).access if right is Right.ACCESS else None
    return request_clock(
        given.must_day("received", "received_at"),
        region=given.region(),
        right=right,
        identity=_identity(given),
        fee=_charged(given),
        clarifications=_clarifications(given),
        extension=_extension(given),
        promise=promise or NO_PROMISE,
    )


def _identity(given: Given) -> Identity | None:
    """Read the proof of identity; a case that only says when it came means doubt."""
    asked = given.has("id_requested", "id_received")
    doubt = given.flag("identity_in_reasonable_doubt", asked)
    if given.flag("portal_authenticated"):
        doubt = False
    if given.has("id_requested") and not given.known("id_requested", "id_received"):
        doubt = False
    return Identity(doubt, given.day("id_received"))


def _charged(given: Given) -> Fee | None:
    if not given.flag("fee_charged"):
        return None
    return Fee(_fee_ground(given), given.day("fee_paid"))


def _clarifications(given: Given) -> list[tuple[Any, Any]]:
    if not given.flag("clarification_reasonable", default=True):
        return []
    return list(given.pairs("clarification"))


def _extension(given: Given) -> Extension | None:
    notified = given.day("extension_notice")
    if notified is None:
        return None
    grounds = frozenset(str(ground) for ground in given.items("extension_ground"))
    return Extension(notified, grounds)


def _times(clock: RequestClock) -> Answer:
    answer: Answer = {
        "state": clock.state.value,
        "due": iso(clock.due),
        "statutory": iso(clock.statutory),
        "effective": iso(clock.due),
        "clinic_target": iso(clock.clinic_target),
        "clinic_limit": iso(clock.clinic_limit),
        "notice_limit": iso(clock.notice_limit),
        "days_excluded": clock.days_excluded,
        "extension_allowed": clock.extension_allowed,
    }
    if clock.extension_valid is not None:
        answer["extension_valid"] = clock.extension_valid
    if clock.extension_flaw is not None:
        answer["flag"] = clock.extension_flaw
    return answer


def _refusal(given: Given, clock: RequestClock) -> Answer:
    sent = given.day("reply_sent")
    if sent is None:
        return {}
    judged = refusal(clock, sent=sent)
    answer: Answer = {"ok": judged.in_time, "reply_must_contain": list(judged.must_say)}
    if not judged.in_time:
        return answer | {"flag": "refusal_late"}
    said = given.items("reply_contains")
    missing = [part for part in judged.must_say if part not in said]
    if given.has("reply_contains") and missing:
        return answer | {"ok": False, "flag": "refusal_incomplete", "missing": missing}
    return answer


def _fee_ground(given: Given) -> str:
    for ground in ("manifestly_excessive", "manifestly_unfounded"):
        if given.flag(ground):
            return ground
    return given.text("fee_reason", given.text("ground"))


def _fee(given: Given) -> Answer:
    amount = given.raw("fee")
    if amount is not None and not amount:
        return {"ok": True}
    if not fee_allowed(_fee_ground(given)):
        return {"ok": False, "flag": "fee_not_allowed"}
    if clinic(given.text("clinic")).access_is_free:
        return {"ok": False, "flag": "clinic_promise_free_of_charge"}
    return {"ok": True}
