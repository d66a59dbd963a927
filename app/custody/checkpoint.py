"""
Checkpoints (C2SP tlog-checkpoint): the text by which a log is pinned down.

    origin
    number of leaves, decimal
    base64(root)

Whoever keeps one signed checkpoint can later show that the log was rewritten; that is the
whole use of it. The key that signs is named like the log (its origin).
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from app.custody.note import NoteRefused, VerifierKey, check
from app.custody.tiles import HASH_SIZE

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_LINES = 3


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log's name, its number of leaves, and the root of exactly that many."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the three lines; extension lines are refused, for we write none."""
        lines = text.split("\n")
        if len(lines) != _LINES + 1 or lines[-1]:
            raise NoteRefused("a checkpoint has three lines")
        origin, size, encoded, _ = lines
        if not origin or not _SIZE.fullmatch(size):
            raise NoteRefused("a checkpoint names its log and a decimal size")
        try:
            root = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError) as error:
            raise NoteRefused("a checkpoint's root is base64") from error
        checkpoint = cls(origin, int(size), root)
        if len(root) != HASH_SIZE or checkpoint.text != text:
            raise NoteRefused("not the one spelling of a checkpoint")
        return checkpoint


def opened(note: str, keys: Sequence[VerifierKey], *, origin: str | None = None) -> Checkpoint:
    """
    The checkpoint inside a note that one of `keys` signed.

    `NoteRefused` if none did, or if it speaks of another log than `origin`.
    """
    text, _ = check(note, keys)
    checkpoint = Checkpoint.parse(text)
    if origin is not None and checkpoint.origin != origin:
        raise NoteRefused(
            f"a checkpoint of {checkpoint.origin}, not of {origin}",
            expected=origin,
            found=checkpoint.origin,
        )
    return checkpoint


def unchecked(note: str) -> Checkpoint:
    """What a note says, believing nobody: for comparing roots where no key is at hand."""
    text, separator, _ = note.rpartition("\n\n")
    if not separator:
        raise NoteRefused("not a signed note: no signatures after an empty line")
    return Checkpoint.parse(text + "\n")
