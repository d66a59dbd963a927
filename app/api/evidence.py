"""
The evidence record over HTTP: one document with everything known about a recording.

`as_of` asks for it as it was: at a place in the custody log, or at an instant. The same
question about the past has the same answer for ever, byte for byte, so its ETag is strong.
"""

from datetime import datetime
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.api.wire import Id
from app.cases.caller import Caller
from app.core import clock
from app.core.errors import Invalid, NotFound
from app.custody import queries as custody
from app.evidence.record import Records, Written
from app.http.caller import allowed, log_head
from app.http.parts import Parts, PartsOf

router = APIRouter(tags=["evidence"])
Seeing = Annotated[Caller, allowed(Permission.EVIDENCE_READ)]
RECORDS = Records()
_DIGITS_MOST = 18


@router.get("/recordings/{recording_id}/evidence-record", response_class=Response)
async def evidence_record(
    recording_id: Id,
    request: Request,
    parts: PartsOf,
    caller: Seeing,
    as_of: Annotated[
        str | None,
        Query(max_length=64, description="a custody log index, or an instant (RFC 3339)"),
    ] = None,
) -> Response:
    """Give everything known about a recording, now or as it was."""
    written = None
    if as_of is None:
        written = RECORDS.kept(recording_id, caller=caller, head=log_head(request))
    if written is None:
        written = await run_sync(_written, parts, recording_id, caller, as_of)
    tag = f'"{written.digest.hex}"'
    headers = {
        "ETag": tag,
        "Cache-Control": "private, no-cache",
        "Vary": "Authorization, Cookie",
    }
    if_none_match = request.headers.get("if-none-match")
    if if_none_match is not None and _matches(if_none_match, tag):
        return Response(status_code=304, headers=headers)
    return Response(written.content, media_type="application/json", headers=headers)


def _written(parts: Parts, recording_id: str, caller: Caller, as_of: str | None) -> Written:
    with parts.database.reading() as session:
        index = _index(session, as_of) if as_of is not None else None
        return RECORDS.written(session, recording_id, caller=caller, as_of=index)


def _index(session: Session, as_of: str) -> int:
    """The log index meant; `Invalid` for what is neither, or is still to come."""
    if as_of.isascii() and as_of.isdecimal() and len(as_of) <= _DIGITS_MOST:
        return int(as_of)
    try:
        instant = datetime.fromisoformat(as_of)
    except ValueError as error:
        raise Invalid("neither a log index nor an RFC 3339 instant", field="as_of") from error
    if instant.tzinfo is None:
        raise Invalid("an instant needs a time zone", field="as_of")
    if instant > clock.now():
        raise Invalid("this instant is still to come", field="as_of")
    size = custody.size_at(session, instant)
    if size == 0:
        raise NotFound("no such recording")
    return size - 1


def _matches(header: str, tag: str) -> bool:
    """RFC 9110 13.1.2: weak comparison with each tag of the list, or any at all for `*`."""
    wanted = {item.strip().removeprefix("W/") for item in header.split(",")}
    return bool(wanted & {tag, "*"})
