"""Reading letters, what came, what was given to whom, and where paper is kept."""

from uuid import UUID

from candour.core.errors import NotFound
from candour.disclosures.models import Disclosure, Letter, Received
from candour.files.models import Document
from candour.register.permit import Permit, Row

LETTER = (
    "ref", "template", "recipient", "recipient__name", "state", "how", "version",
    "made_at", "changed_at", "filed_at", "sent_at", "document", "by",
)  # fmt: skip
WHOLE = (
    *LETTER, "chosen", "fields", "ground", "ground_says", "reason", "body", "told",
    "why_not", "clause",
)  # fmt: skip
GIVEN = (
    "ref", "to", "purpose", "fields", "ground", "law", "how", "told_at", "told_how",
    "why_not", "reason", "at", "by", "clause", "document", "origin",
)  # fmt: skip
CAME = (
    "ref", "sender_kind", "sender", "received_on", "channel", "about", "told_by",
    "document", "source", "made_at", "by",
)  # fmt: skip
KEPT = ("ref", "kind", "medium", "locator", "title", "made_at", "source", "by")
MOST = 100  # of each kind on one page


def letters(person_id: int, *, permit: Permit) -> list[Row]:
    """Return the letters written about a person, newest first; not those put aside."""
    rows = Letter.objects.filter(person=person_id).exclude(state="dropped")
    return permit.read(rows.order_by("-changed_at", "-pk")[:MOST], *LETTER)


def letter(person_id: int, ref: UUID, *, permit: Permit) -> Row:
    """Return one letter of a person with its text. Raises NotFound."""
    found = permit.read(Letter.objects.filter(person=person_id, ref=ref), *WHOLE)
    if not found:
        raise NotFound
    return found[0]


def given(person_id: int, *, permit: Permit) -> list[Row]:
    """Return what of a person was given to whom, newest first (Art 15(1)(c))."""
    rows = Disclosure.objects.filter(person=person_id).order_by("-at", "-pk")
    return permit.read(rows, *GIVEN)


def received(person_id: int, *, permit: Permit) -> list[Row]:
    """Return the letters that came about a person, newest first."""
    rows = Received.objects.filter(person=person_id)
    return permit.read(rows.order_by("-received_on", "-pk")[:MOST], *CAME)


def places(person_id: int, *, permit: Permit) -> list[Row]:
    """Return where paper and models of a person are kept, newest first."""
    rows = Document.objects.filter(person=person_id, state="clean").exclude(
        medium="electronic"
    )
    return permit.read(rows.order_by("-made_at", "-pk"), *KEPT)
