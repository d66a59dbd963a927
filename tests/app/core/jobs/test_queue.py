"""Jobs as rows: what may be asked of them in which state, and what that leaves in the log."""

import pytest
from sqlalchemy import select

from app.core import jobs
from app.core.actor import Actor
from app.core.database import Database
from app.core.errors import Conflict, NotFound
from app.core.jobs import Heartbeat, Job, JobKind, JobState, heartbeat
from app.custody import jobs as control
from app.custody.models import LogEntry
from tests.conftest import FrozenClock


def requested(database: Database, actor: Actor, state: JobState = JobState.QUEUED) -> Job:
    with database.writing() as session:
        job = jobs.request(
            session,
            kind=JobKind.ALIGN,
            subject_kind="quote",
            subject_id="quote-1",
            case_id="case-1",
            params={},
            actor=actor,
        )
        job.state = state
        return job


def entries(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(LogEntry.event).order_by(LogEntry.log_index)))


def test_a_job_within_another_verb_leaves_no_entry_of_its_own(
    database: Database, investigator: Actor
) -> None:
    job = requested(database, investigator)

    assert entries(database) == []
    assert (job.state, job.attempt, job.requested_by["name"]) == (JobState.QUEUED, 1, "Inna")


def test_a_job_asked_for_by_itself_leaves_one(database: Database, investigator: Actor) -> None:
    with database.writing() as session:
        control.request(
            session,
            kind=JobKind.FIXITY,
            subject_kind="media_instance",
            subject_id="instance-1",
            case_id="case-1",
            params={},
            actor=investigator,
        )

    assert entries(database) == ["job:request"]


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.WAITING])
def test_what_nobody_does_is_cancelled_at_once(
    database: Database, investigator: Actor, state: JobState
) -> None:
    job = requested(database, investigator, state)
    with database.writing() as session:
        job = control.cancel(session, actor=investigator, job=jobs.get(session, job.id))

    assert job.state is JobState.CANCELLED
    assert job.finished_at is not None
    assert entries(database) == ["job:cancellation"]


def test_what_is_over_cannot_be_cancelled(database: Database, investigator: Actor) -> None:
    for state in (state for state in JobState if state.final):
        job = requested(database, investigator, state)
        with pytest.raises(Conflict), database.writing() as session:
            control.cancel(session, actor=investigator, job=jobs.get(session, job.id))

    assert entries(database) == []


def test_a_second_cancellation_is_a_conflict(database: Database, investigator: Actor) -> None:
    job = requested(database, investigator, JobState.RUNNING)
    with database.writing() as session:
        control.cancel(session, actor=investigator, job=jobs.get(session, job.id))
    with pytest.raises(Conflict), database.writing() as session:
        control.cancel(session, actor=investigator, job=jobs.get(session, job.id))

    assert entries(database) == ["job:cancellation"]


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.CANCELLED])
def test_a_retry_begins_anew(database: Database, investigator: Actor, state: JobState) -> None:
    job = requested(database, investigator, state)
    with database.writing() as session:
        job = control.retry(session, actor=investigator, job=jobs.get(session, job.id))

    assert (job.state, job.attempt, job.finished_at) == (JobState.QUEUED, 2, None)
    assert jobs.Facts.of(job).workflow_id == f"{job.id}.2"
    assert entries(database) == ["job:retry"]


def test_only_what_failed_or_was_cancelled_is_retried(
    database: Database, investigator: Actor
) -> None:
    for state in (JobState.QUEUED, JobState.RUNNING, JobState.WAITING, JobState.SUCCEEDED):
        job = requested(database, investigator, state)
        with pytest.raises(Conflict), database.writing() as session:
            control.retry(session, actor=investigator, job=jobs.get(session, job.id))

    assert entries(database) == []


def test_a_job_that_is_not_there_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound), database.reading() as session:
        jobs.get(session, "job-none")


def test_the_living_are_those_heard_of_lately(
    database: Database, frozen_clock: FrozenClock
) -> None:
    heartbeat.started(database, "silent")
    frozen_clock.advance(seconds=50)
    heartbeat.started(database, "gone")
    heartbeat.started(database, "here")
    heartbeat.stopped(database, "gone")
    frozen_clock.advance(seconds=20)

    with database.reading() as session:
        living = [worker.executor_id for worker in jobs.living_workers(session)]
        assert len(session.scalars(select(Heartbeat)).all()) == 3
    assert living == ["here"]
