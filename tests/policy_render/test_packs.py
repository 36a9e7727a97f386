"""The packs as a clinic's owner would check them: looks, shop window, facts."""

import re
from typing import Any

import pytest
from ruamel.yaml import YAML

from candour.policy.load import names
from candour.policy.vocabulary import CATEGORIES, RecordClass, covers
from tests.policy_render.clinics import ALL, FIVE, PACKS, policy_of

EIGHT = {*ALL, "baseline-law", "baseline-nhs-code"}
CLASSES = {"consultation", "injectable", "skin", "laser", "surgical", "wellbeing"}
_MEDICINES = re.compile(r"botox|botulinum|dysport|azzalure|bocouture|kybella", re.I)
_CLAIMS = re.compile(
    r"\b(cure|guarantee|safest|best|painless|risk.free|younger)\b", re.I
)


def _window(name: str) -> Any:
    return YAML(typ="safe", pure=True).load(PACKS / name / "clinic.yaml")


def _light(colour: str) -> float:
    """Return relative luminance, as WCAG 2 has it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_light(one), _light(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_there_are_eight_packs() -> None:
    assert set(names(PACKS)) == EIGHT


@pytest.mark.parametrize("name", ALL)
def test_a_brands_colours_can_be_read(name: str) -> None:
    for brand in policy_of(name).brands:
        theme = brand.theme
        assert _contrast(theme.accent, theme.paper) >= 4.5, brand.slug
        assert _contrast(theme.accent, "#ffffff") >= 4.5, brand.slug
        assert _contrast(theme.accent_night, theme.night) >= 4.5, brand.slug
        assert _contrast(theme.ink, theme.paper) >= 7, brand.slug
        assert _contrast(theme.ink, theme.wash) >= 7, brand.slug


def test_no_two_brands_look_alike() -> None:
    accents = [brand.theme.accent for name in ALL for brand in policy_of(name).brands]

    assert len(set(accents)) == len(accents)
    assert all(brand.tagline for name in ALL for brand in policy_of(name).brands)


@pytest.mark.parametrize("name", ALL)
def test_all_that_is_collected_is_used_for_something_and_kept_for_a_time(
    name: str,
) -> None:
    policy = policy_of(name)
    used = {
        category
        for purpose in policy.purposes.values()
        if "everything" not in purpose.named
        for category in purpose.uses
    }
    kept = {category for rule in policy.retention for category in rule.covers}

    inside = {
        one: [c for c in CATEGORIES if covers(one, c)] for one in policy.collected
    }
    assert [one for one in inside if not used & set(inside[one])] == ["requests"]
    assert [one for one in inside if one not in kept] == []


@pytest.mark.parametrize("name", ALL)
def test_no_purpose_is_cut_short_for_want_of_a_condition(name: str) -> None:
    purposes = policy_of(name).purposes.values()

    assert {one.name: one.withheld for one in purposes if one.withheld} == {}


@pytest.mark.parametrize("name", ALL)
def test_the_roles_of_the_house_can_do_their_work(name: str) -> None:
    policy = policy_of(name)

    for role, purpose in (
        ("visitor", "enquiry"),
        ("reception", "enquiry"),
        ("manager", "enquiry"),
        ("practitioner", "care"),
        ("person", "rights"),
        ("visitor", "rights"),
        ("data-protection-lead", "rights"),
        ("system", "rights"),
        ("system", "retention"),
        ("data-protection-lead", "audit"),
        ("reception", "appointments"),
        ("visitor", policy.marketing.purpose),
        ("marketing", policy.marketing.purpose),
    ):
        assert policy.decide(role, purpose).allowed, (role, purpose)


@pytest.mark.parametrize("name", ALL)
def test_the_wrong_role_is_refused(name: str) -> None:
    policy = policy_of(name)

    for role, purpose in (
        ("marketing", "enquiry"),
        ("reception", "care"),
        ("marketing", "care"),
        ("finance", "care"),
        ("engineer", "care"),
        ("engineer", "enquiry"),
        ("reception", "rights"),
        ("practitioner", policy.marketing.purpose),
    ):
        assert not policy.decide(role, purpose).allowed, (role, purpose)


@pytest.mark.parametrize("name", ALL)
def test_reception_sees_who_asks_and_nothing_of_health(name: str) -> None:
    seen = policy_of(name).decide("reception", "enquiry").categories

    assert {"identity.name", "contact.email", "enquiry"} <= seen
    assert not any(CATEGORIES[category].special for category in seen)


@pytest.mark.parametrize("name", ALL)
def test_what_a_rights_request_needs_can_be_read_and_sent(name: str) -> None:
    policy = policy_of(name)
    decision = policy.decide("system", "rights")

    assert decision.classes == frozenset(RecordClass)
    for kind in ("identity-link", "copy-ready", "erasure-certificate"):
        assert "email" in policy.message(kind).channels


def test_the_private_clinic_asks_four_things_and_needs_all_four() -> None:
    fields = {
        field.category: field
        for field in policy_of("private-clinic").form("enquiry").fields
    }

    assert [one for one, field in fields.items() if field.required] == [
        "identity.name",
        "contact.email",
        "contact.phone",
        "contact.postcode",
    ]


@pytest.mark.parametrize("name", ALL)
def test_an_enquiry_can_be_answered_by_email(name: str) -> None:
    policy = policy_of(name)
    required = {f.category for f in policy.form("enquiry").fields if f.required}

    assert {"identity.name", "contact.email"} <= required
    assert "email" in policy.reply_channels
    assert policy.form("enquiry").purposes


@pytest.mark.parametrize("name", FIVE)
def test_what_the_model_knows_of_children_does_not_leak_into_a_stated_period(
    name: str,
) -> None:
    floors = {
        rule.name: [floor.age for floor in rule.at_least]
        for rule in policy_of(name).retention
        if rule.at_least
    }

    assert floors == ({"clinical": [25]} if name == "ai-beauty" else {})


@pytest.mark.parametrize("name", ALL)
def test_the_shop_window_is_complete_and_modest(name: str) -> None:
    window = _window(name)

    assert window["clinic"] == name
    assert window["close"].endswith(".")
    assert window["hours"]
    assert 5 <= len(window["services"]) <= 8
    codes = [service["code"] for service in window["services"]]
    assert len(set(codes)) == len(codes)
    for service in window["services"]:
        assert service["class"] in CLASSES
        assert service["price"] is None or service["price"] >= 0
        assert isinstance(service["from"], bool)
        assert 10 <= service["minutes"] <= 480
        assert service["about"].count(".") == 1


@pytest.mark.parametrize("name", ALL)
def test_each_brand_has_a_headline_and_it_is_modest(name: str) -> None:
    for brand in policy_of(name).brands:
        assert 1 <= len(brand.tagline.split()) <= 6
        assert 1 <= len(brand.strapline.split()) <= 40
        assert brand.strapline.endswith(".")


@pytest.mark.parametrize("name", ALL)
def test_no_medicine_is_advertised_and_nothing_is_claimed(name: str) -> None:
    text = (PACKS / name / "clinic.yaml").read_text(encoding="utf-8")

    assert not _MEDICINES.search(text)
    assert not _CLAIMS.search(text)


def test_addresses_in_the_packs_are_roles_and_never_people() -> None:
    roles = re.compile(r"^(privacy|data|dataprotectionofficer)$")
    for name in EIGHT:
        text = (PACKS / name / "policy.yaml").read_text(encoding="utf-8")
        for address in re.findall(r"[\w.+-]+@[\w.-]+", text):
            assert roles.match(address.partition("@")[0].lower()), address
