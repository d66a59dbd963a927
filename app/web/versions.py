"""Versions of a transcript on pages: correcting one, relabelling voices, comparing two."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.core.errors import NotFound
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.recordings import queries as recordings
from app.transcripts import queries, versions
from app.transcripts.models import Transcript
from app.web import comparing, playing
from app.web.fields import lines, moment, optional
from app.web.recordings import show
from app.web.refusals import Refused, attempted
from app.web.rendering import page
from transcription import editing
from transcription.difference import MOVED_MS
from transcription.editing import Line
from transcription.marks import MarkKind
from transcription.transcript import Flag

router = APIRouter()

Reader = Annotated[Caller, allowed(Permission.TRANSCRIPT_READ)]
Writer = Annotated[Caller, allowed(Permission.TRANSCRIPT_WRITE)]
LINES_A_PAGE = 50
_NUMBER = re.compile(r"[0-9]{1,7}")
STALE = 412


async def _typed(request: Request) -> FormData:
    return await request.form()


Typed = Annotated[FormData, Depends(_typed)]


@router.get("/transcripts/{transcript_id}/edit")
def form(
    transcript_id: str,
    request: Request,
    session: Reading,
    caller: Writer,
    first: Annotated[int, Query(alias="from", ge=0, le=1_000_000)] = 0,
) -> Response:
    """Where a version is corrected, a page of lines at a time."""
    parent = _transcript(session, caller, transcript_id, Permission.TRANSCRIPT_WRITE)
    return _edited(request, session, caller, parent, first=first)


@router.post("/transcripts/{transcript_id}/edit")
def edit(
    transcript_id: str, request: Request, session: Writing, caller: Writer, typed: Typed
) -> Response:
    """Keep the corrected lines as a child; what was typed comes back where it is refused."""
    parent = _transcript(session, caller, transcript_id, Permission.TRANSCRIPT_WRITE)
    sent = {name: lines(value) for name, value in typed.multi_items() if isinstance(value, str)}
    flags = [name for name in typed if name.startswith("flag-")]
    changed = _lines(sent, flags)
    made: list[Transcript] = []
    refused = attempted(
        session,
        lambda: made.append(
            versions.edit(
                session,
                actor=caller.actor,
                parent=parent,
                typed=changed,
                seen={sent.get("seen", "")},
                note=optional(sent.get("note", "")),
            )
        ),
        form="edit",
        given=sent,
    )
    if refused:
        first = min(changed, default=0)
        return _edited(
            request, session, caller, parent, first=first, refused=refused, typed=changed
        )
    return RedirectResponse(
        f"/recordings/{parent.recording_id}?transcript={made[0].id}", status_code=303
    )


@router.post("/transcripts/{transcript_id}/speakers")
def relabel(
    transcript_id: str,
    request: Request,
    session: Writing,
    caller: Writer,
    old: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    start: Annotated[str, Form()] = "",
    end: Annotated[str, Form()] = "",
) -> Response:
    """Give a voice another label, in a child of this version."""
    parent = _transcript(session, caller, transcript_id, Permission.TRANSCRIPT_WRITE)
    made: list[Transcript] = []
    refused = attempted(
        session,
        lambda: made.append(
            versions.relabel(
                session,
                actor=caller.actor,
                parent=parent,
                old=old or None,
                new=optional(new),
                start_ms=moment(start, field="from") if start.strip() else None,
                end_ms=moment(end, field="to") if end.strip() else None,
            )
        ),
        form="relabel",
        given={"old": old, "new": new, "start": start, "end": end},
    )
    if refused:
        return show(
            request,
            session,
            caller,
            parent.recording_id,
            transcript=transcript_id,
            refused=refused,
        )
    return RedirectResponse(
        f"/recordings/{parent.recording_id}?transcript={made[0].id}#words-head", status_code=303
    )


@router.get("/transcripts/{transcript_id}/difference")
def difference(
    transcript_id: str,
    request: Request,
    session: Reading,
    caller: Reader,
    to: Annotated[str, Query(max_length=64)],
) -> Response:
    """Two versions beside one another."""
    one = _transcript(session, caller, transcript_id, Permission.TRANSCRIPT_READ)
    other = _transcript(session, caller, to, Permission.TRANSCRIPT_READ)
    found = versions.between(session, one, other)
    contents = queries.value(session, one), queries.value(session, other)
    return page(
        request,
        "difference.html",
        caller=caller,
        section="Recordings",
        one=one,
        other=other,
        found=found,
        counts=found.counts(),
        moved_ms=MOVED_MS,
        groups=comparing.rows(*contents, found),
        **_around(session, caller, one),
    )


def _edited(
    request: Request,
    session: Session,
    caller: Caller,
    parent: Transcript,
    *,
    first: int,
    refused: Refused | None = None,
    typed: Mapping[int, Line] | None = None,
) -> Response:
    content = queries.value(session, parent)
    stands = editing.lines(content)
    if first >= max(1, len(stands)):
        raise NotFound("this version has no such line")
    begin = first - first % LINES_A_PAGE
    numbers = range(begin, min(begin + LINES_A_PAGE, len(stands)))
    corrections = queries.children(session, parent.id)
    return page(
        request,
        "transcript_edit.html",
        caller=caller,
        section="Recordings",
        status=refused.status if refused else 200,
        refused=refused,
        stale=corrections[-1] if refused and refused.status == STALE and corrections else None,
        parent=parent,
        seen=versions.tag(session, parent),
        offered=[
            (number, content.segments[number], stands[number], (typed or {}).get(number))
            for number in numbers
        ],
        begin=begin,
        count=len(stands),
        a_page=LINES_A_PAGE,
        marks=list(MarkKind),
        **_around(session, caller, parent),
    )


def _lines(sent: Mapping[str, str], flags: list[str]) -> dict[int, Line]:
    """The lines of the form, by number; a flag counts where its box is still ticked."""
    made: dict[int, Line] = {}
    for name, text in sent.items():
        kind, _, number = name.partition("-")
        if kind == "text" and _NUMBER.fullmatch(number):
            standing = tuple(flag for flag in Flag if f"flag-{number}-{flag}" in flags)
            speaker = optional(sent.get(f"speaker-{number}", ""))
            made[int(number)] = Line(text, speaker, standing)
    return made


def _around(session: Session, caller: Caller, transcript: Transcript) -> dict[str, Any]:
    """What both pages show of the recording, with its player."""
    recording = recordings.get(session, transcript.recording_id)
    return {
        "recording": recording,
        "description": recordings.description_of(session, recording.id),
        "player": playing.player_of(session, recording.id),
        "may_listen": caller.may(Permission.RECORDING_LISTEN, recording.case_id),
        "may_write": caller.may(Permission.TRANSCRIPT_WRITE, recording.case_id),
    }


def _transcript(
    session: Session, caller: Caller, transcript_id: str, permission: Permission
) -> Transcript:
    found = queries.get(session, transcript_id)
    caller.require(permission, found.case_id, thing="transcript")
    return found
