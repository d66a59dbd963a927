"""
Bytes from a request body onto the disk, in bounded memory.

At most two mebibytes of a body are in memory at once; the next chunk is not asked for
before the last was written, so a slow disk slows the sender down. Writing, syncing and
hashing happen in threads. Nothing received is believed to be durable before `flush`.
"""

from collections.abc import AsyncIterator, Callable
from typing import Protocol

import anyio
from anyio.to_thread import run_sync
from starlette.requests import ClientDisconnect

from app.core.errors import Invalid, TooLarge
from app.core.storage import StagedFile

BUFFER = 1 << 20
DURABLE_EVERY = 16 << 20
STALLED_AFTER_S = 60


class BrokenOff(Invalid):
    """The body ended, or stopped coming, before it was complete."""

    slug = "broken-off"

    def __init__(self) -> None:
        super().__init__("the body broke off before it was complete", field="content")


class Taker(Protocol):
    """What sees every byte on its way, such as a digest under way."""

    def update(self, chunk: bytes, /) -> object:
        """Take in the next bytes."""


async def receive(
    chunks: AsyncIterator[bytes],
    into: StagedFile,
    *,
    most: int,
    takers: tuple[Taker, ...] = (),
    durable: Callable[[int], None] | None = None,
) -> None:
    """
    Append a body of at most `most` bytes to a staged file.

    With `durable`, what was received is synced every 16 MiB and at the end, also when the
    body breaks off, and `durable` is told the offset each time. Without it nothing is
    promised until the caller flushes. Raises `BrokenOff`, `TooLarge`, `InsufficientStorage`.
    """
    sink = _Sink(into, takers, durable)
    try:
        async for chunk in _bounded(chunks, most):
            sink.buffer += chunk
            if len(sink.buffer) >= BUFFER:
                await run_sync(sink.drain)
    except (BrokenOff, TooLarge):
        # What arrived is worth keeping. After any other error nothing is synced: an fsync
        # that failed is never tried again.
        await run_sync(sink.settle)
        raise
    await run_sync(sink.settle)


class _Sink:
    """Where chunks gather until there are enough of them to write."""

    def __init__(
        self,
        into: StagedFile,
        takers: tuple[Taker, ...],
        durable: Callable[[int], None] | None,
    ) -> None:
        self.buffer = bytearray()
        self._into = into
        self._takers = takers
        self._durable = durable

    def drain(self) -> None:
        """Write what gathered, and sync when enough was written."""
        full, self.buffer = bytes(self.buffer), bytearray()
        for taker in self._takers:
            taker.update(full)
        self._into.append(full)
        if self._into.offset - self._into.durable_offset >= DURABLE_EVERY:
            self._sync()

    def settle(self) -> None:
        """Write and sync the rest."""
        if self.buffer:
            self.drain()
        if self._into.offset > self._into.durable_offset:
            self._sync()

    def _sync(self) -> None:
        if self._durable:
            self._durable(self._into.flush())


async def _bounded(chunks: AsyncIterator[bytes], most: int) -> AsyncIterator[bytes]:
    """The chunks of a body, as long as they keep coming and are no more than was announced."""
    left = most
    while True:
        try:
            with anyio.fail_after(STALLED_AFTER_S):
                chunk = await anext(chunks)
        except StopAsyncIteration:
            return
        except (TimeoutError, ClientDisconnect) as error:
            raise BrokenOff from error
        left -= len(chunk)
        if left < 0:
            raise TooLarge("more bytes than were announced", limit="length", allowed=most)
        yield chunk
