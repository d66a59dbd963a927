"""The passages in which reports state, or tell again, what somebody concluded about a recording."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments.models import Assessment
from app.assessments.retelling import queries as retelling
from app.assessments.retelling.queries import Holding, Restated
from app.custody.history import in_order
from app.reports.anchoring import AnchoredKind, Anchoring
from app.reports.models import Snapshot


def in_report(session: Session, report_id: str, *, as_of: int | None = None) -> list[Anchoring]:
    """Every assessment read in a text of the report, then every restatement, whatever became of it."""
    statement = (
        select(Assessment)
        .join(Snapshot, Snapshot.id == Assessment.snapshot_id)
        .where(Snapshot.report_id == report_id)
    )
    stated = [
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
    return stated + [
        _restated(one) for one in retelling.in_report(session, report_id, as_of=as_of)
    ]


def _restated(one: Restated) -> Anchoring:
    row = one.restatement
    holds = "" if one.holding is Holding.HOLDS else f" ({one.holding})"
    return Anchoring(
        kind=AnchoredKind.RESTATEMENT,
        id=row.id,
        snapshot_id=row.snapshot_id,
        anchor=row.anchor,
        said=f"assessment told again: {', '.join(_words(each) for each in one.drift)}{holds}",
        made_at=row.restated_at,
        page=f"/recordings/{row.recording_id}/ledger#{row.id}",
        address=f"/api/v1/assessments/{row.assessment_id}/retelling",
        about={
            "assessment": row.assessment_id,
            "recording": row.recording_id,
            "drift": [str(each) for each in one.drift],
            "holding": str(one.holding),
        },
    )


def _words(value: str) -> str:
    return str(value).replace("_", " ")
