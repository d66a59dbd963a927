"""
How many independent sources stand behind a thing: a report, a recording, a quote, an assessment.

Reports that rest on one are one source. A quote is told by the report that it stands in, an assessment by
the one it was read in and by those that tell it again; what was told to nobody but us rests on no report.
"""

from typing import Annotated

from fastapi import APIRouter

from app.accounts.permissions import Permission
from app.api.published import LineageOut
from app.api.wire import Id, LogIndex
from app.assessments import queries as assessments
from app.assessments.retelling import queries as retelling
from app.cases.caller import Caller
from app.http.caller import allowed
from app.http.transactions import Reading
from app.quotes import queries as quotes
from app.recordings import queries as recordings
from app.reports import queries

router = APIRouter(tags=["reports"])
Seeing = Annotated[Caller, allowed(Permission.REPORT_READ)]


@router.get("/reports/{report_id}/lineage")
def of_report(
    report_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> LineageOut:
    """Count the independent sources that a report rests on."""
    found = queries.get(session, report_id)
    caller.require(Permission.REPORT_READ, found.case_id, thing="report")
    return _traced(session, [found.id], found.case_id, as_of)


@router.get("/recordings/{recording_id}/lineage")
def of_recording(
    recording_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> LineageOut:
    """Count the independent sources among the reports that cite or quote a recording."""
    found = recordings.get(session, recording_id)
    caller.require(Permission.REPORT_READ, found.case_id, thing="recording")
    cited = queries.citations_of(session, found.id, as_of=as_of)
    quoted = quotes.of_recording(session, found.id, as_of=as_of)
    report_ids = sorted({row.report_id for row in cited} | {row.report_id for row in quoted})
    return _traced(session, report_ids, found.case_id, as_of)


@router.get("/quotes/{quote_id}/lineage")
def of_quote(quote_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None) -> LineageOut:
    """Count the independent sources of the report that a quote stands in."""
    found = quotes.get(session, quote_id)
    caller.require(Permission.REPORT_READ, found.case_id, thing="quote")
    return _traced(session, [found.report_id], found.case_id, as_of)


@router.get("/assessments/{assessment_id}/lineage")
def of_assessment(
    assessment_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> LineageOut:
    """Count the independent sources among the reports that state an assessment or tell it again."""
    found = assessments.get(session, assessment_id)
    caller.require(Permission.REPORT_READ, found.case_id, thing="assessment")
    report_ids = retelling.reports_telling(session, found, as_of=as_of)
    return _traced(session, report_ids, found.case_id, as_of)


def _traced(
    session: Reading, report_ids: list[str], case_id: str, as_of: int | None
) -> LineageOut:
    traced = queries.lineage_of(session, report_ids, case_id=case_id, as_of=as_of)
    return LineageOut.of(report_ids, traced)
