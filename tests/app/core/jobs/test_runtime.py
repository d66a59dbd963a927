"""Jobs in real worker processes, on both databases: killed, resumed, taken over, stopped."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, create_engine, text

from app.core import actor, jobs
from app.core.jobs import JobState
from app.core.settings import Settings
from app.custody import jobs as control

from .conftest import ROOT, Workers, until

embedded = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what does not depend on the kind of database."""


def test_a_job_is_done_once_and_says_what_it_made(workers: Workers) -> None:
    job_id = workers.request()
    workers.start()

    job = workers.ended(job_id)

    assert workers.steps(job_id) == ["s0", "s1", "s2", "s3"]
    assert job.result == {"done": ["s0", "s1", "s2", "s3"]}
    assert job.executor_id == "slot-1"
    assert job.problem is None
    assert job.finished_at is not None


def test_a_killed_worker_that_comes_back_repeats_only_the_interrupted_step(
    workers: Workers,
) -> None:
    hold = workers.hold("s2")
    job_id = workers.request()
    worker = workers.start()
    until(lambda: "s2" in workers.steps(job_id))
    workers.kill(worker)
    assert workers.job(job_id).state is JobState.RUNNING
    hold.unlink()

    workers.start()
    job = workers.ended(job_id)

    assert workers.steps(job_id) == ["s0", "s1", "s2", "s2", "s3"]
    assert job.result == {"done": ["s0", "s1", "s2", "s3"]}


def test_a_dead_workers_job_is_taken_over_by_another(workers: Workers) -> None:
    hold = workers.hold("s1")
    job_id = workers.request()
    worker = workers.start("slot-1")
    until(lambda: "s1" in workers.steps(job_id))
    workers.kill(worker)
    hold.unlink()

    workers.start("slot-2", dead_after=0.5)
    job = workers.ended(job_id)

    assert workers.steps(job_id) == ["s0", "s1", "s1", "s2", "s3"]
    assert workers.places(job_id) == ["slot-1", "slot-1", "slot-2", "slot-2", "slot-2"]
    assert job.executor_id == "slot-2"


@embedded
def test_a_worker_that_says_goodbye_is_not_waited_for(workers: Workers) -> None:
    hold = workers.hold("s1")
    job_id = workers.request()
    worker = workers.start("slot-1")
    until(lambda: "s1" in workers.steps(job_id))
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=30) == 0
    hold.unlink()

    workers.start("slot-2", dead_after=3600)

    assert workers.ended(job_id).executor_id == "slot-2"


def test_a_living_workers_job_is_left_alone(workers: Workers) -> None:
    hold = workers.hold("s1")
    job_id = workers.request()
    workers.start("slot-1")
    until(lambda: "s1" in workers.steps(job_id))
    workers.start("slot-2")
    placed = ""
    while placed != "slot-2":  # by then it looks after others too
        other = workers.request(fails_at="s0")
        placed = str(workers.ended(other, JobState.FAILED).executor_id)
    hold.unlink()

    workers.ended(job_id)

    assert set(workers.places(job_id)) == {"slot-1"}
    assert workers.steps(job_id) == ["s0", "s1", "s2", "s3"]


def test_a_job_of_which_the_engine_was_never_told_is_done_all_the_same(workers: Workers) -> None:
    """The row is committed and everything else is lost: a sweep finds it."""
    job_ids = [workers.request() for _ in range(3)]
    workers.start()

    for job_id in job_ids:
        workers.ended(job_id)
        assert workers.steps(job_id) == ["s0", "s1", "s2", "s3"]


def test_a_running_job_survives_the_loss_of_the_engines_database(workers: Workers) -> None:
    hold = workers.hold("s1")
    job_id = workers.request()
    worker = workers.start()
    until(lambda: "s1" in workers.steps(job_id))
    workers.kill(worker)
    forget_everything(workers)
    hold.unlink()

    workers.start()

    assert workers.ended(job_id).result == {"done": ["s0", "s1", "s2", "s3"]}
    assert workers.steps(job_id)[2:] == ["s0", "s1", "s2", "s3"]


def test_a_job_of_an_older_release_is_begun_anew(workers: Workers) -> None:
    hold = workers.hold("s1")
    job_id = workers.request()
    worker = workers.start()
    until(lambda: "s1" in workers.steps(job_id))
    workers.kill(worker)
    with engine_database(workers) as connection:
        table = "workflow_status"
        if connection.dialect.name != "sqlite":
            table = f"dbos.{table}"
        connection.execute(text(f"update {table} set application_version = 'older'"))
    hold.unlink()

    workers.start()

    assert workers.ended(job_id).attempt == 2
    assert workers.steps(job_id) == ["s0", "s1", "s0", "s1", "s2", "s3"]


def test_a_cancelled_job_stops_before_its_next_step(workers: Workers) -> None:
    hold = workers.hold("s1")
    job_id = workers.request()
    workers.start()
    until(lambda: "s1" in workers.steps(job_id))
    with workers.database.writing() as session:
        control.cancel(session, actor=actor.service("test"), job=jobs.get(session, job_id))
    assert workers.job(job_id).state is JobState.RUNNING
    hold.unlink()

    workers.ended(job_id, JobState.CANCELLED)

    assert workers.steps(job_id) == ["s0", "s1"]


@embedded
def test_a_job_that_is_cancelled_while_queued_never_begins(workers: Workers) -> None:
    job_id = workers.request()
    with workers.database.writing() as session:
        control.cancel(session, actor=actor.service("test"), job=jobs.get(session, job_id))
    workers.start()
    workers.ended(workers.request())

    assert workers.job(job_id).state is JobState.CANCELLED
    assert workers.steps(job_id) == []


@embedded
def test_a_failure_says_why_and_a_retry_is_a_new_attempt(workers: Workers) -> None:
    job_id = workers.request(fails_at="s1")
    workers.start()
    failed = workers.ended(job_id, JobState.FAILED)
    assert failed.problem == {
        "type": "invalid",
        "title": "Invalid",
        "detail": "this step cannot be done",
    }
    (workers.folder / "mended").touch()

    with workers.database.writing() as session:
        control.retry(session, actor=actor.service("test"), job=jobs.get(session, job_id))
    job = workers.ended(job_id)

    assert job.attempt == 2
    assert job.problem is None
    assert workers.steps(job_id) == ["s0", "s1", "s0", "s1", "s2", "s3"]


@embedded
def test_what_a_defect_says_stays_out_of_row_log_and_engine(workers: Workers) -> None:
    job_id = workers.request(breaks_at="s1")
    worker = workers.start()
    problem = workers.ended(job_id, JobState.FAILED).problem
    workers.kill(worker)

    assert problem is not None
    assert problem["type"] == "internal-error"
    assert "RuntimeError" in problem["detail"]
    assert "words of evidence" not in str(problem)
    log = (workers.folder / "slot-1.log").read_text()
    assert "toy_worker.py" in log
    assert "words of evidence" not in log
    for file in workers.folder.glob("jobs.db*"):
        assert b"words of evidence" not in file.read_bytes()


def test_a_job_that_waits_says_for_what_and_goes_on_by_itself(workers: Workers) -> None:
    job_id = workers.request(needs_weights=True)
    workers.start()
    waiting = workers.ended(job_id, JobState.WAITING)
    assert waiting.problem is not None
    assert waiting.problem["type"] == "weights-unavailable"
    assert workers.steps(job_id) == []

    (workers.folder / "weights").touch()

    assert workers.ended(job_id).problem is None


@embedded
def test_a_job_that_kills_its_workers_is_given_up(workers: Workers) -> None:
    job_id = workers.request(kills_at="s1")

    while workers.job(job_id).state is not JobState.FAILED:
        worker = workers.start()
        until(
            lambda worker=worker: (
                worker.poll() is not None or workers.job(job_id).state is JobState.FAILED
            )
        )

    problem = workers.job(job_id).problem
    assert problem is not None
    assert problem["type"] == "worker-lost"
    assert workers.steps(job_id).count("s0") == 1


@embedded
def test_one_slot_is_held_by_one_process(workers: Workers) -> None:
    workers.start("slot-1")
    workers.ended(workers.request())

    assert workers.start("slot-1").wait(timeout=60) == 2


def test_what_web_processes_import_of_jobs_knows_no_engine() -> None:
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, app.core.jobs, app.custody.jobs, app.transcripts.service; "
            "print([name for name in ('dbos', 'whisper', 'torch', 'librosa', 'pocketsphinx', "
            "'transcription.engines') if name in sys.modules])",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "[]"


@contextmanager
def engine_database(workers: Workers) -> Iterator[Connection]:
    """The engine's own database, opened behind its back."""
    settings = Settings(
        data_dir=workers.folder,
        database_url=workers.database.engine.url.render_as_string(hide_password=False),
    )
    engine = create_engine(settings.engine_url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def forget_everything(workers: Workers) -> None:
    """Lose the engine's database, as a disk does."""
    files = list(workers.folder.glob("jobs.db*"))
    for file in files:
        file.unlink()
    if not files:
        with engine_database(workers) as connection:
            connection.execute(text("drop schema dbos cascade"))
