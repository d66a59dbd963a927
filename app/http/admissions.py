"""
Who a token stands for, remembered for as long as nothing at all was recorded.

Whatever changes who may come in (a token revoked, an account disabled, a member admitted or
dismissed) leaves an entry in the custody log in the same transaction. So as long as the
log's head is the one under which a caller was looked up, the answer is still the same, and
reading the head is all a request needs: a revocation holds from its commit on, whichever
process it was committed by. What changes without an entry, by the passing of time, is
looked at every time; and nothing is believed for longer than a few seconds, so that an
operator who changes rows by hand is obeyed too.
"""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime

from app.cases.caller import Caller
from app.core import clock
from app.custody.queries import TreeHead

BELIEVED_S = 3.0


@dataclass(frozen=True, slots=True)
class Known:
    """What a token was found to stand for: under which head, until when, when last noted."""

    caller: Caller
    head: TreeHead
    expires_at: datetime
    noted_at: datetime | None
    looked_up_at: float


class Admissions:
    """The tokens seen last in this process, by the digest of their secret; for threads."""

    def __init__(self, *, most: int = 1024) -> None:
        self._most = most
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, secret_digest: str, *, head: TreeHead) -> Known | None:
        """What is known of a token under exactly this head, if it can still be believed."""
        with self._lock:
            known = self._known.get(secret_digest)
        if (
            known is None
            or known.head != head
            or known.expires_at <= clock.now()
            or known.looked_up_at + BELIEVED_S <= time.monotonic()
        ):
            return None
        return known

    def keep(
        self,
        secret_digest: str,
        *,
        caller: Caller,
        head: TreeHead,
        expires_at: datetime,
        noted_at: datetime | None,
    ) -> Known:
        """Remember what was read in one transaction with `head`."""
        known = Known(caller, head, expires_at, noted_at, time.monotonic())
        with self._lock:
            self._known[secret_digest] = known
            self._known.move_to_end(secret_digest)
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return known

    def noted(self, secret_digest: str, at: datetime) -> None:
        """The use of a token was noted in the database at this instant."""
        with self._lock:
            known = self._known.get(secret_digest)
            if known is not None:
                self._known[secret_digest] = replace(known, noted_at=at)
