"""Listening in real worker processes: killed in the middle, waiting for an engine, pinned."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core import jobs
from app.core.jobs import JobKind, JobState
from app.recordings import queries as recordings
from app.transcripts import queries
from app.transcripts.models import TranscriptKind
from tests.app.core.jobs.conftest import ROOT, until
from transcription import formats
from transcription.formats import TranscriptFormat
from transcription.transcript import Segment
from transcription.transcript import Transcript as Content

from .conftest import House, Workers, request, tone, transcripts

pytestmark = pytest.mark.sandbox


@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_worker_killed_while_it_listens_is_resumed_without_hearing_a_window_twice(
    house: House, workers: Workers, speech: Callable[[int], bytes]
) -> None:
    recording_id, job_id = request(house, speech(12), engine="whisper:exercise", language="en")
    first = workers.start()
    until(lambda: len(workers.heard()) >= 2, seconds=180)
    first.kill()
    first.wait()
    before = workers.heard()
    assert transcripts(house, recording_id) == []

    workers.start()
    job = workers.ended(job_id, JobState.SUCCEEDED)

    heard = workers.heard()
    kept = before[:-1]  # the last one may have been heard and not yet kept
    assert heard[: len(before)] == before
    assert not set(kept) & set(heard[len(before) :])
    assert len(heard) > len(before)
    (made,) = transcripts(house, recording_id)
    assert job.result is not None
    assert job.result["transcript"] == made.id
    assert made.derivation is not None
    assert made.derivation["engine"] == "whisper:exercise"
    assert made.derivation["model_sha256"].startswith("sha256:")
    assert made.derivation["input"]["pcm_sha256"] == made.pcm_sha256
    assert "Not for casework" in str(made.notice)


def test_with_no_engine_a_job_waits_and_goes_on_when_there_is_one(
    house: House, workers: Workers, tmp_path: Path
) -> None:
    script = tmp_path / "script.json"
    said = Content("ru", (Segment("Три машины муки", 500, 2500),))
    script.write_bytes(formats.write(said, format=TranscriptFormat.NATIVE))
    recording_id, job_id = request(house, tone(3))

    first = workers.start()
    waiting = workers.ended(job_id, JobState.WAITING)
    assert waiting.problem is not None
    assert waiting.problem["type"] == "weights-unavailable"
    assert "EARWITNESS_ENGINE" in waiting.problem["detail"]
    first.kill()
    first.wait()

    workers.start(engine=f"scripted:{script}")
    workers.ended(job_id, JobState.SUCCEEDED)
    (made,) = transcripts(house, recording_id)
    with house.tools.database.reading() as session:
        content = queries.value(session, made)
        found = recordings.identification_of(session, str(made.instance_id))
        align = [job for job in jobs.of_subject(session, made.id) if job.kind is JobKind.ALIGN]
    assert found is not None
    assert (made.kind, made.job_id, made.language) == (TranscriptKind.ASR, job_id, "ru")
    assert made.pcm_sha256 == found.pcm_sha256
    assert content.text == said.text
    assert str(script.parent) not in json.dumps(made.derivation)
    workers.ended(align[0].id, JobState.SUCCEEDED)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_there_is_nothing_to_hear_in_what_cannot_be_decoded(
    house: House, workers: Workers
) -> None:
    _, job_id = request(house, b"not audio at all", engine="pocketsphinx")
    workers.start()

    job = workers.ended(job_id, JobState.FAILED)

    assert job.problem is not None
    assert job.problem["type"] == "undecodable"
    assert "torch" not in workers.log.read_text()


def test_a_worker_loads_no_model_until_it_must() -> None:
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, app.worker.runner; "
            "print([name for name in ('whisper', 'torch', 'pocketsphinx', 'av', 'librosa') "
            "if name in sys.modules])",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "[]"
