"""
Reports, their frozen texts, who repeats whom, and which recordings they speak of.

A report without a snapshot is one that we know of and do not hold; it takes links and can
be a root like any other.
"""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from app.accounts.permissions import Permission
from app.api.anchors import naming
from app.api.once import Once
from app.api.published import (
    CitationIn,
    CitationListing,
    CitationOut,
    FrozenOut,
    LinkIn,
    LinkListing,
    LinkOut,
    ReportIn,
    ReportOut,
    SnapshotIn,
    SnapshotListing,
    SnapshotOut,
)
from app.api.wire import FIRST, Cursor, Id, Limit, Listing, LogIndex, listed
from app.cases.caller import Caller
from app.core import paging
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.recordings import queries as recordings
from app.reports import queries, service
from app.reports.models import Report, ReportStatus, Snapshot

router = APIRouter(tags=["reports"])
Seeing = Annotated[Caller, allowed(Permission.REPORT_READ)]
Keeping = Annotated[Caller, allowed(Permission.REPORT_WRITE)]


@router.post("/reports", status_code=201, response_model=ReportOut)
def register(body: ReportIn, session: Writing, caller: Keeping, once: Once) -> Response:
    """Register a publication, whether or not its words are held."""
    caller.require(Permission.REPORT_WRITE, body.case_id, thing="case")
    return once.answer(
        session,
        caller,
        lambda: ReportOut.of(
            service.register(
                session,
                actor=caller.actor,
                case_id=body.case_id,
                particulars=body.particulars(),
            ),
            ReportStatus.CITED_NOT_HELD,
        ),
        location=lambda made: f"/api/v1/reports/{made.id}",
    )


@router.get("/reports")
def reports(
    request: Request,
    response: Response,
    session: Reading,
    caller: Seeing,
    case_id: str | None = None,
    limit: Limit = FIRST,
    cursor: Cursor = None,
) -> Listing[ReportOut]:
    """List the reports of one's cases, or of one of them."""
    if case_id is not None:
        caller.require(Permission.REPORT_READ, case_id, thing="case")
    page = paging.page(
        session,
        queries.listing(case_ids=caller.cases_with(Permission.REPORT_READ), case_id=case_id),
        key=Report.id,
        limit=limit,
        cursor=cursor,
    )
    statuses = queries.statuses_of(session, [report.id for report in page.items])
    shaped = [ReportOut.of(report, statuses[report.id]) for report in page.items]
    return listed(request, response, shaped, page.next_cursor)


@router.get("/reports/{report_id}")
def report(report_id: Id, session: Reading, caller: Seeing) -> ReportOut:
    """Show a report."""
    found = _report(session, caller, report_id, Permission.REPORT_READ)
    return ReportOut.of(found, queries.statuses_of(session, [found.id])[found.id])


@router.post("/reports/{report_id}/snapshots", status_code=201, response_model=SnapshotOut)
def freeze(
    report_id: Id, body: SnapshotIn, session: Writing, caller: Keeping, once: Once
) -> Response:
    """Freeze a text of the report, exactly as it is sent."""
    found = _report(session, caller, report_id, Permission.REPORT_WRITE)
    return once.answer(
        session,
        caller,
        lambda: SnapshotOut.of(
            service.snapshot(
                session,
                actor=caller.actor,
                report=found,
                text=body.text,
                retrieved_at=body.retrieved_at,
            )
        ),
        location=lambda made: f"/api/v1/snapshots/{made.id}",
    )


@router.get("/reports/{report_id}/snapshots")
def snapshots(report_id: Id, session: Reading, caller: Seeing) -> SnapshotListing:
    """List the frozen texts of a report, without the texts."""
    found = _report(session, caller, report_id, Permission.REPORT_READ)
    frozen = queries.snapshots_of(session, found.id)
    return SnapshotListing(items=[SnapshotOut.of(snapshot) for snapshot in frozen])


@router.get("/snapshots/{snapshot_id}")
def snapshot(snapshot_id: Id, session: Reading, caller: Seeing) -> FrozenOut:
    """Show a frozen text."""
    found = _snapshot(session, caller, snapshot_id, Permission.REPORT_READ)
    return FrozenOut.of(found)


@router.post("/reports/{report_id}/links", status_code=201, response_model=LinkOut)
def link(report_id: Id, body: LinkIn, session: Writing, caller: Keeping, once: Once) -> Response:
    """Record how this report stands to another one of its case."""
    source = _report(session, caller, report_id, Permission.REPORT_WRITE)

    def make() -> LinkOut:
        with naming("to_report_id"):
            target = queries.get(session, body.to_report_id)
        with naming("anchor.snapshot_id"):
            stated = (
                queries.get_snapshot(session, body.anchor.snapshot_id) if body.anchor else None
            )
        return LinkOut.of(
            service.link(
                session,
                actor=caller.actor,
                source=source,
                target=target,
                relation=body.relation,
                layer=body.layer,
                snapshot=stated,
                passage=body.anchor.passage() if body.anchor else None,
                rationale=body.rationale,
            )
        )

    return once.answer(session, caller, make)


@router.get("/reports/{report_id}/links")
def links(report_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None) -> LinkListing:
    """List the links that lead from a report and to it."""
    found = _report(session, caller, report_id, Permission.REPORT_READ)
    told = queries.links_of(session, found.id, as_of=as_of)
    return LinkListing(items=[LinkOut.of(link) for link in told])


@router.post("/snapshots/{snapshot_id}/citations", status_code=201, response_model=CitationOut)
def cite(
    snapshot_id: Id, body: CitationIn, session: Writing, caller: Keeping, once: Once
) -> Response:
    """Record that a passage of a frozen text speaks of a recording."""
    found = _snapshot(session, caller, snapshot_id, Permission.REPORT_WRITE)

    def make() -> CitationOut:
        with naming("recording_id"):
            recording = recordings.get(session, body.recording_id)
        return CitationOut.of(
            service.cite(
                session,
                actor=caller.actor,
                snapshot=found,
                recording=recording,
                passage=body.passage(),
            )
        )

    return once.answer(session, caller, make)


@router.get("/reports/{report_id}/citations")
def citations(
    report_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> CitationListing:
    """List the passages of a report that speak of recordings."""
    found = _report(session, caller, report_id, Permission.REPORT_READ)
    cited = queries.citations_in(session, found.id, as_of=as_of)
    return CitationListing(items=[CitationOut.of(citation) for citation in cited])


@router.get("/recordings/{recording_id}/citations")
def citations_of_recording(
    recording_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> CitationListing:
    """List the passages that speak of a recording."""
    recording = recordings.get(session, recording_id)
    caller.require(Permission.REPORT_READ, recording.case_id, thing="recording")
    cited = queries.citations_of(session, recording.id, as_of=as_of)
    return CitationListing(items=[CitationOut.of(citation) for citation in cited])


def _report(session: Reading, caller: Caller, report_id: str, permission: Permission) -> Report:
    found = queries.get(session, report_id)
    caller.require(permission, found.case_id, thing="report")
    return found


def _snapshot(
    session: Reading, caller: Caller, snapshot_id: str, permission: Permission
) -> Snapshot:
    found = queries.get_snapshot(session, snapshot_id)
    caller.require(permission, found.case_id, thing="snapshot")
    return found
