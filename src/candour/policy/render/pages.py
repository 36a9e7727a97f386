"""The notice and the cookie notice as single pages: they load nothing, and print."""

from collections.abc import Iterable, Iterator
from html import escape

from candour.policy.compiled.rules import Theme
from candour.policy.render.doc import Clause, CookieNotice, NoticeDoc, Section, Table
from candour.policy.render.text import BROWSERS, cookie_tables
from candour.policy.render.words.plain import day

_STYLE = """
:root {{ color-scheme: light; }}
body {{ font: 1.05rem/1.55 Georgia, serif; margin: 0; color: {ink};
  background: {paper}; overflow-wrap: anywhere; }}
main {{ max-width: 44rem; margin: 0 auto; padding: 2rem 1.2rem 4rem; }}
h1, h2, h3, a {{ color: {accent}; }}
h1 {{ font-size: 2rem; line-height: 1.2; margin: 0 0 0.5rem; }}
h2 {{ font-size: 1.4rem; margin: 2.5rem 0 0.5rem; }}
h3 {{ font-size: 1.1rem; margin: 1.6rem 0 0.3rem; }}
p, ul, ol {{ margin: 0.5rem 0; }}
ul, ol {{ padding-left: 1.3rem; }}
nav ol {{ columns: 16rem; list-style: none; padding: 0; }}
.lead {{ font-size: 1.15rem; }}
.note {{ border-left: 2px solid; padding-left: 0.7rem; font-size: 0.9rem; }}
.due {{ font-weight: bold; }}
table {{ border-collapse: collapse; width: 100%; margin: 0.8rem 0;
  font-size: 0.92rem; }}
th, td {{ border: 1px solid #767074; padding: 0.35rem 0.5rem; text-align: left;
  vertical-align: top; overflow-wrap: break-word; }}
@media (max-width: 40rem) {{
  thead {{ position: absolute; left: 0; width: 1px; overflow: hidden;
    clip-path: inset(50%); }}
  table, tbody, tr, th, td {{ display: block; }}
  tbody th {{ border-bottom: 0; }}
  td {{ border-top: 0; border-bottom: 0; }}
  td::before {{ content: attr(data-label) ": "; font-weight: bold; }}
  tr {{ border-bottom: 1px solid #767074; margin-bottom: 0.8rem; }}
}}
@page {{ size: A4; margin: 20mm 22mm; }}
@media print {{
  body {{ background: #fff; color: #000; font-size: 10.5pt; line-height: 1.4; }}
  main {{ max-width: none; padding: 0; }}
  nav {{ display: none; }}
  h2, h3 {{ break-after: avoid; }}
  tr, li, .note {{ break-inside: avoid; }}
  thead {{ display: table-header-group; }}
  p {{ orphans: 3; widows: 3; }}
}}
"""


def notice_page(notice: NoticeDoc, theme: Theme) -> str:
    """Return the privacy notice as one page: in short, then clause by clause.

    Each section and clause has the anchor of the site's page (`c-3-2`), so that a link
    into one leads to the same place in the other.
    """
    title = f"{notice.title}: {notice.clinic}"
    return _page(title, notice.language, theme, _notice(notice))


def cookie_page(notice: CookieNotice, theme: Theme) -> str:
    """Return the cookie notice as one page."""
    return _page(notice.title, "en-GB", theme, _cookies(notice))


def _page(title: str, language: str, theme: Theme, body: Iterable[str]) -> str:
    style = _STYLE.format(paper=theme.paper, ink=theme.ink, accent=theme.accent)
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{escape(language)}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{escape(title)}</h1>",
            *body,
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )


def _notice(notice: NoticeDoc) -> Iterator[str]:
    version = f"Version {notice.version}, in force from {day(notice.effective)}."
    yield f"<p>{escape(version)} {escape(notice.controller)}</p>"
    yield f'<p class="lead">{escape(notice.lead)}</p>'
    yield '<h2 id="short">In short</h2>'
    yield "<ul>"
    for point in notice.short:
        title, text = escape(point.title), escape(point.text)
        yield f"<li><strong>{title}.</strong> {text}</li>"
    yield "</ul>"
    yield '<nav aria-labelledby="contents">'
    yield '<h2 id="contents">In full</h2>'
    yield "<ol>"
    for section in notice.sections:
        name = escape(f"{section.number} {section.title}")
        yield f'<li><a href="#{_anchor(section.number)}">{name}</a></li>'
    yield "</ol>"
    yield "</nav>"
    for section in notice.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    anchor = _anchor(section.number)
    yield f'<section aria-labelledby="{anchor}">'
    yield f'<h2 id="{anchor}">{escape(f"{section.number} {section.title}")}</h2>'
    for clause in section.clauses:
        yield from _clause(clause)
    yield "</section>"


def _clause(clause: Clause) -> Iterator[str]:
    title = escape(f"{clause.number} {clause.title}")
    yield f'<h3 id="{_anchor(clause.number)}">{title}</h3>'
    yield from _paragraphs(clause.paragraphs)
    if clause.items:
        items = "".join(f"<li>{escape(item)}</li>" for item in clause.items)
        yield f"<ul>{items}</ul>"
    if clause.table is not None:
        yield from _table(clause.table)
    for note in clause.margin:
        due = " due" if note.state == "due" else ""
        said = escape(f"{note.word}: {note.text}")
        yield f'<p class="note{due}">{said}</p>'


def _cookies(notice: CookieNotice) -> Iterator[str]:
    version = f"Version {notice.version}, in force from {day(notice.effective)}."
    yield f"<p>{escape(version)}</p>"
    yield f'<p class="lead">{escape(notice.lead)}</p>'
    yield from _paragraphs(notice.paragraphs)
    for title, table in cookie_tables(notice):
        yield f"<h2>{escape(title)}</h2>"
        yield from _table(table)
    yield f"<h2>{escape(BROWSERS)}</h2>"
    yield from _paragraphs(notice.help)
    yield from _table(notice.browsers)


def _paragraphs(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield f"<p>{escape(text)}</p>"


def _table(table: Table) -> Iterator[str]:
    # The roles stay where a narrow screen shows the cells one below the other.
    heads = "".join(
        f'<th role="columnheader" scope="col">{escape(name)}</th>'
        for name in table.head
    )
    yield f'<table role="table"><thead role="rowgroup"><tr role="row">{heads}</tr>'
    yield '</thead><tbody role="rowgroup">'
    for first, *others in table.rows:
        cells = "".join(
            f'<td role="cell" data-label="{escape(name)}">{escape(cell)}</td>'
            for name, cell in zip(table.head[1:], others, strict=True)
        )
        head = f'<th role="rowheader" scope="row">{escape(first)}</th>'
        yield f'<tr role="row">{head}{cells}</tr>'
    yield "</tbody></table>"


def _anchor(number: str) -> str:
    """Return the anchor of a number, as the site's pages write it: 3.2 is `c-3-2`."""
    return f"c-{number.replace('.', '-')}"
