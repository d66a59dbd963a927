"""SHA-256 as a value: bytes stream in, `sha256:<64 hex>` comes out."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO, Self

CHUNK = 1 << 20
_SPELLING = re.compile(r"(?:sha-?256[:=])?([0-9a-fA-F]{64})\Z")


@dataclass(frozen=True, order=True, slots=True)
class Digest:
    """A SHA-256 digest; `hex` is 64 lower-case characters, `str()` the spelling we store."""

    hex: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9a-f]{64}", self.hex):
            raise ValueError("a SHA-256 digest has 64 lower-case hex characters")

    def __str__(self) -> str:
        return f"sha256:{self.hex}"

    @property
    def raw(self) -> bytes:
        """The 32 bytes."""
        return bytes.fromhex(self.hex)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `sha256:<hex>` or bare hex in either case; `ValueError` for anything else."""
        found = _SPELLING.match(text.strip())
        if not found:
            raise ValueError("not a SHA-256 digest: expected sha256:<64 hex characters>")
        return cls(found[1].lower())

    @classmethod
    def of_bytes(cls, content: bytes) -> Self:
        """Digest bytes already in memory."""
        return cls(hashlib.sha256(content).hexdigest())

    @classmethod
    def of_stream(cls, stream: BinaryIO) -> Self:
        """Digest what is left of a binary stream, a mebibyte at a time."""
        hasher = Hasher()
        while chunk := stream.read(CHUNK):
            hasher.update(chunk)
        return cls(hasher.digest().hex)

    @classmethod
    def of_chunks(cls, chunks: Iterable[bytes]) -> Self:
        """Digest an iterable of chunks."""
        hasher = Hasher()
        for chunk in chunks:
            hasher.update(chunk)
        return cls(hasher.digest().hex)


class Hasher:
    """A digest under way; also counts the bytes it has seen (`size`)."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self.size = 0

    def update(self, chunk: bytes | bytearray | memoryview) -> None:
        """Take in the next chunk."""
        self._sha256.update(chunk)
        self.size += len(chunk)

    def digest(self) -> Digest:
        """The digest of everything seen so far."""
        return Digest(self._sha256.hexdigest())
