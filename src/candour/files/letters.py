"""Letters and filed copies on paper: a template and data in, PDF/UA with fonts out.

    pdf = letters.render(letters.LETTER, data, at=now)
    actions.file_document(kind="letter", pdf=pdf, template=letters.LETTER, …)

Any layer above may bring a template of its own. A template gets data, never markup, so
no text can turn into a command; what it may read besides is nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any


@dataclass(frozen=True, slots=True)
class Template:
    """A typst file that sets `json(bytes(sys.inputs.data))`, by name and version."""

    name: str
    version: str
    source: Traversable


LETTER = Template(
    "letter", "1", resources.files("candour.files").joinpath("paper", "letter.typ")
)


def render(template: Template, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """Return the document as PDF/UA-1: tagged, titled, its fonts inside.

    The same data at the same time gives the same bytes. Raises typst.TypstError when
    the template cannot be set, as for data that lacks what it asks for. Imports typst,
    which is large, when it is called first.
    """
    import typst

    pdf = typst.compile(
        template.source.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=at.astimezone(UTC).replace(microsecond=0),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no single PDF")
    return pdf


def letter(
    *,
    sender: Mapping[str, Any],
    to: list[str],
    day: str,
    subject: str,
    body: list[Mapping[str, Any]],
    signed: list[str],
    reference: str = "",
    foot: str = "",
    accent: str = "#6a2141",
) -> dict[str, Any]:
    """Return the data of LETTER, so that nothing it asks for is forgotten.

    `sender` has name and lines (address, phone). A part of `body` is one of
    {"text": str}, {"heading": str}, {"points": [str]}, {"facts": [[label, value]]}.
    """
    return {
        "sender": dict(sender),
        "to": to,
        "day": day,
        "subject": subject,
        "reference": reference,
        "body": [dict(part) for part in body],
        "signed": signed,
        "foot": foot,
        "accent": accent,
    }
