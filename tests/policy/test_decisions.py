"""Who may do what, clause by clause, and what must hold for every question."""

import pytest

from candour.policy.compile import Policy, compile_sources
from candour.policy.conditions import (
    holds,
)
from candour.policy.decisions import marketing_tree
from candour.policy.terms import Facts, Outcome, Reach, Source
from candour.policy.vocabulary import CATEGORIES, RecordClass
from tests.policy.written import policy, sources, whole

PATIENT = frozenset(("patient",))

MARKETING = """\
recipients: {}
marketing:
  topics: [offers]
  purpose: offers
  permission:
    customer: {any-of: [consent, soft-opt-in], only-if: [similar-to-sold]}
    not-customer: {any-of: [consent]}
"""


def with_purposes(*lines: str, extra: str = "") -> Policy:
    text = whole(extra).replace(
        "messages:\n", "".join(f"  {line}\n" for line in lines) + "messages:\n"
    )
    return compile_sources(sources(text))


@pytest.mark.parametrize(
    ("role", "purpose", "reach", "outcome"),
    [
        ("reception", "enquiry", Reach.ONE, Outcome.ALLOW),
        ("reception", "enquiry", Reach.DAY, Outcome.ALLOW),
        ("reception", "enquiry", Reach.ALL, Outcome.REFUSE),
        ("marketing", "enquiry", Reach.ONE, Outcome.GAP),
        ("visitor", "enquiry", Reach.ONE, Outcome.ALLOW),
        ("system", "enquiry", Reach.ALL, Outcome.ALLOW),
        ("reception", "care", Reach.ONE, Outcome.GAP),
        ("cleaner", "enquiry", Reach.ONE, Outcome.GAP),
        ("", "", Reach.ONE, Outcome.GAP),
    ],
)
def test_who_may_use_what_how_far(
    role: str, purpose: str, reach: Reach, outcome: Outcome
) -> None:
    assert policy().decide(role, purpose, reach).outcome is outcome


def test_what_is_allowed_comes_with_its_categories_and_classes() -> None:
    decision = policy().decide("reception", "enquiry")

    assert "enquiry.message" in decision.categories
    assert "contact.email" in decision.categories
    assert "contact.phone" not in decision.categories
    assert {"permissions", "messages"} <= decision.categories
    assert decision.classes == {
        RecordClass.IDENTITY,
        RecordClass.ENQUIRY,
        RecordClass.CONSENT,
        RecordClass.MESSAGE,
        RecordClass.DISCLOSURE,
    }
    assert decision.clause == "purposes.enquiry"
    assert decision.article == "UK GDPR Article 6(1)(b)"
    assert decision.policy == "zephyr@1"


def test_what_is_not_allowed_comes_with_nothing() -> None:
    for role in ("marketing", "reception"):
        decision = policy().decide(role, "enquiry", Reach.ALL)
        assert (decision.categories, decision.classes) == (frozenset(), frozenset())


def test_the_same_question_gives_the_same_object() -> None:
    found = policy()
    restricted = Facts(restricted=True)

    assert found.decide("reception", "enquiry") is found.decide("reception", "enquiry")
    assert found.decide("reception", "enquiry", Reach.ONE, restricted) is found.decide(
        "reception", "enquiry", Reach.DAY, restricted
    )


def test_a_purpose_that_only_counts_never_shows_anybody() -> None:
    found = with_purposes(
        "figures: {basis: legitimate-interests, uses: [enquiry], yields: anonymous,"
        " by: {manager: all}}"
    )

    assert found.decide("manager", "figures", Reach.ALL).allowed
    one = found.decide("manager", "figures", Reach.ONE)
    assert one.outcome is Outcome.REFUSE
    assert "only counted" in one.reason


def test_a_purpose_whose_basis_is_not_decided_is_refused() -> None:
    line = "odd: {basis: {decide: which?}, uses: [contact], by: {manager: one}}"

    decision = with_purposes(line).decide("manager", "odd")

    assert decision.outcome is Outcome.REFUSE
    assert decision.article == "UK GDPR Article 6(1)"


def test_a_role_can_be_taken_away() -> None:
    line = "odd: {basis: contract, uses: [contact], by: {manager: none}}"

    assert with_purposes(line).decide("manager", "odd").outcome is Outcome.GAP


def test_health_data_without_a_condition_is_held_back() -> None:
    line = "care: {basis: contract, uses: [identity, health], by: {practitioner: one}}"

    decision = with_purposes(line).decide("practitioner", "care")

    assert decision.allowed
    assert "identity.name" in decision.categories
    assert "health.conditions" not in decision.categories
    assert "Article 9" in decision.reason


def test_a_purpose_of_nothing_but_health_data_without_a_condition_is_refused() -> None:
    line = "care: {basis: contract, uses: [health], by: {practitioner: one}}"

    decision = with_purposes(line).decide("practitioner", "care")

    assert decision.outcome is Outcome.REFUSE
    assert (decision.source, decision.article) == (Source.LAW, "UK GDPR Article 9(1)")


def test_health_data_with_a_condition_may_be_used() -> None:
    line = (
        "care: {basis: contract, condition: health-care, uses: [health], "
        "excludes: [health.screening], by: {practitioner: one}}"
    )

    decision = with_purposes(line).decide("practitioner", "care")

    assert "health.conditions" in decision.categories
    assert "health.screening" not in decision.categories
    assert "9(2)(h)" in decision.article


def test_marketing_never_uses_what_it_never_uses() -> None:
    line = (
        "offers: {basis: consent, condition: explicit-consent, "
        "uses: [contact, health], by: {marketing: all}}"
    )
    found = with_purposes(
        line, extra="marketing: {purpose: offers, never-uses: [special]}\n"
    )

    decision = found.decide("marketing", "offers", Reach.ALL)

    assert "contact.email" in decision.categories
    assert not any(CATEGORIES[word].special for word in decision.categories)


OFFERS = "offers: {basis: consent, uses: [contact], by: {marketing: all, person: one}}"


@pytest.mark.parametrize(
    ("facts", "allowed", "clause"),
    [
        (Facts(permissions=frozenset({("offers", "email")})), True, "purposes.offers"),
        (Facts(), False, "purposes.offers"),
        (Facts(permissions=frozenset({("news", "email")})), False, "purposes.offers"),
        (
            Facts(
                permissions=frozenset({("offers", "email")}),
                objections=frozenset({"offers"}),
            ),
            False,
            "rights.objection",
        ),
        (
            Facts(permissions=frozenset({("offers", "email")}), restricted=True),
            False,
            "rights.restriction",
        ),
        (
            Facts(permissions=frozenset({("offers", "email")}), died=True),
            False,
            "purposes.offers",
        ),
        (
            Facts(permissions=frozenset({("offers", "email")}), locked=True),
            False,
            "rights.erasure",
        ),
        # A customer is reached on a soft opt-in, for what is like what they bought.
        (
            Facts(relation=PATIENT, holds=frozenset({"soft-opt-in"})),
            False,
            "purposes.offers",
        ),
        (
            Facts(
                relation=PATIENT, holds=frozenset({"soft-opt-in", "similar-to-sold"})
            ),
            True,
            "purposes.offers",
        ),
        (
            Facts(holds=frozenset({"soft-opt-in", "similar-to-sold"})),
            False,
            "purposes.offers",
        ),
    ],
)
def test_marketing_needs_permission_and_a_no_ends_it(
    facts: Facts, allowed: bool, clause: str
) -> None:
    decision = with_purposes(OFFERS, extra=MARKETING).decide(
        "marketing", "offers", Reach.ALL, facts
    )

    assert decision.allowed is allowed
    assert decision.clause == clause


def test_a_person_need_not_have_agreed_in_order_to_agree() -> None:
    found = with_purposes(OFFERS, extra=MARKETING)

    assert found.decide("person", "offers", Reach.ONE, Facts()).allowed


@pytest.mark.parametrize(
    ("facts", "allowed"),
    [
        (Facts(relation=frozenset({"enquirer"})), True),
        (Facts(holds=frozenset({"dialogue-invited"})), True),
        (Facts(relation=PATIENT), False),
    ],
)
def test_a_clinics_own_condition_is_asked_of_the_person(
    facts: Facts, allowed: bool
) -> None:
    line = (
        "reply: {basis: contract, uses: [enquiry], only-if: [dialogue-invited], "
        "by: {reception: one}}"
    )

    decision = with_purposes(line).decide("reception", "reply", Reach.ONE, facts)

    assert decision.allowed is allowed
    if not allowed:
        assert decision.reason == "Use for reply needs an enquiry of theirs to answer."


def test_one_of_several_conditions_is_enough() -> None:
    line = (
        "gp: {basis: contract, uses: [contact], "
        "any-of: [court-order, permission-for-this], by: {practitioner: one}}"
    )
    found = with_purposes(line)

    held = Facts(holds=frozenset({"court-order"}))

    assert found.decide("practitioner", "gp", Reach.ONE, held).allowed
    refused = found.decide("practitioner", "gp", Reach.ONE, Facts())
    assert (
        refused.reason == "Use for gp needs a court order or their permission for this."
    )


@pytest.mark.parametrize(
    ("line", "goes_on"),
    [
        ("x: {basis: contract, uses: [contact], by: {manager: one}}", False),
        ("x: {basis: legal-obligation, uses: [contact], by: {manager: one}}", False),
        ("x: {basis: vital-interests, uses: [contact], by: {manager: one}}", True),
        (
            "x: {basis: legal-obligation, condition: legal-claims, uses: [contact], "
            "by: {manager: one}}",
            True,
        ),
        (
            "rights: {basis: legal-obligation, uses: [contact], by: {manager: one}}",
            True,
        ),
        ("retention: {basis: contract, uses: [contact], by: {manager: one}}", True),
    ],
)
def test_restriction_leaves_storage_claims_lives_and_rights(
    line: str, goes_on: bool
) -> None:
    purpose = line.partition(":")[0]
    found = with_purposes(line)

    decision = found.decide("manager", purpose, Reach.ONE, Facts(restricted=True))

    assert decision.allowed is goes_on
    assert (purpose in found.despite_restriction) is goes_on
    if not goes_on:
        assert decision.article == "UK GDPR Article 18(2)"


def test_an_objection_ends_a_legitimate_interest_and_not_a_duty() -> None:
    found = with_purposes(
        "checks: {basis: legitimate-interests, uses: [contact], by: {manager: one}}",
        "books: {basis: legal-obligation, uses: [contact], by: {manager: one}}",
    )
    objected = Facts(objections=frozenset({"checks", "books"}))

    assert not found.decide("manager", "checks", Reach.ONE, objected).allowed
    assert found.decide("manager", "books", Reach.ONE, objected).allowed


def test_a_channel_may_be_asked_about_alone() -> None:
    marketing = with_purposes(OFFERS, extra=MARKETING).marketing
    agreed = Facts(permissions=frozenset({("offers", "email")}))

    assert holds(marketing_tree(marketing, "offers", "email"), agreed)
    assert not holds(marketing_tree(marketing, "offers", "sms"), agreed)
