"""The passages on which the links and citations of a report stand."""

from sqlalchemy.orm import Session

from app.reports import queries
from app.reports.anchoring import AnchoredKind, Anchoring


def in_report(session: Session, report_id: str, *, as_of: int | None = None) -> list[Anchoring]:
    """Links by which the report says what it rests on, then citations of recordings."""
    links = [
        Anchoring(
            kind=AnchoredKind.LINK,
            id=link.id,
            snapshot_id=link.snapshot_id,
            anchor=link.anchor,
            said=f"{link.relation.value.replace('_', ' ')} another report ({link.layer.value})",
            made_at=link.linked_at,
            page=f"/reports/{link.to_report_id}",
            address=f"/api/v1/reports/{link.from_report_id}/links",
            about={
                "relation": str(link.relation),
                "layer": str(link.layer),
                "report": link.to_report_id,
            },
        )
        for link in queries.links_of(session, report_id, as_of=as_of)
        if link.from_report_id == report_id and link.snapshot_id and link.anchor
    ]
    citations = [
        Anchoring(
            kind=AnchoredKind.CITATION,
            id=citation.id,
            snapshot_id=citation.snapshot_id,
            anchor=citation.anchor,
            said="speaks of a recording",
            made_at=citation.cited_at,
            page=f"/recordings/{citation.recording_id}",
            address=f"/api/v1/reports/{report_id}/citations",
            about={"recording": citation.recording_id},
        )
        for citation in queries.citations_in(session, report_id, as_of=as_of)
    ]
    return [*links, *citations]
