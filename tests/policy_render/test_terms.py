"""The glossary: short plain words, and the names people know them by."""

import json
import re
from html.parser import HTMLParser

import pytest

from candour.policy.render.terms import (
    glossary,
    glossary_clause,
    glossary_html,
    glossary_json,
    glossary_markdown,
    glossary_text,
)
from candour.policy.render.words.terms import JOINT, TERMS, Term
from tests.policy_render.clinics import ALL, policy_of
from tests.policy_render.readability import reading_ease

WANTED = (
    "Controller",
    "Processor",
    "Lawful basis",
    "Special data",
    "Copy",
    "Correct",
    "Erase",
    "Restrict",
    "Object",
    "Take with you",
    "Consent",
    "Recipient",
    "Safeguard",
    "Cookie",
    "ICO",
)


@pytest.mark.parametrize("term", [*TERMS, JOINT], ids=lambda term: term.word)
def test_each_word_is_told_in_twenty_plain_words(term: Term) -> None:
    assert len(term.means.split()) <= 20
    assert reading_ease(term.means) >= 60
    assert term.means.endswith(".")
    assert not re.search(r"[;()“”]", term.means)


@pytest.mark.parametrize("name", ALL)
def test_every_word_a_notice_needs_is_there_once_in_order(name: str) -> None:
    words = [one.word for one in glossary(policy_of(name))]

    assert set(WANTED) <= set(words)
    assert len(words) == len(set(words))
    assert words == sorted(words, key=str.casefold)


def test_only_a_notice_of_two_explains_what_two_are() -> None:
    joint = [name for name in ALL if JOINT in glossary(policy_of(name))]

    assert joint == ["dermaesthetics"]


def test_the_names_people_know_lead_to_the_word() -> None:
    also = {one.word: one.also for one in TERMS}

    assert "data access request" in also["Copy"]
    assert "personal information" in also["Personal data"]
    assert "personally identifiable information" in also["Personal data"]
    names = [name for some in also.values() for name in some]
    assert len(names) == len(set(names))


def test_every_form_of_the_glossary_has_every_word() -> None:
    policy = policy_of("dermaesthetics")
    terms = glossary(policy)
    markdown, text = glossary_markdown(policy), glossary_text(policy)
    shown: list[str] = []
    parser = HTMLParser()
    parser.handle_data = shown.append  # type: ignore[method-assign, assignment]
    parser.feed(glossary_html(policy))

    rows = json.loads(glossary_json(policy))

    assert [row["word"] for row in rows] == [one.word for one in terms]
    for one in terms:
        assert f"- **{one.word}.** {one.means}" in markdown
        assert f"{one.word}\n    {one.means}" in text
        assert one.word in shown
        assert one.means in "".join(shown)


def test_the_glossary_can_stand_as_a_clause() -> None:
    clause = glossary_clause(glossary(policy_of("model")))

    assert clause.table is not None
    assert {len(row) for row in clause.table.rows} == {len(clause.table.head)}
    assert len(clause.table.rows) == len(TERMS)
