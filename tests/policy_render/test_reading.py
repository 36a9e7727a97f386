"""The notice is in plain words: Flesch's reading ease, and sentences that end."""

import re

import pytest

from tests.policy_render.clinics import ALL, notice_of, prose
from tests.policy_render.readability import reading_ease

PLAIN = 60


@pytest.mark.parametrize("name", ALL)
def test_the_short_layer_is_plain(name: str) -> None:
    short = " ".join(f"{point.title}. {point.text}" for point in notice_of(name).short)

    assert reading_ease(short) >= PLAIN


@pytest.mark.parametrize("name", ALL)
def test_the_whole_notice_is_plain(name: str) -> None:
    assert reading_ease(prose(name)) >= PLAIN


@pytest.mark.parametrize("name", ALL)
def test_so_is_each_section(name: str) -> None:
    for section in notice_of(name).sections:
        said = " ".join(text for one in section.clauses for text in one.paragraphs)
        assert reading_ease(said) >= PLAIN, section.title


@pytest.mark.parametrize("name", ALL)
def test_hardly_a_sentence_is_long(name: str) -> None:
    sentences = re.split(r"[.?:]\s", prose(name))
    long = [said for said in sentences if len(said.split()) > 35]

    assert len(long) <= len(sentences) * 0.02, long


def test_the_measure_knows_hard_from_plain() -> None:
    plain = "We keep your file. You can ask us for a copy. It is free."
    hard = (
        "Notwithstanding the aforementioned provisions, personal information may"
        " subsequently be communicated to organisations providing administrative"
        " functionality, in accordance with applicable legislative requirements."
    )

    assert reading_ease(plain) > 90
    assert reading_ease(hard) < 10
