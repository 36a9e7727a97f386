"""The notice and the cookie notice as Markdown and as plain text."""

import re
import textwrap
from collections.abc import Iterator

from candour.policy.render.doc import Clause, Cookie, CookieNotice, NoticeDoc, Table
from candour.policy.render.words.plain import day

_WIDTH = 76
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")


def notice_markdown(notice: NoticeDoc) -> str:
    """Return the notice as Markdown, clauses numbered as on the page."""
    return _join(_notice_markdown(notice))


def notice_text(notice: NoticeDoc) -> str:
    """Return the notice as plain text, 76 letters wide."""
    return _join(_notice_text(notice))


def cookie_markdown(notice: CookieNotice) -> str:
    """Return the cookie notice as Markdown."""
    return _join(_cookie_markdown(notice))


def cookie_text(notice: CookieNotice) -> str:
    """Return the cookie notice as plain text."""
    return _join(_cookie_text(notice))


def _join(blocks: Iterator[str]) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"


def _version(notice: NoticeDoc | CookieNotice) -> str:
    return f"Version {notice.version}, in force from {day(notice.effective)}."


def _notice_markdown(notice: NoticeDoc) -> Iterator[str]:
    yield f"# {_safe(notice.title)}: {_safe(notice.clinic)}"
    yield f"{_safe(_version(notice))} {_safe(notice.controller)}"
    yield _safe(notice.lead)
    yield "## In short"
    yield "\n".join(
        f"- **{_safe(point.title)}.** {_safe(point.text)}" for point in notice.short
    )
    for section in notice.sections:
        yield f"## {section.number} {_safe(section.title)}"
        for clause in section.clauses:
            yield from _clause_markdown(clause)


def _clause_markdown(clause: Clause) -> Iterator[str]:
    yield f"### {clause.number} {_safe(clause.title)}"
    for paragraph in clause.paragraphs:
        yield _safe(paragraph)
    yield "\n".join(f"- {_safe(item)}" for item in clause.items)
    if clause.table:
        yield _table_markdown(clause.table)
    for note in clause.margin:
        yield f"> **{_safe(note.word)}:** {_safe(note.text)}"


def _table_markdown(table: Table) -> str:
    def line(cells: tuple[str, ...]) -> str:
        return f"| {' | '.join(_safe(cell) for cell in cells)} |"

    rule = f"|{' --- |' * len(table.head)}"
    return "\n".join((line(table.head), rule, *(line(row) for row in table.rows)))


def _safe(text: str) -> str:
    """Return the text with what Markdown would read as a mark made plain."""
    return _MARKDOWN.sub(r"\\\1", text)


def _notice_text(notice: NoticeDoc) -> Iterator[str]:
    title = f"{notice.title}: {notice.clinic}"
    yield f"{title.upper()}\n{'=' * len(title)}"
    yield _wrapped(f"{_version(notice)} {notice.controller}")
    yield _wrapped(notice.lead)
    yield _underlined("In short")
    for point in notice.short:
        yield _bullet(f"{point.title}. {point.text}")
    for section in notice.sections:
        yield _underlined(f"{section.number} {section.title}")
        for clause in section.clauses:
            yield from _clause_text(clause)


def _clause_text(clause: Clause) -> Iterator[str]:
    yield f"{clause.number} {clause.title}"
    for paragraph in clause.paragraphs:
        yield _wrapped(paragraph)
    yield "\n".join(_bullet(item) for item in clause.items)
    if clause.table:
        for row in clause.table.rows:
            yield _row_text(clause.table.head, row)
    for note in clause.margin:
        yield _wrapped(f"[{note.word}: {note.text}]")


def _row_text(head: tuple[str, ...], row: tuple[str, ...]) -> str:
    """Write a row as its first cell, then the others each after its head."""
    lines = [_bullet(row[0])]
    lines += [
        _wrapped(f"{name}: {cell}", "    ")
        for name, cell in zip(head[1:], row[1:], strict=True)
        if cell
    ]
    return "\n".join(lines)


def _underlined(text: str) -> str:
    return f"{text}\n{'-' * len(text)}"


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _bullet(text: str) -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent="  * ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


COOKIE_HEAD = (
    "Name",
    "What it is for",
    "Set by",
    "How long",
    "What it waits for",
    "Looked at by",
)
BROWSERS = "See, clear or block cookies"


def _cells(cookie: Cookie) -> tuple[str, ...]:
    return (
        cookie.name,
        cookie.why,
        cookie.set_by,
        cookie.lasts,
        cookie.needs,
        cookie.reviewed,
    )


def cookie_tables(notice: CookieNotice) -> Iterator[tuple[str, Table]]:
    for title, cookies in (
        ("What we set", notice.cookies),
        ("What would need your yes", notice.planned),
    ):
        if cookies:
            yield title, Table(COOKIE_HEAD, tuple(_cells(cookie) for cookie in cookies))


def _cookie_markdown(notice: CookieNotice) -> Iterator[str]:
    yield f"# {_safe(notice.title)}"
    yield _safe(_version(notice))
    yield _safe(notice.lead)
    for paragraph in notice.paragraphs:
        yield _safe(paragraph)
    for title, table in cookie_tables(notice):
        yield f"## {title}"
        yield _table_markdown(table)
    yield f"## {BROWSERS}"
    for paragraph in notice.help:
        yield _safe(paragraph)
    yield _table_markdown(notice.browsers)


def _cookie_text(notice: CookieNotice) -> Iterator[str]:
    yield f"{notice.title.upper()}\n{'=' * len(notice.title)}"
    yield _wrapped(_version(notice))
    yield _wrapped(notice.lead)
    for paragraph in notice.paragraphs:
        yield _wrapped(paragraph)
    for title, table in cookie_tables(notice):
        yield _underlined(title)
        for row in table.rows:
            yield _row_text(table.head, row)
    yield _underlined(BROWSERS)
    for paragraph in notice.help:
        yield _wrapped(paragraph)
    for row in notice.browsers.rows:
        yield _row_text(notice.browsers.head, row)
