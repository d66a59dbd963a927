"""
Standing first in the queue of writers, for counts that must not race.

The custody log's head row orders all writers. A verb that counts before it writes (the
next catalogue number, the room left in a quota, the revision in force) takes its place
there first, so that nobody writes between its count and its commit.
"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.custody.models import Head
from app.recordings.models import Recording


def take_place(session: Session) -> None:
    """Wait for the writers before us; from here to the commit nobody else records anything."""
    session.execute(select(Head.id).with_for_update())


def next_number(session: Session) -> int:
    """The catalogue number that comes next: from 1, without gaps."""
    take_place(session)
    return (session.scalar(select(func.max(Recording.number))) or 0) + 1


def spelled(number: int) -> str:
    """`R-0001`: at least four digits, and as many as it takes."""
    return f"R-{number:04d}"
