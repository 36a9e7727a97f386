"""No free text keeps a payment card's number or its security code (PCI DSS 3)."""

from candour.core.errors import Invalid
from candour.law.numbers import holds_card_number, holds_security_code

CARD = (
    "There seems to be a payment card number in this. Card numbers are never kept"
    " here: take it out, then save."
)


def holds_card(text: str) -> bool:
    """Say whether a text seems to hold a card's number or security code."""
    return holds_card_number(text) or holds_security_code(text)


def refuse_cards(text: str) -> None:
    """Raise Invalid where a text seems to hold a card's number or security code."""
    if holds_card(text):
        raise Invalid(CARD)
