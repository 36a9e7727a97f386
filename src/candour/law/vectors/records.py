"""Cases about how long records are kept, and what may be told from them."""

from datetime import date
from typing import Any

from candour.law.parameters import KEEP_ACCOUNTS
from candour.law.periods import NotAPeriod, Period, days
from candour.law.retention import (
    ErasureAnswer,
    Keeping,
    Life,
    Rule,
    Stops,
    erasure_answer,
    financial_year_end,
    keeping,
    kept_after_erasure,
    last_mutual_contact,
)
from candour.law.serious_harm import (
    HarmGate,
    Opinion,
    release_gate,
    withheld_from_parent,
    withhold_gate,
)
from candour.law.vectors.clinics import clinic
from candour.law.vectors.read import Given, UnreadableCase, iso

Answer = dict[str, Any]

_EVENTS = (
    "contract_end",
    "ceased",
    "treatment_end",
    "last_treatment",
    "last_interaction",
)
_ERASED_ON_REQUEST = {"marketing", "enquiry", "interests", "web", "feedback"}


def retention(given: Given) -> Answer:
    """Answer a case about keeping, erasing or restoring records."""
    if given.text("request") == "erasure":
        return _erasure(given)
    if given.text("event") == "restore_backup":
        erased = given.items("erased_subjects_since")
        return {"replay_erasures": erased, "service_open_before_replay": False}
    if given.text("event") == "erasure_completed":
        objected = given.flag("had_marketing_objection")
        fields = kept_after_erasure(objected_to_marketing=objected)
        keep = "minimal_suppression_entry" if fields else "nothing"
        return {"keep": keep, "fields": list(fields)}
    kept = _keeping(given)
    answer: Answer = {
        "retain_until": iso(kept.until),
        "dispose_from": iso(kept.dispose_from),
        "state": kept.state.value,
        "delete_on": iso(kept.until),
    }
    if kept.review_due is not None:
        answer["review_due"] = iso(kept.review_due)
    if kept.flag is not None:
        answer["flag"] = kept.flag
    on = given.day("on")
    if on is not None:
        answer["dispose"] = kept.may_dispose(on)
    return answer


def _keeping(given: Given) -> Keeping:
    return keeping(
        _rule(given),
        _anchor(given),
        life=Life(
            born=given.day("dob"),
            first_treated=given.day("first_seen"),
            died=given.day("died", "date_of_death"),
        ),
        stops=_stops(given),
        reviewed=given.day("last_review", "created"),
    )


def _rule(given: Given) -> Rule:
    category = given.text("category")
    if category in {"invoice", "payment", "finance"}:
        return Rule(keep=KEEP_ACCOUNTS.value)
    own_days = given.number("policy_days")
    if own_days is not None:
        return Rule(keep=days(own_days))
    if category == "cctv":
        return Rule(keep=None)
    written = given.text("policy_period")
    if written:
        try:
            return Rule(keep=Period.parse(written))
        except NotAPeriod as error:
            raise UnreadableCase(f"policy_period: {error}") from None
    return clinic(given.text("clinic")).keeps


def _anchor(given: Given) -> date | None:
    if given.known("invoice_date", "company_fy_end"):
        invoiced = given.day("invoice_date", "company_fy_end")
        year_end = given.must_day("company_fy_end")
        return financial_year_end(invoiced or year_end, year_end)
    if given.text("category") == "cctv":
        return given.must_day("recorded")
    if given.known("interactions"):
        mutual = last_mutual_contact(given.contacts("interactions"))
        known = [mutual, given.day("last_interaction")]
        return max((day for day in known if day is not None), default=None)
    return given.day(*_EVENTS)


def _stops(given: Given) -> Stops:
    open_request = any(
        key.startswith(("open_", "in_open_")) and given.flag(key) for key in given.facts
    )
    booking, today = given.day("future_booking"), given.day("on")
    to_come = booking is not None and (today is None or booking >= today)
    return Stops(
        hold=given.flag("legal_hold"), open_request=open_request, ongoing=to_come
    )


def _erasure(given: Given) -> Answer:
    promised = clinic(given.text("clinic")).erases_everything
    answer: Answer = {}
    for category in given.items("categories"):
        name = str(category).split("_within", 1)[0]
        needed = name not in _ERASED_ON_REQUEST
        answer[name] = erasure_answer(needed=needed, promised=promised).value
    asks = ErasureAnswer.KEEP.value in answer.values()
    return answer | {"silent_keep": False, "ground_named": asks}


def serious_harm(given: Given) -> Answer:
    """Answer a case about releasing or withholding health data."""
    if given.text("requester") in {"parent", "guardian"}:
        return _parent(given)
    written_on = given.day("opinion_date")
    said = given.text("opinion")
    opinion = None if written_on is None else Opinion(written_on, _harm(said))
    relied_on = given.day("reliance_date", "on") or written_on
    professional = given.flag("controller_is_health_professional")
    if given.flag("withhold"):
        gate = withhold_gate(
            opinion,
            relied_on=relied_on,
            controller_is_health_professional=professional,
        )
    else:
        gate = release_gate(
            opinion,
            relied_on=relied_on,
            already_known=given.flag("already_seen_by_subject"),
            controller_is_health_professional=professional,
        )
    return _harm_answer(gate)


def _harm(said: str) -> bool | None:
    return None if not said else "not" not in said


def _harm_answer(gate: HarmGate) -> Answer:
    answer: Answer = {"ok": gate.ok}
    if gate.flaw is not None:
        answer["flag"] = gate.flaw
    if gate.earliest_valid is not None:
        answer["earliest_valid"] = iso(gate.earliest_valid)
    return answer


def _parent(given: Given) -> Answer:
    age = given.number("subject_age")
    if age is None:
        raise UnreadableCase("subject_age: the child's age is needed here")
    confided = any(
        given.flag(key)
        for key in ("item_told_in_confidence", "item_examined_in_confidence")
    )
    held_back = withheld_from_parent(age, given.region(), told_in_confidence=confided)
    return {"item": "withhold" if held_back else "release"}
