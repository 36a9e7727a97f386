"""Letters of ours: set as PDF/UA, filed sealed with their hash, never changed."""

import hashlib
import io
from typing import Any

import psycopg
import pytest
from pypdf import PdfReader

from candour.core.errors import Invalid
from candour.files import actions, letters
from candour.files.models import Document
from tests.apps.files_office import contents, fresh, on_disk, opened, someone
from tests.factories import NOON, publish_policy

NAME = "Zephyrine Quillfeather"


def data(**changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "sender": {"name": "Quillane", "lines": ["14 Vesper Street", "London W1"]},
        "to": ["Dr Foxglove Underhill", "4 Wharf Lane", "Little Quill"],
        "day": "20 November 2026",
        "subject": f"{NAME}, born 14 June 1981",
        "reference": "P-10042",
        "body": [
            {"text": "Dear Dr Underhill,\n\nThank you for seeing *her* #today."},
            {"heading": "What we did"},
            {"facts": [["Treatment", "Botulinum toxin"], ["Batch", "C-17 žľ"]]},
            {"points": ["Review in two weeks", "Sun cream"]},
        ],
        "signed": ["Yours sincerely", "Ines Falk", "GMC 7012345"],
        "foot": "Sent with her permission of 20 November 2026.",
    }
    return letters.letter(**{**given, **changes})


def test_a_letter_is_tagged_titled_and_carries_its_fonts() -> None:
    pdf = letters.render(letters.LETTER, data(), at=NOON)

    read = PdfReader(io.BytesIO(pdf))
    root: Any = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    text = " ".join(page.extract_text() for page in read.pages)
    for words in (NAME, "*her* #today", "Botulinum toxin", "Ines Falk", "C-17 žľ"):
        assert words in text
    fonts = [
        font.get_object()
        for page in read.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    ]
    assert fonts
    for font in fonts:
        [inside] = font["/DescendantFonts"]
        described = inside.get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & described.keys()


def test_the_same_letter_is_the_same_file() -> None:
    first, second = (letters.render(letters.LETTER, data(), at=NOON) for _ in range(2))

    assert first == second


def test_a_text_cannot_become_a_command() -> None:
    body = [{"text": '#read("/etc/passwd") $x$ @ref <label> \\'}]

    pdf = letters.render(letters.LETTER, data(body=body), at=NOON)

    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert '#read("/etc/passwd")' in text


def filed(person: int, pdf: bytes) -> Document:
    with opened(person) as permit:
        return actions.file_document(
            permit=permit,
            person_id=person,
            kind="letter",
            pdf=pdf,
            template=letters.LETTER,
            title="To Dr Underhill",
            by=permit.by,
            at=NOON,
        )


@pytest.fixture
def person(db: None) -> int:
    publish_policy()
    return someone()


def test_what_is_filed_is_sealed_with_its_hash_and_opens_as_it_was(
    person: int,
) -> None:
    pdf = letters.render(letters.LETTER, data(), at=NOON)

    row = filed(person, pdf)

    [(name, sealed)] = on_disk().items()
    assert name == row.name
    assert b"%PDF" not in sealed
    assert row.sha256 == hashlib.sha256(sealed).hexdigest()
    assert row.filed_sha256 == hashlib.sha256(pdf).hexdigest()
    assert contents(person, row.ref) == pdf


def test_what_is_filed_is_not_deleted_by_hand(person: int) -> None:
    row = filed(person, b"%PDF-1.7 small")

    with pytest.raises(Invalid), opened(person) as permit:
        actions.take_away(
            permit=permit, ref=row.ref, why="not-needed", by=permit.by, at=NOON
        )

    assert fresh(row.ref).state == "clean"


def test_the_database_wants_a_hash_of_what_is_filed(
    person: int, owner_sql: psycopg.Connection[Any]
) -> None:
    row = filed(person, b"%PDF-1.7 small")

    with pytest.raises(psycopg.errors.CheckViolation, match="filed_has_hash"):
        owner_sql.execute(
            "UPDATE files_document SET filed_sha256 = '' WHERE ref = %s", [row.ref]
        )
