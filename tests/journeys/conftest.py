"""Journeys run against a real server with a real worker, over HTTP, as a stranger would."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.client import upload
from app.demo.cast import Cast, assemble
from app.demo.server import Server, running

API = "/api/v1"


@dataclass(frozen=True)
class Desk:
    """A server, the people who work at it, and the few things every journey does."""

    server: Server
    cast: Cast

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self.cast.investigator.client.post(API + path, body)

    def get(self, path: str, **params: Any) -> Any:
        return self.cast.investigator.client.get(API + path, **params)

    def acquire(self, file: Path, **described: Any) -> dict[str, Any]:
        """Catalogue a recording and upload `file` as its original; the recording."""
        made = self.post(
            "/recordings", {"case_id": self.cast.case_id, "title": file.stem, **described}
        )
        upload(
            self.cast.investigator.client,
            file,
            metadata={"recording_id": made["id"], "filename": file.name},
        )
        return made

    def finish(self, job: dict[str, Any]) -> dict[str, Any]:
        """Wait for a job; it must succeed."""
        done = self.cast.investigator.client.wait(job)
        assert done["state"] == "succeeded", done["problem"]
        return done

    def held(self, recording: dict[str, Any]) -> dict[str, Any]:
        """The one arrival of a recording, once the worker has looked into it."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            (held,) = self.get(f"/recordings/{recording['id']}/media-instances")["items"]
            if held["identification"]:
                return held
            time.sleep(0.2)
        pytest.fail("nobody looked into the upload")

    def publish(self, text: str, **said: Any) -> dict[str, Any]:
        """Register a report and freeze its text; the snapshot."""
        report = self.post(
            "/reports", {"case_id": self.cast.case_id, "kind": "news", "language": "en", **said}
        )
        return self.post(f"/reports/{report['id']}/snapshots", {"text": text})

    def quote(self, snapshot: dict[str, Any], recording: dict[str, Any], exact: str) -> Any:
        """Mark `exact` as a direct quote of a recording."""
        return self.post(
            "/quotes",
            {
                "snapshot_id": snapshot["id"],
                "exact": exact,
                "language": "en",
                "form": "direct",
                "target": {"kind": "recording", "recording_id": recording["id"]},
            },
        )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A fresh store, served; one for each module of journeys."""
    with running(tmp_path_factory.mktemp("journey") / "store") as server:
        cast = assemble(server)
        yield Desk(server, cast)
        cast.close()
