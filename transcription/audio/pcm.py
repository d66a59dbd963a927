"""
PCM as it comes from the sandbox, checked by somebody who does not trust the sandbox.

The child is held to its protocol, to the limits and to the clock from this side too; how it ended
is taken from the zygote, which saw it.
"""

import contextlib
import json
import os
import select
import signal
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from transcription.audio import zygotes
from transcription.container import Container, of_header
from transcription.errors import LimitExceeded, SandboxUnavailable, Undecodable
from transcription.sandbox import wire
from transcription.sandbox.limits import Limits, Reason

Result = TypeVar("Result")

_CHUNK_FRAMES = 1 << 16
_GRACE_SECONDS = 5
# What a child may say that stopped it; how it was ended from outside, the zygote says.
_LIMITS = frozenset(
    "decoded_seconds decoded_bytes expansion channels sample_rate_hz memory_bytes".split()
)


@dataclass(frozen=True, slots=True)
class Tally:
    """What decoding came across: frames out, packets skipped, changes of format, an early end."""

    frames: int
    bad_packets: int
    format_changes: int
    truncated: bool


class _Lost(Exception):
    """The decoder went away for a reason that does not lie in the file."""


class Stream:
    """
    One decoding: `container` first, then the PCM by iterating, then `tally`.

    Iterating yields int16 arrays of shape (frames, channels), at most 65,536 frames each; all but
    the last have the same length, so that what is computed from them does not depend on
    how the pipe was cut. Use as a context manager; leaving it early ends the child.
    """

    def __init__(self, descriptor: int, limits: Limits) -> None:
        self._limits = limits
        self._most_bytes = limits.bytes_out_of(os.fstat(descriptor).st_size)
        self._decoding = zygotes.submit(descriptor, limits)
        self._due = time.monotonic() + limits.wall_seconds + _GRACE_SECONDS
        self._frames = 0
        self.tally: Tally | None = None
        try:
            self.container = self._header()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close both pipes; a child that still writes ends at its next write."""
        os.close(self._decoding.output)
        os.close(self._decoding.ending)

    def __iter__(self) -> Iterator[NDArray[np.int16]]:
        width = self.container.channels * 2
        size = _CHUNK_FRAMES * width
        pending = bytearray()
        while self.tally is None:
            kind, body = self._record()
            if kind == wire.TRAILER:
                self._trailer(body)
            elif kind == wire.PCM and len(body) % width == 0:
                self._count(len(body) // width)
                pending += body
            else:
                raise Undecodable(Reason.BROKE_PROTOCOL)
            while len(pending) >= size:
                yield self._array(bytes(pending[:size]))
                del pending[:size]
        if pending:
            yield self._array(bytes(pending))

    def _array(self, data: bytes) -> NDArray[np.int16]:
        return np.frombuffer(data, dtype="<i2").reshape(-1, self.container.channels)

    def _count(self, frames: int) -> None:
        self._frames += frames
        if self._frames > self._limits.decoded_seconds * self.container.sample_rate_hz:
            raise LimitExceeded("decoded_seconds", self._limits.decoded_seconds)
        if self._frames * self.container.channels * 2 > self._limits.decoded_bytes:
            raise LimitExceeded("decoded_bytes", self._limits.decoded_bytes)
        if self._frames * self.container.channels * 2 > self._most_bytes:
            raise LimitExceeded("expansion", self._limits.expansion)

    def _record(self) -> tuple[bytes, bytes]:
        kind, length = wire.PREFIX.unpack(self._exactly(wire.PREFIX.size))
        try:
            allowed = wire.limit_of(kind)
        except ValueError:
            allowed = -1
        if length > allowed:
            raise Undecodable(Reason.BROKE_PROTOCOL)
        return kind, self._exactly(length)

    def _exactly(self, size: int) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            self._wait(self._decoding.output)
            part = os.read(self._decoding.output, size - len(parts))
            if not part:
                self._ended_early()
            parts += part
        return bytes(parts)

    def _wait(self, descriptor: int) -> None:
        left = self._due - time.monotonic()
        if left <= 0 or not select.select([descriptor], [], [], left)[0]:
            raise LimitExceeded("wall_seconds", self._limits.wall_seconds)

    def _header(self) -> Container:
        kind, body = self._record()
        if kind == wire.TRAILER:
            self._trailer(body)
        try:
            container = of_header(json.loads(body)) if kind == wire.HEADER else None
        except ValueError:
            container = None
        if container is None:
            raise Undecodable(Reason.BROKE_PROTOCOL)
        if container.channels > self._limits.channels:
            raise LimitExceeded("channels", self._limits.channels)
        return container

    def _trailer(self, body: bytes) -> None:
        """Take the child's last word: the tally, or why there was nothing."""
        try:
            said = json.loads(body)
            outcome = said["outcome"]
            if outcome == "decoded" and int(said["frames"]) == self._frames:
                self.tally = Tally(
                    frames=self._frames,
                    bad_packets=int(said["bad_packets"]),
                    format_changes=int(said["format_changes"]),
                    truncated=bool(said["truncated"]),
                )
                return
            reason = Reason(said["reason"]) if outcome == "refused" else Reason.BROKE_PROTOCOL
            limit = str(said["limit"]) if outcome == "exceeded" else ""
        except (ValueError, KeyError, TypeError):
            raise Undecodable(Reason.BROKE_PROTOCOL) from None
        if limit in _LIMITS:
            raise LimitExceeded(limit, getattr(self._limits, limit))
        raise Undecodable(reason)

    def _ended_early(self) -> None:
        """The pipe ended before the trailer: ask the zygote how the child ended, and say so."""
        self._wait(self._decoding.ending)
        said = os.read(self._decoding.ending, 4096)
        if not said:
            raise _Lost
        ending = json.loads(said)
        code = ending["code"]
        if ending["overdue"]:
            raise LimitExceeded("wall_seconds", self._limits.wall_seconds)
        if code == -signal.SIGXCPU:
            raise LimitExceeded("cpu_seconds", self._limits.cpu_seconds)
        if code == -signal.SIGKILL:
            raise _Lost
        raise Undecodable(Reason.CRASHED)


def decoded(source: BinaryIO | int, limits: Limits, use: Callable[[Stream], Result]) -> Result:
    """
    Decode a regular file that is open for reading, and return what `use` makes of the stream.

    The caller's file position is neither used nor moved. Raises `Undecodable` (with a `Reason`),
    its subclass `LimitExceeded`, or `SandboxUnavailable`. When a decoder is lost for a reason
    outside the file (the zygote or the child was killed), all is done once more from the start;
    a recording is never called undecodable because a machine was short of memory.
    """
    descriptor = source if isinstance(source, int) else source.fileno()
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise ValueError("only a regular file can be decoded")
    if status.st_size == 0:
        raise Undecodable(Reason.EMPTY)
    # Opened again for reading only: the child must not hold a descriptor it could write to.
    read_only = os.open(f"/dev/fd/{descriptor}", os.O_RDONLY | os.O_CLOEXEC)
    try:
        for _ in range(2):
            with contextlib.suppress(_Lost), Stream(read_only, limits) as stream:
                return use(stream)
    finally:
        os.close(read_only)
    raise SandboxUnavailable("the decoder was killed twice while it worked")
