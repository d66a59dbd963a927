"""Saying from a report's page that a passage of it speaks of a recording."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.core.errors import Invalid
from app.http.caller import allowed
from app.http.transactions import Writing
from app.recordings import queries as recordings
from app.reports import queries, service
from app.web import reports
from app.web.passages import passage
from app.web.refusals import attempted

router = APIRouter()
Writer = Annotated[Caller, allowed(Permission.REPORT_WRITE)]


@router.post("/snapshots/{snapshot_id}/citations")
def cite(
    snapshot_id: str,
    request: Request,
    session: Writing,
    caller: Writer,
    exact: Annotated[str, Form()] = "",
    start: Annotated[str, Form()] = "",
    recording_id: Annotated[str, Form()] = "",
) -> Response:
    """Record that a passage, marked with the mouse or pasted, speaks of a recording of the case."""
    snapshot = queries.get_snapshot(session, snapshot_id)
    caller.require(Permission.REPORT_WRITE, snapshot.case_id, thing="report")

    def act() -> None:
        if not recording_id:
            raise Invalid("choose the recording that it speaks of", field="recording_id")
        service.cite(
            session,
            actor=caller.actor,
            snapshot=snapshot,
            recording=recordings.get(session, recording_id),
            passage=passage(snapshot.text, exact, start),
        )

    given = {"exact": exact, "start": start, "recording_id": recording_id}
    refused = attempted(session, act, form="cite", given=given)
    if refused:
        return reports.show(request, session, caller, snapshot.report_id, refused=refused)
    return RedirectResponse(f"/reports/{snapshot.report_id}", status_code=303)
