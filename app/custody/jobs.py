"""
Jobs that a person handles by themselves: each verb leaves its entry.

It stands here because `core` knows nothing of custody. A job that is part of another verb
(an acquisition identifies what it took in) is requested with `app.core.jobs.request` and is
covered by that verb's entry.
"""

from sqlalchemy.orm import Session

from app.core import jobs
from app.core.actor import Actor
from app.core.canonical import Json
from app.custody.events import EventType
from app.custody.service import Subject, record


def request(
    session: Session,
    *,
    kind: jobs.JobKind,
    subject_kind: str,
    subject_id: str,
    case_id: str | None,
    params: dict[str, Json],
    actor: Actor,
) -> jobs.Job:
    """Ask for a job by itself: a fixity check, a second look by newer tools."""
    job = jobs.request(
        session,
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        case_id=case_id,
        params=params,
        actor=actor,
    )
    _record(session, EventType.JOB_REQUEST, job=job, actor=actor)
    return job


def cancel(session: Session, *, actor: Actor, job: jobs.Job) -> jobs.Job:
    """Stop a job before its next step; `Conflict` when it is over already."""
    jobs.cancel(session, job=job)
    _record(session, EventType.JOB_CANCELLATION, job=job, actor=actor)
    return job


def retry(session: Session, *, actor: Actor, job: jobs.Job) -> jobs.Job:
    """Try a failed or cancelled job again; `Conflict` for any other."""
    jobs.retry(session, job=job)
    _record(session, EventType.JOB_RETRY, job=job, actor=actor)
    return job


def _record(session: Session, event: EventType, *, job: jobs.Job, actor: Actor) -> None:
    record(
        session,
        event,
        subject=Subject("job", job.id),
        actor=actor,
        case_id=job.case_id,
        details={
            "kind": str(job.kind),
            "of": {"kind": job.subject_kind, "id": job.subject_id},
            "attempt": job.attempt,
        },
    )
