"""The page of what is cited and not held, and what came in that may be it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.cases.queries import listed as cases_listed
from app.core.paging import MAX_LIMIT
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.recordings import queries as recordings
from app.recordings import service
from app.recordings.provenance import Ground, LinkKind
from app.reports import queries as reports
from app.wanted import matching, queries
from app.web.fields import lines, one_of
from app.web.refusals import Refused, attempted
from app.web.rendering import page

router = APIRouter()

Reader = Annotated[Caller, allowed(Permission.RECORDING_READ)]
Writer = Annotated[Caller, allowed(Permission.RECORDING_WRITE)]
NEEDED = (
    Permission.RECORDING_READ,
    Permission.REPORT_READ,
    Permission.CLAIM_READ,
    Permission.INCIDENT_READ,
)


@router.get("/wanted")
def wanted(request: Request, session: Reading, caller: Reader, case_id: str = "") -> Response:
    """What is cited and not held in a case; of the newest of one's cases if none is named."""
    return _show(request, session, caller, case_id)


@router.post("/wanted/links")
def link(
    request: Request,
    session: Writing,
    caller: Writer,
    wanted_id: Annotated[str, Form()] = "",
    held_id: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "",
    ground: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """State that what came in is, or is not, the recording that is wanted."""
    cited, held = recordings.get(session, wanted_id), recordings.get(session, held_id)
    for each in (cited, held):
        caller.require(Permission.RECORDING_WRITE, each.case_id, thing="recording")
    refused = attempted(
        session,
        lambda: service.link(
            session,
            actor=caller.actor,
            recording=cited,
            other=held,
            kind=one_of(LinkKind, kind, field="kind"),
            ground=one_of(Ground, ground, field="ground"),
            reason=lines(reason),
        ),
        form=f"link {wanted_id} {held_id}",
        given={"kind": kind, "ground": ground, "reason": reason},
    )
    if refused:
        return _show(request, session, caller, cited.case_id, refused=refused)
    return RedirectResponse(f"/wanted?case_id={cited.case_id}", status_code=303)


def _show(
    request: Request,
    session: Session,
    caller: Caller,
    case_id: str,
    *,
    refused: Refused | None = None,
) -> Response:
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
        status=refused.status if refused else 200,
        refused=refused,
        may_write=bool(chosen) and caller.may(Permission.RECORDING_WRITE, chosen),
        cases=cases,
        chosen=chosen,
        wanted=found,
        reports={each: reports.get(session, each) for each in sorted(citing)},
        numbers=_numbers(session, found),
        method=matching.METHOD,
    )


def _numbers(session: Session, found: queries.Wanted | None) -> dict[str, str]:
    """The catalogue numbers of recordings that people said something of, by identifier."""
    if found is None:
        return {}
    links = [each.link for item in found.recordings for each in item.stated]
    ends = {end for each in links for end in (each.recording_id, each.other_id)}
    return {end: recordings.get(session, end).catalogue_no for end in sorted(ends)}
