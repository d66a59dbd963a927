"""
Where a claim comes from, as the counting of independent sources sees it.

A claim begins in the last publication that it came through, else in its own report; claims that rest
on one report, or that one agent says, are one source (`app.reports.lineage`).
"""

from app.claims.models import Claim
from app.reports.lineage import Told


def told(claim: Claim) -> Told:
    """A claim as the tracing of lineage sees it."""
    sayer = claim.said_by_id or claim.said_by_as_described
    return Told(
        report=claim.report_id,
        via=tuple(each["report_id"] for each in claim.via if each["report_id"]),
        sayers=(sayer,) if sayer else (),
    )
