"""
The text of a report, frozen.

A snapshot is the text exactly as it was given: no Unicode normalisation, no change of line
ends, no trimming. Every anchor counts characters in it, and its digest is what two people
compare when they ask whether they read the same text; both would be worthless if we
tidied first. What no database or encoding can carry unchanged (NUL, lone surrogates) is
therefore refused, not repaired.
"""

from dataclasses import dataclass

from app.core.digest import Digest
from app.core.errors import Invalid, TooLarge

MAX_CHARACTERS = 2_000_000
"""The longest text kept: about four hundred thousand words, more than any report we know."""


@dataclass(frozen=True, slots=True)
class FrozenText:
    """A text and the SHA-256 of its UTF-8 bytes."""

    text: str
    text_sha256: Digest


def freeze(text: str, *, field: str = "text") -> FrozenText:
    """
    Take a text as it is, with its digest.

    Raises `Invalid` naming `field` for text without a visible character, with a NUL or with a
    lone surrogate, and `TooLarge` past `MAX_CHARACTERS`.
    """
    if len(text) > MAX_CHARACTERS:
        raise TooLarge(
            f"a snapshot holds at most {MAX_CHARACTERS} characters",
            limit="snapshot_characters",
            allowed=MAX_CHARACTERS,
            field=field,
        )
    _refuse_what_nothing_carries(text, field=field)
    if not text.strip():
        raise Invalid("there is no text here to freeze", field=field)
    return FrozenText(text, Digest.of_bytes(text.encode()))


def _refuse_what_nothing_carries(text: str, *, field: str) -> None:
    for position, character in enumerate(text):
        if character == "\0":
            raise Invalid("text holds a NUL character", field=field, position=position)
        if "\ud800" <= character <= "\udfff":
            raise Invalid("text holds a lone surrogate", field=field, position=position)
