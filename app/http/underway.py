"""
Digests of uploads that are still growing, so that they see the bytes as they come.

A digest taken from the bytes on their way in, and not from the file they were written to,
is what makes reading the file back before it is acknowledged a check: one that bytes
damaged in between do not pass. The state of a hash cannot be kept in a database, so it is
kept in memory, and only for pieces that were acknowledged: an offset once acknowledged
never goes back, so whoever stands at the same offset has seen the same bytes. What is not
here (after a restart, or where another process took a piece) is read from the file.
"""

import threading
from collections import OrderedDict

from app.core.digest import Hasher


class Underway:
    """The digests under way in this process, at most `most`; may be shared by threads."""

    def __init__(self, *, most: int = 1024) -> None:
        self._most = most
        self._kept: OrderedDict[str, Hasher] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, upload_id: str, *, at: int) -> Hasher | None:
        """
        The digest of the first `at` bytes of an upload, or `None` where it is not known.

        It is no longer kept here: whoever took it keeps it again when its piece is whole.
        """
        with self._lock:
            found = self._kept.pop(upload_id, None)
        if at == 0:
            return Hasher()
        return found if found and found.size == at else None

    def keep(self, upload_id: str, hasher: Hasher) -> None:
        """Remember the digest of everything that was acknowledged of an upload."""
        with self._lock:
            self._kept[upload_id] = hasher
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
