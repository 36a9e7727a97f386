"""A departure is proven by what its notice says, put back, or it is stale."""

import pytest

from candour.policy.compile import compile_sources
from candour.policy.lint import Finding, Severity, lint
from candour.policy.lint.variants import UNLISTED
from candour.policy.load import read_pack
from candour.policy.problems import PolicyErrors
from tests.policy.lint.cases import yardsticks


def departing(row: str) -> list[Finding]:
    """Return what is found of the model with one departure, by its row Z-1."""
    text = read_pack("model")["model/policy.yaml"]
    text += f"\ndepartures: [{{says: Z-1, {row}, why: [UK GDPR Article 5]}}]\n"
    policy = compile_sources({"model/policy.yaml": text})
    return [one for one in lint(policy) if one.says == "Z-1"]


def test_a_departure_that_a_rule_confirms_is_a_warning_with_that_rule() -> None:
    row = "key: marketing.ask.box, stated: deemed, kept: unticked"

    [only] = departing(row)

    assert (only.rule, only.severity) == ("deemed-consent", Severity.WARNING)
    assert only.clause == "marketing.ask.box"
    assert only.message.startswith("The published notice (Z-1) says deemed. ")


def test_a_departure_from_what_the_notice_leaves_out_says_so() -> None:
    row = f"key: purposes.care.condition, stated: {UNLISTED}, kept: health-care"

    [only] = departing(row)

    assert only.rule == "no-condition-for-special"
    assert only.message.startswith("The published notice (Z-1) leaves this out. ")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (
            "key: marketing.ask.by, stated: topic, kept: channel",
            "breaks no rule when it is put back",
        ),
        (
            "key: marketing.ask.box, stated: unticked, kept: unticked",
            "breaks no rule when it is put back",
        ),
        (
            "key: marketing.ask.box, stated: whatever, kept: unticked",
            "is no value that this key can have",
        ),
    ],
)
def test_a_departure_that_no_rule_confirms_is_stale(row: str, why: str) -> None:
    [only] = departing(row)

    assert (only.rule, only.severity) == ("departure-stale", Severity.ERROR)
    assert why in only.message


def test_an_objection_at_another_key_proves_nothing() -> None:
    # The cookie of the sign-in would lose its purpose, and the key is that of accounts.
    row = "key: purposes.accounts.basis, stated: contract, kept: legitimate-interests"

    [only] = departing(row)

    assert only.rule == "departure-stale"


def test_an_objection_to_what_is_kept_as_well_proves_nothing() -> None:
    text = read_pack("model")["model/policy.yaml"].replace("P8Y", "P7Y")
    text += (
        "\ndepartures: [{says: Z-1, key: retention.clinical.keep, stated: P6Y, "
        "kept: P7Y, why: [guidance]}]\n"
    )
    policy = compile_sources({"model/policy.yaml": text})

    rules = [one.rule for one in lint(policy, yardsticks())]

    assert rules == ["shorter-than-guidance", "departure-stale"]


def test_a_departure_that_misstates_what_is_kept_is_untrue() -> None:
    row = "key: marketing.ask.box, stated: deemed, kept: asked-by-phone"

    found = departing(row)

    assert [one.rule for one in found] == ["departure-untrue", "deemed-consent"]
    assert "asked-by-phone" in found[0].message
    assert "unticked" in found[0].message


def test_a_word_that_is_only_published_is_refused_among_the_facts() -> None:
    text = read_pack("model")["model/policy.yaml"].replace(
        "box: unticked", "box: deemed"
    )

    with pytest.raises(PolicyErrors) as raised:
        compile_sources({"model/policy.yaml": text})

    [only] = raised.value.problems
    assert only.key == "marketing.ask.box"
    assert "departures" in only.suggestion
