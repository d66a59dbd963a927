"""A file that expands without end, brought to a real service: its job fails and names the limit."""

import io
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from app.client import Client, upload
from app.demo import cast
from app.demo.server import running

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]


def ended(client: Client, instance: str) -> dict[str, Any]:
    """The job that looked at these bytes, once it is over."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        for job in client.get("/api/v1/jobs")["items"]:
            if job["subject_id"] == instance and job["finished_at"]:
                found: dict[str, Any] = job
                return found
        time.sleep(0.3)
    raise AssertionError("the job did not end")


def test_the_problem_that_an_api_client_reads_names_the_limit_and_its_value(
    tmp_path: Path,
) -> None:
    silence = io.BytesIO()
    soundfile.write(silence, np.zeros(16_000 * 60 * 40, np.int16), 16_000, format="FLAC")
    bomb = tmp_path / "bomb.flac"
    bomb.write_bytes(silence.getvalue())

    with running(tmp_path / "store", environment={"EARWITNESS_MAX_EXPANSION": "7"}) as server:
        people = cast.assemble(server)
        client = people.investigator.client
        made = client.post(
            "/api/v1/recordings",
            {"case_id": people.case_id, "title": "Silence", "kind": "radio"},
        )
        kept = upload(client, bomb, metadata={"recording_id": made["id"], "filename": "a.flac"})
        job = ended(client, kept["receipt"]["instance_id"])
        held = client.get(f"/api/v1/recordings/{made['id']}/media-instances")["items"][0]
        people.close()

    assert job["state"] == "failed"
    assert job["problem"]["type"] == "limit-exceeded"
    assert "expansion is 7" in job["problem"]["detail"]
    assert "EARWITNESS_MAX_EXPANSION" in job["problem"]["detail"]
    assert held["identification"] is None, "a limit says nothing of the file"
    assert held["size"] == bomb.stat().st_size
