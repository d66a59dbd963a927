"""
A published page on its way in, for both HTTP edges: framed as a WARC while it is stored.

    captures.require_welcome(parts, caller, case_id=…, announced=…)       before the body
    page = await captures.keep(parts, chunks, announced=…, said=…)        while it comes
    captures.capture(session, parts, caller, case_id=…, page=page)        in the transaction

Nothing of a page is parsed here. What begins as a WARC is kept as it came; anything else gets one
record around it, its bytes untouched.
"""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.core import clock
from app.core.digest import Digest, Hasher
from app.core.errors import Invalid, TooLarge
from app.core.storage import CHUNK, Area
from app.http.intake import receive
from app.http.parts import Parts
from app.recordings import filenames, quota
from app.recordings.acquisition import EmptyFile
from app.reports.intake import framing, queries, service
from app.reports.intake.models import Arrived, Capture
from app.reports.intake.service import Page
from app.reports.service import web_address

MOST_BYTES = 50 << 20
"""The largest page that is taken in."""
_ROOM = 1 << 20
"""What a record's head may need, generously."""
_SIGNATURE = b"WARC/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a sender says of a page; none of it is believed without a look."""

    media_type: str = "application/octet-stream"
    filename: str | None = None
    url: str | None = None
    retrieved_at: datetime | None = None


def said(
    *,
    media_type: str | None,
    filename: str | None = None,
    url: str | None = None,
    retrieved_at: str | None = None,
) -> Said:
    """What a sender says, checked before the page is read: `Invalid` naming the field."""
    moment: datetime | None = None
    if retrieved_at:
        try:
            moment = datetime.fromisoformat(retrieved_at)
        except ValueError:
            raise Invalid("retrieved_at is no instant", field="retrieved_at") from None
        if moment.tzinfo is None:
            raise Invalid("an instant needs a time zone", field="retrieved_at")
        if moment > clock.now():
            raise Invalid("a page cannot have been read in the future", field="retrieved_at")
    return Said(
        media_type=" ".join((media_type or "").split())[:200] or "application/octet-stream",
        filename=filenames.as_sent(filename),
        url=web_address(url) if url else None,
        retrieved_at=moment,
    )


def require_welcome(parts: Parts, caller: Caller, *, case_id: str, announced: int) -> None:
    """Raise unless this caller may bring a page of this many bytes into this case."""
    caller.require(Permission.REPORT_WRITE, case_id, thing="case")
    if announced > MOST_BYTES + _ROOM:
        raise TooLarge("the page is larger than is taken in", limit="page", allowed=MOST_BYTES)
    with parts.database.reading() as session:
        _require_room(session, parts, case_id, announced)


async def keep(parts: Parts, chunks: AsyncIterator[bytes], *, announced: int, said: Said) -> Page:
    """Stream a page into the evidence room; what breaks off or is empty is thrown away."""
    name, warc = f"page-{uuid.uuid4().hex}", f"warc-{uuid.uuid4().hex}"
    hasher = Hasher()
    await run_sync(lambda: parts.staging.create(name, expected_bytes=2 * announced))
    try:
        with await run_sync(lambda: parts.staging.open(name, offset=0)) as staged:
            await receive(chunks, staged, most=announced, takers=(hasher,))
        if hasher.size == 0:
            raise EmptyFile
        if hasher.size > MOST_BYTES:
            raise TooLarge("the page is larger than is taken in", limit="page", allowed=MOST_BYTES)
        return await run_sync(_framed, parts, name, warc, hasher, said)
    finally:
        parts.staging.remove(name)
        parts.staging.remove(warc)


def capture(
    session: Session, parts: Parts, caller: Caller, *, case_id: str, page: Page
) -> Capture:
    """Take what `keep` kept into a case, in the caller's transaction."""
    caller.require(Permission.REPORT_WRITE, case_id, thing="case")
    _require_room(session, parts, case_id, page.warc_size)
    return service.capture(session, actor=caller.actor, case_id=case_id, page=page)


def _framed(parts: Parts, name: str, warc: str, hasher: Hasher, said: Said) -> Page:
    page, size = hasher.digest(), hasher.size
    path = parts.staging.path(name)
    if _is_archive(path, said):
        parts.storage.adopt(path, area=Area.ORIGINALS, digest=page)
        return _page(said, page=page, size=size, offset=0, warc=page, warc_size=size)
    frame = framing.resource(
        url=said.url,
        media_type=said.media_type,
        payload=page,
        size=size,
        taken_at=said.retrieved_at or clock.now(),
    )
    whole = Hasher()
    parts.staging.create(warc, expected_bytes=frame.size(size))
    with parts.staging.open(warc, offset=0) as staged, path.open("rb") as content:
        for piece in (frame.head, *iter(lambda: content.read(CHUNK), b""), framing.END):
            whole.update(piece)
            staged.append(piece)
    digest = whole.digest()
    parts.storage.adopt(parts.staging.path(warc), area=Area.ORIGINALS, digest=digest)
    return _page(
        said, page=page, size=size, offset=len(frame.head), warc=digest, warc_size=whole.size
    )


def _is_archive(path: Path, said: Said) -> bool:
    with path.open("rb") as content:
        start = content.read(len(_SIGNATURE))
    is_packed = start.startswith(b"\x1f\x8b")
    return start == _SIGNATURE or (is_packed and (said.filename or "").endswith(".warc.gz"))


def _page(
    said: Said, *, page: Digest, size: int, offset: int, warc: Digest, warc_size: int
) -> Page:
    return Page(
        arrived=Arrived.UPLOADED,
        media_type=said.media_type,
        filename=said.filename,
        url=said.url,
        retrieved_at=said.retrieved_at,
        page=page,
        page_size=size,
        page_offset=offset,
        warc=warc,
        warc_size=warc_size,
    )


def _require_room(session: Session, parts: Parts, case_id: str, wanted: int) -> None:
    quota.require_room(
        session,
        case_id=case_id,
        wanted=wanted,
        allowed=parts.settings.case_quota_bytes,
        also=queries.used(session, case_id),
    )
