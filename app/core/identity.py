"""
Identifiers: UUID version 7 (RFC 9562), as text.

They sort by the time they were made, which keeps keyset pages and indexes in order, and
they say nothing about what they name.
"""

import secrets
import uuid

from app.core import clock


def new_id() -> str:
    """A fresh identifier: 48 bits of milliseconds, then 74 random bits."""
    milliseconds = int(clock.now().timestamp() * 1000)
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= secrets.randbits(12) << 64
    value |= 0b10 << 62
    value |= secrets.randbits(62)
    return str(uuid.UUID(int=value))
