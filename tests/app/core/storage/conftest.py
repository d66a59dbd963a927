"""The stores that every promise of the protocol is tested on: local disk and a real S3 server."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from app.core.digest import Digest
from app.core.storage import Area, ObjectStore
from app.core.storage.local import LocalStore
from app.core.storage.objectstore import key
from app.core.storage.s3 import S3Store
from tests.s3server import S3Server


@dataclass(frozen=True)
class Room:
    """A store with a folder for staging files, and a way to damage what the store holds."""

    store: ObjectStore
    folder: Path
    bucket: str | None = None
    server: S3Server | None = None

    def stage(self, content: bytes, name: str = "staged") -> Path:
        """Write a complete staging file."""
        path = self.folder / "incoming" / name
        path.write_bytes(content)
        return path

    def damage(self, digest: Digest, content: bytes, area: Area = Area.ORIGINALS) -> None:
        """Put other bytes where an object lies, past the store."""
        if self.server and self.bucket:
            self.server.overwrite(self.bucket, key(digest, area), content)
            return
        path = self.folder / key(digest, area)
        path.chmod(0o600)
        path.write_bytes(content)
        path.chmod(0o444)


@pytest.fixture(
    params=[
        "local",
        pytest.param("s3", marks=pytest.mark.s3),
    ]
)
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Room:
    """A fresh, empty store of either kind."""
    if request.param == "local":
        return Room(LocalStore(tmp_path, min_free_bytes=0), tmp_path)
    server: S3Server = request.getfixturevalue("s3_server")
    bucket = server.make_bucket()
    return Room(s3_store(server, bucket, tmp_path), tmp_path, bucket, server)


def s3_store(server: S3Server, bucket: str, folder: Path) -> S3Store:
    """A store in one bucket of the test's server."""
    return S3Store(
        bucket,
        endpoint=server.endpoint,
        region=server.region,
        access_key=server.access_key,
        secret_key=server.secret_key,
        scratch=folder / "incoming",
        min_free_bytes=0,
    )
