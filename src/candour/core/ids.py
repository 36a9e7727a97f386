"""Identifiers that may be shown: they sort by time and say nothing of a person."""

import os
import time
from uuid import UUID

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62
_RANDOM_A = 0xFFF << 64
_RANDOM_B = (1 << 62) - 1


def new_ref() -> UUID:
    """Return a version 7 UUID (RFC 9562 section 5.7): the time, then random bits."""
    moment = time.time_ns() // 1_000_000
    noise = int.from_bytes(os.urandom(10), "big")
    return UUID(
        int=(moment << 80)
        | _VERSION
        | (noise & _RANDOM_A)
        | _VARIANT
        | (noise & _RANDOM_B)
    )
