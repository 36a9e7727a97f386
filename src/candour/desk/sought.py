"""What was searched for, kept out of addresses.

A name in an address would stand in the browser's history and in every log on the way,
so the word searched for is posted, sealed, and only the sealed form is in the link. It
opens for a working day, on this installation only.
"""

import base64
from collections.abc import Sequence
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

SECONDS = 12 * 3600
MOST = 50  # people that people_search gives; a test compares the two


def seal(text: str) -> str:
    """Return `text` as it may stand in an address; nothing stays nothing."""
    return _fernet().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """Return what was searched for, or nothing when the link is old or altered."""
    try:
        return _fernet().decrypt(sealed.encode(), ttl=SECONDS).decode()
    except (InvalidToken, ValueError):
        return ""


def closest(found: Sequence[int] | None) -> int:
    """Return how many people a search was cut off at, or 0 where it found them all.

    Exactly as many as it gives may be all: the page says that there may be more.
    """
    return MOST if found is not None and len(found) >= MOST else 0


def _fernet() -> Fernet:
    own = sha256(b"candour-desk-search:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(own))
