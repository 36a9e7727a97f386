"""The key-encryption key: one file that is never in a backup."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

from candour.core.errors import Misconfigured
from candour.vault.sealing import KEY_BYTES, new_key


@cache
def kek() -> bytes:
    """Return the key that wraps data keys, from the keys folder.

    Raises Misconfigured when the file is missing: it is made once, by `ensure`, and a
    clinic that lost it must restore it, not be given a new one that opens nothing.
    """
    path = _path()
    try:
        key = path.read_bytes()
    except OSError as cause:
        raise Misconfigured(f"The vault's key is missing: {path.name}") from cause
    if len(key) != KEY_BYTES:
        raise Misconfigured(f"The vault's key is damaged: {path.name}")
    return key


def kek_id() -> str:
    """Return a short name for the key, safe to store beside what it wraps."""
    return hashlib.sha256(b"kek:" + kek()).hexdigest()[:16]


def ensure() -> None:
    """Make the key on first set-up; leaves one that exists alone."""
    path = _path()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_bytes(new_key())
        fresh.rename(path)


def _path() -> Path:
    return Path(settings.KEYS_DIR) / "vault"
