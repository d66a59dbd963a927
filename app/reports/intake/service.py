"""
What is done with pages that come in: kept, read, frozen.

A capture asks for its own reading in the same transaction. Reading it again with the same version
of the tools changes nothing, so that a worker that dies in between does no harm.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.core import clock, jobs, plaintext
from app.core.actor import Actor
from app.core.canonical import Json
from app.core.digest import Digest
from app.core.errors import Conflict, Invalid
from app.core.identity import new_id
from app.custody.events import EventType
from app.custody.models import LogEntry
from app.custody.service import Subject, record
from app.reports import service as reports
from app.reports.intake.models import Arrived, Capture, Extraction, ExtractionOutcome
from app.reports.models import Report, Snapshot, SnapshotMethod
from app.reports.snapshot import freeze as frozen_text
from transcription.extraction.value import Proposal, Reading, Refusal

_METHODS = {
    "html": SnapshotMethod.EXTRACTED_HTML,
    "pdf": SnapshotMethod.EXTRACTED_PDF,
    "text": SnapshotMethod.EXTRACTED_TEXT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that the store has accepted, and what is said of it."""

    arrived: Arrived
    media_type: str
    page: Digest
    page_size: int
    page_offset: int
    warc: Digest
    warc_size: int
    filename: str | None = None
    url: str | None = None
    retrieved_at: datetime | None = None


def capture(session: Session, *, actor: Actor, case_id: str, page: Page) -> Capture:
    """Take a page that is kept already into a case, and ask for it to be read."""
    if page.retrieved_at is not None and page.retrieved_at > clock.now():
        raise Invalid("a page cannot have been read in the future", field="retrieved_at")
    row = Capture(
        id=new_id(),
        case_id=case_id,
        arrived=page.arrived,
        media_type=plaintext.line(page.media_type, field="media_type"),
        filename=page.filename,
        url=None if page.url is None else reports.web_address(page.url),
        retrieved_at=page.retrieved_at,
        page_sha256=str(page.page),
        page_size=page.page_size,
        page_offset=page.page_offset,
        warc_sha256=str(page.warc),
        warc_size=page.warc_size,
        captured_by=actor.id,
        captured_at=clock.now(),
    )
    record(
        session,
        EventType.REPORT_CAPTURE,
        subject=Subject("capture", row.id),
        actor=actor,
        case_id=case_id,
        rows=[row],
        details={"page_sha256": row.page_sha256, "warc_sha256": row.warc_sha256},
    )
    jobs.request(
        session,
        kind=jobs.JobKind.EXTRACT,
        subject_kind="capture",
        subject_id=row.id,
        case_id=case_id,
        params={},
        actor=actor,
    )
    return row


def extract(session: Session, *, actor: Actor, capture: Capture, reading: Reading) -> Extraction:
    """Keep what was read of a capture."""
    text = frozen_text(reading.text)
    return _keep(
        session,
        actor=actor,
        capture=capture,
        outcome=ExtractionOutcome.READ,
        kind=str(reading.kind),
        text=text.text,
        text_sha256=str(text.text_sha256),
        proposals=_proposals(reading),
        remarks=[{**asdict(one), "kind": str(one.kind)} for one in reading.remarks],
        tool=reading.tool,
        version=reading.version,
        parameters={**reading.parameters},
    )


def refuse(
    session: Session, *, actor: Actor, capture: Capture, reason: Refusal, version: str
) -> Extraction:
    """Keep that nothing could be read of a capture, and why."""
    return _keep(
        session,
        actor=actor,
        capture=capture,
        outcome=ExtractionOutcome.REFUSED,
        reason=str(reason),
        tool="earwitness",
        version=version,
    )


def access(session: Session, *, actor: Actor, capture: Capture) -> LogEntry:
    """Record that the WARC of a capture is about to leave, whole."""
    return record(
        session,
        EventType.REPORT_ACCESS,
        subject=Subject("capture", capture.id),
        actor=actor,
        case_id=capture.case_id,
        details={"warc_sha256": capture.warc_sha256},
    )


def freeze(
    session: Session,
    *,
    actor: Actor,
    report: Report,
    capture: Capture,
    extraction: Extraction,
    text: str | None = None,
) -> Snapshot:
    """
    Freeze a text of the report from a reading of a page: as it was read, or as somebody put it right.

    Both are told apart for good by their digests: the snapshot's and the extraction's.
    """
    if extraction.case_id != report.case_id:
        raise Invalid("no such page in this case", field="extraction_id")
    if extraction.text is None or extraction.kind is None:
        raise Conflict("nothing could be read of this page", reason=extraction.reason)
    return reports.snapshot(
        session,
        actor=actor,
        report=report,
        text=extraction.text if text is None else text,
        retrieved_at=capture.retrieved_at,
        method=_METHODS[extraction.kind],
        extraction_id=extraction.id,
    )


def _keep(
    session: Session,
    *,
    actor: Actor,
    capture: Capture,
    outcome: ExtractionOutcome,
    tool: str,
    version: str,
    reason: str | None = None,
    kind: str | None = None,
    text: str | None = None,
    text_sha256: str | None = None,
    proposals: Mapping[str, Json] | None = None,
    remarks: list[Json] | None = None,
    parameters: dict[str, Json] | None = None,
) -> Extraction:
    row = Extraction(
        id=new_id(),
        case_id=capture.case_id,
        capture_id=capture.id,
        outcome=outcome,
        reason=reason,
        kind=kind,
        text=text,
        text_sha256=text_sha256,
        proposals=dict(proposals or {}),
        remarks=remarks or [],
        tool=tool,
        version=version,
        parameters=parameters or {},
        extracted_at=clock.now(),
    )
    record(
        session,
        EventType.REPORT_EXTRACTION,
        subject=Subject("capture", capture.id),
        actor=actor,
        case_id=capture.case_id,
        rows=[row],
        details={
            "extraction": row.id,
            "outcome": str(outcome),
            "reason": reason,
            "tool": tool,
            "version": version,
            "text_sha256": text_sha256,
        },
    )
    return row


def _proposals(reading: Reading) -> dict[str, Json]:
    one = {
        name: _proposal(value)
        for name in ("title", "published", "published_raw", "publisher", "language", "url")
        if (value := getattr(reading, name)) is not None
    }
    return {**one, "authors": [_proposal(author) for author in reading.authors]}


def _proposal(value: Proposal) -> Json:
    return {"value": value.value, "origin": value.origin}
