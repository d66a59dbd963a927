"""
Unfinished uploads are swept by the process that receives them, because it has their files.

Every ten minutes what has expired goes, with its entry. A sweep that fails is logged and
tried again at its next turn: nobody waits for it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import structlog
from anyio.to_thread import run_sync

from app.core.actor import service
from app.http.parts import Parts
from app.recordings import finishing

EVERY_S = 600
SWEEPER = service("upload-sweep")

log = structlog.get_logger("earwitness.sweeping")


@asynccontextmanager
async def sweeping(parts: Parts, *, every_s: float = EVERY_S) -> AsyncIterator[None]:
    """Sweep now and then for as long as the server runs."""
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_sweep_forever, parts, every_s)
        try:
            yield
        finally:
            tasks.cancel_scope.cancel()


async def _sweep_forever(parts: Parts, every_s: float) -> None:
    while True:
        await anyio.sleep(every_s)
        try:
            gone = await run_sync(
                lambda: finishing.sweep(parts.database, parts.staging, actor=SWEEPER)
            )
        except Exception as error:  # noqa: BLE001 - whatever it was, the next turn tries again
            log.warning("sweep failed", kind=type(error).__name__)
        else:
            if gone:
                log.info("swept", uploads=gone)
