"""Bringing in a transcript that somebody made."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.http.caller import allowed, require_csrf
from app.http.transactions import Writing
from app.recordings import queries
from app.recordings.models import Recording
from app.transcripts import placing, service
from app.transcripts import queries as versions
from app.transcripts.imports import TranscriptFile
from app.transcripts.models import TranscriptKind
from app.web.fields import lines, one_of, optional
from app.web.recordings import show
from app.web.refusals import attempted
from transcription.formats import TranscriptFormat

router = APIRouter()

Writer = Annotated[Caller, allowed(Permission.TRANSCRIPT_WRITE)]
FormReader = Annotated[Caller, allowed(Permission.TRANSCRIPT_WRITE, reads_own_form=True)]


@router.post("/recordings/{recording_id}/transcripts")
def bring_in(
    recording_id: str,
    request: Request,
    session: Writing,
    caller: FormReader,
    csrf: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
    language: Annotated[str, Form()] = "",
    format: Annotated[str, Form()] = "",  # noqa: A002 - the field's name
    model: Annotated[str, Form()] = "",
    repair: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """Keep a transcript made elsewhere, typed or as a file: a person's unless a model is named."""
    require_csrf(request, csrf)
    recording = _mine(session, caller, recording_id)
    content = file.file.read() if file and file.filename else lines(text).encode()
    refused = attempted(
        session,
        lambda: service.import_file(
            session,
            actor=caller.actor,
            recording=recording,
            file=TranscriptFile(
                content,
                one_of(TranscriptFormat, format, field="format") if format else None,
                language.strip(),
                repair=bool(repair),
            ),
            kind=TranscriptKind.ASR if optional(model) else TranscriptKind.HUMAN,
            model=optional(model),
            note=optional(note),
        ),
        form="bring-in",
        given={
            "text": text,
            "language": language,
            "format": format,
            "model": model,
            "repair": repair,
        },
    )
    if refused:
        return show(request, session, caller, recording_id, refused=refused)
    return RedirectResponse(f"/recordings/{recording_id}", status_code=303)


@router.post("/transcripts/{transcript_id}/placements")
def place(transcript_id: str, request: Request, session: Writing, caller: Writer) -> Response:
    """Have the words of a transcript without times found in the recording; it becomes a job."""
    transcript = versions.get(session, transcript_id)
    recording = _mine(session, caller, transcript.recording_id)
    refused = attempted(
        session,
        lambda: placing.request(session, actor=caller.actor, transcript=transcript),
        form="place",
        given={},
    )
    if refused:
        return show(
            request, session, caller, recording.id, transcript=transcript_id, refused=refused
        )
    return RedirectResponse(f"/recordings/{recording.id}", status_code=303)


def _mine(session: Session, caller: Caller, recording_id: str) -> Recording:
    recording = queries.get(session, recording_id)
    caller.require(Permission.TRANSCRIPT_WRITE, recording.case_id, thing="recording")
    return recording
