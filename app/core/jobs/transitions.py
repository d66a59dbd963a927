"""
What a worker may do to a job's row: begin it, end it, put it back.

Every transition reads the row under a lock and changes it only if it still says what the
worker thinks: somebody may have cancelled, a retry may have begun, another worker may have
taken over. The last word on a job is written here before the engine is told that the
workflow is over, so a workflow that is over leaves no row behind that runs for ever.
"""

from app.core import clock
from app.core.canonical import Json
from app.core.database import Database
from app.core.jobs.models import Job, JobState
from app.core.jobs.queue import requeue
from app.core.jobs.run import Facts, Problem

MAX_STARTS = 5
"""An attempt that was begun this often without finishing a step kills its workers."""

_OPEN = {JobState.QUEUED, JobState.RUNNING}


def begin(database: Database, job_id: str, attempt: int, *, executor_id: str) -> Facts | None:
    """Take the job up, for the first time or after a crash; `None` if it is not to be done."""
    with database.writing() as session:
        job = session.get(Job, job_id, with_for_update=True)
        if job is None or job.attempt != attempt or job.state not in _OPEN:
            return None
        at = clock.now()
        job.updated_at = at
        if job.cancel_requested:
            job.state, job.finished_at = JobState.CANCELLED, at
            return None
        job.starts += 1
        if job.starts > MAX_STARTS:
            _fail(job, LOST_TOO_OFTEN)
            return None
        job.state = JobState.RUNNING
        job.executor_id = executor_id
        job.started_at = job.started_at or at
        return Facts.of(job)


def advanced(database: Database, facts: Facts) -> None:
    """Note that a step was finished, so that earlier starts no longer count against the job."""
    with database.writing() as session:
        job = _held(session.get(Job, facts.id, with_for_update=True), facts)
        if job is not None:
            job.starts = 1


def succeed(database: Database, facts: Facts, result: dict[str, Json]) -> None:
    """Write what the job made."""
    with database.writing() as session:
        job = _held(session.get(Job, facts.id, with_for_update=True), facts)
        if job is not None:
            job.state, job.result, job.stage = JobState.SUCCEEDED, result, None
            job.finished_at = job.updated_at = clock.now()


def fail(database: Database, facts: Facts, problem: Problem) -> None:
    """Write why the job cannot be done."""
    with database.writing() as session:
        job = _held(session.get(Job, facts.id, with_for_update=True), facts)
        if job is not None:
            _fail(job, problem)


def stop(database: Database, facts: Facts) -> None:
    """Write that the job was cancelled."""
    with database.writing() as session:
        job = _held(session.get(Job, facts.id, with_for_update=True), facts)
        if job is not None and job.cancel_requested:
            job.state = JobState.CANCELLED
            job.finished_at = job.updated_at = clock.now()


def wait(database: Database, facts: Facts, problem: Problem) -> None:
    """Put the job aside until its handler says it is ready."""
    with database.writing() as session:
        job = _held(session.get(Job, facts.id, with_for_update=True), facts)
        if job is None:
            return
        job.updated_at = clock.now()
        if job.cancel_requested:
            job.state, job.finished_at = JobState.CANCELLED, job.updated_at
            return
        job.state, job.problem, job.stage = JobState.WAITING, problem.as_data(), None


def put_back(database: Database, facts: Facts, *, from_states: set[JobState]) -> None:
    """Queue a new attempt, if the row is still in one of `from_states`."""
    with database.writing() as session:
        job = session.get(Job, facts.id, with_for_update=True)
        if job is None or job.attempt != facts.attempt or job.state not in from_states:
            return
        if job.cancel_requested:
            job.state = JobState.CANCELLED
            job.finished_at = job.updated_at = clock.now()
            return
        requeue(job)


LOST_TOO_OFTEN = Problem(
    "worker-lost",
    "The job was given up",
    f"Its worker was lost {MAX_STARTS} times in the same step; retry it when more memory is free.",
)
ENDED_WITHOUT_WORD = Problem(
    "worker-lost",
    "The job was given up",
    "The job engine ended it without a result; retry it.",
)


def _held(job: Job | None, facts: Facts) -> Job | None:
    if job is None or job.attempt != facts.attempt or job.state not in _OPEN:
        return None
    return job


def _fail(job: Job, problem: Problem) -> None:
    job.state, job.problem = JobState.FAILED, problem.as_data()
    job.finished_at = job.updated_at = clock.now()
