"""What was searched for, kept out of addresses.

A name in an address would stand in the browser's history and in every log on the way,
so the word searched for is posted, sealed, and only the sealed form is in the link. It
opens for a working day, on this installation only.
"""

import base64
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

SECONDS = 12 * 3600


def seal(text: str) -> str:
    """Return `text` as it may stand in an address; nothing stays nothing."""
    return _fernet().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """Return what was searched for, or nothing when the link is old or altered."""
    try:
        return _fernet().decrypt(sealed.encode(), ttl=SECONDS).decode()
    except (InvalidToken, ValueError):
        return ""


def _fernet() -> Fernet:
    own = sha256(b"candour-desk-search:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(own))
