"""
The sound of a window and nothing around it, cut from the listening copy as it leaves.

Only the copy that this house made is cut, which is container work and no decoding. The copy is
checked against its record first. Every answer that carries sound is an access of its own in
the custody log, with the window in it.
"""

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.core.digest import Digest
from app.core.errors import Conflict
from app.core.storage import Area
from app.http import delivery, ranges
from app.http.parts import Parts
from app.quotes.listening import places, queries
from app.quotes.listening.models import Listening
from app.quotes.listening.service import NotTheListener
from app.recordings import queries as recordings
from app.recordings import service
from app.recordings.models import Derivative
from transcription import ogg
from transcription.errors import Undecodable

PARTIAL = 206
UNSATISFIABLE = 416
MEDIA_TYPE = "audio/ogg"


def own(session: Session, caller: Caller, listening_id: str) -> Listening:
    """The caller's own listening; `NotTheListener` if it is somebody else's."""
    found = queries.get(session, listening_id)
    caller.require(Permission.LISTENING_WRITE, found.case_id, thing="listening")
    if found.listener_id != caller.account_id:
        raise NotTheListener("this listening is somebody else's")
    return found


def sound(request: Request, parts: Parts, caller: Caller, listening: Listening) -> Response:
    """The window of a listening, or the range of it that was asked for."""
    with parts.database.reading() as session:
        copy = places.copy_of(session, listening.instance_id)
        instance = recordings.get_instance(session, listening.instance_id)
    if copy is None:
        raise Conflict("there is no listening copy of this recording")
    content = _cut(parts, copy, listening)
    try:
        span = ranges.wanted(request.headers.get("range"), size=len(content))
    except ranges.Unsatisfiable:
        unknown = {"Content-Range": f"bytes */{len(content)}"}
        return Response(status_code=UNSATISFIABLE, headers=unknown)
    with parts.database.writing() as session:
        service.access(
            session,
            actor=caller.actor,
            instance=instance,
            part=f"listening {listening.id} {listening.window.fragment()}",
            digest=Digest.of_bytes(content),
            span=(span.start, span.end),
        )
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    }
    if span.partial:
        headers["Content-Range"] = f"bytes {span.start}-{span.end - 1}/{len(content)}"
    return Response(
        content[span.start : span.end],
        PARTIAL if span.partial else 200,
        headers=headers,
        media_type=MEDIA_TYPE,
    )


def _cut(parts: Parts, copy: Derivative, listening: Listening) -> bytes:
    digest = Digest.parse(copy.sha256)
    delivery.require_intact(parts.storage, digest, area=Area.DERIVATIVES, size=copy.size)

    def read(start: int, end: int) -> bytes:
        return b"".join(parts.storage.read(digest, area=Area.DERIVATIVES, start=start, end=end))

    try:
        return ogg.cut(read, copy.size, listening.window).content
    except Undecodable as error:
        raise Conflict("the listening copy of this recording cannot be cut") from error
