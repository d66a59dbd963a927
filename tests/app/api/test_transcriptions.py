"""Asking engines over HTTP, and reading how transcripts were made again."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from app.core import actor
from app.core.database import Database
from app.core.digest import Digest
from app.recordings import queries, service
from app.recordings.acquisition import Arrival, Declared
from app.recordings.models import Recording
from app.recordings.provenance import Particulars
from app.transcripts import replays
from app.transcripts import service as transcripts
from app.transcripts.models import Transcript, TranscriptKind
from app.transcripts.replay import judged
from transcription.transcript import Flag, Segment
from transcription.transcript import Transcript as Content

SignUp = Callable[[Role, str], dict[str, str]]
PCM = str(Digest.of_bytes(b"samples"))
PINS: dict[str, Any] = {
    "engine": "whisper:small",
    "version": "openai-whisper 1",
    "task": "transcribe",
    "language": "ru",
    "input": {"pcm_sha256": PCM, "channel": 1},
}
LOOPED = Content("ru", (Segment("есть есть есть", 0, 2000, flags=(Flag.REPETITION,)),))


@pytest.fixture
def case(people: Any) -> str:
    return str(people.case())


@pytest.fixture
def headers(sign_up: SignUp, case: str) -> dict[str, str]:
    return sign_up(Role.INVESTIGATOR, case)


@pytest.fixture
def recording(app_database: Database, case: str) -> Recording:
    with app_database.writing() as session:
        made = service.catalogue(
            session,
            actor=actor.service("test"),
            case_id=case,
            particulars=Particulars(title="Traffic about flour"),
        )
        arrival = Arrival(digest=Digest.of_bytes(b"bytes"), size=5, declared=Declared())
        service.acquire(session, actor=actor.service("test"), recording=made, arrival=arrival)
        return made


@pytest.fixture
def heard(app_database: Database, recording: Recording) -> Transcript:
    """A looping transcript of channel 1, as the worker keeps one."""
    with app_database.writing() as session:
        return transcripts.keep(
            session,
            actor=actor.service("worker"),
            recording=recording,
            content=LOOPED,
            kind=TranscriptKind.ASR,
            instance=queries.original_of(session, recording.id),
            pcm_sha256=PCM,
            derivation=PINS,
        )


def test_a_request_may_name_task_and_channel(
    client: TestClient, headers: dict[str, str], recording: Recording, heard: Transcript
) -> None:
    answer = client.post(
        f"/api/v1/recordings/{recording.id}/transcriptions",
        json={"task": "translate", "channel": 1, "engine": "whisper:small"},
        headers=headers,
    )

    assert answer.status_code == 202
    params = answer.json()["params"]
    assert (params["task"], params["channel"], params["language"]) == ("translate", 1, "ru")
    assert params["parent_id"] == heard.id


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"task": "summarise"}, "task"),
        ({"task": "translate", "engine": "pocketsphinx"}, "task"),
        ({"channel": -1}, "channel"),
        ({"channel": 64}, "channel"),
        ({"channel": "1"}, "channel"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field(
    client: TestClient,
    headers: dict[str, str],
    recording: Recording,
    body: dict[str, Any],
    field: str,
) -> None:
    answer = client.post(
        f"/api/v1/recordings/{recording.id}/transcriptions", json=body, headers=headers
    )

    assert answer.status_code == 422
    assert field in str(answer.json())


def test_a_transcript_is_translated_its_loop_heard_again_and_all_of_it_made_again(
    client: TestClient, headers: dict[str, str], heard: Transcript
) -> None:
    address = f"/api/v1/transcripts/{heard.id}"
    translation = client.post(f"{address}/translations", json={}, headers=headers).json()
    retry = client.post(
        f"{address}/retries", json={"engine": "whisper:medium"}, headers=headers
    ).json()
    replay = client.post(f"{address}/replays", headers=headers).json()

    assert translation["params"]["task"] == "translate"
    assert (retry["params"]["engine"], retry["params"]["parent_id"]) == (
        "whisper:medium",
        heard.id,
    )
    assert (replay["kind"], replay["subject_id"]) == ("replay", heard.id)
    assert client.get(f"{address}/replays", headers=headers).json() == {"items": []}


def test_a_persons_transcript_is_neither_retried_nor_replayed(
    client: TestClient, headers: dict[str, str], recording: Recording, app_database: Database
) -> None:
    with app_database.writing() as session:
        written = transcripts.keep(
            session,
            actor=actor.service("test"),
            recording=recording,
            content=LOOPED,
            kind=TranscriptKind.HUMAN,
        )
    for verb, body in (("retries", {}), ("replays", None)):
        answer = client.post(
            f"/api/v1/transcripts/{written.id}/{verb}", json=body, headers=headers
        )
        assert answer.status_code == 409, verb


def test_a_replay_that_decoded_other_samples_flags_the_transcript(
    client: TestClient, headers: dict[str, str], heard: Transcript, app_database: Database
) -> None:
    before = client.get(f"/api/v1/transcripts/{heard.id}", headers=headers).json()
    other = str(Digest.of_bytes(b"other samples"))
    now = {**PINS, "version": "openai-whisper 2", "input": {**PINS["input"], "pcm_sha256": other}}
    with app_database.writing() as session:
        replays.keep(
            session,
            actor=actor.service("worker"),
            transcript=heard,
            outcome=judged(LOOPED, PINS, LOOPED, now),
            derivation=now,
        )

    (kept,) = client.get(f"/api/v1/transcripts/{heard.id}/replays", headers=headers).json()[
        "items"
    ]
    after = client.get(f"/api/v1/transcripts/{heard.id}", headers=headers).json()

    assert (before["samples_differ"], after["samples_differ"]) == (False, True)
    assert (kept["identical"], kept["samples_same"]) == (True, False)
    assert kept["environment"] == [
        {"what": "version", "recorded": "openai-whisper 1", "found": "openai-whisper 2"}
    ]
    record = client.get(
        f"/api/v1/recordings/{heard.recording_id}/evidence-record", headers=headers
    ).json()
    (told,) = record["transcripts"]
    assert told["samples_differ"] is True
    assert told["replays"][0]["id"] == kept["id"]
    assert "transcript:replay" in [entry["event"] for entry in record["custody"]]


def test_the_record_says_which_transcript_is_a_machine_translation_of_which(
    client: TestClient, headers: dict[str, str], heard: Transcript, app_database: Database
) -> None:
    said = Content("en", (Segment("yes", 0, 900),))
    with app_database.writing() as session:
        recording = queries.get(session, heard.recording_id)
        made: dict[str, Any] = {
            "session": session,
            "actor": actor.service("worker"),
            "recording": recording,
            "content": said,
            "kind": TranscriptKind.TRANSLATION,
            "derivation": {**PINS, "task": "translate"},
        }
        translation = transcripts.keep(**made, parent=heard)
        retried = transcripts.keep(**made, parent=translation)
        corrected = transcripts.correct(
            session,
            actor=actor.service("test"),
            parent=retried,
            content=Content("en", (Segment("yes, yes", 0, 900),)),
        )

    record = client.get(
        f"/api/v1/recordings/{heard.recording_id}/evidence-record", headers=headers
    ).json()

    told = {item["id"]: item for item in record["transcripts"]}
    assert told[heard.id]["translation_of"] is None
    for one in (translation, retried, corrected):
        assert told[one.id]["translation_of"] == heard.id
    assert [told[one.id]["made_by_machine"] for one in (translation, corrected)] == [True, False]
