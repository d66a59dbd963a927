"""
The worker process: looks for jobs, does them, and can be killed at any moment.

One loop in the main thread sweeps queued rows, beats its heart, wakes what waited, and
watches for jobs whose worker is gone; the engine's threads do the work. Stopping and
crashing are the same thing: SIGTERM says goodbye and leaves, and whoever lives next goes
on at the step that was interrupted.
"""

import fcntl
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TextIO

import structlog

from app.core import logs, migration
from app.core.database import Database
from app.core.jobs import Handler, JobKind
from app.core.jobs.queue import DEAD_AFTER
from app.core.jobs.run import Tools
from app.core.jobs.runtime import Runtime
from app.core.settings import Settings
from app.core.storage import open_storage
from app.worker import indexing
from app.worker.handlers import HANDLERS

SWEEP_S, BEAT_S, WAKE_S, WATCH_S, REPAIR_S = 0.3, 5.0, 3.0, 10.0, 60.0

log = structlog.get_logger("worker")


def work(
    settings: Settings,
    *,
    handlers: Mapping[JobKind, Handler] = HANDLERS,
    dead_after: timedelta = DEAD_AFTER,
    watch_s: float = WATCH_S,
    attended_by: int | None = None,
) -> int:
    """
    Do jobs until SIGTERM or SIGINT; the process ends here, with status 0.

    With `attended_by` (the process that started it) it also ends when that one is gone.
    Returns 2 without doing anything when the slot is taken or the schema is too old.
    """
    logs.configure(as_json=settings.log_json)
    slot = _take_slot(settings)
    if slot is None:
        log.error("this executor id is in use; give every worker its own EARWITNESS_EXECUTOR_ID")
        return 2
    database = Database(settings.catalogue_url, guarded=True)
    if migration.pending(database):
        log.error("the database's schema is older than this release: earwitness admin migrate")
        return 2
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    runtime = Runtime(
        Tools(settings=settings, database=database, storage=open_storage(settings)),
        handlers,
        dead_after=dead_after,
    )
    runtime.start()
    log.info("worker started", executor=settings.executor_id)

    def repair() -> None:
        indexing.repair(database)

    rounds = (
        _Regularly(SWEEP_S, runtime.sweep),
        _Regularly(BEAT_S, runtime.beat),
        _Regularly(WAKE_S, runtime.wake),
        _Regularly(watch_s, runtime.watch),
        _Regularly(REPAIR_S, repair),
    )
    while not stopping.wait(SWEEP_S):
        if attended_by is not None and os.getppid() != attended_by:
            break
        for one in rounds:
            one.due()
    runtime.stop()
    log.info("worker stopped", executor=settings.executor_id)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # no waiting for threads: what they are doing is resumed elsewhere


class _Regularly:
    """Something to be done every so often; a failure is logged and tried again next time."""

    def __init__(self, every_s: float, do: Callable[[], None]) -> None:
        self._every_s, self._do = every_s, do
        self._last = float("-inf")

    def due(self) -> None:
        """Do it if it is time."""
        if time.monotonic() - self._last < self._every_s:
            return
        self._last = time.monotonic()
        try:
            self._do()
        except Exception as error:  # noqa: BLE001 - a database that is away comes back
            log.warning("round failed", what=self._do.__name__, error=type(error).__name__)


def _take_slot(settings: Settings) -> TextIO | None:
    """Hold this executor id on this machine for as long as the process lives, or `None`."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    slot = (settings.data_dir / f"worker-{settings.executor_id}.lock").open("w")
    try:
        fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        slot.close()
        return None
    return slot
