"""The record of processing as a page to print, as a table of CSV, and as JSON."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from html import escape

from candour.policy.render.record import Answerable, Entry, Record
from candour.policy.render.words.plain import capital, day

COLUMNS = (
    "purpose",
    "key",
    "clause",
    "controllers",
    "contact",
    "data protection officer",
    "lawful basis",
    "law",
    "assessment",
    "condition for special data",
    "data subjects",
    "data",
    "special data",
    "recipients, country and safeguard",
    "other recipients",
    "time limits for erasure",
    "security measures",
    "still to be decided",
    "policy version",
    "policy hash",
)
_JOINT = " | "
_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)
_STYLE = """
body { font: 1rem/1.5 Georgia, serif; margin: 2rem; color: #1f1a1c; background: #fff; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: left; font-weight: bold; padding: 0.5rem 0; }
th, td { border: 1px solid #767074; padding: 0.4rem; text-align: left;
  vertical-align: top; overflow-wrap: break-word; }
ul { margin: 0; padding-left: 1.1rem; }
table + table { table-layout: fixed; }
table + table th:nth-child(1), table + table th:nth-child(3) { width: 10%; }
table + table th:nth-child(2), table + table th:nth-child(4) { width: 16%; }
table + table th:nth-child(6) { width: 30%; }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  body { margin: 0; font-size: 7.5pt; line-height: 1.3; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
}
"""


def record_json(record: Record) -> str:
    """Return the record as JSON: the shape of `Record`, dates as ISO 8601."""
    data = asdict(record) | {"effective": record.effective.isoformat()}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def record_csv(record: Record) -> str:
    """Return the record as CSV, a row a purpose, each row complete in itself.

    No cell starts with a sign that a spreadsheet takes for a formula: such a cell has
    an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for entry in record.entries:
        writer.writerow([_cell(text) for text in _row(record, entry)])
    return out.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _row(record: Record, entry: Entry) -> tuple[str, ...]:
    who = record.controllers
    return (
        entry.purpose,
        entry.key,
        entry.number,
        _JOINT.join(_about(one) for one in who),
        _JOINT.join(dict.fromkeys(way for one in who for way in one.contact)),
        _JOINT.join(dict.fromkeys(one.officer for one in who)),
        entry.basis,
        _JOINT.join(_law(entry)),
        _assessment(entry),
        entry.condition,
        _JOINT.join(entry.people),
        _JOINT.join(entry.data),
        _JOINT.join(entry.special),
        _JOINT.join(one.said for one in entry.recipients),
        _JOINT.join(one.said for one in record.others),
        _JOINT.join(_limits(entry)),
        _JOINT.join(record.security),
        _JOINT.join(entry.undecided),
        record.version,
        record.hash,
    )


def _about(one: Answerable) -> str:
    numbers = (f"company {one.company}", f"ICO register {one.ico}", *one.registers)
    return f"{one.name}, {one.address} ({', '.join(numbers)})"


def _assessment(entry: Entry) -> str:
    return ", ".join(part for part in (entry.assessment, entry.assessed) if part)


def _law(entry: Entry) -> list[str]:
    return [law for law in (*entry.basis_law, entry.condition_law) if law]


def _limits(entry: Entry) -> list[str]:
    said = [one.said for one in entry.limits]
    return said + [f"{capital(what)}: no time is set." for what in entry.unlimited]


def record_html(record: Record) -> str:
    """Return the record as one page that loads nothing else, and prints on A4."""
    title = escape(f"Record of processing: {record.clinic}")
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en-GB">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{title}</h1>",
            *_body(record),
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )


def _body(record: Record) -> Iterator[str]:
    version = f"Version {record.version}, in force from {day(record.effective)}."
    yield f"<p>{escape(version)} UK GDPR Article 30(1).</p>"
    yield "<p>“You” is the person the data is about. “We” is the clinic.</p>"
    if record.undecided:
        yield f"<p><strong>Still to be decided: {record.undecided}.</strong></p>"
    yield from _controllers(record)
    yield from _purposes(record)
    if record.others:
        yield "<h2>Others who get data</h2>"
        yield _list(one.said for one in record.others)
    yield "<h2>How data is guarded</h2>"
    yield _list(record.security)


def _controllers(record: Record) -> Iterator[str]:
    heads = ("Name", "Address", "Company", "Registers", "Contact", "DPO")
    rows = (
        (
            escape(one.name),
            escape(one.address),
            escape(one.company),
            _list((f"ICO {one.ico}", *one.registers)),
            _list(one.contact),
            escape(one.officer),
        )
        for one in record.controllers
    )
    yield from _table("Who answers for the data", heads, rows)


def _purposes(record: Record) -> Iterator[str]:
    heads = ("Purpose", "Lawful basis", "Whose data", "Data", "Who gets it", "Erased")
    rows = (
        (
            escape(f"{entry.number} {entry.purpose}".strip()),
            _list(_grounds(entry)),
            _list(entry.people),
            _list(_marked(entry)),
            _list(one.said for one in entry.recipients) or "No one",
            _list(_limits(entry)),
        )
        for entry in record.entries
    )
    yield from _table("What data is used for", heads, rows)


def _grounds(entry: Entry) -> Iterator[str]:
    yield f"{capital(entry.basis)} ({'; '.join(entry.basis_law)})"
    if entry.condition:
        yield f"Special data: {entry.condition} ({entry.condition_law})"
    if entry.assessment:
        when = "" if entry.assessed else ", not dated"
        yield f"Assessment: {_assessment(entry)}{when}"
    for why in entry.undecided:
        yield f"To be decided: {why}"


def _marked(entry: Entry) -> list[str]:
    return [
        f"{label} (special)" if label in entry.special else label
        for label in entry.data
    ]


def _table(
    caption: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> Iterator[str]:
    """Yield a table. Heads are text; cells are HTML that is safe already."""
    yield f"<table><caption>{escape(caption)}</caption>"
    names = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    yield f"<thead><tr>{names}</tr></thead><tbody>"
    for first, *others in rows:
        cells = "".join(f"<td>{cell}</td>" for cell in others)
        yield f'<tr><th scope="row">{first}</th>{cells}</tr>'
    yield "</tbody></table>"


def _list(lines: Iterable[str]) -> str:
    """Return the lines as a list, each made safe; one line alone needs no list."""
    safe = [escape(line) for line in lines]
    if len(safe) < 2:
        return "".join(safe)
    return f"<ul>{''.join(f'<li>{line}</li>' for line in safe)}</ul>"
