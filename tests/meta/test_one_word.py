"""One word a thing, on every screen and in every letter, notice and paper."""

import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
SAID = (".py", ".html", ".txt", ".md", ".yaml", ".js", ".typ")
OTHERS = {"email": re.compile(r"(?<![A-Za-z])e-mail", re.IGNORECASE)}


def written() -> list[Path]:
    """Return every file whose words somebody may read."""
    places = (TOP / "src", TOP / "docs", TOP / "policies")
    return [
        file
        for place in places
        for file in place.rglob("*")
        if file.suffix in SAID and file.is_file()
    ]


@pytest.mark.parametrize("word", OTHERS)
def test_a_thing_has_one_word(word: str) -> None:
    files = written()
    wrong = [
        str(file.relative_to(TOP))
        for file in files
        if OTHERS[word].search(file.read_text(encoding="utf-8"))
    ]

    assert len(files) > 300
    assert wrong == [], f"write {word}"


def test_the_word_that_is_not_used_would_be_found() -> None:
    assert OTHERS["email"].search("Send us an E-mail.")
    assert not OTHERS["email"].search("change-mail")
