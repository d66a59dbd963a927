"""
Jobs as rows: asking for one, stopping it, trying again, finding it.

Nothing here knows the engine that will do the work, so the web process can do all of it.
None of these verbs writes to the custody log: a job that is part of another verb is covered
by that verb's entry, and a job that a person handles by itself goes through
`app.custody.jobs`, which adds the entry.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.actor import Actor
from app.core.canonical import Json
from app.core.errors import Conflict
from app.core.identity import new_id
from app.core.jobs.models import Heartbeat, Job, JobKind, JobState
from app.core.lookup import found

DEAD_AFTER = timedelta(seconds=60)
"""A worker that was not heard of for this long is taken for dead and its jobs are taken over."""


def request(
    session: Session,
    *,
    kind: JobKind,
    subject_kind: str,
    subject_id: str,
    case_id: str | None,
    params: dict[str, Json],
    actor: Actor,
) -> Job:
    """Add a queued job; it starts after the surrounding transaction has committed."""
    at = clock.now()
    job = Job(
        id=new_id(),
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        case_id=case_id,
        params=params,
        requested_by=actor.as_data(),
        state=JobState.QUEUED,
        stage=None,
        done=0,
        total=None,
        problem=None,
        result=None,
        attempt=1,
        starts=0,
        cancel_requested=False,
        executor_id=None,
        requested_at=at,
        started_at=None,
        finished_at=None,
        updated_at=at,
    )
    session.add(job)
    session.flush()
    return job


def cancel(session: Session, *, job: Job) -> Job:
    """
    Stop a job: at once if no worker has it, else before its next step.

    `Conflict` when it is over already or is being stopped.
    """
    _lock(session, job)
    if job.state.final or job.cancel_requested:
        raise Conflict("this job is over or being stopped already", state=str(job.state))
    job.updated_at = clock.now()
    job.cancel_requested = True
    if job.state is not JobState.RUNNING:
        job.state = JobState.CANCELLED
        job.problem = None
        job.finished_at = job.updated_at
    session.flush()
    return job


def retry(session: Session, *, job: Job) -> Job:
    """Try a failed or cancelled job again from its first step; `Conflict` for any other."""
    _lock(session, job)
    if job.state not in {JobState.FAILED, JobState.CANCELLED}:
        raise Conflict("only a failed or cancelled job can be retried", state=str(job.state))
    requeue(job)
    session.flush()
    return job


def requeue(job: Job) -> None:
    """Make a row ready for a new attempt: a new workflow, none of whose steps is done."""
    job.attempt += 1
    job.state = JobState.QUEUED
    job.stage, job.done, job.total = None, 0, None
    job.problem, job.result = None, None
    job.starts, job.cancel_requested, job.executor_id = 0, False, None
    job.started_at, job.finished_at = None, None
    job.updated_at = clock.now()


def get(session: Session, job_id: str) -> Job:
    """Look up a job; `NotFound` if there is none."""
    return found(session.get(Job, job_id), "job")


def listing(
    *,
    case_ids: Collection[str],
    subject_id: str | None = None,
    states: Collection[JobState] = (),
) -> Select[Job]:
    """Select the jobs of these cases, to be paged by `Job.id`."""
    statement = select(Job).where(Job.case_id.in_(case_ids))
    if subject_id:
        statement = statement.where(Job.subject_id == subject_id)
    if states:
        statement = statement.where(Job.state.in_(states))
    return statement


def of_subject(session: Session, subject_id: str) -> Sequence[Job]:
    """Everything ever to be done about one thing, newest first."""
    return session.scalars(
        select(Job).where(Job.subject_id == subject_id).order_by(Job.id.desc())
    ).all()


def living_workers(session: Session) -> Sequence[Heartbeat]:
    """Workers that were heard of within `DEAD_AFTER` and did not say goodbye."""
    return session.scalars(
        select(Heartbeat).where(
            Heartbeat.stopped_at.is_(None), Heartbeat.beat_at > clock.now() - DEAD_AFTER
        )
    ).all()


def _lock(session: Session, job: Job) -> None:
    """Read the row again and hold it, so that a worker's last word and ours do not cross."""
    session.refresh(job, with_for_update=True)
