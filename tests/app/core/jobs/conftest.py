"""Worker processes that a test starts, kills and starts again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.core import actor, jobs
from app.core.database import Database
from app.core.jobs import Job, JobKind, JobState

ROOT = Path(__file__).resolve().parents[4]
TOY = Path(__file__).with_name("toy_worker.py")


def until(condition: Callable[[], Any], *, seconds: float = 60) -> Any:
    """Wait for something that other processes bring about; fails when it never comes."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.03)
    pytest.fail(f"did not come about within {seconds} s")


class Workers:
    """Toy workers over one database."""

    def __init__(self, database: Database, url: str, folder: Path) -> None:
        self.database, self.folder = database, folder
        self._url = url
        self._running: list[subprocess.Popen[bytes]] = []

    def start(
        self, executor: str = "slot-1", *, dead_after: float = 60
    ) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "EARWITNESS_DATA_DIR": str(self.folder),
            "EARWITNESS_DATABASE_URL": self._url,
            "EARWITNESS_EXECUTOR_ID": executor,
            "PYTHONPATH": str(ROOT),
        }
        with (self.folder / f"{executor}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, str(TOY), str(dead_after)],
                env=environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
        self._running.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        process.send_signal(signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        for process in self._running:
            if process.poll() is None:
                self.kill(process)

    def request(self, **params: Any) -> str:
        with self.database.writing() as session:
            return jobs.request(
                session,
                kind=JobKind.IDENTIFY,
                subject_kind="media_instance",
                subject_id="instance-1",
                case_id="case-1",
                params=params,
                actor=actor.service("test"),
            ).id

    def hold(self, step: str) -> Path:
        path = self.folder / f"hold-{step}"
        path.touch()
        return path

    def steps(self, job_id: str) -> list[str]:
        """The steps that were really done for a job, in order."""
        return [step for job, step, _ in self._log() if job == job_id]

    def places(self, job_id: str) -> list[str]:
        """The workers that did them."""
        return [executor for job, _, executor in self._log() if job == job_id]

    def job(self, job_id: str) -> Job:
        with self.database.reading() as session:
            return jobs.get(session, job_id)

    def ended(self, job_id: str, state: JobState = JobState.SUCCEEDED) -> Job:
        """Wait until the job is in this state."""
        until(lambda: self.job(job_id).state is state)
        return self.job(job_id)

    def _log(self) -> list[list[str]]:
        path = self.folder / "steps.log"
        return [line.split() for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture
def workers(database: Database, database_url: str, tmp_path: Path) -> Iterator[Workers]:
    folder = tmp_path / "data"
    folder.mkdir()
    found = Workers(database, database_url, folder)
    yield found
    found.end()
