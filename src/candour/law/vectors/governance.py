"""Cases about what must be in place before data is used, and who is told of changes."""

from typing import Any

from candour.law.accountability import (
    Use,
    decided_by_a_person,
    impact_assessment_required,
    may_activate_processor,
    may_activate_purpose,
    recipients_to_tell,
    record_of_processing_required,
    unnamed_recipients,
)
from candour.law.vectors.clinics import clinic
from candour.law.vectors.read import Given

Answer = dict[str, Any]


def governance(given: Given) -> Answer:
    """Answer every question the facts of the case bear on."""
    answer: Answer = {}
    if given.known("employees"):
        answer["ropa_required"] = record_of_processing_required(
            employees=given.number("employees") or 0,
            special_category=given.flag("special_category"),
            occasional=given.flag("occasional"),
            risky=given.flag("likely_risk"),
        )
    watched = any(
        given.flag(key)
        for key in given.facts
        if key.startswith("systematic_monitoring")
    )
    if watched or given.known("scale", "automated_profiling"):
        answer["dpia_required"] = impact_assessment_required(
            large_scale=given.text("scale") == "large",
            special_category=given.flag("special_category"),
            public_monitoring=watched,
            significant_profiling=given.flag("automated_profiling"),
        )
    if given.has("lawful_basis", "basis"):
        answer |= _purpose(given)
    if given.known("processor_country"):
        answer |= _processor(given)
    if given.has("active_processors"):
        named = map(str, given.items("notice_processors"))
        missing = unnamed_recipients(named, map(str, given.items("active_processors")))
        answer |= {"publish": not missing, "missing": list(missing)}
    if given.has("recipients"):
        told = recipients_to_tell(given.text("event"), given.items("recipients"))
        answer["tasks"] = list(told)
    if given.known("notice_change"):
        answer |= _notice_change(given)
    if given.has("decided_by"):
        answer |= _decision(given)
    return answer


def _purpose(given: Given) -> Answer:
    special = given.flag("special_category", given.has("article9"))
    verdict = may_activate_purpose(
        Use(
            basis=given.text("lawful_basis", given.text("basis")) or None,
            special_category=special,
            condition=given.text("article9") or None,
            assessed=not given.has("lia") or given.flag("lia"),
        )
    )
    if verdict.allowed:
        return {"activate": True}
    return {"activate": False, "flag": verdict.reason, "reason": verdict.reason}


def _processor(given: Given) -> Answer:
    verdict = may_activate_processor(
        given.text("processor_country"),
        safeguard=given.text("safeguard") or None,
        uk_only_promised=clinic(given.text("clinic")).stores_in_uk,
    )
    return {"activate": verdict.allowed, "reason": verdict.reason}


def _notice_change(given: Given) -> Answer:
    promised = clinic(given.text("clinic")).mails_significant_changes
    mailed = promised and given.text("notice_change") == "significant"
    count = given.number("contacts_with_email") or 0
    return {"page_updated": True, "emails_queued": count if mailed else 0}


def _decision(given: Given) -> Answer:
    if decided_by_a_person(given.text("decided_by") or None):
        return {"ok": True}
    return {"ok": False, "reason": "human_decision_required"}
