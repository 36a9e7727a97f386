"""Second steps: their secrets lie sealed in the database; the key is not in it.

Whoever steals a backup has the hashes of passwords, and must not have the digits too.
"""

import base64
from hashlib import sha256

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken

from candour.core.errors import Tampered
from candour.vault.kek import kek


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Seals what an authenticator app and recovery codes are made from."""

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret that was stored. Raises Tampered when it does not open."""
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as cause:
            raise Tampered from cause


def _fernet() -> Fernet:
    own = sha256(b"candour-second-steps:" + kek()).digest()
    return Fernet(base64.urlsafe_b64encode(own))
