"""The passages on which the claims of a report stand."""

from sqlalchemy.orm import Session

from app.claims import queries, telling
from app.claims.queries import State
from app.reports.anchoring import AnchoredKind, Anchoring


def in_report(session: Session, report_id: str, *, as_of: int | None = None) -> list[Anchoring]:
    """Every claim of the report that was not withdrawn or replaced, oldest first."""
    return [
        Anchoring(
            kind=AnchoredKind.CLAIM,
            id=row.id,
            snapshot_id=row.snapshot_id,
            anchor=row.anchor,
            said=f"{telling.told(row.predicate, row.typed_value())}, {row.modality}",
            made_at=row.recorded_at,
            page=f"/claims/{row.id}",
            address=f"/api/v1/claims/{row.id}",
            about={
                "subject": {"kind": str(row.subject_kind), "id": row.subject_id},
                "predicate": str(row.predicate),
                "modality": str(row.modality),
            },
        )
        for row in (
            item.claim
            for item in queries.of_report(session, report_id, as_of=as_of)
            if item.state is State.IN_FORCE
        )
    ]
