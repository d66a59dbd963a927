"""
The few file operations that decide whether a crash loses anything.

Every error is named once here: no room is InsufficientStorage, and an fsync that fails for any other
reason is DurabilityLost, which nobody may answer by calling fsync again. From then on this process
takes in nothing more (`refuse_after_loss`), until it is started anew.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.errors import InsufficientStorage

from .objectstore import DurabilityLost

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_losses: list[DurabilityLost] = []


def refuse_after_loss() -> None:
    """Raise DurabilityLost again when an fsync has failed in this process before."""
    if _losses:
        raise DurabilityLost(_losses[0].message)


@contextmanager
def room() -> Iterator[None]:
    """Turn the system's ways of saying that the disk is full into InsufficientStorage."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            raise InsufficientStorage("the store has no room for these bytes") from error
        raise


def require_room(folder: Path, *, wanted: int, floor: int) -> None:
    """Raise InsufficientStorage when `wanted` bytes more would leave less than `floor` free."""
    free = shutil.disk_usage(folder).free
    if free - wanted < floor:
        raise InsufficientStorage(
            "the store has too little free space for these bytes",
            wanted_bytes=wanted,
            floor_bytes=floor,
        )


def fsync(descriptor: int) -> None:
    """Make what was written to `descriptor` survive a power cut, or raise; never retried."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise InsufficientStorage("the store has no room for these bytes") from error
        lost = DurabilityLost(
            f"writing to disk failed ({errno.errorcode.get(error.errno or 0, 'unknown')}); "
            "restart the service after the disk has been looked at"
        )
        _losses.append(lost)
        raise lost from error


def fsync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make a folder, private to the service, with every missing one above it, durably."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with room():
        folder.mkdir(mode=0o700, exist_ok=True)
    fsync_folder(folder.parent)


def write_whole(descriptor: int, content: bytes | memoryview, *, offset: int) -> None:
    """Write all of `content` at `offset`; the system may take several calls to do so."""
    rest = memoryview(content)
    with room():
        while rest:
            done = os.pwrite(descriptor, rest, offset)
            rest, offset = rest[done:], offset + done
