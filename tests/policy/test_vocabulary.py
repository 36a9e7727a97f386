"""The closed lists: complete, two levels deep, each word with an identifier."""

import re
from collections.abc import Collection
from typing import get_args

import pytest

from candour.policy import vocabulary
from candour.policy.compiled import sayings
from candour.policy.language.slots import Keep
from candour.policy.vocabulary import (
    CATEGORIES,
    RecordClass,
    covers,
    expand,
    is_special,
    narrower,
    record_class_of,
)

LISTS = (
    vocabulary.PEOPLE,
    vocabulary.SOURCES,
    vocabulary.BASES,
    vocabulary.CONDITIONS,
    vocabulary.CHANNELS,
    vocabulary.MESSAGES,
    vocabulary.RECIPIENTS,
    vocabulary.EVENTS,
    vocabulary.ATOMS,
    vocabulary.RIGHTS,
)


def test_every_word_has_an_identifier_with_a_known_prefix() -> None:
    words = [identifier for words in LISTS for identifier in words.values()]
    words += [category.id for category in CATEGORIES.values()]

    known = re.compile(r"(dpv|pd|eu-gdpr|candour):[A-Za-z0-9.-]+")

    assert [word for word in words if not known.fullmatch(word)] == []


def test_a_narrow_category_has_the_class_of_the_wide_one() -> None:
    for category in CATEGORIES.values():
        if category.parent is not None:
            assert category.record_class is CATEGORIES[category.parent].record_class
            assert "." not in category.parent


def test_every_record_class_holds_some_category() -> None:
    assert {category.record_class for category in CATEGORIES.values()} == set(
        RecordClass
    )


def test_a_wide_category_covers_the_narrow_ones_and_itself() -> None:
    assert covers("contact", "contact.email")
    assert covers("contact", "contact")
    assert not covers("contact.email", "contact")
    assert not covers("care", "care-team.gp")


def test_expanding_adds_what_is_inside() -> None:
    assert "identity.name" in expand(["identity"])
    assert expand(["identity.name"]) == {"identity.name"}
    assert narrower("genetics") == ("genetics",)


@pytest.mark.parametrize(
    ("category", "special"),
    [
        ("health", True),
        ("health.conditions", True),
        ("treatment.provided", True),
        ("treatment.cost", False),
        ("images.photograph", True),
        ("lifestyle.occupation", False),
        ("contact", False),
        ("enquiry", False),
        ("notes", True),  # something inside it is
    ],
)
def test_special_is_what_article_9_protects(category: str, special: bool) -> None:
    assert is_special(category) is special


def test_record_class_of_a_category() -> None:
    assert record_class_of("enquiry.message") is RecordClass.ENQUIRY


def test_no_word_sells_rents_or_trades_data() -> None:
    words = {word for words in LISTS for word in words}

    assert not any(re.search(r"sell|sale|rent|trade", word) for word in words)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (sayings.ROLES, list(vocabulary.Role)),
        (sayings.BASES, vocabulary.BASES),
        (sayings.ATOMS, vocabulary.ATOMS),
        (sayings.CHANNELS, set(vocabulary.CHANNELS) - {"as-received"}),
        (sayings.EVENTS, vocabulary.EVENTS),
        (vocabulary.BASIS_ARTICLES, vocabulary.BASES),
        (vocabulary.CONDITION_ARTICLES, vocabulary.CONDITIONS),
        (vocabulary.RIGHT_ARTICLES, vocabulary.RIGHTS),
    ],
)
def test_every_word_can_be_said(said: Collection[str], words: Collection[str]) -> None:
    assert set(said) == set(words)


def test_every_word_of_keeping_can_be_said() -> None:
    keep = get_args(Keep)[1]

    assert set(sayings.KEEP_WORDS) == {*keep.words, *keep.published}


def test_what_every_purpose_uses_exists() -> None:
    assert set(vocabulary.ALWAYS_USED) <= set(CATEGORIES)
