"""A house with a database of either kind, an evidence room, and recordings in it."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from app.core import jobs
from app.core.actor import Actor
from app.core.canonical import Json
from app.core.database import Database
from app.core.jobs import Job, JobKind, JobState, Run
from app.core.jobs.run import Facts, Tools
from app.core.settings import Settings
from app.core.storage import Area, open_storage
from app.recordings import queries
from app.recordings import service as recordings
from app.recordings.acquisition import Arrival, Declared
from app.recordings.models import MediaInstance
from app.recordings.provenance import Particulars
from app.transcripts import queries as transcript_queries
from app.transcripts import requests
from app.transcripts.models import Transcript
from app.transcripts.requests import Wanted
from tests.app.core.jobs.conftest import ROOT, until

WORK = (
    "from app.core.settings import Settings; from app.worker.runner import work; work(Settings())"
)
DYING = Path(__file__).with_name("dying_worker.py")


@dataclass(frozen=True)
class House:
    """Everything a worker has, and hands that put recordings into it."""

    tools: Tools
    actor: Actor

    def acquire(self, content: bytes) -> MediaInstance:
        """Hold these bytes of a new recording."""
        digest = self.tools.storage.put_bytes(content, area=Area.ORIGINALS)
        with self.tools.database.writing() as session:
            recording = recordings.catalogue(
                session,
                actor=self.actor,
                case_id="case-1",
                particulars=Particulars(title="Traffic about trucks"),
            )
            return recordings.acquire(
                session,
                actor=self.actor,
                recording=recording,
                arrival=Arrival(digest=digest, size=len(content), declared=Declared()),
            )

    def run(
        self, kind: JobKind, subject_id: str, *, subject_kind: str = "", **params: Json
    ) -> Run:
        """A run outside of any engine: its steps are done and not kept."""
        facts = Facts(
            id="job-1",
            kind=kind,
            subject_kind=subject_kind,
            subject_id=subject_id,
            case_id="case-1",
            params=params,
            requested_by=self.actor.as_data(),
            attempt=1,
        )
        with self.tools.database.writing() as session:
            if session.get(Job, facts.id) is None:
                session.add(_row(facts))
        return Run(facts, self.tools, lambda _name, step: step())


def _row(facts: Facts) -> Job:
    from app.core import clock
    from app.core.jobs import JobState

    at = clock.now()
    return Job(
        id=facts.id,
        kind=facts.kind,
        subject_kind=facts.subject_kind,
        subject_id=facts.subject_id,
        case_id=facts.case_id,
        params=dict(facts.params),
        requested_by=dict(facts.requested_by),
        state=JobState.RUNNING,
        done=0,
        attempt=1,
        starts=1,
        cancel_requested=False,
        requested_at=at,
        updated_at=at,
    )


@pytest.fixture
def house(database: Database, database_url: str, tmp_path: Path, investigator: Actor) -> House:
    settings = Settings(
        data_dir=tmp_path / "media", database_url=database_url, min_free_bytes=0, engine=None
    )
    return House(Tools(settings, database, open_storage(settings)), investigator)


def tone(seconds: float, *, rate: int = 8000, channels: int = 2) -> bytes:
    """A WAV of bursts that rise and fall as speech does, the same every time."""
    moment = np.arange(int(seconds * rate)) / rate
    wave = 0.3 * np.sin(2 * np.pi * 440 * moment) * (np.sin(2 * np.pi * 1.5 * moment) ** 2)
    file = io.BytesIO()
    soundfile.write(file, np.stack([wave] * channels, axis=1), rate, format="WAV")
    return file.getvalue()


@pytest.fixture
def speech() -> Callable[[int], bytes]:
    """The demonstration's English exchange, so many times over, as FLAC."""
    path = Path(__file__).resolve().parents[3] / "app/demo/audio/exchange_en.flac"

    def repeated(times: int) -> bytes:
        samples, rate = soundfile.read(path, dtype="int16")
        file = io.BytesIO()
        soundfile.write(file, np.concatenate([samples] * times), rate, format="FLAC")
        return file.getvalue()

    return repeated


class Workers:
    """Real workers of a house, as the command line starts them."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.log = house.tools.settings.data_dir / "worker.log"
        self._running: list[subprocess.Popen[bytes]] = []

    def start(
        self, *, engine: str | None = None, dies: str | None = None
    ) -> subprocess.Popen[bytes]:
        settings = self.house.tools.settings
        environment = {
            **os.environ,
            "EARWITNESS_DATA_DIR": str(settings.data_dir),
            "EARWITNESS_DATABASE_URL": str(settings.database_url),
            "EARWITNESS_LOG_JSON": "true",
            "PYTHONPATH": str(ROOT),
            **({"EARWITNESS_ENGINE": engine} if engine else {}),
        }
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *([str(DYING), dies] if dies else ["-c", WORK])],
                env=environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
        self._running.append(process)
        return process

    def heard(self) -> list[int]:
        """Where each window began that an engine really listened to, in order."""
        lines = [json.loads(line) for line in self.log.read_text().splitlines() if "{" in line]
        return [line["start_ms"] for line in lines if line["event"] == "windows heard"]

    def ended(self, job_id: str, state: JobState) -> jobs.Job:
        def look() -> jobs.Job | None:
            with self.house.tools.database.reading() as session:
                job = jobs.get(session, job_id)
            return job if job.state is state or job.state is JobState.FAILED else None

        job: jobs.Job = until(look, seconds=180)
        assert job.state is state, job.problem
        return job

    def end(self) -> None:
        for process in self._running:
            process.kill()
            process.wait()


@pytest.fixture
def workers(house: House) -> Iterator[Workers]:
    found = Workers(house)
    yield found
    found.end()


def request(house: House, content: bytes, **asked: Any) -> tuple[str, str]:
    """Hold this recording and ask for a transcript: the recording's and the job's identifiers."""
    instance = house.acquire(content)
    with house.tools.database.writing() as session:
        recording = queries.get(session, instance.recording_id)
        job = requests.transcription(
            session,
            actor=house.actor,
            recording=recording,
            settings=house.tools.settings,
            wanted=Wanted(**asked),
        )
        return recording.id, job.id


def transcripts(house: House, recording_id: str) -> list[Transcript]:
    with house.tools.database.reading() as session:
        return list(transcript_queries.of(session, recording_id))
