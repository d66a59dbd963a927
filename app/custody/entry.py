"""
One entry of the custody log, to the byte.

An entry is RFC 8785 canonical JSON, at most 60 KiB. What enters the tree is a salted
commitment to it, so that tiles, proofs and tree heads can be published without giving
away a word, and so that destroying body and salt leaves a leaf that still proves its
place:

    commitment = SHA-256("earwitness/v1/leaf" 0x00 || salt (32 bytes) || SHA-256(entry))
    leaf hash  = SHA-256(0x00 || commitment)                        (RFC 6962)
"""

import hashlib

from app.core.canonical import Json, canonical
from app.core.errors import TooLarge

VERSION = 1
MAX_BYTES = 60 * 1024
SALT_BYTES = 32
_CONTEXT = b"earwitness/v1/leaf\x00"


def spell(fields: dict[str, Json]) -> bytes:
    """The exact bytes of an entry; `TooLarge` past 60 KiB."""
    body = canonical({"v": VERSION, **fields})
    if len(body) > MAX_BYTES:
        raise TooLarge(
            "a custody entry may hold at most 60 KiB", limit="entry_bytes", allowed=MAX_BYTES
        )
    return body


def commitment(body: bytes, salt: bytes) -> bytes:
    """The 32 bytes that stand for an entry in the tree."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return hashlib.sha256(_CONTEXT + salt + hashlib.sha256(body).digest()).digest()
