"""
Where an upload grows until it is whole: one file each in the folder `incoming`, on local disk.

A caller keeps the durable offset in its own record and passes it when it opens the file again;
everything past it is cut off first, so a crash between two flushes leaves no bytes that nobody
acknowledged. The file is locked while it is open: two connections never write to one upload.

After a file was adopted its staging name may survive a crash for a while, as a second name of the
original. Such a file is never opened for writing.
"""

import fcntl
import os
import re
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from app.core.errors import Conflict, IntegrityFailure, NotFound

from . import durable

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


class UploadBusy(Conflict):
    """Another connection is writing to this upload now."""

    slug = "upload-busy"


class Staging:
    """The folder of unfinished uploads, each under the name its caller chose."""

    def __init__(self, folder: Path, *, min_free_bytes: int) -> None:
        self._folder = folder.resolve()
        self._floor = min_free_bytes
        durable.make_folder(self._folder)

    def path(self, name: str) -> Path:
        """Return the file of an upload; names are letters, digits, `-` and `_`, 64 at most."""
        if not _NAME.fullmatch(name):
            raise ValueError("not a name for a staging file")
        return self._folder / name

    def create(self, name: str, *, expected_bytes: int) -> Path:
        """
        Make an empty file for an upload of `expected_bytes` (0 when nobody said).

        Raises InsufficientStorage when so much would leave less free than the floor.
        """
        durable.require_room(self._folder, wanted=expected_bytes, floor=self._floor)
        path = self.path(name)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
        with durable.room():
            os.close(os.open(path, flags, 0o600))
        durable.fsync_folder(self._folder)
        return path

    def open(self, name: str, *, offset: int | Callable[[], int]) -> "StagedFile":
        """
        Open an upload for writing at its durable `offset`, cutting off what lies past it.

        A function is asked for the offset once the file is locked: a number read before that
        may be stale by then, and cutting there would lose bytes that were acknowledged.
        Raises NotFound, UploadBusy, or IntegrityFailure when the file is shorter than `offset`.
        """
        try:
            return StagedFile(self.path(name), offset=offset, floor=self._floor)
        except FileNotFoundError:
            raise NotFound("this upload is not here") from None

    def remove(self, name: str) -> None:
        """Throw an unfinished upload away; nothing happens when it is gone already."""
        self.path(name).unlink(missing_ok=True)

    def sweep(self, *, before: datetime, keep: Collection[str] = ()) -> list[str]:
        """
        Remove what was last written before `before`, except the names in `keep`.

        Files that are open for writing stay. Returns the names that went, in order.
        """
        gone = []
        for path in sorted(self._folder.iterdir()):
            if path.name in keep or path.stat().st_mtime >= before.timestamp():
                continue
            if not _is_locked(path):
                path.unlink(missing_ok=True)
                gone.append(path.name)
        return gone


class StagedFile:
    """One upload, open and locked. Bytes before `durable_offset` survive a power cut."""

    def __init__(self, path: Path, *, offset: int | Callable[[], int], floor: int) -> None:
        self._folder = path.parent
        self._floor = floor
        self._descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            _lock(self._descriptor)
            start = offset() if callable(offset) else offset
            _require_resumable(os.fstat(self._descriptor), start)
            os.ftruncate(self._descriptor, start)
        except BaseException:
            os.close(self._descriptor)
            raise
        self.offset = start
        self.durable_offset = start

    def append(self, chunk: bytes | memoryview) -> None:
        """Write the next bytes; raises InsufficientStorage, leaving the durable part as it was."""
        durable.refuse_after_loss()
        durable.require_room(self._folder, wanted=len(chunk), floor=self._floor)
        durable.write_whole(self._descriptor, chunk, offset=self.offset)
        self.offset += len(chunk)

    def flush(self) -> int:
        """Make everything written so far durable; return the offset up to which it is."""
        durable.fsync(self._descriptor)
        self.durable_offset = self.offset
        return self.durable_offset

    def close(self) -> None:
        """Let go of the file and its lock."""
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _require_resumable(state: os.stat_result, offset: int) -> None:
    """Raise when a file is an original's second name, or lost bytes that were acknowledged."""
    if state.st_nlink != 1:
        raise Conflict("this upload is complete; its bytes are an original now")
    if state.st_size < offset:
        raise IntegrityFailure(
            "the unfinished upload is shorter than its record",
            expected_bytes=offset,
            found_bytes=state.st_size,
        )


def _lock(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UploadBusy("another connection is writing to this upload") from None


def _is_locked(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        _lock(descriptor)
    except UploadBusy:
        return True
    else:
        return False
    finally:
        os.close(descriptor)
