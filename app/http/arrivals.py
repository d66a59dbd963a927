"""
A whole body becoming evidence, for both HTTP edges: welcome, keep, acquire.

    arrivals.require_welcome(parts, caller, recording_id=…, announced=…)   before the body
    digest, size = await arrivals.keep(parts, chunks, announced=…)         while it comes
    arrivals.acquire(session, parts, caller, …)                            in the transaction

The announced length is asked for up front, so that what has no room is refused before a
byte of it is sent. A file that is refused afterwards leaves nothing in the catalogue.
"""

import uuid
from collections.abc import AsyncIterator, Mapping

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.core.digest import Digest, Hasher
from app.core.errors import Invalid, TooLarge
from app.core.storage import Area
from app.http.intake import receive
from app.http.parts import Parts
from app.recordings import queries, quota, service, uploads
from app.recordings.acquisition import Arrival, EmptyFile
from app.recordings.models import MediaInstance
from app.reports.intake import queries as captures


def announced(headers: Mapping[str, str]) -> int:
    """The length a sender announces; `Invalid` where none is, `EmptyFile` where it is zero."""
    value = headers.get("content-length", "")
    if not value.isascii() or not value.isdigit():
        raise Invalid("announce the length of the file", field="Content-Length")
    if int(value) == 0:
        raise EmptyFile
    return int(value)


def require_welcome(parts: Parts, caller: Caller, *, recording_id: str, announced: int) -> None:
    """Raise unless this caller may bring this many bytes of this recording."""
    most = parts.settings.max_upload_bytes
    with parts.database.reading() as session:
        recording = queries.get(session, recording_id)
        caller.require(Permission.RECORDING_WRITE, recording.case_id, thing="recording")
        if announced > most:
            raise TooLarge(
                "the file is larger than allowed", limit="max_upload_bytes", allowed=most
            )
        quota.require_room(
            session,
            case_id=recording.case_id,
            wanted=announced,
            allowed=parts.settings.case_quota_bytes,
            also=captures.used(session, recording.case_id),
        )


async def keep(
    parts: Parts, chunks: AsyncIterator[bytes], *, announced: int
) -> tuple[Digest, int]:
    """
    Stream a body into the evidence room and give its digest and size.

    What breaks off, is empty or finds no room is thrown away.
    """
    name = f"body-{uuid.uuid4().hex}"
    hasher = Hasher()
    await run_sync(_create, parts, name, announced)
    try:
        with await run_sync(lambda: parts.staging.open(name, offset=0)) as staged:
            await receive(chunks, staged, most=announced, takers=(hasher,))
        if hasher.size == 0:
            raise EmptyFile
        digest = hasher.digest()
        await run_sync(
            lambda: parts.storage.adopt(
                parts.staging.path(name), area=Area.ORIGINALS, digest=digest
            )
        )
    finally:
        parts.staging.remove(name)
    return digest, hasher.size


def acquire(
    session: Session, parts: Parts, caller: Caller, *, recording_id: str, arrival: Arrival
) -> MediaInstance:
    """Acquire what `keep` kept, in the caller's transaction."""
    recording = queries.get(session, recording_id)
    caller.require(Permission.RECORDING_WRITE, recording.case_id, thing="recording")
    quota.require_room(
        session,
        case_id=recording.case_id,
        wanted=arrival.size,
        allowed=parts.settings.case_quota_bytes,
        also=captures.used(session, recording.case_id),
    )
    return service.acquire(session, actor=caller.actor, recording=recording, arrival=arrival)


def _create(parts: Parts, name: str, wanted: int) -> None:
    with parts.database.reading() as session:
        awaited = uploads.outstanding(session)
    parts.staging.create(name, expected_bytes=wanted + awaited)
