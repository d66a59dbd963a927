"""Recording on a page what somebody heard in a span, replacing it, taking it back."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.http.caller import allowed
from app.http.transactions import Writing
from app.recordings import queries
from app.transcripts import listening, readings
from app.transcripts.models import Blindness, Confidence
from app.transcripts.readings import Hearing
from app.web.fields import lines, moment, one_of
from app.web.recordings import show
from app.web.refusals import attempted

router = APIRouter()

Writer = Annotated[Caller, allowed(Permission.TRANSCRIPT_WRITE)]


@router.post("/recordings/{recording_id}/readings")
def add(
    recording_id: str,
    request: Request,
    session: Writing,
    caller: Writer,
    start: Annotated[str, Form()] = "",
    end: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
    language: Annotated[str, Form()] = "",
    listener: Annotated[str, Form()] = "",
    confidence: Annotated[str, Form()] = "",
    confidence_as_stated: Annotated[str, Form()] = "",
    blind: Annotated[str, Form()] = Blindness.NOT_STATED.value,
    note: Annotated[str, Form()] = "",
    transcript: Annotated[str, Form()] = "",
    replaces: Annotated[str, Form()] = "",
) -> Response:
    """Record a reading beside the version that is shown; `replaces` names an older one."""
    recording = queries.get(session, recording_id)
    caller.require(Permission.TRANSCRIPT_WRITE, recording.case_id, thing="recording")

    def act() -> None:
        hearing = Hearing(
            start_ms=moment(start, field="from"),
            end_ms=moment(end, field="to"),
            text=lines(text),
            language=language,
            listener=listener,
            confidence=one_of(Confidence, confidence, field="confidence") if confidence else None,
            confidence_as_stated=confidence_as_stated,
            blind=one_of(Blindness, blind, field="blind"),
            transcript_id=transcript or None,
            note=note,
        )
        if not replaces:
            readings.add(session, actor=caller.actor, recording=recording, hearing=hearing)
            return
        older = listening.get(session, replaces)
        caller.require(Permission.TRANSCRIPT_WRITE, older.case_id, thing="reading")
        readings.supersede(session, actor=caller.actor, reading=older, hearing=hearing)

    given = {
        "start": start,
        "end": end,
        "text": text,
        "language": language,
        "listener": listener,
        "confidence": confidence,
        "confidence_as_stated": confidence_as_stated,
        "blind": blind,
        "note": note,
        "replaces": replaces,
    }
    refused = attempted(session, act, form="reading", given=given)
    if refused:
        return show(request, session, caller, recording_id, transcript=transcript, refused=refused)
    chosen = f"?transcript={transcript}" if transcript else ""
    return RedirectResponse(f"/recordings/{recording_id}{chosen}#readings-head", status_code=303)


@router.post("/readings/{reading_id}/withdrawal")
def withdraw(
    reading_id: str,
    request: Request,
    session: Writing,
    caller: Writer,
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Take back one's own reading, with a reason."""
    reading = listening.get(session, reading_id)
    caller.require(Permission.TRANSCRIPT_WRITE, reading.case_id, thing="reading")
    refused = attempted(
        session,
        lambda: readings.withdraw(session, actor=caller.actor, reading=reading, reason=reason),
        form=f"withdraw-{reading_id}",
        given={"reason": reason},
    )
    if refused:
        return show(request, session, caller, reading.recording_id, refused=refused)
    return RedirectResponse(f"/recordings/{reading.recording_id}#readings-head", status_code=303)
