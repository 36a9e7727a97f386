"""Set a notice as a PDF. Imports typst, which is large: import this only when asked."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path

import typst

from candour.policy.render.doc import NoticeDoc
from candour.policy.render.words.plain import day

_TEMPLATE = Path(__file__).parent / "notice.typ"


def notice_pdf(notice: NoticeDoc, *, accent: str) -> bytes:
    """Return the notice as PDF/UA-1, tagged, with its fonts inside.

    `accent` is a colour as #rrggbb. The template gets data, never markup, so no text
    can turn into a command. Raises typst.TypstError if the template cannot be set.
    """
    data = asdict(notice)
    data["effective"] = day(notice.effective)
    data["accent"] = accent
    pdf = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"notice": json.dumps(data)},
        timestamp=datetime.combine(notice.effective, time(), tzinfo=UTC),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no single PDF")
    return pdf
