"""
Signed notes (C2SP signed-note) with Ed25519: text that carries its signatures.

    text, ending in a newline
    (an empty line)
    — name base64(key id, 4 bytes || signature, 64 bytes)

A key id is the head of SHA-256(name, newline, 0x01, public key), so that a line says which
key it wants. A public key is handed about as one word, the verifier key
`name+hexid+base64(0x01 || public key)`.

Pure: no clock, no files, no network.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from app.core.errors import IntegrityFailure

_ED25519 = b"\x01"
_KEY_BYTES = 32
_ID_BYTES = 4
_DASH = "\u2014 "
_MOST_SIGNATURES = 100


class NoteRefused(IntegrityFailure):
    """A note that is malformed, altered, or signed by nobody we trust."""

    slug = "note-refused"


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """Whose signature is believed: a name and an Ed25519 public key (32 bytes)."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature line names this key."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[
            :_ID_BYTES
        ]

    def __str__(self) -> str:
        key = base64.b64encode(_ED25519 + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `name+hexid+base64`; `NoteRefused` if any part does not fit the others."""
        name, _, rest = text.strip().partition("+")
        key_id, _, encoded = rest.partition("+")
        _refuse_odd_name(name)
        raw = _unbase64(encoded)
        if raw[:1] != _ED25519 or len(raw) != _KEY_BYTES + 1:
            raise NoteRefused("not an Ed25519 verifier key")
        key = cls(name, raw[1:])
        if key.key_id.hex() != key_id:
            raise NoteRefused("the verifier key's id does not fit its name and key")
        return key

    @classmethod
    def of(cls, name: str, private: Ed25519PrivateKey) -> Self:
        """The public half of a signing key."""
        return cls(name, private.public_key().public_bytes_raw())


def sign(text: str, *, name: str, private: Ed25519PrivateKey) -> str:
    """The note: `text`, which ends in a newline, an empty line, and one signature line."""
    _refuse_odd_name(name)
    _refuse_odd_text(text)
    key = VerifierKey.of(name, private)
    signature = base64.b64encode(key.key_id + private.sign(text.encode())).decode()
    return f"{text}\n{_DASH}{name} {signature}\n"


def check(note: str, keys: Sequence[VerifierKey]) -> tuple[str, list[str]]:
    """
    The text of a note and the names of those among `keys` who signed it.

    Lines of keys we do not know are passed over, as the format demands. One line that
    names a known key and does not verify refuses the whole note, and so does a note that
    none of `keys` signed.
    """
    text, separator, lines = note.rpartition("\n\n")
    text += "\n"
    if not separator or not lines.endswith("\n"):
        raise NoteRefused("not a signed note: no signatures after an empty line")
    _refuse_odd_text(text)
    known = {(key.name, key.key_id): key for key in keys}
    signatures = lines.removesuffix("\n").split("\n")
    if len(signatures) > _MOST_SIGNATURES:
        raise NoteRefused(f"more than {_MOST_SIGNATURES} signatures")
    names: list[str] = []
    for line in signatures:
        name, raw = _signature(line)
        key = known.get((name, raw[:_ID_BYTES]))
        if key is None:
            continue
        _verify(key, raw[_ID_BYTES:], text)
        names.append(name)
    if not names:
        raise NoteRefused("signed by none of the keys that are trusted here")
    return text, names


def _verify(key: VerifierKey, signature: bytes, text: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
    except InvalidSignature as error:
        raise NoteRefused(f"the signature of {key.name} does not verify") from error


def _signature(line: str) -> tuple[str, bytes]:
    if not line.startswith(_DASH):
        raise NoteRefused("a signature line begins with an em dash and a space")
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    _refuse_odd_name(name)
    raw = _unbase64(encoded)
    if not space or len(raw) <= _ID_BYTES:
        raise NoteRefused("a signature line holds a name and a signature")
    return name, raw


def _unbase64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteRefused("not base64") from error
    if base64.b64encode(raw).decode() != text:
        raise NoteRefused("base64 in another spelling than the one that is allowed")
    return raw


def _refuse_odd_name(name: str) -> None:
    if not name or "+" in name or any(character.isspace() for character in name):
        raise NoteRefused("a key's name is not empty and holds neither spaces nor plus signs")


def _refuse_odd_text(text: str) -> None:
    if not text.endswith("\n") or any(ord(c) < 0x20 and c != "\n" for c in text):  # noqa: PLR2004 - below the space
        raise NoteRefused("a note's text ends in a newline and holds no control characters")
