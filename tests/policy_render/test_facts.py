"""Each clinic's notice says that clinic's facts, and not its neighbour's."""

import pytest

from candour.policy import render
from tests.policy_render.clinics import (
    ALL,
    FIVE,
    changed,
    clause_text,
    notice_of,
    policy_of,
    prose,
)


def test_a_copy_takes_14_days_at_one_clinic_and_30_at_another() -> None:
    copy = "rights.access"

    quick = clause_text("dermaesthetics", copy)
    assert "within 14 days" in quick
    assert "more than one month" in quick
    assert "do not stretch that time" in quick
    assert "within 30 days" in clause_text("ai-beauty", copy)
    for name in ("private-clinic", "pro-aesthetics", "cm-london-medical", "model"):
        assert "We answer within one month." in clause_text(name, copy)


def test_only_the_clinic_that_promised_it_rules_out_more_time() -> None:
    kept = [
        name
        for name in ALL
        if "We never do that" in clause_text(name, "rights.extension")
    ]
    assert kept == ["dermaesthetics"]


@pytest.mark.parametrize(
    ("name", "key", "says"),
    [
        (
            "ai-beauty",
            "retention.clinical",
            "for 11 years after you stop being a patient, or until you turn 25 if you"
            " were treated as a child, whichever is later",
        ),
        (
            "cm-london-medical",
            "retention.clinical",
            "for 7 years after our agreement with you ends.",
        ),
        (
            "dermaesthetics",
            "retention.clinical",
            "for 3 years after you were last in touch with us.",
        ),
        ("dermaesthetics", "retention.access-log", "for 3 years"),
        (
            "pro-aesthetics",
            "retention.clinical",
            "with no end date. Someone looks at it",
        ),
        ("private-clinic", "retention.proof", "only until we have checked it"),
        ("private-clinic", "retention.cctv", "for 31 days after it was recorded"),
        (
            "model",
            "retention.clinical",
            "for 8 years after your last treatment, or until you turn 26 if you were 17"
            " when your treatment ended or until you turn 25",
        ),
        ("model", "retention.payments", "6 years after the end of our financial year"),
        (
            "model",
            "retention.identity",
            "for as long as we keep anything else about you",
        ),
    ],
)
def test_how_long_is_said_in_words(name: str, key: str, says: str) -> None:
    assert says in clause_text(name, key)


def test_a_period_nobody_set_is_said_to_be_missing_and_marked() -> None:
    clause = next(
        one
        for one in notice_of("private-clinic").clauses()
        if one.key == "retention.patient-record"
    )

    assert "We must still do that" in clause.paragraphs[0]
    assert not any(letter.isdigit() for letter in clause.paragraphs[0])
    assert [note.word for note in clause.margin if note.state == "due"] == [
        "Not decided yet"
    ]


def test_a_period_that_only_holds_meanwhile_is_printed_and_marked() -> None:
    clause = next(
        one for one in notice_of("ai-beauty").clauses() if one.key == "retention.web"
    )

    assert "for 13 months" in clause.paragraphs[0]
    assert any(note.state == "due" for note in clause.margin)


def test_who_answers_for_the_data_is_named() -> None:
    assert "ZA406076" in clause_text("ai-beauty", "controllers")
    assert "10036829" in clause_text("private-clinic", "controllers")
    assert "06293464" in clause_text("private-clinic", "controllers")
    assert notice_of("dermaesthetics").controller == (
        "Dermaesthetics and MG Aesthetics are responsible for your data."
    )
    assert "either of them" in clause_text("dermaesthetics", "arrangement")
    assert "yet to add the ICO register number" in clause_text(
        "pro-aesthetics", "controllers"
    )


def test_whom_to_write_to_is_said_or_said_to_be_missing() -> None:
    assert "data@ai-beauty.co.uk" in clause_text("ai-beauty", "contacts")
    assert "privacy@proclinics.co.uk" in clause_text("pro-aesthetics", "contacts")
    assert "W1G 7HZ" in clause_text("private-clinic", "contacts")
    for name in ("cm-london-medical", "dermaesthetics"):
        text = clause_text(name, "contacts")
        assert "yet to give an address" in text
        assert "Your data" in text
        assert "@" not in text


def test_photographs_are_shown_only_where_the_clinic_says_so() -> None:
    shown = {name: clause_text(name, "photographs") for name in ("model", *FIVE)}

    assert "you clearly agreed and you wrote a review" in shown["cm-london-medical"]
    assert "only if you clearly agreed" in shown["model"]
    for name in ("private-clinic", "ai-beauty", "dermaesthetics", "pro-aesthetics"):
        assert "We never show a picture of you" in shown[name]


def test_only_who_bought_may_be_written_to_without_a_yes_and_only_where_said() -> None:
    soft = [
        name for name in ALL if "If you have bought" in clause_text(name, "marketing")
    ]

    assert soft == ["ai-beauty", "pro-aesthetics"]
    assert "WeChat" in clause_text("ai-beauty", "marketing")
    assert "offers and promotions by email or text message" in clause_text(
        "dermaesthetics", "marketing"
    )
    assert "by email" in clause_text("private-clinic", "marketing")
    assert "text message" not in clause_text("private-clinic", "marketing")


def test_a_stop_at_the_private_clinic_counts_for_both_names() -> None:
    text = clause_text("private-clinic", "marketing.stop")

    assert "counts for all our names" in text
    assert "Reply to the email" in text
    assert "the top and the bottom" in text
    assert "only if you say yes in it" in text


def test_any_breach_is_told_where_it_was_promised_and_high_risk_elsewhere() -> None:
    assert "however small the risk" in clause_text("ai-beauty", "breach")
    for name in ALL:
        text = clause_text(name, "breach")
        assert "72 hours" in text
        if name != "ai-beauty":
            assert "high risk" in text


def test_cameras_and_calls_only_where_there_are_any() -> None:
    cameras = [name for name in ALL if "cameras in the clinic" in prose(name)]
    calls = [name for name in ALL if "We may record calls" in prose(name)]

    assert cameras == ["cm-london-medical", "private-clinic"]
    assert calls == ["private-clinic"]


def test_data_stays_in_the_uk_only_where_that_was_promised() -> None:
    stays = [
        name
        for name in ALL
        if "It does not go anywhere else." in clause_text(name, "security.storage")
    ]
    assert stays == ["model", "dermaesthetics"]


def test_nobody_under_16_is_collected_at_the_private_clinic() -> None:
    assert "anyone under 16" in clause_text("private-clinic", "children")
    assert "under 16" not in prose("ai-beauty")
    assert "parent or guardian agrees" in clause_text("ai-beauty", "children")


def test_firms_that_get_data_are_named_and_idle_ones_are_said_to_be() -> None:
    clause = next(
        one for one in notice_of("ai-beauty").clauses() if one.key == "recipients"
    )
    assert clause.table is not None
    rows = {row[0]: row for row in clause.table.rows}

    assert {"Payzone Ltd", "Google", "Facebook", "Taboola", "Your GP"} <= set(rows)
    assert rows["Google"][3] == "Nothing goes there today"
    assert rows["Your GP"][3].startswith("In charge of what is done with it")
    assert "your health" in rows["Your GP"][2]
    assert "the law makes us" in rows["Bodies that check on us"][3]


def test_the_enquiry_form_is_told_as_it_is() -> None:
    private = clause_text("private-clinic", "forms.enquiry")

    assert (
        "You have to give: name, email address, phone number and postcode." in private
    )
    assert "WeChat name" in clause_text("ai-beauty", "forms.enquiry")
    assert "You have to give: name, email address and what you ask us." in clause_text(
        "ai-beauty", "forms.enquiry"
    )


@pytest.mark.parametrize("name", ALL)
def test_all_that_article_13_asks_is_there(name: str) -> None:
    flat = " ".join(render.to_text(policy_of(name)).split())

    for controller in policy_of(name).controllers:
        assert controller.name in flat
    for said in (
        "UK GDPR Article 6(1)",
        "UK GDPR Article 9(2)",
        "You can object.",
        "We keep this",
        "have a copy of it",
        "ask us to erase your data",
        "put it right",
        "keep your data but not use it",
        "in a form that other systems can read",
        "What you agreed to, you can take back",
        "ico.org.uk/make-a-complaint",
        "0303 123 1113",
        "within 30 days that we have it",
        "No machine decides",
        "there may be services we cannot give you",
        "in the UK",
        "may get your data",
    ):
        assert said in flat, said


@pytest.mark.parametrize("name", ["model", "ai-beauty", "dermaesthetics"])
def test_what_must_be_given_is_set_apart_from_what_may_be(name: str) -> None:
    clause = next(one for one in notice_of(name).clauses() if one.key == "need")

    assert clause.table is not None
    needs = [row[0] for row in clause.table.rows]
    assert needs == ["We cannot serve you without it", "You choose"]


@pytest.mark.parametrize("name", ALL)
def test_each_legitimate_interest_is_named(name: str) -> None:
    policy = policy_of(name)

    for purpose in policy.purposes.values():
        if purpose.basis == "legitimate-interests":
            text = clause_text(name, purpose.clause)
            reason = text.partition("reason of our own: ")[2].partition(".")[0]
            assert reason.startswith(("to ", "that ")), (purpose.name, text)


def test_a_changed_fact_changes_its_clause_and_no_other() -> None:
    before = {one.key: one for one in notice_of("ai-beauty").clauses()}
    policy = changed("ai-beauty", "keep: P11Y", "keep: P9Y")
    after = {one.key: one for one in render.notice(policy).clauses()}

    assert [key for key in before if before[key] != after[key]] == [
        "retention.clinical"
    ]
    assert "for 9 years" in after["retention.clinical"].paragraphs[0]
