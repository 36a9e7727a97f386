"""The key that signs batches, and where their heads are published."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings

from candour.core.errors import Misconfigured


def ensure() -> None:
    """Make the signing key on first set-up; leaves one that exists alone."""
    private, public = _folder() / "trail", _folder() / "trail.pub"
    if private.exists():
        return
    private.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = Ed25519PrivateKey.generate()
    public.write_bytes(key.public_key().public_bytes_raw())
    fresh = private.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_bytes(key.private_bytes_raw())
    fresh.rename(private)


def signing_key() -> Ed25519PrivateKey:
    """Return the key that signs. Raises Misconfigured when its file is missing."""
    try:
        return Ed25519PrivateKey.from_private_bytes((_folder() / "trail").read_bytes())
    except (OSError, ValueError) as cause:
        raise Misconfigured("The trail's signing key is missing or damaged.") from cause


def public_key() -> Ed25519PublicKey:
    """Return the key that checks. Raises Misconfigured when its file is missing."""
    try:
        return Ed25519PublicKey.from_public_bytes(
            (_folder() / "trail.pub").read_bytes()
        )
    except (OSError, ValueError) as cause:
        raise Misconfigured("The trail's public key is missing or damaged.") from cause


def heads_file() -> Path:
    """Return where batch heads are published: beside the data, never inside it."""
    return Path(settings.DATA_DIR) / "trail" / "heads"


def _folder() -> Path:
    return Path(settings.KEYS_DIR)
