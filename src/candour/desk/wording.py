"""How the desk says things: channels, sources, states, in the words of the screen."""

from types import MappingProxyType
from typing import Any

from candour.register.permit import WITHHELD

CHANNELS = MappingProxyType(
    {
        "email": "Email",
        "phone": "Phone call",
        "sms": "Text message",
        "post": "Post",
        "portal": "Their account",
        "whatsapp": "WhatsApp",
        "wechat": "WeChat",
        "other-shared": "Other ways they gave",
    }
)
CONTACTS = MappingProxyType(
    {
        "email": "Email",
        "phone": "Phone",
        "sms": "Mobile",
        "address": "Address",
        "postcode": "Postcode",
        "whatsapp": "WhatsApp",
        "wechat": "WeChat",
    }
)
SOURCES = MappingProxyType(
    {
        "website-form": "Enquiry form",
        "email": "Email",
        "phone": "Phone",
        "in-person": "In person",
        "booking": "Booking",
    }
)
STATUSES = MappingProxyType({"new": "New", "answered": "Answered", "closed": "Closed"})
STATUS_MARKS = MappingProxyType({"new": "due", "answered": "kept", "closed": "quiet"})

# How sending went: the mark and its word.
SENT = MappingProxyType(
    {
        "queued": ("due", "Waiting to be sent"),
        "sending": ("due", "Being sent"),
        "sent": ("kept", "Sent"),
        "held": ("wrong", "Held back: their data is restricted"),
        "failed": ("wrong", "Not delivered"),
        "unknown": ("due", "May not have arrived"),
    }
)
AGREED = MappingProxyType(
    {
        "given": ("kept", "Yes"),
        "unconfirmed": ("due", "Waits for the address to be confirmed"),
        "withdrawn": ("wrong", "Stopped"),
        "objected": ("wrong", "Said no"),
        "lapsed": ("due", "Must be asked again"),
    }
)
NOT_CHOSEN = ("quiet", "Not chosen")


def plainly(slug: str) -> str:
    """Return a slug of the policy as words: `live-chat` becomes "Live chat"."""
    return slug.replace("-", " ").replace("_", " ").capitalize()


def channel(slug: str) -> str:
    """Return a way of reaching somebody, for a list: "Text message"."""
    return CHANNELS.get(slug) or plainly(slug)


def source(slug: str) -> str:
    """Return where something came from: "Enquiry form"."""
    return SOURCES.get(slug) or plainly(slug)


def listed(words: list[str]) -> str:
    """Return words as one line of a table: "Skin, laser"."""
    return ", ".join([*words[:1], *(word[:1].lower() + word[1:] for word in words[1:])])


def given(value: Any) -> Any:
    """Return a value as templates take it: None where it is withheld."""
    return None if value is WITHHELD else value
