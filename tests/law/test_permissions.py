"""Marketing, cookies, photographs, ages: what may never turn a no into a yes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.law.ages import (
    Medic,
    TreatmentGate,
    age_on,
    booking_gate,
    treatment_gate,
)
from candour.law.consents import Consent, consent_for
from candour.law.cookies import Choice, DeviceUse, Storage, may_store
from candour.law.marketing import (
    MarketingPromise,
    Message,
    Obtained,
    Recipient,
    SoftOptIn,
    may_market,
)
from candour.law.parameters import CONSENT_MECHANISMS_VOID, NOT_ELECTRONIC_MAIL
from candour.law.publicity import (
    PublicityPromise,
    may_publish_photograph,
    may_segment,
)
from candour.law.regions import Region

topics = st.sampled_from(["filler", "laser", "surgery"])
topic_sets = st.frozensets(topics)
WRITTEN = ["email", "sms", "whatsapp", "wechat", "voicemail", "instagram_dm"]
channels = st.sampled_from([*WRITTEN, *sorted(NOT_ELECTRONIC_MAIL.value)])
written = st.sampled_from(WRITTEN)
soft = st.builds(
    SoftOptIn,
    obtained=st.sampled_from(Obtained),
    opt_out_offered=st.booleans(),
    refused=st.booleans(),
    topics=topic_sets,
)
people = st.builds(
    Recipient,
    consent=st.sampled_from(Consent),
    objection=st.sampled_from([None, None, None, "objection"]),
    restricted=st.sampled_from([False, False, False, True]),
    age=st.one_of(st.none(), st.integers(16, 20)),
    corporate=st.booleans(),
    customer=st.booleans(),
    soft_opt_in=st.one_of(st.none(), soft),
    interests=st.one_of(st.none(), topic_sets),
    call_list_days=st.one_of(st.none(), st.integers(0, 60)),
    caller_permission=st.booleans(),
)
messages = st.builds(
    Message,
    topic=st.one_of(st.none(), topics),
    way_out=st.booleans(),
    sender_shown=st.booleans(),
)
promises = st.builds(
    MarketingPromise,
    consent_only=st.sampled_from([None, "clinic_promise_consent_only"]),
    customers_only=st.sampled_from([None, "clinic_promise_new_customers_opt_in"]),
    everything=st.booleans(),
    channels=st.sampled_from([None, frozenset({"email"})]),
    declared_interests=st.booleans(),
    similar_to_customers=st.booleans(),
)
days = st.dates(date(2022, 1, 1), date(2060, 12, 31))


@given(channels, people, messages, promises)
def test_a_promise_never_allows_what_the_law_does_not(
    channel: str, to: Recipient, message: Message, promise: MarketingPromise
) -> None:
    if may_market(channel, to, message, promise).allowed:
        assert may_market(channel, to, message).allowed


@given(channels, people, messages, promises)
def test_nothing_outweighs_an_objection_a_restriction_or_childhood(
    channel: str, to: Recipient, message: Message, promise: MarketingPromise
) -> None:
    for barred in (
        replace(to, objection="objection"),
        replace(to, restricted=True),
        replace(to, age=17),
    ):
        assert not may_market(channel, barred, message, promise).allowed


@given(written, people, messages, promises)
def test_electronic_mail_rests_on_consent_a_company_or_a_whole_soft_opt_in(
    channel: str, to: Recipient, message: Message, promise: MarketingPromise
) -> None:
    if may_market(channel, to, message, promise).allowed:
        facts = to.soft_opt_in
        whole = facts is not None and (
            facts.obtained is not Obtained.OTHERWISE
            and facts.opt_out_offered
            and not facts.refused
            and (not facts.topics or message.topic in {None, *facts.topics})
        )
        assert to.consent is Consent.GIVEN or to.corporate or whole
        assert message.way_out
        assert message.sender_shown


@given(people, messages)
def test_a_listed_number_is_called_only_by_permission_or_within_the_grace(
    to: Recipient, message: Message
) -> None:
    if may_market("live_call", to, message).allowed:
        assert to.caller_permission or (to.call_list_days or 0) < 28


@given(people, messages)
def test_an_unknown_channel_is_as_strict_as_electronic_mail(
    to: Recipient, message: Message
) -> None:
    assert may_market("carrier", to, message) == may_market("email", to, message)


@pytest.mark.parametrize("mechanism", sorted(CONSENT_MECHANISMS_VOID.value))
def test_consent_that_nobody_gave_is_void(mechanism: str) -> None:
    assert consent_for("email", True, mechanism=mechanism) is Consent.VOID


def test_consent_is_for_the_channel_it_was_given_for() -> None:
    said = {"email": True, "sms": False}

    assert consent_for("email", said) is Consent.GIVEN
    assert consent_for("sms", said) is Consent.ELSEWHERE
    assert consent_for("sms", {}) is Consent.NONE
    assert consent_for("email", said, withdrawn=True) is Consent.WITHDRAWN


uses = st.sampled_from(DeviceUse)
storages = st.builds(
    Storage,
    use=uses,
    own=st.booleans(),
    sole_purpose=st.booleans(),
    shared=st.booleans(),
    told=st.booleans(),
    easy_objection=st.booleans(),
    objected=st.booleans(),
)
choices = st.builds(
    Choice,
    decided=st.booleans(),
    accepts=st.frozensets(uses),
    fair=st.booleans(),
    withdrawn=st.booleans(),
)


@given(storages, choices, days)
def test_optional_storage_needs_a_fair_choice_or_a_whole_exception(
    storage: Storage, choice: Choice, on: date
) -> None:
    verdict = may_store(storage, choice, on=on)

    if verdict.reason == "consent":
        assert storage.use in choice.accepts
        assert choice.fair
        assert not choice.withdrawn
    elif verdict.allowed and verdict.reason.endswith("_exception"):
        assert on >= date(2026, 2, 5)
        assert storage.sole_purpose
        assert not storage.objected or storage.use is DeviceUse.EMERGENCY
    elif verdict.allowed:
        assert storage.use is DeviceUse.NECESSARY


@given(storages, choices, days)
def test_a_promise_to_ask_first_leaves_only_what_is_needed_or_chosen(
    storage: Storage, choice: Choice, on: date
) -> None:
    verdict = may_store(storage, choice, on=on, prior_consent_promised=True)

    assert not verdict.allowed or verdict.reason in {"strictly_necessary", "consent"}


@given(st.booleans(), st.booleans(), st.booleans())
def test_a_photograph_is_never_shown_without_explicit_consent(
    agreed: bool, review: bool, needs_review: bool
) -> None:
    promise = PublicityPromise(needs_review=needs_review)

    verdict = may_publish_photograph(
        explicit_consent=agreed, review_given=review, promise=promise
    )

    assert verdict.allowed is (agreed and (review or not needs_review))
    assert not may_publish_photograph(
        explicit_consent=agreed, promise=PublicityPromise(never="never")
    ).allowed
    assert not may_publish_photograph(explicit_consent=agreed, objection=True).allowed


def test_health_picks_an_audience_only_where_each_agreed_to_that() -> None:
    never = PublicityPromise(never="never")

    assert not may_segment("health.skin").allowed
    assert may_segment("health.skin", explicit_consent=True).allowed
    assert not may_segment("health.skin", explicit_consent=True, promise=never).allowed


births = st.dates(date(1990, 1, 1), date(2030, 12, 31))
medics = st.builds(
    Medic,
    profession=st.sampled_from(["", "nurse", "doctor", "dentist", "beautician"]),
    doctor_approved=st.booleans(),
    doctor_directed=st.booleans(),
)


@given(births, st.integers(0, 15_000), medics, st.booleans())
def test_nobody_under_eighteen_is_injected_in_england_without_a_doctor(
    born: date, lived: int, by: Medic, verified: bool
) -> None:
    on = born + timedelta(lived)

    decision = treatment_gate(
        treatment="filler",
        born=born,
        on=on,
        region=Region.ENGLAND,
        by=by,
        age_verified=verified,
    )

    if on >= date(2021, 10, 1):
        if age_on(born, on) >= 18:
            assert (decision.gate is TreatmentGate.ALLOW) is verified
        elif decision.gate is not TreatmentGate.BLOCK:
            assert decision.requires
            assert by.doctor_approved or by.doctor_directed
            assert by.profession not in {"", "beautician"}


@given(births, st.integers(0, 15_000), st.integers(0, 400), medics, st.booleans())
def test_a_booking_is_never_easier_than_the_treatment(
    born: date, lived: int, ahead: int, by: Medic, verified: bool
) -> None:
    booked = born + timedelta(lived)
    appointment = booked + timedelta(ahead)

    booking = booking_gate(
        treatment="botulinum",
        born=born,
        booked_on=booked,
        appointment=appointment,
        region=Region.ENGLAND,
        by=by,
        age_verified=verified,
    )

    then = treatment_gate(
        treatment="botulinum",
        born=born,
        on=appointment,
        region=Region.ENGLAND,
        by=by,
        age_verified=verified,
    )
    assert booking.gate in {then.gate, TreatmentGate.BLOCK_UNTIL_18}


@given(births, st.integers(0, 40_000))
def test_a_birthday_is_when_the_years_are_complete(born: date, lived: int) -> None:
    on = born + timedelta(lived)

    age = age_on(born, on)

    assert -1 < lived - age * 365.2425 < 367
    assert age_on(born, on) <= age_on(born, on + timedelta(1)) <= age + 1
