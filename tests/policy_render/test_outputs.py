"""The same notice as Markdown, as text, as a PDF, and the cookie notice."""

import io
import re
import unicodedata
from typing import Any

import pytest
from pypdf import PdfReader

from candour.policy import render
from candour.policy.render.text import notice_markdown, notice_text
from tests.policy_render.clinics import ALL, changed, notice_of, policy_of


def _pdf(name: str) -> PdfReader:
    return PdfReader(io.BytesIO(render.to_typst(policy_of(name))))


def _letters(text: str) -> str:
    """Return letters and figures only: line breaks and ligatures do not count."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"[^A-Za-z0-9]", "", plain)


@pytest.mark.parametrize("name", ALL)
def test_the_pdf_is_tagged_has_a_title_a_language_and_numbered_pages(name: str) -> None:
    pdf = _pdf(name)
    root: Any = pdf.trailer["/Root"]

    assert pdf.metadata is not None
    assert pdf.metadata.title == f"Privacy notice: {policy_of(name).clinic}"
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert len(pdf.pages) >= 6
    for number, page in enumerate(pdf.pages, start=1):
        assert f"Page {number} of {len(pdf.pages)}" in page.extract_text()


def test_the_pdf_carries_its_fonts() -> None:
    for page in _pdf("model").pages:
        resources: Any = page["/Resources"]
        fonts = resources["/Font"].values()
        for font in fonts:
            inside = font.get_object()["/DescendantFonts"][0].get_object()
            described = inside["/FontDescriptor"].get_object()
            assert any(key.startswith("/FontFile") for key in described)


def test_the_pdf_says_what_the_notice_says() -> None:
    printed = _letters("".join(page.extract_text() for page in _pdf("ai-beauty").pages))

    for clause in notice_of("ai-beauty").clauses():
        assert _letters(f"{clause.number}{clause.title}") in printed
    assert _letters("for 11 years after you stop being a patient") in printed
    assert "NOTDECIDEDYET" in printed.upper()


def test_the_same_policy_gives_the_same_pdf() -> None:
    assert render.to_typst(policy_of("model")) == render.to_typst(policy_of("model"))


def test_text_in_a_pack_never_becomes_a_command_of_the_typesetter() -> None:
    policy = changed(
        "model",
        "clinic:\n  name: Quillane\n",
        'clinic:\n  name: "#panic() $x$ *Q* [a](b) <i> @r"\n',
    )

    pdf = PdfReader(io.BytesIO(render.to_typst(policy)))
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Privacy notice: #panic() $x$ *Q* [a](b) <i> @r"


@pytest.mark.parametrize("name", ALL)
def test_markdown_has_every_clause_once_under_its_number(name: str) -> None:
    markdown = render.to_markdown(policy_of(name))

    heads = re.findall(r"^### ([0-9.]+) ", markdown, re.MULTILINE)
    assert heads == [clause.number for clause in notice_of(name).clauses()]
    assert markdown.startswith("# Privacy notice: ")


def test_markdown_makes_marks_in_a_name_plain() -> None:
    policy = changed(
        "model", "clinic:\n  name: Quillane\n", 'clinic:\n  name: "Qu*ll[a]ne <b>"\n'
    )

    assert "# Privacy notice: Qu\\*ll\\[a\\]ne \\<b\\>" in render.to_markdown(policy)


def test_a_table_in_markdown_has_its_rule_under_its_head() -> None:
    lines = render.to_markdown(policy_of("model")).splitlines()
    rules = [place for place, line in enumerate(lines) if line.startswith("| ---")]

    assert rules
    for place in rules:
        cells = lines[place].count("|")
        assert lines[place - 1].count("|") == cells
        assert lines[place + 1].count("|") == cells


@pytest.mark.parametrize("name", ALL)
def test_plain_text_fits_a_letter_page(name: str) -> None:
    text = render.to_text(policy_of(name))

    assert max(len(line) for line in text.splitlines()) <= 90
    assert "\n\n\n" not in text
    assert text.isprintable() is False
    assert all(letter == "\n" or letter.isprintable() for letter in text)


def test_text_and_markdown_come_from_the_document_alone() -> None:
    document = notice_of("model")

    assert notice_text(document) == render.to_text(policy_of("model"))
    assert notice_markdown(document) == render.to_markdown(policy_of("model"))


@pytest.mark.parametrize("name", ALL)
def test_the_cookie_notice_lists_what_is_set_by_name_and_nothing_else(
    name: str,
) -> None:
    cookies = render.cookie_notice(policy_of(name))

    assert [cookie.name for cookie in cookies.cookies] == ["sessionid", "csrftoken"]
    for cookie in cookies.cookies:
        assert cookie.needs.startswith("Nothing")
        assert cookie.lasts
        assert cookie.why.endswith(".")
    assert "nothing else" in cookies.lead


def test_what_the_policy_says_of_other_cookies_waits_for_a_yes() -> None:
    planned = {name: render.cookie_notice(policy_of(name)).planned for name in ALL}

    assert planned["model"] == ()
    assert planned["dermaesthetics"] == ()
    assert {one.needs for one in planned["ai-beauty"]} == {"Your yes"}
    assert "Taboola" in planned["ai-beauty"][2].set_by
    assert [one.set_by for one in planned["cm-london-medical"]] == [
        "Us",
        "Google Analytics",
    ]


def test_the_cookie_notice_has_a_text_and_a_markdown_form() -> None:
    policy = policy_of("ai-beauty")

    assert "What would need your yes" in render.cookies_to_text(policy)
    assert "| sessionid |" in render.cookies_to_markdown(policy)
    assert "What would need your yes" not in render.cookies_to_text(policy_of("model"))
