"""Cases about messages, calls, audiences and photographs."""

from typing import Any

from candour.law.ages import age_on
from candour.law.consents import Consent, consent_for
from candour.law.marketing import (
    Message,
    Obtained,
    Recipient,
    SoftOptIn,
    may_market,
)
from candour.law.messages import (
    MessageClass,
    RecallFacts,
    may_recall,
    may_serve,
    message_class,
)
from candour.law.publicity import (
    is_special,
    may_publish_photograph,
    may_segment,
    may_upload_audience,
)
from candour.law.vectors.clinics import Clinic, clinic
from candour.law.vectors.read import Given
from candour.law.verdicts import Verdict

Answer = dict[str, Any]

_NEGOTIATIONS = {"negotiation", "quote_request", "quote", "booking", "consultation"}
_SALES = {"sale", "purchase", "treatment"}


def marketing(given: Given) -> Answer:
    """Answer a case about reaching someone, or showing them."""
    place = clinic(given.text("clinic"))
    if given.known("segment_field"):
        field = given.text("segment_field")
        verdict = may_segment(
            field,
            explicit_consent=given.flag("explicit_consent"),
            promise=place.publicity,
        )
        if not verdict.allowed and is_special(field):
            return {"decision": "error", "reason": verdict.reason}
        return _answer(verdict)
    action = given.text("action")
    if action == "publish_before_after":
        return _answer(_photograph(given, place))
    if action == "custom_audience_upload":
        consent = consent_for("ads", given.flag("ads_consent"))
        objected = _objection(given, place) is not None
        return _answer(may_upload_audience(consent, objection=objected))
    return _answer(_message(given, place))


def _answer(verdict: Verdict) -> Answer:
    decision = "allow" if verdict.allowed else "deny"
    return {"decision": decision, "reason": verdict.reason}


def _photograph(given: Given, place: Clinic) -> Verdict:
    return may_publish_photograph(
        explicit_consent=given.flag("explicit_photo_consent")
        and not given.flag("consent_withdrawn"),
        review_given=given.flag("review_provided"),
        objection=given.flag("objection"),
        promise=place.publicity,
    )


def _message(given: Given, place: Clinic) -> Verdict:
    kind = message_class(
        given.text("message", "offer"), topic=given.raw("topic") and given.text("topic")
    )
    if kind is MessageClass.RECALL:
        recall = may_recall(_recall(given, place), place.recall)
        if recall is not None:
            return recall
    if kind in {MessageClass.SERVICE, MessageClass.ENQUIRY_REPLY}:
        return may_serve(
            kind,
            promotes=given.flag("contains_promotion"),
            as_marketing=lambda: _market(given, place),
            invited=not given.flag("invitation_withdrawn"),
        )
    return _market(given, place)


def _recall(given: Given, place: Clinic) -> RecallFacts:
    return RecallFacts(
        channel=given.text("channel", "email"),
        treated_before=given.flag("prior_treatment"),
        needs_review=given.flag("needs_ongoing_review"),
        stopped=_objection(given, place) is not None,
        restricted=given.flag("restricted"),
    )


def _market(given: Given, place: Clinic) -> Verdict:
    channel = given.text("channel", "email")
    message = Message(
        topic=given.text("campaign_topic") or None,
        way_out=given.flag("unsubscribe_in_message", default=True),
        sender_shown=not given.flag("sender_concealed"),
    )
    return may_market(channel, _recipient(given, place), message, place.marketing)


def _recipient(given: Given, place: Clinic) -> Recipient:
    born, on = given.day("dob"), given.day("on", "send_at")
    stated = given.number("age")
    known_age = age_on(born, on) if born is not None and on is not None else stated
    interests = given.items("interests")
    return Recipient(
        consent=_consent(given),
        objection=_objection(given, place),
        restricted=given.flag("restricted"),
        age=known_age,
        corporate=given.text("subscriber") == "corporate",
        customer=given.flag("customer"),
        soft_opt_in=_soft_opt_in(given),
        interests=frozenset(map(str, interests)) if interests else None,
        call_list_days=given.number("tps_listed_days"),
        caller_permission=given.flag("caller_permission"),
    )


def _consent(given: Given) -> Consent:
    """Read the consent; a confirmed return, or a box ticked by hand, is one."""
    said = given.raw("consent")
    if isinstance(said, str | list):
        said = {str(channel): True for channel in given.items("consent")}
    agreed = given.flag("box_ticked") or (
        given.known("staff_reenabled") and given.flag("double_opt_in_accepted")
    )
    return consent_for(
        given.text("channel", "email"),
        True if said is None and agreed else said,
        mechanism=given.text("consent_mechanism") or None,
        withdrawn=given.flag("consent_withdrawn"),
    )


def _objection(given: Given, place: Clinic) -> str | None:
    """Return the code of what the person said against marketing, None if nothing."""
    if given.flag("objection"):
        return "objection"
    objected, sent = given.instant("objection_at"), given.instant("send_at")
    if objected is not None and (sent is None or objected <= sent):
        return "objection"
    if given.flag("unsubscribed"):
        if not given.known("staff_reenabled"):
            return "unsubscribed"
        if place.return_confirmed and not given.flag("double_opt_in_accepted"):
            return "resubscribe_not_confirmed"
    stopped_brand = given.text("unsubscribed_brand")
    if stopped_brand:
        same = stopped_brand == given.text("brand", stopped_brand)
        return "unsubscribed" if same else "objection_applies_to_controller"
    return None


def _soft_opt_in(given: Given) -> SoftOptIn | None:
    """Read the facts of the soft opt-in, None where nothing points to one."""
    if not given.known("details_from") and not given.flag("customer"):
        return None
    source = given.text("details_from", "sale")
    obtained = Obtained.OTHERWISE
    if source in _SALES:
        obtained = Obtained.SALE
    elif source in _NEGOTIATIONS:
        obtained = Obtained.NEGOTIATION
    topics = [*given.items("sold_topics"), *given.items("enquired_topics")]
    return SoftOptIn(
        obtained=obtained,
        opt_out_offered=given.flag("opt_out_offered"),
        refused=given.flag("refused"),
        topics=frozenset(map(str, topics)),
    )
