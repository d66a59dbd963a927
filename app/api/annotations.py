"""Everything that stands on a report's passages, as W3C Web Annotations."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from app.accounts.permissions import Permission
from app.api.wire import Id, LogIndex
from app.cases.caller import Caller
from app.evidence import anchorings, annotations
from app.http.caller import allowed
from app.http.transactions import Reading
from app.quotes.annotation import MEDIA_TYPE
from app.reports import queries
from app.reports.anchoring import recheck

router = APIRouter(tags=["reports"])
Seeing = Annotated[Caller, allowed(Permission.REPORT_READ)]
PageNumber = Annotated[int | None, Query(ge=0, le=2**31 - 1, description="one page alone, from 0")]


@router.get("/reports/{report_id}/annotations")
def annotated(
    report_id: Id,
    session: Reading,
    caller: Seeing,
    as_of: LogIndex = None,
    page: PageNumber = None,
) -> Response:
    """
    Everything that stands on the report's texts, and whether each anchor still stands.

    An AnnotationCollection whose first page is inside it; `page` gives one AnnotationPage.
    """
    report = queries.get(session, report_id)
    caller.require(Permission.REPORT_READ, report.case_id, thing="report")
    found = anchorings.of_report(
        session, report.id, case_id=report.case_id, caller=caller, as_of=as_of
    )
    address = f"/api/v1/reports/{report.id}/annotations"
    if as_of is not None:
        address += f"?as_of={as_of}"
    if page is not None:
        shaped = annotations.page(address, found, page)
    else:
        rechecked = recheck(found, queries.snapshots_of(session, report.id, as_of=as_of))
        shaped = annotations.collection(address, found, rechecked)
    return JSONResponse(shaped, media_type=MEDIA_TYPE)
