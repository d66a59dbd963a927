"""
The bytes of recordings on their way out, whole or in part.

Whatever leaves is recorded as an access first, one entry for each request that delivers
bytes; HEAD and 304 deliver none. Only media types that cannot carry script leave under
their own name, and a browser is told to run nothing of any of it.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.api.instances import instance_for
from app.cases.caller import Caller
from app.core.digest import Digest
from app.core.errors import NotFound
from app.core.storage import Area
from app.http import delivery, digests, ranges
from app.http.caller import allowed
from app.http.parts import Parts, PartsOf
from app.recordings import filenames, queries, service
from app.recordings.models import MediaInstance
from app.recordings.provenance import DerivativeKind, Standing

router = APIRouter(
    prefix="/recordings/{recording_id}/media-instances/{instance_id}", tags=["media"]
)
Listener = Annotated[Caller, allowed(Permission.RECORDING_LISTEN)]

PARTIAL = 206
UNSATISFIABLE = 416


@dataclass(frozen=True, slots=True)
class _Object:
    """One object that can be read: what it is of, and how it leaves."""

    instance: MediaInstance
    part: str
    area: Area
    digest: Digest
    size: int
    media_type: str
    name: str


@router.get("/content")
def content(
    recording_id: str, instance_id: str, request: Request, parts: PartsOf, caller: Listener
) -> Response:
    """The original, exactly as received; `Range` and `If-Range` are honoured."""
    return _deliver(request, parts, caller, _original(parts, caller, recording_id, instance_id))


@router.head("/content")
def content_head(
    recording_id: str, instance_id: str, request: Request, parts: PartsOf, caller: Listener
) -> Response:
    """What GET would answer, without a byte of it."""
    return _announce(request, _original(parts, caller, recording_id, instance_id))


@router.get("/derivatives/{kind}")
def derivative(
    recording_id: str,
    instance_id: str,
    kind: DerivativeKind,
    request: Request,
    parts: PartsOf,
    caller: Listener,
) -> Response:
    """The newest file of this kind made from the original."""
    return _deliver(request, parts, caller, _made(parts, caller, recording_id, instance_id, kind))


@router.head("/derivatives/{kind}")
def derivative_head(
    recording_id: str,
    instance_id: str,
    kind: DerivativeKind,
    request: Request,
    parts: PartsOf,
    caller: Listener,
) -> Response:
    """What GET would answer, without a byte of it."""
    return _announce(request, _made(parts, caller, recording_id, instance_id, kind))


def _readable(
    session: Session, caller: Caller, recording_id: str, instance_id: str
) -> MediaInstance:
    found = instance_for(session, caller, recording_id, instance_id, Permission.RECORDING_LISTEN)
    if found.standing is Standing.QUARANTINED:
        caller.require(Permission.RECORDING_QUARANTINE_READ, found.case_id, thing="media instance")
    return found


def _original(parts: Parts, caller: Caller, recording_id: str, instance_id: str) -> _Object:
    with parts.database.reading() as session:
        found = _readable(session, caller, recording_id, instance_id)
        known = queries.identification_of(session, found.id)
        media_type = filenames.media_type_of(known.container if known else None)
        number = queries.get(session, recording_id).catalogue_no
    return _Object(
        instance=found,
        part="original",
        area=Area.ORIGINALS,
        digest=Digest.parse(found.sha256),
        size=found.size,
        media_type=media_type,
        name=filenames.offered(number, part="original", media_type=media_type),
    )


def _made(
    parts: Parts, caller: Caller, recording_id: str, instance_id: str, kind: DerivativeKind
) -> _Object:
    with parts.database.reading() as session:
        found = _readable(session, caller, recording_id, instance_id)
        made = [one for one in queries.derivatives_of(session, found.id) if one.kind is kind]
        if not made:
            raise NotFound("no such derivative")
        number = queries.get(session, recording_id).catalogue_no
    media_type = filenames.served_type(made[-1].media_type)
    return _Object(
        instance=found,
        part=str(kind),
        area=Area.DERIVATIVES,
        digest=Digest.parse(made[-1].sha256),
        size=made[-1].size,
        media_type=media_type,
        name=filenames.offered(number, part=str(kind), media_type=media_type),
    )


def _announce(request: Request, one: _Object) -> Response:
    headers = _headers(one)
    if ranges.unchanged(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    headers["Content-Length"] = str(one.size)
    return Response(headers=headers, media_type=one.media_type)


def _deliver(request: Request, parts: Parts, caller: Caller, one: _Object) -> Response:
    headers = _headers(one)
    if ranges.unchanged(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    asked = request.headers.get("range")
    if not ranges.range_applies(request.headers.get("if-range"), headers["ETag"]):
        asked = None
    try:
        span = ranges.wanted(asked, size=one.size)
    except ranges.Unsatisfiable:
        return Response(
            status_code=UNSATISFIABLE, headers={"Content-Range": f"bytes */{one.size}"}
        )
    delivery.require_intact(parts.storage, one.digest, area=one.area, size=one.size)
    with parts.database.writing() as session:
        service.access(
            session,
            actor=caller.actor,
            instance=one.instance,
            part=one.part,
            digest=one.digest,
            span=(span.start, span.end),
        )
    headers["Content-Length"] = str(span.end - span.start)
    if span.partial:
        headers["Content-Range"] = f"bytes {span.start}-{span.end - 1}/{one.size}"
    return StreamingResponse(
        delivery.pieces(parts.storage, one.digest, area=one.area, size=one.size, span=span),
        status_code=PARTIAL if span.partial else 200,
        headers=headers,
        media_type=one.media_type,
    )


def _headers(one: _Object) -> dict[str, str]:
    return {
        "ETag": ranges.entity_tag(one.digest),
        "Accept-Ranges": "bytes",
        "Repr-Digest": digests.spelled(one.digest),
        "Content-Disposition": f'attachment; filename="{one.name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
    }
