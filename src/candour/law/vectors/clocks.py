"""Cases about complaints, breaches and the records of patients who have died."""

from datetime import datetime
from typing import Any

from candour.law.breaches import Risk, breach_duty, commissioner_due, outer_bound
from candour.law.complaints import complaint_clock
from candour.law.deceased import Applicant, deceased_access, deceased_clock
from candour.law.vectors.clinics import clinic
from candour.law.vectors.read import Given, UnreadableCase, iso

Answer = dict[str, Any]


def complaint(given: Given) -> Answer:
    """Answer a case about acknowledging a complaint; any channel is accepted."""
    clock = complaint_clock(
        given.must_day("received", "received_at"),
        region=given.region(),
        acknowledged=given.day("ack_sent"),
        outcome_sent=given.day("outcome_sent"),
        on=given.day("on"),
    )
    answer: Answer = {
        "accepted": True,
        "ack_due": iso(clock.acknowledge_by),
        "statutory": clock.statutory,
        "policy": "statutory" if clock.statutory else "good_practice",
        "outcome": "without_undue_delay",
    }
    if clock.kept is not None:
        answer["ok"] = clock.kept
        if not clock.kept:
            answer["flag"] = "acknowledgement_late"
    return answer


def breach(given: Given) -> Answer:
    """Answer a case about whom to tell of a breach."""
    aware = given.instant("controller_aware", "aware")
    if aware is None:
        return {"ico_due": None, "register": True}
    return _duty(given, aware) | {
        "outer_bound": iso(outer_bound(aware)),
        "operational_due": iso(commissioner_due(aware)),
    }


def _duty(given: Given, aware: datetime) -> Answer:
    duty = breach_duty(
        aware,
        _risk(given),
        unintelligible=given.flag("data_encrypted_key_safe"),
        risk_removed=given.flag("risk_removed"),
        promised_to_people=_promised(given),
        facts_complete=given.flag("facts_complete", default=True),
        notified=given.instant("notified"),
    )
    answer: Answer = {
        "notify_ico": duty.tell_commissioner,
        "ico_due": iso(duty.commissioner_due),
        "notify_subjects": duty.tell_people,
        "subject_timing": "without_undue_delay" if duty.tell_people else None,
        "register": True,
        "mode": "phased" if duty.phased else "complete",
    }
    if duty.late is not None:
        answer |= {"late": duty.late, "reasons_required": duty.late}
    return answer


def _risk(given: Given) -> Risk:
    name = given.text("risk", Risk.LIKELY.value)
    try:
        return Risk(name)
    except ValueError:
        raise UnreadableCase(
            f"risk: {name!r} is not one of {', '.join(Risk)}"
        ) from None


def _promised(given: Given) -> bool:
    """Say whether the clinic promised to tell people of a breach in that system."""
    systems = clinic(given.text("clinic")).tells_people_of_breaches_in
    return bool(systems) and given.text("system", min(systems)) in systems


def deceased(given: Given) -> Answer:
    """Answer a case about the record of a patient who has died."""
    answer: Answer = {}
    if given.known("applied"):
        clock = deceased_clock(
            given.must_day("applied"),
            all_entries_recent=given.flag("all_entries_within_last_40_days"),
            more_asked=given.day("more_info_requested"),
            more_received=given.day("info_received"),
        )
        answer |= {"due": iso(clock.due), "fee": clock.fee}
        answer["state"] = "waiting_information" if clock.due is None else "running"
    if given.known("applicant"):
        access = deceased_access(
            _applicant(given),
            patient_refused=given.flag("patient_note_no_access"),
        )
        answer["access"] = access.value
    return answer


def _applicant(given: Given) -> Applicant:
    """Return the standing that counts: a relative may also represent, or claim."""
    named = given.text("applicant")
    if named == Applicant.PERSONAL_REPRESENTATIVE or given.flag(
        "is_personal_representative"
    ):
        return Applicant.PERSONAL_REPRESENTATIVE
    if given.flag("has_claim", named == Applicant.CLAIMANT):
        return Applicant.CLAIMANT
    return Applicant.OTHER
