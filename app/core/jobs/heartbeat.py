"""Signs of life of worker slots, kept in our own table: whoever is silent is taken for dead."""

from datetime import timedelta

from sqlalchemy import select

from app.core import clock
from app.core.database import Database
from app.core.jobs.models import Heartbeat


def started(database: Database, executor_id: str) -> None:
    """A process took up this slot."""
    _write(database, executor_id, started=True, stopped=False)


def beat(database: Database, executor_id: str) -> None:
    """The process still lives."""
    _write(database, executor_id, started=False, stopped=False)


def stopped(database: Database, executor_id: str) -> None:
    """The process goes away on purpose; others need not wait to take over."""
    _write(database, executor_id, started=False, stopped=True)


def alive(database: Database, *, within: timedelta) -> set[str]:
    """The slots that were heard of within this time and did not stop."""
    with database.reading() as session:
        return set(
            session.scalars(
                select(Heartbeat.executor_id).where(
                    Heartbeat.stopped_at.is_(None), Heartbeat.beat_at > clock.now() - within
                )
            )
        )


def _write(database: Database, executor_id: str, *, started: bool, stopped: bool) -> None:
    at = clock.now()
    with database.writing() as session:
        row = session.get(Heartbeat, executor_id)
        if row is None:
            row = Heartbeat(executor_id=executor_id, started_at=at)
            session.add(row)
        if started:
            row.started_at = at
        row.beat_at = at
        row.stopped_at = at if stopped else None
