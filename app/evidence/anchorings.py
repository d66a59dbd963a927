"""
Everything that stands on a report's passages, from every feature that makes such things.

A feature that anchors what it keeps adds one line to `SOURCES`, and its marks are on the report's
page, among its annotations and in the check of anchors. Who may not read a feature's rows sees
none of its marks.
"""

from collections.abc import Callable

from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.assessments import anchorings as assessments
from app.cases.caller import Caller
from app.claims import anchorings as claims
from app.quotes import anchorings as quotes
from app.reports import anchorings as reports
from app.reports.anchoring import Anchoring
from app.reports.mentions import anchorings as mentions

Source = Callable[..., list[Anchoring]]
"""`in_report(session, report_id, *, as_of=None)` of a feature."""

SOURCES: tuple[tuple[Permission, Source], ...] = (
    (Permission.QUOTE_READ, quotes.in_report),
    (Permission.REPORT_READ, reports.in_report),
    (Permission.AGENT_READ, mentions.in_report),
    (Permission.CLAIM_READ, claims.in_report),
    (Permission.ASSESSMENT_READ, assessments.in_report),
)
"""What to ask, and the permission that reading it takes."""


def of_report(
    session: Session, report_id: str, *, case_id: str, caller: Caller, as_of: int | None = None
) -> list[Anchoring]:
    """What this caller may know to stand on the texts of a report, in the order of its texts."""
    found = [
        item
        for permission, source in SOURCES
        if caller.may(permission, case_id)
        for item in source(session, report_id, as_of=as_of)
    ]
    return sorted(
        found, key=lambda item: (item.snapshot_id, item.anchor.start, -item.anchor.end, item.id)
    )
