"""
What every store of evidence bytes promises, wherever the bytes lie.

An object is named by the SHA-256 of its content and is written once: there is no verb to change or
delete one. What a store has accepted is durable when the verb returns, and was read back and hashed
before that. Keys are `<area>/sha256/<first two hex digits>/<64 hex digits>` on every driver, so a
person with nothing but `sha256sum` can check a store or a backup of it.
"""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol

from app.core.digest import Digest
from app.core.errors import Unavailable

CHUNK = 256 * 1024


class Area(StrEnum):
    """The two kinds of bytes we keep: as they were received, and made from those."""

    ORIGINALS = "originals"
    DERIVATIVES = "derivatives"


class DurabilityLost(Unavailable):
    """
    The system reported that written bytes may not be on disk.

    After a failed fsync the kernel may forget which pages were dirty, so asking again can succeed
    without the bytes being there. The process that met it takes in nothing more until it is
    started anew, and the store's check fails.
    """

    slug = "durability-lost"


class ObjectStore(Protocol):
    """Content-addressed, write-once storage. All verbs are synchronous and may block."""

    def adopt(self, path: Path, *, area: Area, digest: Digest) -> None:
        """
        Take over the fully written local file `path` as the object `digest`; `path` is gone after.

        Idempotent when the object is held already. Raises FixityMismatch when the file, or the
        object held under this name, has another digest; then nothing was replaced and `path` is
        still there.
        """

    def put_bytes(self, content: bytes, *, area: Area) -> Digest:
        """Keep a small object that is already in memory."""

    def open(self, digest: Digest, *, area: Area) -> BinaryIO:
        """
        Open an object as a local regular file, for readers that need a file descriptor.

        Raises FixityMismatch when it is missing.
        """

    def read(self, digest: Digest, *, area: Area, start: int, end: int) -> Iterator[bytes]:
        """
        Give the bytes from `start` up to, not including, `end` in chunks of at most 256 KiB.

        Raises FixityMismatch at once when the object is missing, and IntegrityFailure on the way
        when it is shorter than `end`.
        """

    def size(self, digest: Digest, *, area: Area) -> int:
        """Return the size in bytes; raises FixityMismatch when the object is missing."""

    def exists(self, digest: Digest, *, area: Area) -> bool:
        """Say whether the object is held."""

    def digests(self, area: Area) -> Iterator[Digest]:
        """Name every object of an area in ascending order, for fixity checks and orphan sweeps."""

    def check(self) -> None:
        """Raise what would keep the store from working now; used by /health."""


def key(digest: Digest, area: Area) -> str:
    """Return the name under which every driver keeps an object."""
    return f"{area}/sha256/{digest.hex[:2]}/{digest.hex}"
