"""The passages that are registered as quotes."""

from sqlalchemy.orm import Session

from app.quotes import queries
from app.quotes.models import Quote
from app.reports.anchoring import AnchoredKind, Anchoring


def in_report(session: Session, report_id: str, *, as_of: int | None = None) -> list[Anchoring]:
    """Every quote of a report, oldest first."""
    return [
        Anchoring(
            kind=AnchoredKind.QUOTE,
            id=quote.id,
            snapshot_id=quote.snapshot_id,
            anchor=quote.anchor,
            said=_said(quote),
            made_at=quote.quoted_at,
            page=f"/quotes/{quote.id}",
            address=f"/api/v1/quotes/{quote.id}",
            about={
                "form": str(quote.form),
                "target": str(quote.target_kind),
                "recording": quote.recording_id,
                "speaker": quote.speaker_as_described,
            },
        )
        for quote in queries.of_report(session, report_id, as_of=as_of)
    ]


def _said(quote: Quote) -> str:
    target = f"quote of a {quote.target_kind.value}, {quote.form.value.replace('_', ' ')}"
    by = quote.speaker_as_described
    return f"{target}, said by {by}" if by else target
