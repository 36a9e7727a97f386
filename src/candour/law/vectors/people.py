"""Cases about children, treatments and who may prescribe them."""

from datetime import date
from typing import Any

from candour.law.ages import (
    ADULT,
    AgeDecision,
    Medic,
    TreatmentGate,
    age_on,
    booking_gate,
    child_presumed_competent,
    online_consent_needs_parent,
    treatment_gate,
)
from candour.law.treatments import (
    consent_taken_by_the_right_person,
    may_prescribe,
    reflection,
)
from candour.law.vectors.clinics import clinic
from candour.law.vectors.read import Given, UnreadableCase, iso

Answer = dict[str, Any]


def child(given: Given) -> Answer:
    """Answer a case about someone who may be too young."""
    action = given.text("action", "treat")
    if action == "guardian_request":
        return _decided("allow" if given.flag("relationship_proof") else "block")
    if action == "sar_by_child":
        alone = child_presumed_competent(_age(given), given.region())
        return _decided("presume_competent" if alone else "assess_competence")
    if action == "enquiry_form":
        youngest = clinic(given.text("clinic")).collects_from_age
        too_young = youngest is not None and _age(given) < youngest
        return _decided("reject" if too_young else "accept")
    if action in {"newsletter_consent", "online_consent"}:
        parent = given.flag("parental_authorisation")
        asks = online_consent_needs_parent(_age(given)) and not parent
        return _decided("parental_authorisation_required" if asks else "allow")
    if action == "create_medical_record":
        needs = clinic(given.text("clinic")).child_record_needs_guardian
        barred = needs and _age(given) < ADULT and not given.flag("guardian_consent")
        return _decided("block" if barred else "allow")
    return _gate(given)


def _decided(decision: str) -> Answer:
    return {"decision": decision}


def _age(given: Given) -> int:
    stated = given.number("age")
    if stated is not None:
        return stated
    return age_on(given.must_day("dob"), given.must_day("on"))


def _gate(given: Given) -> Answer:
    medic = Medic(
        profession=given.text("practitioner"),
        doctor_approved=given.flag("doctor_approved"),
        doctor_directed=given.flag("doctor_direction"),
    )
    born = given.must_day("dob")
    if given.known("appointment"):
        appointment = given.must_day("appointment")
        decision = booking_gate(
            treatment=given.text("treatment"),
            born=born,
            booked_on=given.day("booked_on", "on") or appointment,
            appointment=appointment,
            region=given.region(),
            by=medic,
            age_verified=given.flag("age_verified"),
        )
    else:
        decision = treatment_gate(
            treatment=given.text("treatment"),
            born=born,
            on=given.must_day("on"),
            region=given.region(),
            by=medic,
            age_verified=given.flag("age_verified"),
        )
    return _gate_answer(decision)


def _gate_answer(decision: AgeDecision) -> Answer:
    answer: Answer = {
        "decision": decision.gate.value,
        "legal_offence": decision.offence,
    }
    if decision.gate is TreatmentGate.ALLOW_WITH_RECORD:
        answer["requires"] = list(decision.requires)
    return answer


def reflection_period(given: Given) -> Answer:
    """Answer a case about time to think, and who took consent."""
    if given.known("consent_taken_by"):
        verdict = consent_taken_by_the_right_person(
            given.text("consent_taken_by"), given.text("performed_by")
        )
        if not verdict.allowed:
            return {"allowed": False, "reason": verdict.reason}
    if not given.known("consultation"):
        return {"allowed": True}
    waited = reflection(
        given.must_day("consultation"),
        _treated(given),
        wait_days=given.number("policy_days"),
        surgical=given.text("procedure_class") == "surgical",
        patient_says_enough=given.flag("patient_confirms_time_enough"),
    )
    answer: Answer = {"allowed": waited.allowed, "earliest": iso(waited.earliest)}
    if waited.record is not None:
        answer["record"] = waited.record
        if not waited.allowed:
            answer["reason"] = "time_to_reflect_not_confirmed"
    elif not waited.allowed:
        answer["reason"] = "reflection_period_running"
    return answer


def _treated(given: Given) -> date:
    treated = given.day("operation", "treatment", "procedure")
    if treated is None:
        raise UnreadableCase("treatment: the day of treatment is needed here")
    return treated


def prescribing(given: Given) -> Answer:
    """Answer a case about prescribing for a cosmetic purpose."""
    verdict = may_prescribe(
        prescriber=given.text("prescriber"),
        medicine=given.text("medicine"),
        in_person=given.text("consultation_mode") == "in_person",
        documented=given.flag("assessment_documented"),
        on=given.day("on"),
        cosmetic=given.flag("cosmetic", default=True),
    )
    if verdict.allowed:
        return {"allowed": True, "note": verdict.reason}
    return {"allowed": False, "reason": verdict.reason}
