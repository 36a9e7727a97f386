"""Each rule of the linter finds what it is for, and the model has nothing to find."""

import pytest

from candour.policy.compile import compile_pack, compile_sources
from candour.policy.lint import RULES, Finding, Severity, baseline, lint
from candour.policy.load import examine, read_pack
from tests.policy.written import HEAD, policy, sources, whole

YARDSTICK = baseline(
    examine(
        sources(
            HEAD + "kind: baseline\n"
            "retention: {care: {covers: [health], keep: P8Y, after: treatment-ended}}\n"
        )
    )
)

CLEAN = whole().replace("messages:\n", "messages:\n", 1)


def found(text: str) -> list[Finding]:
    return list(lint(compile_sources(sources(text)), (YARDSTICK,)))


def test_nothing_is_found_in_a_policy_that_says_all_it_should() -> None:
    assert found(whole()) == []


@pytest.mark.parametrize("packs", [("baseline-law", "baseline-nhs-code")])
def test_nothing_is_found_in_the_model(packs: tuple[str, ...]) -> None:
    yardsticks = tuple(baseline(examine(read_pack(name))) for name in packs)

    assert lint(compile_pack("model"), yardsticks) == ()


PURPOSE = "    by: {visitor: one, reception: day, system: all}\n"

CASES = {
    "decide-open": (
        whole("ownership: {sale-of-data: {decide: ask, meanwhile: never}}\n"),
        "ownership.sale-of-data",
    ),
    "controller-unidentified": (
        whole().replace('address: "1 Cork Street", ', ""),
        "controllers.zephyr",
    ),
    "controller-unregistered": (
        whole().replace(", ico: ZA000000", ""),
        "controllers.zephyr",
    ),
    "no-contact": (
        whole().replace("email: [privacy@zephyr.example], ", ""),
        "contacts.privacy",
    ),
    "contact-domains-differ": (
        whole().replace("[privacy@", "[privacy@zephyr.test, privacy@"),
        "contacts.privacy",
    ),
    "collected-for-nothing": (
        whole().replace("collects:\n", "collects:\n  cctv: {of: [visitor]}\n"),
        "collects.cctv",
    ),
    "purpose-uses-uncollected": (
        whole().replace("uses: [", "uses: [genetics, "),
        "purposes.enquiry.uses",
    ),
    "no-condition-for-special": (
        whole().replace("uses: [", "uses: [health, "),
        "purposes.enquiry.condition",
    ),
    "no-assessment": (
        whole().replace("basis: contract", "basis: legitimate-interests"),
        "purposes.enquiry.assessment",
    ),
    "purpose-without-role": (whole().replace(PURPOSE, ""), "purposes.enquiry.by"),
    "purpose-without-retention": (
        whole().replace("covers: [identity, contact, enquiry]", "covers: [identity]"),
        "purposes.enquiry",
    ),
    "message-without-channel": (
        whole().replace(", channels: [email]", ""),
        "messages.enquiry-reply",
    ),
    "recipient-inactive": (
        whole(
            "recipients: {z: {kind: payment, role: processor, country: US}}\n",
        ),
        "recipients.z",
    ),
    "shorter-than-guidance": (
        whole() + "  care: {covers: [health], keep: P3Y, after: treatment-ended}\n",
        "retention.care.keep",
    ),
    "right-too-slow": (
        whole("rights: {access: {within: P2M}}\n"),
        "rights.access.within",
    ),
    "no-complaint-route": (
        whole().replace("complaints: {to: privacy, first: clinic, then: ico}\n", ""),
        "complaints",
    ),
    "departure": (
        whole(
            "departures: [{says: Z-1, key: purposes.enquiry.basis, stated: consent, "
            "kept: contract, why: [UK GDPR Article 7]}]\n"
        ),
        "purposes.enquiry.basis",
    ),
    "departure-stale": (
        whole(
            "departures: [{says: Z-1, key: purposes.enquiry.basis, stated: contract, "
            "kept: contract, why: [UK GDPR Article 7]}]\n"
        ),
        "purposes.enquiry.basis",
    ),
}


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_finds_what_it_is_for(rule: str) -> None:
    text, clause = CASES[rule]

    hits = [one for one in found(text) if one.rule == rule]

    assert [one.clause for one in hits] == [clause]
    assert hits[0].message.endswith(".")
    assert hits[0].fix.endswith(".")


def test_every_rule_has_a_case() -> None:
    assert len(RULES) <= len(CASES)
    named = {rule.__name__.replace("_", "-") for rule in RULES}
    assert named <= set(CASES)


def test_what_is_undecided_stops_publishing() -> None:
    line = "ownership: {sale-of-data: {decide: ask, meanwhile: never}}\n"

    [only] = lint(policy(line))

    assert only.severity is Severity.ERROR
    assert only.message == "Not decided: ask. Meanwhile: never."
