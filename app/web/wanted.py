"""The page of what is cited and not held, and what came in that may be it."""

from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.cases.queries import listed as cases_listed
from app.core.paging import MAX_LIMIT
from app.http.caller import allowed
from app.http.transactions import Reading
from app.reports import queries as reports
from app.wanted import matching, queries
from app.web.rendering import page

router = APIRouter()

Reader = Annotated[Caller, allowed(Permission.RECORDING_READ)]
NEEDED = (
    Permission.RECORDING_READ,
    Permission.REPORT_READ,
    Permission.CLAIM_READ,
    Permission.INCIDENT_READ,
)


@router.get("/wanted")
def wanted(request: Request, session: Reading, caller: Reader, case_id: str = "") -> Response:
    """What is cited and not held in a case; of the newest of one's cases if none is named."""
    readable = frozenset.intersection(*(frozenset(caller.cases_with(each)) for each in NEEDED))
    cases = cases_listed(session, case_ids=readable, limit=MAX_LIMIT, cursor=None).items
    chosen = case_id or (cases[-1].id if cases else "")
    if case_id:
        for right in NEEDED:
            caller.require(right, case_id, thing="case")
    found = queries.of_case(session, chosen) if chosen else None
    citing: set[str] = set()
    if found:
        citing.update(*(each.report_ids for each in found.recordings))
        citing.update(*(each.report_ids for each in found.reports))
        citing.update(*(each.report_ids for each in found.materials))
    return page(
        request,
        "wanted.html",
        caller=caller,
        section="Not held",
        cases=cases,
        chosen=chosen,
        wanted=found,
        reports={each: reports.get(session, each) for each in sorted(citing)},
        method=matching.METHOD,
    )
