"""
PCM as it comes from the sandbox, checked by somebody who does not trust the sandbox.

The child is held to its protocol, to the limits and to the clock from this side too
(`transcription.sandbox.reply`).
"""

import contextlib
import json
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from transcription.container import Container, of_header
from transcription.errors import LimitExceeded, SandboxUnavailable, Undecodable
from transcription.sandbox import wire
from transcription.sandbox.limits import Limits, Reason
from transcription.sandbox.reply import BrokeProtocol, Crashed, Lost, OutOfTime, Reply
from transcription.sandbox.zygotes import Trade

Result = TypeVar("Result")

_CHUNK_FRAMES = 1 << 16
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
        self._reply = Reply(descriptor, limits, Trade.SOUND)
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
        self._reply.close()

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
        try:
            return self._reply.record()
        except OutOfTime as late:
            raise LimitExceeded(late.limit, getattr(self._limits, late.limit)) from None
        except BrokeProtocol:
            raise Undecodable(Reason.BROKE_PROTOCOL) from None
        except Crashed:
            raise Undecodable(Reason.CRASHED) from None

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
            with contextlib.suppress(Lost), Stream(read_only, limits) as stream:
                return use(stream)
    finally:
        os.close(read_only)
    raise SandboxUnavailable("the decoder was killed twice while it worked")
