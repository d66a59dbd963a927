"""Asking an engine to listen, to translate, to hear a loop again, to run a transcript anew."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.core.errors import Invalid
from app.http.caller import allowed
from app.http.parts import PartsOf
from app.http.transactions import Writing
from app.recordings import queries as recordings
from app.transcripts import queries, requests
from app.transcripts.choice import Task
from app.transcripts.models import Transcript
from app.transcripts.requests import Wanted
from app.web.fields import one_of, optional
from app.web.recordings import show
from app.web.refusals import attempted

router = APIRouter()

Writer = Annotated[Caller, allowed(Permission.TRANSCRIPT_WRITE)]


@router.post("/recordings/{recording_id}/transcriptions")
def transcribe(
    recording_id: str,
    request: Request,
    session: Writing,
    parts: PartsOf,
    caller: Writer,
    engine: Annotated[str, Form()] = "",
    language: Annotated[str, Form()] = "",
    task: Annotated[str, Form()] = Task.TRANSCRIBE.value,
    channel: Annotated[str, Form()] = "",
) -> Response:
    """Ask for a transcription or a translation; it becomes a job."""
    recording = recordings.get(session, recording_id)
    caller.require(Permission.TRANSCRIPT_WRITE, recording.case_id, thing="recording")
    refused = attempted(
        session,
        lambda: requests.transcription(
            session,
            actor=caller.actor,
            recording=recording,
            settings=parts.settings,
            wanted=Wanted(
                engine=optional(engine),
                language=optional(language),
                task=one_of(Task, task, field="task"),
                channel=_number(channel),
            ),
        ),
        form="transcribe",
        given={"engine": engine, "language": language, "task": task, "channel": channel},
    )
    if refused:
        return show(request, session, caller, recording_id, refused=refused)
    return RedirectResponse(f"/recordings/{recording_id}", status_code=303)


@router.post("/transcripts/{transcript_id}/translations")
def translate(
    transcript_id: str, request: Request, session: Writing, parts: PartsOf, caller: Writer
) -> Response:
    """Ask for a transcript's windows to be translated from the sound."""
    found = _mine(session, caller, transcript_id)
    return _asked(
        request,
        session,
        caller,
        found,
        lambda: requests.translation(
            session, actor=caller.actor, transcript=found, settings=parts.settings
        ),
    )


@router.post("/transcripts/{transcript_id}/retries")
def retry(
    transcript_id: str,
    request: Request,
    session: Writing,
    parts: PartsOf,
    caller: Writer,
    engine: Annotated[str, Form()] = "",
) -> Response:
    """Ask for the windows with a flagged loop to be heard again."""
    found = _mine(session, caller, transcript_id)
    return _asked(
        request,
        session,
        caller,
        found,
        lambda: requests.retry(
            session,
            actor=caller.actor,
            transcript=found,
            settings=parts.settings,
            engine=optional(engine),
        ),
    )


@router.post("/transcripts/{transcript_id}/replays")
def replay(transcript_id: str, request: Request, session: Writing, caller: Writer) -> Response:
    """Ask for a machine's transcript to be made again."""
    found = _mine(session, caller, transcript_id)
    return _asked(
        request,
        session,
        caller,
        found,
        lambda: requests.replay(session, actor=caller.actor, transcript=found),
    )


def _asked(
    request: Request,
    session: Session,
    caller: Caller,
    transcript: Transcript,
    ask: Callable[[], object],
) -> Response:
    """Back to the transcript, with the refusal where there is one."""
    refused = attempted(session, ask, form="machine", given={})
    if refused:
        return show(
            request,
            session,
            caller,
            transcript.recording_id,
            transcript=transcript.id,
            refused=refused,
        )
    address = f"/recordings/{transcript.recording_id}?transcript={transcript.id}"
    return RedirectResponse(address, status_code=303)


def _mine(session: Session, caller: Caller, transcript_id: str) -> Transcript:
    found = queries.get(session, transcript_id)
    caller.require(Permission.TRANSCRIPT_WRITE, found.case_id, thing="transcript")
    return found


def _number(text: str) -> int | None:
    typed = optional(text)
    if typed is None:
        return None
    if not typed.isdecimal():
        raise Invalid("a channel is a number, counted from 0", field="channel")
    return int(typed)
