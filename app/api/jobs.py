"""
Jobs: what is being done, how far it is, and how to stop it.

A request that takes long answers 202 with the address of its job. Progress is read again
and again, or listened to: `/jobs/{id}/events` sends the job as server-sent events whenever
it changes, until it is over.
"""

import time
from collections.abc import AsyncIterator
from typing import Annotated, Any

import anyio
from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.api.once import Once
from app.api.wire import (
    FIRST,
    Cursor,
    Id,
    Limit,
    Listing,
    UtcInstant,
    Wire,
    listing,
)
from app.cases.caller import Caller
from app.core import jobs, paging
from app.core.database import Database
from app.core.jobs import Job, JobKind, JobState
from app.custody import jobs as control
from app.http.caller import allowed
from app.http.parts import PartsOf
from app.http.transactions import Reading, Writing

router = APIRouter(prefix="/jobs", tags=["jobs"])
Seeing = Annotated[Caller, allowed(Permission.JOB_READ)]
Controlling = Annotated[Caller, allowed(Permission.JOB_CONTROL)]

LOOK_EVERY_S = 0.5
KEEP_ALIVE_S = 15.0
LISTEN_S = 600.0
"""A stream ends after this long; a client that still cares comes back and is judged anew."""


class ProblemOut(Wire):
    """Why a job failed, or what it waits for."""

    type: str
    title: str
    detail: str


class JobOut(Wire):
    """A job; `progress` is `done` of `total` steps of the stage, where the total is known."""

    id: str
    kind: JobKind
    subject_kind: str
    subject_id: str
    case_id: str | None
    params: dict[str, Any]
    requested_by: str
    state: JobState
    stage: str | None
    done: int
    total: int | None
    problem: ProblemOut | None
    result: dict[str, Any] | None
    attempt: int
    cancel_requested: bool
    requested_at: UtcInstant
    started_at: UtcInstant | None
    finished_at: UtcInstant | None
    updated_at: UtcInstant

    @classmethod
    def of(cls, job: Job) -> "JobOut":
        """Shape a job."""
        beside = {"problem", "requested_by"}
        fields = {name: getattr(job, name) for name in cls.model_fields if name not in beside}
        return cls(
            **fields,
            problem=ProblemOut(**job.problem) if job.problem else None,
            requested_by=str(job.requested_by["id"]),
        )


def address_of(job: JobOut) -> str:
    """Where a job is found."""
    return f"/api/v1/jobs/{job.id}"


@router.get("")
def browse(
    request: Request,
    response: Response,
    session: Reading,
    caller: Seeing,
    state: Annotated[list[JobState] | None, Query()] = None,
    subject_id: Annotated[str | None, Query(max_length=64)] = None,
    limit: Limit = FIRST,
    cursor: Cursor = None,
) -> Listing[JobOut]:
    """Jobs of the caller's cases, newest first."""
    found = jobs.listing(
        case_ids=caller.cases_with(Permission.JOB_READ), subject_id=subject_id, states=state or ()
    )
    page = paging.page(session, found, key=Job.id, limit=limit, cursor=cursor, descending=True)
    return listing(request, response, page, of=JobOut.of)


@router.get("/{job_id}")
def read(job_id: Id, session: Reading, caller: Seeing) -> JobOut:
    """One job, as it stands now."""
    return JobOut.of(_of_caller(session, caller, job_id, Permission.JOB_READ))


@router.post("/{job_id}/cancel", response_model=JobOut)
def cancel(job_id: Id, session: Writing, caller: Controlling, once: Once) -> Response:
    """Stop a job: at once while nobody does it, else before its next step."""
    job = _of_caller(session, caller, job_id, Permission.JOB_CONTROL)
    return once.answer(
        session,
        caller,
        lambda: JobOut.of(control.cancel(session, actor=caller.actor, job=job)),
        status=200,
    )


@router.post("/{job_id}/retry", status_code=202, response_model=JobOut)
def retry(job_id: Id, session: Writing, caller: Controlling, once: Once) -> Response:
    """Try a failed or cancelled job again, from its first step."""
    job = _of_caller(session, caller, job_id, Permission.JOB_CONTROL)
    return once.answer(
        session,
        caller,
        lambda: JobOut.of(control.retry(session, actor=caller.actor, job=job)),
        status=202,
        location=address_of,
    )


@router.get("/{job_id}/events", response_class=StreamingResponse)
def events(job_id: Id, session: Reading, parts: PartsOf, caller: Seeing) -> StreamingResponse:
    """The job as server-sent events (`event: job`), each time it changes, until it is over."""
    _of_caller(session, caller, job_id, Permission.JOB_READ)
    return StreamingResponse(
        _changes(parts.database, job_id),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _changes(database: Database, job_id: str) -> AsyncIterator[str]:
    began = spoke = time.monotonic()
    last: JobOut | None = None
    while time.monotonic() - began < LISTEN_S:
        job = await to_thread.run_sync(_look, database, job_id)
        if job != last:
            last, spoke = job, time.monotonic()
            yield f"event: job\ndata: {job.model_dump_json()}\n\n"
        if job.state.final:
            return
        if time.monotonic() - spoke > KEEP_ALIVE_S:
            spoke = time.monotonic()
            yield ": still here\n\n"
        await anyio.sleep(LOOK_EVERY_S)


def _look(database: Database, job_id: str) -> JobOut:
    with database.reading() as session:
        return JobOut.of(jobs.get(session, job_id))


def _of_caller(session: Session, caller: Caller, job_id: str, permission: Permission) -> Job:
    job = jobs.get(session, job_id)
    caller.require(permission, job.case_id, thing="job")
    return job
