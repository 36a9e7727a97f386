"""What is written in a file: in a few words or many, and never a card's number."""

from candour.core.errors import Invalid
from candour.people.cards import refuse_cards

NOTE_MAX = 20_000  # characters
REASON_MAX = 500  # characters
DETAIL_MAX = 1_000  # characters


def plain(text: str) -> str:
    """Return a text with line breaks of one kind and nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def checked(text: str, *, most: int, missing: str = "") -> str:
    """Return a text as it is kept.

    Raises Invalid where it is `missing`, longer than `most` characters, or seems to
    hold a card number (PCI DSS 3).
    """
    kept = plain(text)
    if not kept and missing:
        raise Invalid(missing)
    if len(kept) > most:
        raise Invalid(f"This is longer than {most:,} characters. Make it shorter.")
    refuse_cards(kept)
    return kept
