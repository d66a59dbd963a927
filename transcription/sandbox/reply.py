"""
What comes back from one confined child, read by somebody who does not trust it.

Records are held to the sizes of `wire` and to the clock; how the child ended is taken from the zygote,
which saw it. What a record holds is for the reader of that trade to judge.
"""

import json
import os
import select
import signal
import time

from transcription.sandbox import wire, zygotes
from transcription.sandbox.limits import Limits
from transcription.sandbox.zygotes import Trade

_GRACE_SECONDS = 5


class BrokeProtocol(Exception):
    """The child wrote what no honest child writes."""


class Crashed(Exception):
    """The child died of what it read."""


class Lost(Exception):
    """The child went away for a reason that does not lie in the file."""


class OutOfTime(Exception):
    """The child was stopped by the clock: `limit` is `wall_seconds` or `cpu_seconds`."""

    def __init__(self, limit: str) -> None:
        super().__init__(limit)
        self.limit = limit


class Reply:
    """One piece of work under way, and the records that come of it."""

    def __init__(self, descriptor: int, limits: Limits, trade: Trade) -> None:
        self._underway = zygotes.submit(descriptor, limits, trade)
        self._due = time.monotonic() + limits.wall_seconds + _GRACE_SECONDS

    def close(self) -> None:
        """Close both pipes; a child that still writes ends at its next write."""
        os.close(self._underway.output)
        os.close(self._underway.ending)

    def record(self) -> tuple[bytes, bytes]:
        """The next record, its kind and body; raises what the module names."""
        kind, length = wire.PREFIX.unpack(self._exactly(wire.PREFIX.size))
        try:
            allowed = wire.limit_of(kind)
        except ValueError:
            allowed = -1
        if length > allowed:
            raise BrokeProtocol
        return kind, self._exactly(length)

    def _exactly(self, size: int) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            self._wait(self._underway.output)
            part = os.read(self._underway.output, size - len(parts))
            if not part:
                self._ended_early()
            parts += part
        return bytes(parts)

    def _wait(self, descriptor: int) -> None:
        left = self._due - time.monotonic()
        if left <= 0 or not select.select([descriptor], [], [], left)[0]:
            raise OutOfTime("wall_seconds")

    def _ended_early(self) -> None:
        """The pipe ended before the trailer: ask the zygote how the child ended, and say so."""
        self._wait(self._underway.ending)
        said = os.read(self._underway.ending, 4096)
        if not said:
            raise Lost
        ending = json.loads(said)
        code = ending["code"]
        if ending["overdue"]:
            raise OutOfTime("wall_seconds")
        if code == -signal.SIGXCPU:
            raise OutOfTime("cpu_seconds")
        if code == -signal.SIGKILL:
            raise Lost
        raise Crashed
