"""A recording in the catalogue, and bytes that the store has accepted."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.database import Database
from app.core.digest import Digest
from app.core.identity import new_id
from app.custody.models import LogEntry
from app.recordings import service
from app.recordings.acquisition import Arrival, Declared
from app.recordings.models import Recording
from app.recordings.provenance import Particulars

CONTENT = b"bytes that somebody sent"


def arrived(content: bytes = CONTENT, **said: object) -> Arrival:
    """Bytes as they come out of the store."""
    declared = Declared(**said)  # type: ignore[arg-type]
    return Arrival(digest=Digest.of_bytes(content), size=len(content), declared=declared)


def entries(session: Session) -> int:
    """How many custody entries there are."""
    return session.scalar(select(func.count()).select_from(LogEntry)) or 0


@pytest.fixture
def recording(database: Database, investigator: Actor) -> Recording:
    """A recording of which nothing is held."""
    with database.writing() as session:
        return service.catalogue(
            session,
            actor=investigator,
            case_id=new_id(),
            particulars=Particulars(title="A recording"),
        )
