"""A server that runs sweeps what expired, and outlives a sweep that fails."""

from collections.abc import Callable
from datetime import timedelta

import anyio
import pytest
from sqlalchemy import func, select

from app.accounts.permissions import Role
from app.core.database import Database
from app.core.settings import Settings
from app.core.storage import open_staging, open_storage
from app.custody.models import LogEntry
from app.http.parts import Parts
from app.http.sweeping import sweeping
from app.recordings import finishing, service, uploads
from app.recordings.acquisition import Declared
from app.recordings.provenance import Particulars
from tests.app.conftest import People


@pytest.fixture
def parts(database: Database, settings: Settings) -> Parts:
    return Parts(settings, database, open_storage(settings), open_staging(settings))


def removals(parts: Parts) -> int:
    with parts.database.reading() as session:
        removed = select(func.count()).where(LogEntry.event == "upload:removal")
        return session.scalar(removed) or 0


def begun(parts: Parts) -> str:
    """An upload whose time is over as soon as it began."""
    people = People(parts.database)
    case = people.case()
    actor = people.join(Role.INVESTIGATOR, case=case).actor
    upload_id = uploads.new_upload_id()
    parts.staging.create(upload_id, expected_bytes=5)
    with parts.database.writing() as session:
        recording = service.catalogue(
            session, actor=actor, case_id=case, particulars=Particulars(title="x")
        )
        uploads.start(
            session,
            actor=actor,
            recording=recording,
            upload_id=upload_id,
            length=5,
            declared=Declared(),
            metadata_sent="",
            lifetime=timedelta(0),
        )
    return upload_id


async def swept(parts: Parts, done: Callable[[], bool]) -> None:
    async with sweeping(parts, every_s=0.01):
        with anyio.fail_after(30):
            while not done():  # noqa: ASYNC110 - what is waited for is a row
                await anyio.sleep(0.02)


def test_what_expired_goes_with_its_file_and_leaves_an_entry(parts: Parts) -> None:
    upload_id = begun(parts)

    anyio.run(swept, parts, lambda: removals(parts) == 1)

    assert not parts.staging.path(upload_id).exists()


def test_a_sweep_that_fails_is_tried_again(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(parts)
    real, failures = finishing.sweep, []

    def failing_once(*given: object, **named: object) -> int:
        if not failures:
            failures.append("the database was away")
            raise OSError(failures[0])
        return real(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(finishing, "sweep", failing_once)
    anyio.run(swept, parts, lambda: removals(parts) == 1)

    assert failures
