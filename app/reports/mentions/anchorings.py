"""The passages in which a report names somebody of the case; none of a withheld identity."""

from sqlalchemy.orm import Session

from app.reports.anchoring import AnchoredKind, Anchoring
from app.reports.mentions import queries


def in_report(session: Session, report_id: str, *, as_of: int | None = None) -> list[Anchoring]:
    """Every mention of the report, oldest first, whoever reads: withheld ones are left out."""
    return [
        Anchoring(
            kind=AnchoredKind.MENTION,
            id=mention.id,
            snapshot_id=mention.snapshot_id,
            anchor=mention.anchor,
            said="names or describes an agent",
            made_at=mention.noted_at,
            page=f"/agents/{mention.agent_id}",
            address=f"/api/v1/agents/{mention.agent_id}/mentions",
            about={"agent": mention.agent_id},
        )
        for mention in queries.of_report(session, report_id, as_of=as_of)
    ]
