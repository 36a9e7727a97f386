"""A notice is whole: every part is there, numbered, and leads back to its key."""

import re
from collections import Counter

import pytest

from candour.policy import render
from candour.policy.render.notice import nearest_number
from candour.policy.vocabulary import RIGHTS
from tests.policy_render.clinics import ALL, changed, notice_of, policy_of

_RAW = re.compile(r"[{}]|\bNone\b|unpublished|inactive|[a-z]+-[a-z]+-[a-z]+-[a-z]+")


@pytest.mark.parametrize("name", ALL)
def test_sections_and_clauses_are_numbered_in_order(name: str) -> None:
    sections = notice_of(name).sections

    assert [section.number for section in sections] == [
        str(place) for place in range(1, len(sections) + 1)
    ]
    for section in sections:
        assert [clause.number for clause in section.clauses] == [
            f"{section.number}.{place}" for place in range(1, len(section.clauses) + 1)
        ]


@pytest.mark.parametrize("name", ALL)
def test_no_key_is_printed_twice(name: str) -> None:
    keys = Counter(key for clause in notice_of(name).clauses() for key in clause.keys)

    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("name", ALL)
def test_every_purpose_rule_of_keeping_and_right_has_its_clause(name: str) -> None:
    policy = policy_of(name)
    printed = {key for clause in notice_of(name).clauses() for key in clause.keys}

    assert {purpose.clause for purpose in policy.purposes.values()} <= printed
    assert {rule.clause for rule in policy.retention} <= printed
    assert {f"rights.{right}" for right in RIGHTS if right != "complaint"} <= printed


@pytest.mark.parametrize("name", ALL)
def test_every_value_of_the_policy_leads_to_a_number(name: str) -> None:
    policy = policy_of(name)
    aside = ("candour", "policy", "kind", "extends", "version", "effective", "language")
    hidden = (*aside, "departures", "payments", "feedback", "premises", "clinic")

    lost = [
        fact.key
        for fact in policy.facts.values()
        if not render.number_of(policy, fact.key.replace("[", ".").rstrip("]"))
        and fact.key.partition(".")[0] not in hidden
    ]
    assert lost == []


@pytest.mark.parametrize("name", ALL)
def test_what_decides_an_enquiry_has_a_clause_of_its_own(name: str) -> None:
    policy = policy_of(name)

    allowed = policy.decide("reception", "enquiry")
    refused = policy.decide("marketing", "enquiry")

    assert allowed.allowed
    assert not refused.allowed
    number = render.number_of(policy, refused.clause)
    assert number == render.number_of(policy, "purposes.enquiry")
    assert number.startswith("3.")


def test_a_key_below_a_clause_has_the_number_of_the_clause() -> None:
    policy = policy_of("ai-beauty")
    enquiry = render.number_of(policy, "purposes.enquiry")

    assert render.number_of(policy, "purposes.enquiry.uses") == enquiry
    assert render.number_of(policy, "purposes") == "3"
    assert render.number_of(policy, "retention.clinical.keep").startswith("7.")
    assert render.number_of(policy, "recipients.gp.gets") == "6.1"
    assert render.number_of(policy, "nothing.of.the.kind") == ""
    assert render.number_of(policy, "") == ""


def test_nearest_goes_up_one_step_at_a_time() -> None:
    numbers = {"a": "1", "a.b": "1.2"}

    assert nearest_number(numbers, "a.b.c.d") == "1.2"
    assert nearest_number(numbers, "a.x.y") == "1"
    assert nearest_number(numbers, "ab") == ""


@pytest.mark.parametrize("name", ALL)
def test_each_open_decision_is_marked_once_beside_the_clause_it_leaves_open(
    name: str,
) -> None:
    policy = policy_of(name)
    marks = [
        (clause.number, note.text)
        for clause in notice_of(name).clauses()
        for note in clause.margin
        if note.state == "due"
    ]

    assert len(marks) == len(policy.open_decisions)
    for decision in policy.open_decisions:
        said = [
            text
            for _, text in marks
            if decision.why.rstrip(".?").lower() in text.lower()
        ]
        assert said, decision.key
    assert notice_of(name).draft is bool(policy.open_decisions)


def test_the_model_has_nothing_left_to_decide() -> None:
    assert policy_of("model").open_decisions == ()
    assert not notice_of("model").draft


@pytest.mark.parametrize("name", ALL)
def test_no_word_of_the_language_shows_through(name: str) -> None:
    text = render.to_text(policy_of(name))
    hosts = {host for brand in policy_of(name).brands for host in brand.hosts}

    shown = [word for word in _RAW.findall(text) if word not in hosts]
    assert [word for word in shown if not any(word in host for host in hosts)] == []


@pytest.mark.parametrize("name", ALL)
def test_every_row_has_a_cell_under_each_head(name: str) -> None:
    for clause in notice_of(name).clauses():
        if clause.table is not None:
            widths = {len(row) for row in clause.table.rows}
            assert widths == {len(clause.table.head)}, clause.number


@pytest.mark.parametrize("name", ALL)
def test_every_clause_says_something_in_whole_sentences(name: str) -> None:
    for clause in notice_of(name).clauses():
        assert clause.title[0].isupper()
        assert clause.paragraphs, clause.key
        for paragraph in clause.paragraphs:
            assert paragraph.endswith((".", ":")), (clause.key, paragraph)
            assert "  " not in paragraph
            assert ".." not in paragraph


@pytest.mark.parametrize("name", ALL)
def test_the_short_layer_has_four_to_six_points(name: str) -> None:
    points = notice_of(name).short

    assert 4 <= len(points) <= 6
    assert len({point.title for point in points}) == len(points)


def test_a_clinics_own_words_replace_ours_and_keep_the_law() -> None:
    policy = changed(
        "ai-beauty",
        "\ndepartures:\n",
        '\nwords:\n  purposes.care: "We look after you."\n\ndepartures:\n',
    )

    clause = next(
        one for one in render.notice(policy).clauses() if one.key == "purposes.care"
    )
    assert clause.paragraphs == ("We look after you.",)
    assert clause.law == ("UK GDPR Article 6(1)(b)", "UK GDPR Article 9(2)(h)")


def test_the_same_policy_gives_the_same_notice() -> None:
    first = policy_of("model")
    again = changed("model", "# What a new clinic starts", "# What each clinic starts")

    assert first.hash != again.hash
    assert render.notice(first) == render.notice(again)
