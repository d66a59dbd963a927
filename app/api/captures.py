"""
Published pages over HTTP: brought in or fetched, what was read of them, frozen as snapshots.

A page is kept as a WARC before anything is read of it. Reading is a worker's job; what it
proposes is answered with the capture and belongs to no report until somebody freezes it.
"""

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.api.anchors import naming
from app.api.captured import CaptureOut, FetchIn, FreezeIn
from app.api.jobs import JobOut
from app.api.once import Once, OnceOfStream, Repeatable
from app.api.published import SnapshotOut
from app.api.wire import FIRST, Cursor, Id, Limit, Listing, listed
from app.cases.caller import Caller
from app.core import jobs, paging
from app.core.digest import Digest
from app.core.errors import Unavailable
from app.core.storage import Area
from app.custody import jobs as asking
from app.http import arrivals, captures, delivery, digests, forms, ranges
from app.http.bodies import STREAMED
from app.http.caller import allowed
from app.http.parts import Parts, PartsOf
from app.http.transactions import Reading, Writing
from app.reports import queries as reports
from app.reports.fetching.address import parse
from app.reports.intake import framing, queries, service
from app.reports.intake.models import Capture
from app.reports.intake.service import Page

router = APIRouter(tags=["reports"])
Seeing = Annotated[Caller, allowed(Permission.REPORT_READ)]
Keeping = Annotated[Caller, allowed(Permission.REPORT_WRITE)]


@router.post(
    "/cases/{case_id}/captures",
    status_code=201,
    response_model=CaptureOut,
    max_body_size=STREAMED,
)
async def capture(
    case_id: Id, request: Request, parts: PartsOf, caller: Keeping, once: OnceOfStream
) -> Response:
    """
    Bring in a web page, a PDF, plain text or a WARC: as the body itself, or as the file of a form.

    Its address comes in `Content-Location`, its name in `Content-Disposition`, the time it was read at
    its source in `Earwitness-Retrieved-At`; a form has the fields `url` and `retrieved_at`.
    """
    length = arrivals.announced(request.headers)
    await run_sync(
        lambda: captures.require_welcome(parts, caller, case_id=case_id, announced=length)
    )
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        form = await forms.opened(request)
        said = captures.said(
            media_type=None,
            filename=form.filename,
            url=form.fields.get("url"),
            retrieved_at=form.fields.get("retrieved_at"),
        )
        chunks = form.chunks
    else:
        said = captures.said(
            media_type=request.headers.get("content-type"),
            filename=forms.filename(request.headers.get("content-disposition")),
            url=request.headers.get("content-location"),
            retrieved_at=request.headers.get("earwitness-retrieved-at"),
        )
        chunks = request.stream()
    page = await captures.keep(parts, chunks, announced=length, said=said)
    return await run_sync(_capture, parts, caller, once, case_id, page)


@router.post("/cases/{case_id}/fetches", status_code=202, response_model=JobOut)
def fetch(
    case_id: Id, body: FetchIn, session: Writing, parts: PartsOf, caller: Keeping, once: Once
) -> Response:
    """Ask a worker to get a page from its public address; where the operator allows that."""
    caller.require(Permission.REPORT_WRITE, case_id, thing="case")
    if not parts.settings.fetch_reports:
        raise Unavailable("pages are not fetched here: the operator has not allowed it")
    url = str(parse(body.url))
    return once.answer(
        session,
        caller,
        lambda: JobOut.of(
            asking.request(
                session,
                kind=jobs.JobKind.FETCH,
                subject_kind="case",
                subject_id=case_id,
                case_id=case_id,
                params={"url": url},
                actor=caller.actor,
            )
        ),
        status=202,
        location=lambda job: f"/api/v1/jobs/{job.id}",
    )


@router.get("/captures")
def captured(
    request: Request,
    response: Response,
    session: Reading,
    caller: Seeing,
    case_id: str | None = None,
    limit: Limit = FIRST,
    cursor: Cursor = None,
) -> Listing[CaptureOut]:
    """List the pages of one's cases, or of one of them, with what was read last of each."""
    if case_id is not None:
        caller.require(Permission.REPORT_READ, case_id, thing="case")
    page = paging.page(
        session,
        queries.listing(case_ids=caller.cases_with(Permission.REPORT_READ), case_id=case_id),
        key=Capture.id,
        limit=limit,
        cursor=cursor,
    )
    shaped = [_shaped(session, one) for one in page.items]
    return listed(request, response, shaped, page.next_cursor)


@router.get("/captures/{capture_id}")
def show(capture_id: Id, session: Reading, caller: Seeing) -> CaptureOut:
    """Show a page as it is kept, and what was read of it last."""
    found = queries.get(session, capture_id)
    caller.require(Permission.REPORT_READ, found.case_id, thing="capture")
    return _shaped(session, found, with_text=True)


@router.post("/reports/{report_id}/frozen-captures", status_code=201, response_model=SnapshotOut)
def freeze(
    report_id: Id, body: FreezeIn, session: Writing, caller: Keeping, once: Once
) -> Response:
    """Freeze what was read of a page as a text of the report, as it was read or put right."""
    report = reports.get(session, report_id)
    caller.require(Permission.REPORT_WRITE, report.case_id, thing="report")

    def make() -> SnapshotOut:
        with naming("extraction_id"):
            extraction = queries.get_extraction(session, body.extraction_id)
            caller.require(Permission.REPORT_WRITE, extraction.case_id, thing="extraction")
        return SnapshotOut.of(
            service.freeze(
                session,
                actor=caller.actor,
                report=report,
                capture=queries.get(session, extraction.capture_id),
                extraction=extraction,
                text=body.text,
            )
        )

    return once.answer(session, caller, make, location=lambda made: f"/api/v1/snapshots/{made.id}")


@router.get("/captures/{capture_id}/content")
def content(capture_id: Id, parts: PartsOf, caller: Seeing) -> Response:
    """The WARC in which the page is kept, whole; that it left is on record first."""
    with parts.database.reading() as session:
        found = queries.get(session, capture_id)
        caller.require(Permission.REPORT_READ, found.case_id, thing="capture")
    digest = Digest.parse(found.warc_sha256)
    size = found.warc_size
    delivery.require_intact(parts.storage, digest, area=Area.ORIGINALS, size=size)
    with parts.database.writing() as session:
        service.access(session, actor=caller.actor, capture=found)
    span = ranges.Span(0, size, partial=False)
    return StreamingResponse(
        delivery.pieces(parts.storage, digest, area=Area.ORIGINALS, size=size, span=span),
        media_type=framing.MEDIA_TYPE,
        headers={
            "Content-Length": str(size),
            "Repr-Digest": digests.spelled(digest),
            "Content-Disposition": f'attachment; filename="capture-{found.log_index}.warc"',
            "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-cache",
        },
    )


def _capture(parts: Parts, caller: Caller, once: Repeatable, case_id: str, page: Page) -> Response:
    with parts.database.writing() as session:
        return once.answer(
            session,
            caller,
            lambda: _shaped(
                session, captures.capture(session, parts, caller, case_id=case_id, page=page)
            ),
            location=lambda made: f"/api/v1/captures/{made.id}",
            content=str(page.page),
        )


def _shaped(session: Session, found: Capture, *, with_text: bool = False) -> CaptureOut:
    read = queries.newest_of(session, found.id)
    frozen = queries.snapshots_from(session, found.id)
    return CaptureOut.of(found, read, [one.id for one in frozen], with_text=with_text)
