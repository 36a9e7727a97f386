"""What a category is: its identifier, its label, its record class."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class RecordClass(StrEnum):
    """What kind of record holds a piece of data. Each table names one."""

    ACCOUNT = "account"
    IDENTITY = "identity"
    APPLICANT = "applicant"
    ENQUIRY = "enquiry"
    SCHEDULING = "scheduling"
    CLINICAL = "clinical"
    IMAGE = "image"
    PRESCRIPTION = "prescription"
    CONSENT = "consent"
    MESSAGE = "message"
    MARKETING = "marketing"
    PAYMENT = "payment"
    FEEDBACK = "feedback"
    CALL = "call"
    CCTV = "cctv"
    PROOF = "proof"
    REQUEST = "request"
    COMPLAINT = "complaint"
    INCIDENT = "incident"
    DISCLOSURE = "disclosure"
    TRAIL = "trail"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of data: `identity`, or more narrowly `identity.name`."""

    slug: str
    id: str
    label: str
    record_class: RecordClass
    special: bool

    @property
    def parent(self) -> str | None:
        """Return the wider category, or None for one of the first level."""
        return self.slug.rpartition(".")[0] or None


Narrow = tuple[str, str, str] | tuple[str, str, str, bool]


def tree(
    slug: str,
    record_class: RecordClass,
    identifier: str,
    label: str,
    *narrow: Narrow,
    special: bool = False,
) -> Iterator[Category]:
    """Yield a category and its narrower ones, which take its class.

    A narrow one is (slug, identifier, label) and takes `special` from the wider one
    unless a fourth part says otherwise. An identifier of "" is minted here.
    """

    def row(name: str, id_: str, text: str, is_special: bool) -> Category:
        minted = id_ or f"candour:{name}"
        return Category(name, minted, text, record_class, is_special)

    yield row(slug, identifier, label, special)
    for part in narrow:
        is_special = part[3] if len(part) == 4 else special
        yield row(f"{slug}.{part[0]}", part[1], part[2], is_special)
