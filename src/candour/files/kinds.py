"""What may be kept of a person as a file: kinds of it, forms of it, how large.

A kind is what a file is to the clinic (a photograph, a letter); a form is what its
bytes are (JPEG, PDF). The form is found by looking at the bytes, never at a name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

MB = 1_000_000


class Form(StrEnum):
    """What the bytes of a file are, by its media type."""

    JPEG = "image/jpeg"
    HEIC = "image/heic"
    PNG = "image/png"
    PDF = "application/pdf"
    DICOM = "application/dicom"
    MP4 = "video/mp4"
    MOV = "video/quicktime"


PICTURES = frozenset({Form.JPEG, Form.HEIC, Form.PNG})
FILMS = frozenset({Form.MP4, Form.MOV})
PAPERS = PICTURES | {Form.PDF}

# Bytes that a file of each form may have.
LIMITS: Mapping[Form, int] = MappingProxyType(
    {form: 500 * MB if form in FILMS else 50 * MB for form in Form}
)
LARGEST = max(LIMITS.values())
AT_ONCE = 20  # files in one sending

ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        Form.JPEG: "jpg",
        Form.HEIC: "heic",
        Form.PNG: "png",
        Form.PDF: "pdf",
        Form.DICOM: "dcm",
        Form.MP4: "mp4",
        Form.MOV: "mov",
    }
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its table, the purpose it is taken for, the forms it may have.

    `category` is the kind of data that the policy must let the clinic collect.
    """

    slug: str
    label: str
    table: str
    purpose: str
    category: str
    takes: frozenset[Form]


IMAGE, DOCUMENT, PROOF = "files_image", "files_document", "files_proof"
CARE, CHECK = "care", "identity-check"


def _all() -> list[Kind]:
    films = PICTURES | FILMS
    xrays = PICTURES | {Form.DICOM}
    return [
        Kind("photograph", "Photograph", IMAGE, CARE, "images", films),
        Kind("clip", "Video clip", IMAGE, CARE, "images", FILMS),
        Kind("radiograph", "Radiograph", IMAGE, CARE, "images", xrays),
        Kind("letter", "Letter", DOCUMENT, CARE, "correspondence", PAPERS),
        Kind("report", "Report or result", DOCUMENT, CARE, "health", PAPERS),
        Kind("form", "Form", DOCUMENT, CARE, "health", PAPERS),
        Kind(
            "consent", "Signed consent", DOCUMENT, CARE, "consent-to-treatment", PAPERS
        ),
        Kind("identity-proof", "Proof of identity", PROOF, CHECK, "proof", PAPERS),
        Kind("age-proof", "Proof of age", PROOF, CHECK, "proof", PAPERS),
        Kind("relation-proof", "Proof of relation", PROOF, CHECK, "proof", PAPERS),
    ]


KINDS: Mapping[str, Kind] = MappingProxyType({kind.slug: kind for kind in _all()})


def of_form(kind: Kind, form: Form) -> Kind:
    """Return the kind a file is once its form is known: a film is a clip."""
    return KINDS["clip"] if kind.slug == "photograph" and form in FILMS else kind
