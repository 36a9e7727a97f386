"""Sealing one value: AES-256-GCM, bound to the place it stands in.

A sealed value is `version | key id | nonce | ciphertext`. What it is bound to (its
key, table, column and row `ref`) is authenticated, so a blob moved to another row or
column does not open. Destroying the key makes every copy unreadable at once.
"""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from candour.core.errors import Tampered

VERSION = b"\x01"
KEY_BYTES = 32
NONCE_BYTES = 12
HEAD = 1 + 16 + NONCE_BYTES


def new_key() -> bytes:
    """Return a fresh 256-bit data key."""
    return AESGCM.generate_key(KEY_BYTES * 8)


def wrap(kek: bytes, key_id: UUID, key: bytes) -> bytes:
    """Return `key` encrypted under the key-encryption key, bound to its id."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(kek).encrypt(nonce, key, key_id.bytes)


def unwrap(kek: bytes, key_id: UUID, wrapped: bytes) -> bytes:
    """Return the data key. Raises Tampered when it was changed or the KEK is wrong."""
    try:
        return AESGCM(kek).decrypt(
            wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], key_id.bytes
        )
    except InvalidTag as cause:
        raise Tampered from cause


def seal(key: bytes, key_id: UUID, place: str, plain: bytes) -> bytes:
    """Return `plain` sealed for `place` (table.column:ref)."""
    nonce = os.urandom(NONCE_BYTES)
    return (
        VERSION
        + key_id.bytes
        + nonce
        + AESGCM(key).encrypt(nonce, plain, _bound(key_id, place))
    )


def key_id_of(sealed: bytes) -> UUID:
    """Return the id of the key that opens `sealed`. Raises Tampered on a torn blob."""
    if len(sealed) < HEAD + 16 or sealed[:1] != VERSION:
        raise Tampered
    return UUID(bytes=bytes(sealed[1:17]))


def unseal(key: bytes, place: str, sealed: bytes) -> bytes:
    """Return what was sealed. Raises Tampered when it was changed or moved."""
    key_id = key_id_of(sealed)
    try:
        return AESGCM(key).decrypt(
            sealed[17:HEAD], sealed[HEAD:], _bound(key_id, place)
        )
    except InvalidTag as cause:
        raise Tampered from cause


def _bound(key_id: UUID, place: str) -> bytes:
    return key_id.bytes + place.encode()
