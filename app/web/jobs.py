"""What is being done, what waits and for what, and the two things a person may do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.core import jobs
from app.core.paging import page as page_of
from app.custody import jobs as control
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.quotes.models import Quote
from app.recordings.models import MediaInstance, Recording
from app.transcripts.models import Transcript
from app.web.rendering import page

router = APIRouter()

Reader = Annotated[Caller, allowed(Permission.JOB_READ)]
Controller = Annotated[Caller, allowed(Permission.JOB_CONTROL)]


@dataclass(frozen=True, slots=True)
class Row:
    """A job and what the page says around it."""

    job: jobs.Job
    name: str | None
    address: str | None
    may_control: bool


@router.get("/jobs")
def listing(
    request: Request, session: Reading, caller: Reader, cursor: str | None = None
) -> Response:
    """The jobs of the caller's cases, newest first."""
    found = page_of(
        session,
        jobs.listing(case_ids=caller.cases_with(Permission.JOB_READ)),
        key=jobs.Job.id,
        cursor=cursor,
        descending=True,
    )
    return page(
        request,
        "jobs.html",
        caller=caller,
        section="Jobs",
        jobs=_rows(session, caller, found.items),
        live=any(not job.state.final for job in found.items),
        workers=jobs.living_workers(session),
        following=f"/jobs?cursor={found.next_cursor}" if found.next_cursor else None,
    )


@router.post("/jobs/{job_id}/cancel")
def cancel(job_id: str, session: Writing, caller: Controller) -> Response:
    """Stop a job before its next step."""
    control.cancel(session, actor=caller.actor, job=_mine(session, caller, job_id))
    return RedirectResponse("/jobs", status_code=303)


@router.post("/jobs/{job_id}/retry")
def retry(job_id: str, session: Writing, caller: Controller) -> Response:
    """Try a job again that failed or was cancelled."""
    control.retry(session, actor=caller.actor, job=_mine(session, caller, job_id))
    return RedirectResponse("/jobs", status_code=303)


def _mine(session: Session, caller: Caller, job_id: str) -> jobs.Job:
    job = jobs.get(session, job_id)
    caller.require(Permission.JOB_CONTROL, job.case_id, thing="job")
    return job


def _rows(session: Session, caller: Caller, found: Sequence[jobs.Job]) -> list[Row]:
    recordings = _recordings(session, [job.subject_id for job in found])
    rows = []
    for job in found:
        name, address = _about(job, recordings.get(job.subject_id))
        rows.append(
            Row(
                job=job,
                name=name,
                address=address,
                may_control=caller.may(Permission.JOB_CONTROL, job.case_id),
            )
        )
    return rows


def _about(job: jobs.Job, recording: Recording | None) -> tuple[str | None, str | None]:
    """What a job is about, and where that is shown: a recording, or a page that came in."""
    if recording:
        return recording.catalogue_no, f"/recordings/{recording.id}"
    fetched = (job.result or {}).get("capture")
    page_id = job.subject_id if job.subject_kind == "capture" else fetched
    return ("a page", f"/captures/{page_id}") if page_id else (None, None)


def _recordings(session: Session, subjects: list[str]) -> dict[str, Recording]:
    """The recording that each subject (itself, its bytes, a transcript, a quote) belongs to."""
    found: dict[str, Recording] = {}
    for subject, recording in (
        (Recording.id, Recording.id),
        (MediaInstance.id, MediaInstance.recording_id),
        (Transcript.id, Transcript.recording_id),
        (Quote.id, Quote.recording_id),
    ):
        statement = select(subject, Recording).where(
            Recording.id == recording, subject.in_(subjects)
        )
        found.update((row[0], row[1]) for row in session.execute(statement))
    return found
