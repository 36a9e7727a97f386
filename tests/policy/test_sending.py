"""May this kind of message go to this person by this channel?"""

import pytest

from candour.policy.compile import compile_pack
from candour.policy.terms import Facts, Outcome
from tests.policy.lint.cases import model_with

MODEL = compile_pack("model")
AI = compile_pack("ai-beauty")
PRIVATE = compile_pack("private-clinic")

NEW = Facts()
AGREED = Facts(permissions=frozenset({("offers", "email")}))
BUYER = Facts(
    relation=frozenset({"customer"}),
    sold=frozenset({"skin"}),
    topics=frozenset({"skin"}),
)


def test_an_offer_goes_only_by_the_channel_agreed_to() -> None:
    assert MODEL.may_send("offer", "email", AGREED).allowed
    refused = MODEL.may_send("offer", "sms", AGREED)

    assert refused.outcome is Outcome.REFUSE
    assert refused.clause == "purposes.offers"
    assert refused.reason == "This person has not agreed to offers by sms."
    assert "PECR regulation 22" in refused.article


def test_a_channel_that_the_policy_does_not_name_is_refused_for_everybody() -> None:
    decision = MODEL.may_send("appointment", "wechat")

    assert not decision.allowed
    assert decision.clause == "messages.appointment.channels"
    assert decision.reason == "'Appointment' is not sent by wechat, only by email."


def test_a_kind_that_the_policy_does_not_have_is_a_gap() -> None:
    assert MODEL.may_send("charges", "email").outcome is Outcome.GAP
    assert MODEL.may_send("no-such-kind", "email").outcome is Outcome.GAP


def test_what_a_person_asked_for_is_sent_after_a_stop() -> None:
    stopped = Facts(objections=frozenset({"offers"}))

    for kind in ("appointment", "enquiry-reply", "request-acknowledgement"):
        assert MODEL.may_send(kind, "email", stopped).allowed, kind
    for kind in ("offer", "newsletter"):
        assert not MODEL.may_send(kind, "email", stopped).allowed, kind


def test_a_reminder_to_come_back_ends_with_a_stop_to_marketing() -> None:
    due = frozenset({"treated-before", "treatment-needs-review"})
    stopped = Facts(holds=due, refusals=frozenset({("offers", "email")}))

    assert MODEL.may_send("recall", "email", Facts(holds=due)).allowed
    refused = MODEL.may_send("recall", "email", stopped)
    assert refused.clause == "messages.recall.after-stop"


def test_a_reminder_to_come_back_needs_a_treatment_that_is_due() -> None:
    refused = MODEL.may_send("recall", "email", NEW)

    assert refused.clause == "purposes.recall"
    assert "due a review" in refused.reason


def test_the_link_that_confirms_a_permission_goes_before_there_is_one() -> None:
    assert MODEL.may_send("permission-confirmation", "email", NEW).allowed


def test_a_review_is_asked_for_by_the_channel_agreed_to() -> None:
    agreed = Facts(permissions=frozenset({("feedback", "email")}))

    assert MODEL.may_send("review-request", "email", agreed).allowed
    assert not MODEL.may_send("review-request", "email", AGREED).allowed


@pytest.mark.parametrize(
    ("changed", "allowed"),
    [
        ({}, True),
        ({"sold": frozenset()}, False),
        ({"topics": frozenset({"lips"})}, False),
        ({"relation": frozenset({"enquirer"})}, False),
        ({"refusals": frozenset({("marketing", "email")})}, False),
        ({"refusals": frozenset({("marketing", "sms")})}, True),
        ({"objections": frozenset({"marketing"})}, False),
        ({"restricted": True}, False),
        ({"died": True}, False),
        ({"locked": True}, False),
    ],
)
def test_a_customer_gets_what_is_similar_until_they_say_no(
    changed: dict[str, object], allowed: bool
) -> None:
    known = {name: getattr(BUYER, name) for name in Facts.__slots__} | changed

    assert AI.may_send("offer", "email", Facts(**known)).allowed is allowed


def test_an_offer_by_interest_needs_the_interest() -> None:
    agreed = frozenset({("offers", "email")})
    skin = frozenset({"skin"})
    told = Facts(permissions=agreed, interests=skin, topics=skin)

    assert PRIVATE.may_send("offer", "email", told).allowed
    refused = PRIVATE.may_send("offer", "email", Facts(permissions=agreed, topics=skin))
    assert refused.clause == "messages.offer.only-if"


def test_restriction_stops_all_but_the_persons_own_rights() -> None:
    restricted = Facts(restricted=True)

    assert not MODEL.may_send("appointment", "email", restricted).allowed
    assert MODEL.may_send("request-acknowledgement", "email", restricted).allowed


def test_the_same_question_gives_the_same_object() -> None:
    assert MODEL.may_send("offer", "email") is MODEL.may_send("offer", "email", AGREED)
    assert MODEL.may_send("offer", "email", NEW) is MODEL.may_send(
        "offer", "email", NEW
    )


def test_a_kind_whose_purpose_has_no_basis_is_not_sent() -> None:
    decision = model_with("purposes/care/basis: -").may_send("aftercare", "email")

    assert not decision.allowed
    assert decision.article == "UK GDPR Article 6(1)"


def test_with_no_marketing_at_all_a_stop_stops_nothing_else() -> None:
    quiet = model_with("messages/offer: -", "messages/newsletter: -")
    due = Facts(holds=frozenset({"treated-before", "treatment-needs-review"}))

    assert quiet.may_send("recall", "email", due).allowed
