"""Asking over HTTP for a text to be placed."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from app.core import actor
from app.core.database import Database
from app.core.digest import Digest
from app.recordings import service as recordings
from app.recordings.acquisition import Arrival, Declared
from app.recordings.models import Recording
from app.recordings.provenance import Particulars


@pytest.fixture
def case(people: Any) -> str:
    return str(people.case())


@pytest.fixture
def headers(sign_up: Callable[[Role, str], dict[str, str]], case: str) -> dict[str, str]:
    return sign_up(Role.INVESTIGATOR, case)


@pytest.fixture
def recording(app_database: Database, case: str) -> Recording:
    """Something of it is held."""
    with app_database.writing() as session:
        made = recordings.catalogue(
            session,
            actor=actor.service("test"),
            case_id=case,
            particulars=Particulars(title="Traffic about flour"),
        )
        recordings.acquire(
            session,
            actor=actor.service("test"),
            recording=made,
            arrival=Arrival(digest=Digest.of_bytes(b"bytes"), size=5, declared=Declared()),
        )
        return made


def brought_in(
    client: TestClient, headers: dict[str, str], recording: Recording, content: str, form: str
) -> Any:
    answer = client.post(
        f"/api/v1/recordings/{recording.id}/transcripts",
        json={"content": content, "format": form, "kind": "human", "language": "en"},
        headers=headers,
    )
    assert answer.status_code == 201, answer.json()
    return answer.json()


def test_the_answer_is_the_job_and_the_same_request_makes_one(
    client: TestClient, headers: dict[str, str], recording: Recording
) -> None:
    transcript = brought_in(client, headers, recording, "we wait at the bridge", "text")
    address = f"/api/v1/transcripts/{transcript['id']}/placements"
    keyed = {**headers, "Idempotency-Key": "once"}
    first = client.post(address, headers=keyed)
    assert first.status_code == 202, first.json()
    job = client.get(first.headers["Location"], headers=headers).json()
    assert (job["kind"], job["subject_id"]) == ("place", transcript["id"])
    assert client.post(address, headers=keyed).json()["id"] == job["id"]


def test_a_transcript_with_times_is_refused(
    client: TestClient, headers: dict[str, str], recording: Recording
) -> None:
    vtt = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nwait\n"
    transcript = brought_in(client, headers, recording, vtt, "vtt")
    answer = client.post(f"/api/v1/transcripts/{transcript['id']}/placements", headers=headers)
    assert answer.status_code == 409
    assert "times already" in answer.json()["detail"]


def test_a_whisper_model_may_be_named_and_opens_its_other_languages(
    client: TestClient, headers: dict[str, str], recording: Recording
) -> None:
    made = client.post(
        f"/api/v1/recordings/{recording.id}/transcripts",
        json={"content": "dwa slowa", "format": "text", "kind": "human", "language": "pl"},
        headers=headers,
    ).json()
    address = f"/api/v1/transcripts/{made['id']}/placements"
    refused = client.post(address, headers=headers)
    assert (refused.status_code, "Whisper" in refused.json()["detail"]) == (409, True)
    job = client.post(address, json={"engine": "whisper:small"}, headers=headers)
    assert (job.status_code, job.json()["params"]["engine"]) == (202, "whisper:small")
    for engine in ("pocketsphinx", "whisper:../x"):
        refused = client.post(address, json={"engine": engine}, headers=headers)
        assert (refused.status_code, refused.json()["field"]) == (422, "engine")
