"""Accepting and rejecting the links that rules propose for a report's text, on its page."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.http.caller import allowed
from app.http.transactions import Writing
from app.reports import proposals, queries
from app.reports.lineage import Relation
from app.reports.models import Snapshot
from app.web import reports as page_of
from app.web.fields import lines, one_of
from app.web.linking import name_of
from app.web.refusals import attempted

router = APIRouter()
Writer = Annotated[Caller, allowed(Permission.REPORT_WRITE)]


@router.post("/snapshots/{snapshot_id}/accepted-link-proposals")
def accept(
    snapshot_id: str,
    request: Request,
    session: Writing,
    caller: Writer,
    key: Annotated[str, Form()],
    relation: Annotated[str, Form()] = "",
    to_report_id: Annotated[str, Form()] = "",
) -> Response:
    """Link as proposed, or as the form says otherwise."""
    snapshot = _mine(session, caller, snapshot_id)

    def link() -> None:
        changes = proposals.Changes(
            relation=one_of(Relation, relation, field="relation") if relation else None,
            target=queries.get(session, to_report_id) if to_report_id else None,
        )
        proposals.accept(session, actor=caller.actor, snapshot=snapshot, key=key, changes=changes)

    given = {"relation": relation, "to_report_id": to_report_id}
    refused = attempted(session, link, form=name_of(key), given=given)
    if refused:
        return page_of.show(request, session, caller, snapshot.report_id, refused=refused)
    return RedirectResponse(f"/reports/{snapshot.report_id}#links-head", status_code=303)


@router.post("/snapshots/{snapshot_id}/rejected-link-proposals")
def reject(
    snapshot_id: str,
    request: Request,
    session: Writing,
    caller: Writer,
    key: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Say that a proposed link is none, and why."""
    snapshot = _mine(session, caller, snapshot_id)
    refused = attempted(
        session,
        lambda: proposals.reject(
            session, actor=caller.actor, snapshot=snapshot, key=key, reason=lines(reason)
        ),
        form=name_of(key),
        given={"reason": reason},
    )
    if refused:
        return page_of.show(request, session, caller, snapshot.report_id, refused=refused)
    return RedirectResponse(f"/reports/{snapshot.report_id}#links-head", status_code=303)


def _mine(session: Session, caller: Caller, snapshot_id: str) -> Snapshot:
    found = queries.get_snapshot(session, snapshot_id)
    caller.require(Permission.REPORT_WRITE, found.case_id, thing="snapshot")
    return found
