"""
Objects as plain files on a local disk, the embedded default.

The order of an adoption, each step of which a test watches in a system call trace: the file is
complete -> mode 0444 -> fsync -> read back and hashed -> hard link to its final name, which fails
rather than overwrite -> fsync of the folder and of the one above it -> the staging name is removed.
Killed at any point, it leaves either no object or a whole one, and doing it again completes it.

Reading back asks the kernel, which may answer from memory: it finds bytes damaged on their way
through us, not a disk that lies. Disks are what the recurring fixity check is for.
"""

import errno
import os
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from app.core.digest import Digest
from app.core.errors import FixityMismatch, IntegrityFailure, Unavailable

from . import durable
from .objectstore import CHUNK, Area, key

READ_ONLY = 0o444
# Names that are no digest are not ours: an editor's backup, a file manager's cache.
_HEX = re.compile(r"[0-9a-f]{64}")


class LocalStore:
    """The store under `root`, which also holds the staging folder, on one filesystem."""

    def __init__(self, root: Path, *, min_free_bytes: int) -> None:
        self._root = root.resolve()
        self._floor = min_free_bytes
        for area in Area:
            durable.make_folder(self._root / area / "sha256")
        self._incoming = self._root / "incoming"
        durable.make_folder(self._incoming)

    def adopt(self, path: Path, *, area: Area, digest: Digest) -> None:
        """See ObjectStore.adopt."""
        durable.refuse_after_loss()
        final = self._root / key(digest, area)
        _settle(path, digest)
        durable.make_folder(final.parent)
        _link(path, final)
        # Another process may have made the folder a moment ago and not yet synced its name, so
        # both names are synced by whoever acknowledges.
        durable.fsync_folder(final.parent)
        durable.fsync_folder(final.parent.parent)
        path.unlink()

    def put_bytes(self, content: bytes, *, area: Area) -> Digest:
        """See ObjectStore.put_bytes."""
        durable.refuse_after_loss()
        durable.require_room(self._incoming, wanted=len(content), floor=self._floor)
        digest = Digest.of_bytes(content)
        path = self._incoming / f"bytes-{uuid.uuid4().hex}"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            try:
                durable.write_whole(descriptor, content, offset=0)
            finally:
                os.close(descriptor)
            self.adopt(path, area=area, digest=digest)
        finally:
            path.unlink(missing_ok=True)
        return digest

    def open(self, digest: Digest, *, area: Area) -> BinaryIO:
        """See ObjectStore.open."""
        try:
            return _open_file(self._root / key(digest, area))
        except FileNotFoundError:
            raise FixityMismatch(expected=str(digest), found=None) from None
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise IntegrityFailure(
                    "a link lies where an object should be", digest=str(digest)
                ) from error
            raise

    def read(self, digest: Digest, *, area: Area, start: int, end: int) -> Iterator[bytes]:
        """See ObjectStore.read."""
        return _chunks(self.open(digest, area=area), digest, start=start, end=end)

    def size(self, digest: Digest, *, area: Area) -> int:
        """See ObjectStore.size."""
        with self.open(digest, area=area) as held:
            return os.fstat(held.fileno()).st_size

    def exists(self, digest: Digest, *, area: Area) -> bool:
        """See ObjectStore.exists."""
        return (self._root / key(digest, area)).is_file()

    def digests(self, area: Area) -> Iterator[Digest]:
        """See ObjectStore.digests."""
        for folder in sorted((self._root / area / "sha256").iterdir()):
            for held in sorted(folder.iterdir()):
                if _HEX.fullmatch(held.name):
                    yield Digest(held.name)

    def check(self) -> None:
        """See ObjectStore.check."""
        durable.refuse_after_loss()
        for folder in (self._incoming, *(self._root / area for area in Area)):
            if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
                raise Unavailable(f"the store's folder {folder.name} cannot be written")
        durable.require_room(self._incoming, wanted=0, floor=self._floor)


def _settle(path: Path, digest: Digest) -> None:
    """Make the staging file read-only and durable, and hash what can be read back."""
    with _open_file(path) as staged:
        os.fchmod(staged.fileno(), READ_ONLY)
        durable.fsync(staged.fileno())
        found = Digest.of_stream(staged)
    if found != digest:
        raise FixityMismatch(expected=str(digest), found=str(found))


def _link(path: Path, final: Path) -> None:
    """Give the file its final name; when the name is taken, make sure that it holds the same."""
    try:
        with durable.room():
            os.link(path, final, follow_symlinks=False)
    except FileExistsError:
        with _open_file(final) as held:
            found = Digest.of_stream(held)
        if found.hex != final.name:
            raise FixityMismatch(expected=f"sha256:{final.name}", found=str(found)) from None
    except OSError as error:
        if error.errno == errno.EXDEV:
            raise Unavailable(
                "the folders incoming, originals and derivatives must lie on one filesystem"
            ) from error
        raise


def _open_file(path: Path) -> BinaryIO:
    """Open a regular file for reading, following no link."""
    return open(path, "rb", opener=_without_links)


def _without_links(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC)


def _chunks(held: BinaryIO, digest: Digest, *, start: int, end: int) -> Iterator[bytes]:
    with held:
        held.seek(start)
        left = end - start
        while left > 0:
            chunk = held.read(min(CHUNK, left))
            if not chunk:
                raise IntegrityFailure(
                    "the stored bytes are shorter than their record", digest=str(digest)
                )
            left -= len(chunk)
            yield chunk
