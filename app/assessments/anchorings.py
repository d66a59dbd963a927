"""The passages in which reports state what somebody concluded about a recording."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments.models import Assessment
from app.custody.history import in_order
from app.reports.anchoring import AnchoredKind, Anchoring
from app.reports.models import Snapshot


def in_report(session: Session, report_id: str, *, as_of: int | None = None) -> list[Anchoring]:
    """Every assessment that was read in a text of the report, oldest first, whatever became of it."""
    statement = (
        select(Assessment)
        .join(Snapshot, Snapshot.id == Assessment.snapshot_id)
        .where(Snapshot.report_id == report_id)
    )
    return [
        Anchoring(
            kind=AnchoredKind.ASSESSMENT,
            id=row.id,
            snapshot_id=row.snapshot_id,
            anchor=row.anchor,
            said=f"assessment of {_words(row.question)}: {_words(row.stance)}",
            made_at=row.signed_at,
            page=f"/recordings/{row.recording_id}",
            address=f"/api/v1/assessments/{row.id}",
            about={
                "question": str(row.question),
                "stance": str(row.stance),
                "recording": row.recording_id,
            },
        )
        for row in in_order(session, statement, Assessment, as_of)
        if row.snapshot_id and row.anchor
    ]


def _words(value: str) -> str:
    return str(value).replace("_", " ")
