"""What a policy names has to exist; what each entry needs has to be said."""

import pytest

from candour.policy.crossref import REFERENCES
from candour.policy.load import examine
from candour.policy.mistakes import is_slot
from tests.policy.written import CLINIC, HEAD, problem, problems, sources, whole

RECIPIENT = "kind: payment, role: processor"


@pytest.mark.parametrize(
    ("extra", "key", "word"),
    [
        ("premises: {cctv: {purpose: cctv}}", "premises.cctv.purpose", "cctv"),
        (
            f"recipients: {{stripe: {{{RECIPIENT}, for: [payment]}}}}",
            "recipients.stripe.for[0]",
            "payment",
        ),
        ("marketing: {stop: {to: dpo}}", "marketing.stop.to", "dpo"),
        ("marketing: {purpose: offers}", "marketing.purpose", "offers"),
        (
            "marketing: {ask: {box: unticked, where: [popup], by: channel}}",
            "marketing.ask.where[0]",
            "popup",
        ),
        ("advertising: {platforms: [google]}", "advertising.platforms[0]", "google"),
        (
            "cookies: {uses: {x: {purpose: figures, providers: [google]}}}",
            "cookies.uses.x.purpose",
            "figures",
        ),
        ("payments: {providers: [stripe]}", "payments.providers[0]", "stripe"),
        ("rights: {to: [dpo]}", "rights.to[0]", "dpo"),
    ],
)
def test_a_name_that_leads_nowhere(extra: str, key: str, word: str) -> None:
    found = [one for one in problems(whole(extra + "\n")) if one.key == key]

    assert [one.message.startswith(f"'{word}' is not among") for one in found] == [True]


@pytest.mark.parametrize(("pattern", "targets"), REFERENCES)
def test_every_reference_is_checked_where_the_language_has_a_slot(
    pattern: tuple[str | int, ...], targets: tuple[tuple[str, ...], ...]
) -> None:
    lists = {"for", "with", "where", "to", "uses", "providers", "platforms", "brands"}
    path = tuple(
        (0 if pattern[n - 1] in lists and n == len(pattern) - 1 else "cctv")
        if part == "*"
        else part
        for n, part in enumerate(pattern)
    )

    assert is_slot(path)
    assert all(is_slot(target) for target in targets)


def test_a_name_inside_a_decision_is_checked_too() -> None:
    text = whole().replace("to: privacy,", "to: {decide: who?, meanwhile: dpo},")

    assert problem(text).key == "complaints.to"


def test_a_form_may_only_ask_what_is_collected() -> None:
    text = whole().replace("asks: [identity.name", "asks: [genetics, identity.name")

    assert str(problem(text)).endswith(
        "forms.enquiry.asks[0]: 'genetics' is asked for but is not under 'collects'. "
        "Add it there, or do not ask."
    )


@pytest.mark.parametrize(
    ("taken", "key"),
    [
        ("    basis: contract\n", "purposes.enquiry.basis"),
        ("purpose: enquiry, ", "messages.enquiry-reply.purpose"),
        (", keep: P1Y", "retention.enquiries.keep"),
        ("covers: [identity, contact, enquiry], ", "retention.enquiries.covers"),
    ],
)
def test_an_entry_that_says_too_little(taken: str, key: str) -> None:
    found = problem(whole().replace(taken, ""))

    assert found.key == key
    assert "is missing" in found.message


def test_a_policy_without_its_main_parts_lacks_each_of_them() -> None:
    assert [one.key for one in problems(HEAD)] == [
        "clinic",
        "contacts",
        "controllers",
        "purposes",
    ]


def test_a_baseline_needs_no_clinic() -> None:
    assert examine(sources(HEAD + "kind: baseline\n")).document.kind == "baseline"


def test_two_rules_over_one_category_are_named_together() -> None:
    text = whole("  again: {covers: [enquiry], keep: P2Y}\n")

    found = problem(text.replace("\nagain", "\n  again"))

    assert found.key == "retention.again.covers[0]"
    assert "'retention.enquiries' (zephyr/policy.yaml:27:43)" in found.message


def test_a_host_has_one_brand() -> None:
    clinic = CLINIC.replace(
        "hosts: [zephyr.example]}}",
        "hosts: [a.example]}, two: {name: Two, hosts: [a.example]}}",
    )

    assert (
        "already used at zephyr/policy.yaml:8:" in problem(whole(clinic=clinic)).message
    )


def test_a_departure_names_a_key_of_the_policy() -> None:
    row = "{says: Z-1, key: purposes.enquirry.basis, stated: a, kept: b, why: [x]}"

    found = problem(whole(f"departures: [{row}]\n"))

    assert found.key == "departures[0].key"
    assert found.suggestion == "Did you mean 'purposes.enquiry.basis'?"


def test_a_departure_may_name_a_category_with_its_dot() -> None:
    row = "{says: Z-1, key: collects.identity.name.of, stated: a, kept: b, why: [x]}"

    assert examine(sources(whole(f"departures: [{row}]\n"))).document.departures


def test_own_words_belong_to_a_key() -> None:
    assert problem(whole('words: {purposes.care: "Ours."}\n')).key == (
        "words.purposes.care"
    )
