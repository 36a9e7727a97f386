"""The compiled policy: equal each time, and what each layer asks of it."""

import gc
import json
from datetime import date

import pytest

from candour.core.errors import Invalid
from candour.law.periods import Period
from candour.policy.compile import Policy, compile_pack, compile_sources
from candour.policy.load import names
from candour.policy.problems import PolicyErrors
from candour.policy.terms import Source
from candour.policy.vocabulary import RecordClass
from tests.policy.written import HEAD, policy, sources, whole

CLINICS = [name for name in names() if not name.startswith("baseline")]


@pytest.mark.parametrize("name", CLINICS)
def test_a_policy_compiles_the_same_from_what_was_stored(name: str) -> None:
    first = compile_pack(name)
    stored = json.loads(json.dumps(dict(first.sources), sort_keys=True))
    turned = list(reversed(stored.items()))

    compile_sources.__globals__["_compiled"].cache_clear()
    again = compile_sources(dict(turned))

    assert again is not first
    assert again == first
    assert hash(again) == hash(first)


def test_the_collector_of_cycles_works_again_after_a_policy_and_after_a_refusal() -> (
    None
):
    compile_sources(sources(whole().replace("P1Y", "P7Y")))
    assert gc.isenabled()

    with pytest.raises(PolicyErrors):
        compile_sources(sources(whole().replace("P1Y", "a while")))
    assert gc.isenabled()


def test_another_text_is_another_policy() -> None:
    one = policy()
    other = compile_sources(sources(whole().replace("P1Y", "P2Y")))

    assert one != other
    assert one.hash != other.hash


@pytest.mark.parametrize("name", CLINICS)
def test_what_every_clinic_here_can_be_asked(name: str) -> None:
    found = compile_pack(name)

    assert found.name == name
    assert found.form("enquiry").fields
    assert "email" in found.reply_channels
    assert found.marketing.purpose in found.purposes
    for channel in found.marketing.channels:
        assert found.clinic in found.marketing.wording(channel)
    assert found.region in ("ENG", "WLS", "SCT", "NIR")
    assert found.brands[0].theme.accent.startswith("#")
    for purpose in found.purposes.values():
        assert purpose.by, purpose.name


def test_a_baseline_is_not_something_to_run() -> None:
    with pytest.raises(PolicyErrors, match="baseline to compare with"):
        compile_sources(sources(HEAD + "kind: baseline\n"))


def test_a_form_has_its_questions_in_order_each_with_why() -> None:
    fields = policy().form("enquiry").fields

    assert [(one.name, one.category, one.required) for one in fields] == [
        ("name", "identity.name", False),
        ("message", "enquiry", False),
        ("email", "contact.email", True),
    ]
    assert all(one.why.endswith(".") for one in fields)
    assert fields[2].clause == "forms.enquiry.requires"


def test_a_reply_as_received_may_go_the_way_the_enquiry_came() -> None:
    text = whole().replace("channels: [email]", "channels: [as-received]")
    text = text.replace(
        "enquiry: {of: [enquirer], from: [website-form]}",
        "enquiry: {of: [enquirer], from: [website-form, whatsapp, other]}",
    )

    found = compile_sources(sources(text))

    assert found.reply_channels == ("email", "whatsapp")
    assert found.message("enquiry-reply").as_received


def test_a_message_that_is_not_stated_is_refused() -> None:
    with pytest.raises(Invalid, match="no message of the kind 'offer'"):
        policy().message("offer")


def test_marketing_names_who_how_and_what_about() -> None:
    found = policy(
        """\
        marketing: {topics: [offers, new-treatments], purpose: enquiry}
        """
    )
    assert found.marketing.channels == ()

    text = whole("marketing: {topics: [offers, new-treatments]}\n").replace(
        "retention:", "  offer: {purpose: enquiry, channels: [sms, email]}\nretention:"
    )
    marketing = compile_sources(sources(text)).marketing

    assert marketing.channels == ("email", "sms")
    assert (
        marketing.wording("sms")
        == "Zephyr may text me about offers and new treatments."
    )


def test_a_clinic_without_marketing_reaches_nobody() -> None:
    found = policy().marketing

    assert (found.purpose, found.channels, found.purposes) == ("", (), frozenset())


def test_how_long_a_class_of_record_is_kept() -> None:
    rule = policy().retention_of(RecordClass.ENQUIRY)

    assert rule is not None
    assert rule.keep == Period(years=1)
    assert (
        rule.says == "We keep this for 1 year from when it was recorded, then erase it."
    )
    assert policy().retention_of(RecordClass.CCTV) is None


def test_the_narrowest_rule_has_a_category() -> None:
    text = whole() + "  email: {covers: [contact.email], keep: P3M, then: erase}\n"
    rules = {rule.name: rule for rule in compile_sources(sources(text)).retention}

    assert rules["email"].covers == {"contact.email"}
    assert "contact.phone" in rules["enquiries"].covers
    assert "contact.email" not in rules["enquiries"].covers


def test_the_law_gives_the_period_where_the_policy_says_law() -> None:
    text = whole() + "  payments: {covers: [payment], keep: law}\n"

    rule = compile_sources(sources(text)).retention_of(RecordClass.PAYMENT)

    assert rule is not None
    assert rule.keep == Period(years=6)


def test_what_survives_an_erasure_and_why() -> None:
    found = policy()
    clinical = found.must_keep(RecordClass.CLINICAL)

    assert clinical is not None
    assert clinical.code == "health-record"
    assert "17(3)" in clinical.article
    assert found.must_keep(RecordClass.ENQUIRY) is None
    assert found.must_keep(RecordClass.IDENTITY) is None


def test_a_clinic_may_erase_what_the_law_lets_it_keep() -> None:
    text = whole() + "  care: {covers: [health], keep: P3Y, on-erasure: erase}\n"

    assert compile_sources(sources(text)).must_keep(RecordClass.CLINICAL) is None


def test_every_right_is_there_by_law() -> None:
    right = policy().right("access")

    assert (right.within, right.extension_allowed, right.fee) == (None, True, "none")
    assert right.source is Source.LAW
    assert policy().value("rights.access.within").value == "P1M"  # type: ignore[union-attr]


def test_a_promise_quicker_than_the_law_is_kept_as_one() -> None:
    right = policy("rights: {access: {within: P14D, extension: never}}\n").right(
        "access"
    )

    assert right.within == Period(days=14)
    assert not right.extension_allowed
    assert right.source is Source.STATED


@pytest.mark.parametrize(
    ("line", "why_not"),
    [
        ("role: processor", ""),
        ("role: processor, country: IE", ""),
        ("role: {decide: which?, meanwhile: inactive}", "To be decided first: which?."),
        ("role: processor, country: US", "No safeguard is stated"),
        ("role: processor, country: US, safeguard: idta", ""),
    ],
)
def test_nothing_goes_to_a_recipient_while_something_is_not_known(
    line: str, why_not: str
) -> None:
    [found] = policy(
        f"recipients: {{z: {{kind: payment, {line}, gets: [payment]}}}}\n"
    ).recipients

    assert found.active is (why_not == "")
    assert found.why_not.startswith(why_not)


def test_a_recipient_never_gets_what_it_may_never_get() -> None:
    line = (
        "kind: it-support, role: processor, gets: [contact, health], never: [special]"
    )

    [found] = policy(f"recipients: {{z: {{{line}}}}}\n").recipients

    assert "contact.email" in found.gets
    assert not any(word.startswith("health") for word in found.gets)


@pytest.mark.parametrize(
    ("host", "brand"),
    [
        ("zephyr.example", "zephyr"),
        ("ZEPHYR.example:8443", "zephyr"),
        ("zephyr.example.", "zephyr"),
        ("localhost", "zephyr"),
        ("", "zephyr"),
    ],
)
def test_a_host_finds_its_brand_or_the_first(host: str, brand: str) -> None:
    assert policy().brand_for(host).slug == brand


def test_who_to_write_to_about_something() -> None:
    assert policy().contact_for("rights").emails == ("privacy@zephyr.example",)
    assert policy().contact_for("weather").slug == "privacy"


def test_a_purpose_there_is_not_has_a_fingerprint_of_its_name() -> None:
    assert len(policy().fingerprint("x")) == 64
    assert policy().fingerprint("x") != policy().fingerprint("y")


def test_two_brands_are_told_apart_by_host() -> None:
    found = compile_pack("private-clinic")

    assert found.brand_for("www.aurora-clinics.co.uk").slug == "aurora"
    assert found.brand_for("www.theprivateclinic.co.uk").slug == "the-private-clinic"


def test_a_fingerprint_changes_with_the_scope_and_only_then() -> None:
    def of(text: str) -> Policy:
        return compile_sources(sources(text))

    one = of(whole())
    same = of(whole().replace("P1Y", "P9Y"))
    wider = of(whole().replace("uses: [identity.name,", "uses: [identity,"))

    assert one.fingerprint("enquiry") == same.fingerprint("enquiry")
    assert one.fingerprint("enquiry") != wider.fingerprint("enquiry")
    assert one.scope("enquiry").within(wider.scope("enquiry"))
    assert not wider.scope("enquiry").within(one.scope("enquiry"))


def test_what_is_still_to_be_decided_is_listed_with_what_holds_meanwhile() -> None:
    line = "ownership: {sale-of-data: {decide: ask the owner, meanwhile: never}}\n"

    found = policy(line)

    assert [(one.key, one.why, one.meanwhile) for one in found.open_decisions] == [
        ("ownership.sale-of-data", "ask the owner", "never")
    ]
    fact = found.value("ownership.sale-of-data")
    assert fact is not None
    assert (fact.value, fact.source, fact.why) == (
        "never",
        Source.DECIDE,
        "ask the owner",
    )


def test_departures_keep_what_is_stated_beside_what_is_done() -> None:
    key = "retention.enquiries.keep"
    row = f"{{says: Z-1, key: {key}, stated: always, kept: P1Y, why: [x]}}"

    [found] = policy(f"departures: [{row}]\n").departures

    assert (found.stated, found.kept, found.why) == ("always", "P1Y", ("x",))


def test_values_below_a_key_come_in_the_order_of_the_file() -> None:
    keys = [fact.key for fact in policy().under("purposes.enquiry")]

    assert keys == [
        "purposes.enquiry.basis",
        "purposes.enquiry.about",
        "purposes.enquiry.uses",
        "purposes.enquiry.by.visitor",
        "purposes.enquiry.by.reception",
        "purposes.enquiry.by.system",
    ]


def test_where_data_may_come_from() -> None:
    assert policy().collected_from == {"website-form"}
    assert policy().effective == date(2026, 9, 1)
