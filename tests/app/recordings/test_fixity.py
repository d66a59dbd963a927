"""A fixity check finds every byte that is not as recorded, and calls nothing else a failure."""

from pathlib import Path

import pytest

from app.core.actor import Actor
from app.core.database import Database
from app.core.digest import Digest
from app.core.storage import Area, LocalStore
from app.core.storage.objectstore import key
from app.recordings import fixity, service
from app.recordings.fixity import Fixity
from app.recordings.models import MediaInstance, Recording
from app.recordings.provenance import DerivativeKind
from tests.app.recordings.conftest import CONTENT, arrived

MADE = b"an outline"


@pytest.fixture
def storage(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "media", min_free_bytes=0)


@pytest.fixture
def held(
    database: Database, investigator: Actor, recording: Recording, storage: LocalStore
) -> MediaInstance:
    """An original that arrived twice, and what was made from it."""
    storage.put_bytes(CONTENT, area=Area.ORIGINALS)
    storage.put_bytes(MADE, area=Area.DERIVATIVES)
    with database.writing() as session:
        service.acquire(session, actor=investigator, recording=recording, arrival=arrived())
        instance = service.acquire(
            session, actor=investigator, recording=recording, arrival=arrived()
        )
        service.derive(
            session,
            actor=investigator,
            instance=instance,
            kind=DerivativeKind.PEAKS,
            digest=Digest.of_bytes(MADE),
            size=len(MADE),
            media_type="application/octet-stream",
            made_by={"tool": "a test"},
        )
    return instance


def found(database: Database, storage: LocalStore) -> list[tuple[int, Area, Fixity]]:
    with database.reading() as session:
        objects = fixity.kept(session)
    findings = [*fixity.check(objects, storage)]
    findings += fixity.unrecorded(objects, storage, step=len(findings))
    return [(finding.step, finding.area, finding.fixity) for finding in findings]


def test_what_is_unchanged_is_said_to_be_once_for_each_object(
    database: Database, storage: LocalStore, held: MediaInstance
) -> None:
    assert found(database, storage) == [
        (1, Area.ORIGINALS, Fixity.UNCHANGED),
        (2, Area.DERIVATIVES, Fixity.UNCHANGED),
    ]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (CONTENT[:-1] + b"!", Fixity.ALTERED),
        (CONTENT + b"!", Fixity.ALTERED),
        (b"", Fixity.ALTERED),
        (None, Fixity.MISSING),
    ],
)
def test_an_object_that_is_not_as_recorded_is_found(
    database: Database,
    storage: LocalStore,
    held: MediaInstance,
    tmp_path: Path,
    now: bytes | None,
    expected: Fixity,
) -> None:
    path = tmp_path / "media" / key(Digest.of_bytes(CONTENT), Area.ORIGINALS)
    path.chmod(0o644)
    if now is None:
        path.unlink()
    else:
        path.write_bytes(now)

    with database.reading() as session:
        findings = list(fixity.check(fixity.kept_of(session, held), storage))

    assert [(finding.fixity, finding.failed) for finding in findings] == [
        (expected, True),
        (Fixity.UNCHANGED, False),
    ]


def test_an_object_nobody_speaks_of_is_named_and_is_no_failure(
    database: Database, storage: LocalStore, held: MediaInstance
) -> None:
    storage.put_bytes(b"left by a crash", area=Area.ORIGINALS)

    assert found(database, storage)[2:] == [(3, Area.ORIGINALS, Fixity.UNRECORDED)]
