"""Looking up pages that came in, and what of the store they speak for."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, defer

from app.core.lookup import found
from app.core.storage import Area
from app.custody.history import in_order
from app.recordings.fixity import Kept
from app.reports.intake.models import Capture, Extraction
from app.reports.models import Snapshot


def get(session: Session, capture_id: str) -> Capture:
    """The capture, or `NotFound`."""
    return found(session.get(Capture, capture_id), "capture")


def get_extraction(session: Session, extraction_id: str) -> Extraction:
    """The extraction, or `NotFound`."""
    return found(session.get(Extraction, extraction_id), "extraction")


def listing(*, case_ids: Collection[str], case_id: str | None = None) -> Select[Capture]:
    """The captures of these cases, or of the one among them that is named."""
    statement = select(Capture).where(Capture.case_id.in_(case_ids))
    return statement.where(Capture.case_id == case_id) if case_id else statement


def extractions_of(session: Session, capture_id: str) -> Sequence[Extraction]:
    """Every reading of a capture, oldest first."""
    statement = select(Extraction).where(Extraction.capture_id == capture_id)
    return in_order(session, statement, Extraction, None)


def newest_of(session: Session, capture_id: str) -> Extraction | None:
    """The last reading of a capture; `None` while it waits to be read."""
    made = extractions_of(session, capture_id)
    return made[-1] if made else None


def snapshots_from(session: Session, capture_id: str) -> Sequence[Snapshot]:
    """The texts that were frozen from readings of a capture, oldest first."""
    statement = (
        select(Snapshot)
        .join(Extraction, Extraction.id == Snapshot.extraction_id)
        .where(Extraction.capture_id == capture_id)
    )
    return in_order(session, statement, Snapshot, None)


def origins_of(
    session: Session, snapshots: Collection[Snapshot]
) -> dict[str, tuple[Extraction, Capture]]:
    """For each of these snapshots that was read from a kept page: that reading, and the page."""
    asked = {one.extraction_id: one.id for one in snapshots if one.extraction_id}
    if not asked:
        return {}
    rows = session.execute(
        select(Extraction, Capture)
        .join(Capture, Capture.id == Extraction.capture_id)
        .where(Extraction.id.in_(sorted(asked)))
        .options(defer(Extraction.text))
    )
    found = {extraction.id: (extraction, capture) for extraction, capture in rows}
    return {one.id: found[one.extraction_id] for one in snapshots if one.extraction_id in found}


def kept(session: Session) -> list[Kept]:
    """The objects of the store that captures are on record for, each once."""
    rows = session.execute(
        select(Capture.warc_sha256, Capture.warc_size).distinct().order_by("warc_sha256")
    )
    return [Kept(Area.ORIGINALS, sha256, size) for sha256, size in rows]


def used(session: Session, case_id: str) -> int:
    """Bytes of captures that a case holds."""
    held = select(func.coalesce(func.sum(Capture.warc_size), 0)).where(Capture.case_id == case_id)
    return int(session.scalar(held) or 0)
